"""What other parts ask of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import QuerySet, Sum

from portevoix.web.directory.models import Network, Structure
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.experiences.queries import digest
from portevoix.web.replies.enums import BlockKind, Improvement
from portevoix.web.replies.models import (
    Draft,
    Formulas,
    ProposedReply,
    Rating,
    Reply,
    ReplyTemplate,
)
from portevoix.web.ui.kept import kept

# The latest first: what is done by its date, what is promised by the date of the promise.
IMPROVED_FIRST: Final = {
    Improvement.DONE: ("-done_on", "-pk"),
    Improvement.COMMITTED: ("-published_at", "-pk"),
}


def for_experiences(experiences: Iterable[Experience]) -> Sequence[Reply]:
    """The answers to these experiences, in their order; one query."""
    found = Reply.objects.filter(concern__experience__in=list(experiences))
    near = ("concern__structure", "concern__network", "concern__answer_back")
    return tuple(found.select_related(*near))


def public_reply(number: int) -> Reply | None:
    """Return an answer to a public experience, None when there is none."""
    found = Reply.objects.filter(pk=number, concern__experience__published_at__isnull=False)
    return found.select_related("concern__experience").first()


def rated_by(replies: Iterable[Reply], voters: Iterable[str]) -> frozenset[int]:
    """The answers that these voters rated already."""
    hashes = [digest(voter) for voter in voters]
    rated = Rating.objects.filter(reply__in=list(replies), voter_hash__in=hashes)
    return frozenset(rated.values_list("reply_id", flat=True))


def improvements(
    status: str = Improvement.DONE,
    *,
    network: Network | None = None,
    structure: Structure | None = None,
) -> QuerySet[Reply]:
    """What services say they changed after a story; see `IMPROVED_FIRST` for the order."""
    found = Reply.objects.filter(
        improvement_status=status, concern__experience__published_at__isnull=False
    )
    if status == Improvement.DONE:
        found = found.filter(done_on__isnull=False)
    if structure is not None:
        found = found.filter(concern__structure__path__under=structure.path)
    elif network is not None:
        found = found.filter(concern__network=network)
    return found.select_related(
        "concern__structure", "concern__network", "concern__experience"
    ).defer("concern__experience__title", "concern__experience__text")


def latest_improvements(
    number: int, *, network: Network | None = None, structure: Structure | None = None
) -> Sequence[Reply]:
    """The changes made last."""
    found = improvements(network=network, structure=structure)
    return tuple(found.order_by(*IMPROVED_FIRST[Improvement.DONE])[:number])


def useful_share() -> float | None:
    """The share of votes, authors' and visitors', that found an answer useful; kept."""
    return kept("useful-share", _useful_share)


def _useful_share() -> float | None:
    counted = Reply.objects.aggregate(yes=Sum("useful_count"), no=Sum("not_useful_count"))
    yes, no = counted["yes"] or 0, counted["no"] or 0
    by_author = Reply.objects.filter(author_found_useful__isnull=False)
    yes += by_author.filter(author_found_useful=True).count()
    no += by_author.filter(author_found_useful=False).count()
    return yes / (yes + no) if yes + no else None


def proposal_of(concern: Concern) -> ProposedReply | None:
    """The last answer that a machine proposed for a part of a story."""
    return ProposedReply.objects.filter(concern=concern).first()


def proposals_of(concern: Concern) -> Sequence[ProposedReply]:
    """Every answer that a machine proposed for a part of a story, the last first."""
    return tuple(ProposedReply.objects.filter(concern=concern).select_related("run", "asked_by"))


def draft_of(concern: Concern) -> Draft:
    """The answer being written, or a blank one that opens and closes as the structure does."""
    found = (
        Draft.objects.filter(concern=concern, structure=concern.structure)
        .select_related("author", "validated_by")
        .first()
    )
    if found is not None:
        # The same object, with its places already read.
        found.concern = concern
        return found
    opening = formulas_of(concern.structure)
    return Draft(
        concern=concern,
        structure=concern.structure,
        salutation=_named(opening.salutation, concern),
        closing=opening.closing,
        signature=opening.signature,
    )


def _named(salutation: str, concern: Concern) -> str:
    """« Bonjour, » to someone who chose a pseudonym: « Bonjour Nadia_12, »."""
    pseudonym = concern.experience.pseudonym
    return f"Bonjour {pseudonym}," if pseudonym and salutation == "Bonjour," else salutation


def formulas_of(structure: Structure | None) -> Formulas:
    """The formulas of a structure, else of the nearest above it, else plain ones."""
    if structure is None:
        return Formulas(salutation="Bonjour,", closing="Bonne journée à vous,", signature="")
    codes = structure.path.strip("/").split("/")
    above = Formulas.objects.filter(structure__code__in=codes).select_related("structure")
    nearest = max(above, key=lambda formulas: len(formulas.structure.path), default=None)
    return nearest or Formulas(
        salutation="Bonjour,",
        closing="Bonne journée à vous,",
        signature=f"L’équipe à l’écoute des usagers, {structure.public_name}"[:200],
    )


def blocks_of(network: Network | None) -> dict[str, list[ReplyTemplate]]:
    """The ready-made pieces of a network, by the French name of their kind, in its order."""
    found: dict[str, list[ReplyTemplate]] = {}
    if network is None:
        return found
    written = list(ReplyTemplate.objects.filter(network=network))
    for kind in BlockKind:
        blocks = [block for block in written if block.kind == kind]
        if blocks:
            found[str(kind.label)] = blocks
    return found
