"""The columns of an export of experiences: those of Services Publics+, then ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from portevoix.labels import FEELING_LABELS
from portevoix.opendata import territories
from portevoix.opendata.columns import Column, Kind, Value
from portevoix.opendata.headings import (
    CONCERN_HEADINGS,
    HEADINGS,
    REPLY_HEADINGS,
    TAG_HEADINGS,
)
from portevoix.types import Concern, Experience, FollowUp, Reply, Tag

ANSWERED: Final = "Expérience avec réponse"
WAITING: Final = "Expérience en attente de réponse"
_FEELINGS: Final = tuple(FEELING_LABELS.values())
Read = Callable[[Experience], Value]


def experience_columns() -> tuple[Column[Experience], ...]:
    """Every column, in the order of the files."""
    return (*_FIRST, *_services(), *_LAST, *_own())


def _column(name: str, kind: Kind, told: str, of: Read, **more: Any) -> Column[Experience]:
    return Column(HEADINGS[name][0], kind, told, of, **more)


def _feeling(experience: Experience) -> str:
    return FEELING_LABELS[experience.feeling] if experience.feeling else ""


def _tag(tag: Tag) -> Read:
    return lambda e: FEELING_LABELS[e.tags[tag]] if tag in e.tags else ""


def _answered(experience: Experience) -> bool:
    return bool(experience.follow_up and experience.follow_up.answered)


def _after(experience: Experience) -> FollowUp:
    return experience.follow_up or FollowUp()


_FIRST: Final[tuple[Column[Experience], ...]] = (
    _column("id", Kind.TEXT, "Identifiant de l'expérience, le même d'un export à l'autre.",
            lambda e: e.id, required=True),
    _column("state", Kind.TEXT, "Où en est le traitement.",
            lambda e: "Traitées" if _answered(e) else "A traiter",
            choices=("A traiter", "Traitées")),
    _column("status", Kind.TEXT, "Un service au moins a-t-il répondu ?",
            lambda e: ANSWERED if _answered(e) else WAITING, choices=(ANSWERED, WAITING)),
    _column("published", Kind.MOMENT, "Quand le récit est devenu public, heure de Paris.",
            lambda e: e.published),
    _column("written", Kind.MOMENT, "Jour où le récit a été écrit. L'heure n'est pas publiée.",
            lambda e: e.written),
    _column("title", Kind.TEXT, "Titre, données personnelles masquées.", lambda e: e.title),
    _column("text", Kind.TEXT, "Récit, données personnelles masquées : « [nom] », « [téléphone] ».",
            lambda e: e.text, required=True),
    _column("posted_as", Kind.TEXT, "Qui raconte.", lambda e: e.posted_as),
    _column("pseudonym", Kind.TEXT, "Pseudonyme choisi par l'auteur.", lambda e: e.pseudonym),
    _column("feeling", Kind.TEXT, "Ressenti déclaré par l'auteur.", _feeling,
            choices=_FEELINGS, required=True),
    _column("departement", Kind.TEXT, "Département de l'auteur, code INSEE.",
            lambda e: e.departement),
    Column("Intitulé département usager", Kind.TEXT, "Département de l'auteur, en toutes lettres.",
           lambda e: territories.departement_name(e.departement)),
    _column("region", Kind.TEXT, "Région de l'auteur, en toutes lettres.",
            lambda e: territories.region_of(e.departement, e.region)[1]),
    Column("Code INSEE Région usager", Kind.TEXT, "Région de l'auteur, code INSEE.",
           lambda e: territories.region_of(e.departement, e.region)[0]),
    _column("country", Kind.TEXT, "Pays de l'auteur.", lambda e: e.country),
    _column("procedures", Kind.TEXT, "Démarches dites par l'auteur, séparées par des virgules.",
            lambda e: ",".join(e.procedures)),
)  # fmt: skip

_TAGS: Final[tuple[Column[Experience], ...]] = tuple(
    Column(
        heading,
        Kind.TEXT,
        f"Ressenti sur ce point : {heading.lower()}. Vide : l'auteur n'en dit rien.",
        _tag(tag),
        choices=_FEELINGS,
    )
    for tag, heading in TAG_HEADINGS.items()
)

_LAST: Final[tuple[Column[Experience], ...]] = (
    *_TAGS,
    _column("similar", Kind.NUMBER, "Personnes qui disent avoir vécu la même chose.",
            lambda e: e.similar),
    _column("improvement", Kind.YES_NO, "Le service y voit-il une amélioration à faire ?",
            lambda e: _after(e).improvement_considered),
    _column("action", Kind.TEXT, "Ce que le service change.", lambda e: _after(e).action),
    _column("done", Kind.MOMENT, "Quand ce changement a été fait.", lambda e: _after(e).done),
    _column("committed", Kind.MOMENT, "Quand ce changement a été promis.",
            lambda e: _after(e).committed),
    _column("trade_tags", Kind.TEXT, "Étiquettes métiers, séparées par des points-virgules.",
            lambda e: ";".join(_after(e).trade_tags)),
)  # fmt: skip


def _services() -> Iterator[Column[Experience]]:
    """Up to three services an experience: how each was reached, then what it answered."""
    for n in (1, 2, 3):
        yield from _reached(n)
    yield _column(
        "no_structure",
        Kind.YES_NO,
        "Aucune structure de l'annuaire n'est nommée.",
        lambda e: not any(concern.structure for concern in e.concerns),
    )
    for n in (1, 2, 3):
        yield from _answer(n)


def _reached(n: int) -> Iterator[Column[Experience]]:
    yield _of_concern(n, "network", f"Réseau ou type du service {n}.", lambda c: c.network)
    yield _of_concern(
        n, "postcode", f"Code postal donné pour le service {n}.", lambda c: c.postcode
    )
    yield _of_concern(n, "country", f"Pays du service {n}.", lambda c: c.country)
    yield _of_concern(
        n,
        "channels",
        f"Canaux utilisés avec le service {n}, séparés par des virgules.",
        lambda c: ",".join(c.channels),
    )


def _answer(n: int) -> Iterator[Column[Experience]]:
    yield _of_concern(n, "structure_id", f"Code SP+ de la structure {n}.", lambda c: c.structure_id)
    yield _of_concern(n, "structure", f"Nom de la structure {n}.", lambda c: c.structure)
    yield Column(
        f"Statut réponse structure {n}",
        Kind.TEXT,
        f"« Publiée » quand la structure {n} a répondu.",
        _reply(n, lambda r: "Publiée" if r.text else ""),
        choices=("Publiée",),
    )
    yield _of_reply(
        n, "reply", Kind.TEXT, "Réponse, données personnelles masquées.", lambda r: r.text
    )
    yield _of_reply(
        n,
        "reply_similarity",
        Kind.NUMBER,
        "Part de la réponse reprise du brouillon de la machine, de 0 à 100. Vide : sans brouillon.",
        lambda r: r.similarity,
    )
    yield _of_reply(
        n, "reply_useful", Kind.NUMBER, "Visiteurs qui la trouvent utile.", lambda r: r.useful
    )
    yield _of_reply(
        n,
        "reply_not_useful",
        Kind.NUMBER,
        "Visiteurs qui ne la trouvent pas utile.",
        lambda r: r.not_useful,
    )
    yield _of_reply(
        n,
        "reply_by_author",
        Kind.TEXT,
        "Ce qu'en dit l'auteur du récit.",
        lambda r: {True: "utile", False: "pas utile", None: ""}[r.author_found_useful],
    )


def _edits(n: int) -> Iterator[Column[Experience]]:
    """What people made of the draft of a machine; empty without one."""
    for name, told, take in (
        ("reply_kept", "Phrases du brouillon publiées telles quelles.", lambda r: r.kept),
        ("reply_changed", "Phrases du brouillon changées par une personne.", lambda r: r.changed),
        ("reply_written", "Phrases écrites par une personne seule.", lambda r: r.written),
    ):
        yield _of_reply(n, name, Kind.NUMBER, f"{told} Vide : sans brouillon.", take, ours=True)
    yield _of_reply(
        n,
        "reply_cited",
        Kind.TEXT,
        "Adresses des pages d'où viennent ces phrases, séparées par des espaces.",
        lambda r: " ".join(r.cited),
        ours=True,
    )


def _own() -> Iterator[Column[Experience]]:
    """What official exports lack."""
    for n in (1, 2, 3):
        yield _of_reply(
            n,
            "reply_date",
            Kind.MOMENT,
            "Quand la réponse est parue.",
            lambda r: r.published,
            ours=True,
        )
        yield _of_reply(
            n,
            "reply_signature",
            Kind.TEXT,
            "Signature de la réponse.",
            lambda r: r.signature,
            ours=True,
        )
        yield from _edits(n)
    yield _column("page", Kind.TEXT, "Où lire ce récit sur le site.", lambda e: e.page, ours=True)
    yield _column(
        "fictional",
        Kind.YES_NO,
        "« Oui » : récit inventé pour une démonstration, à ne pas compter.",
        lambda e: e.fictional,
        ours=True,
    )


def _of_concern(n: int, name: str, told: str, of: Callable[[Concern], Value]) -> Column[Experience]:
    heading = CONCERN_HEADINGS[name][0].format(n=n)
    return Column(heading, Kind.TEXT, told, _concern(n, of))


def _of_reply(
    n: int,
    name: str,
    kind: Kind,
    told: str,
    of: Callable[[Reply], Value],
    *,
    ours: bool = False,
) -> Column[Experience]:
    heading = REPLY_HEADINGS[name][0].format(n=n)
    return Column(heading, kind, f"Structure {n}. {told}", _reply(n, of), ours=ours)


def _concern(n: int, of: Callable[[Concern], Value]) -> Read:
    return lambda e: of(e.concerns[n - 1]) if len(e.concerns) >= n else None


def _reply(n: int, of: Callable[[Reply], Value]) -> Read:
    def read(experience: Experience) -> Value:
        concern = experience.concerns[n - 1] if len(experience.concerns) >= n else None
        return of(concern.reply) if concern and concern.reply else None

    return read


KEY: Final = HEADINGS["id"][0]
