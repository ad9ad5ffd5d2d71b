"""Answers: proposed by a machine, written by people, published; what readers think of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.policies import Place
from portevoix.web.experiences.models import Concern
from portevoix.web.replies.enums import BlockKind, DraftState, Fault, Improvement, Rater, StepKind


class Reply(models.Model):
    """A signed, published answer of one service to one experience."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="replies")
    salutation = models.CharField(max_length=120, blank=True)
    text = models.TextField(_("réponse"), max_length=10_000)
    closing = models.CharField(max_length=200, blank=True)
    signature = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)
    # The official « Taux de similarité réponse IA », 0 to 100; null when no draft was asked for.
    ai_similarity = models.PositiveSmallIntegerField(null=True, blank=True)
    # Beside it, ours: sentences kept as proposed, changed, written by people; null without a draft.
    kept = models.PositiveSmallIntegerField(null=True, blank=True)
    changed = models.PositiveSmallIntegerField(null=True, blank=True)
    written = models.PositiveSmallIntegerField(null=True, blank=True)
    # The addresses of the pages on which kept or changed sentences rest.
    cited = models.JSONField(default=list, blank=True)
    improvement_status = models.CharField(
        max_length=10, choices=Improvement.choices, default=Improvement.NONE
    )
    improvement_text = models.TextField(blank=True)
    committed_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    # Kept beside the ratings: imports give counts, not votes.
    useful_count = models.PositiveIntegerField(default=0)
    not_useful_count = models.PositiveIntegerField(default=0)
    author_found_useful = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ("published_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ai_similarity=None) | models.Q(ai_similarity__lte=100),
                name="reply_similarity_percent",
            ),
        )
        indexes = (
            models.Index(
                fields=["improvement_status", "-done_on"],
                condition=~models.Q(improvement_status="none"),
                name="reply_improvement",
            ),
            # What is done, the latest first: both databases see that the condition holds.
            models.Index(
                fields=["-done_on", "-id"],
                condition=models.Q(done_on__isnull=False),
                name="reply_done",
            ),
            models.Index(fields=["-published_at"], name="reply_latest"),
        )

    def __str__(self) -> str:
        return f"Réponse {self.pk}"

    def places(self) -> Sequence[Place]:
        return self.concern.places()


class Rating(models.Model):
    """« Cette réponse est-elle utile ? », by the author or once a browser."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="ratings")
    by = models.CharField(max_length=10, choices=Rater.choices)
    useful = models.BooleanField()
    why = models.CharField(max_length=500, blank=True)
    voter_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reply", "voter_hash"], name="rating_once"),)

    def __str__(self) -> str:
        return f"{self.reply_id} {self.by}"


class ProposedReply(models.Model):
    """What a machine proposed, as it was: never edited, never published by itself.

    `parts`: its sentences, each with the source it stands on, in the words of the engine. `told`:
    the points it read, what a check dropped, and what the agent should know.
    """

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="proposed_replies")
    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    text = models.TextField()
    parts = models.JSONField(default=list, blank=True)
    told = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "proposed replies"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"Proposition {self.pk}"

    @property
    def sourced(self) -> list[dict[str, Any]]:
        """Its sentences that rest on a page, by the number of the page."""
        found = [part for part in self.parts if part.get("source")]
        return sorted(found, key=lambda part: int(part["number"]))


class Judgement(models.Model):
    """What an agent thinks of a proposed answer. `faults`: codes of `Fault`, none when it helps."""

    proposal = models.ForeignKey(ProposedReply, models.CASCADE, related_name="judgements")
    agent = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    helpful = models.BooleanField()
    faults = models.JSONField(default=list, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["proposal", "agent"], name="judgement_once"),
        )

    def __str__(self) -> str:
        return f"Avis {self.pk}"

    def places(self) -> Sequence[Place]:
        return self.proposal.concern.places()

    @property
    def fault_labels(self) -> list[str]:
        return [str(Fault(code).label) for code in self.faults]


class JudgementReview(models.Model):
    """Whether a judgement becomes a case by which drafts are measured, decided by a person.

    `faulty`: the sentences in fault, as proposed. `page`: the address of the page to be cited.
    """

    judgement = models.OneToOneField(Judgement, models.CASCADE, related_name="review")
    retained = models.BooleanField()
    faulty = models.JSONField(default=list, blank=True)
    page = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Relecture {self.judgement_id}"


class Lot(models.Model):
    """Whether a part of a story is answered with the help of a machine, drawn once.

    `network` is the one that measures: the part may be handed to another later.
    """

    concern = models.OneToOneField(Concern, models.CASCADE, related_name="lot")
    network = models.ForeignKey("directory.Network", models.CASCADE, null=True, related_name="+")
    assisted = models.BooleanField()
    drawn_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Tirage {self.pk}"


class Draft(models.Model):
    """The answer that people of one service are writing; one a concern, kept at each pause.

    `version` grows at each save: who saves over a version they have not seen is told, and what
    they wrote is set aside.
    """

    concern = models.OneToOneField(Concern, models.CASCADE, related_name="draft")
    # The service that writes: another one, after a transfer, starts its own.
    structure = models.ForeignKey(
        "directory.Structure", models.CASCADE, null=True, related_name="+"
    )
    salutation = models.CharField(_("formule d’appel"), max_length=120, blank=True)
    text = models.TextField(_("réponse"), max_length=10_000, blank=True)
    closing = models.CharField(_("formule de politesse"), max_length=200, blank=True)
    signature = models.CharField(_("signature"), max_length=200, blank=True)
    improvement_status = models.CharField(
        max_length=10, choices=Improvement.choices, default=Improvement.NONE
    )
    improvement_text = models.TextField(max_length=1_000, blank=True)
    committed_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.WRITING)
    version = models.PositiveIntegerField(default=0)
    author = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    returned_message = models.TextField(max_length=2_000, blank=True)
    validated_by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    leaves_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["leaves_at"],
                condition=models.Q(state="leaving"),
                name="draft_leaving",
            ),
            models.Index(
                fields=["state"], condition=models.Q(state="to_validate"), name="draft_to_validate"
            ),
        )

    def __str__(self) -> str:
        return f"Réponse en cours {self.pk}"

    def places(self) -> Sequence[Place]:
        return self.concern.places()

    @property
    def whole(self) -> str:
        """The letter as it will be read."""
        parts = (self.salutation, self.text, self.closing, self.signature)
        return "\n\n".join(part for part in parts if part)


class WritingStep(models.Model):
    """What someone did to an answer, from its first word to its publication; never the words.

    Saves of one person that follow each other closely are one step. With `ProposedReply` and the
    journal, it shows what people did of an answer that a machine helped with.
    """

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="writing_steps")
    # Known once the answer is published.
    reply = models.ForeignKey(
        Reply, models.CASCADE, null=True, blank=True, related_name="writing_steps"
    )
    kind = models.CharField(max_length=10, choices=StepKind.choices, default=StepKind.WROTE)
    agent = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(default=timezone.now)
    # Characters.
    added = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("started_at", "pk")

    def __str__(self) -> str:
        return f"{self.concern_id} {self.kind}"


class SetAside(models.Model):
    """What someone wrote while a colleague saved first: nothing is lost."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="set_aside")
    text = models.TextField()
    author = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at",)
        constraints = (
            # The browser that saves again and again keeps one text, its last.
            models.UniqueConstraint(fields=["draft", "author"], name="set_aside_once"),
        )

    def __str__(self) -> str:
        return f"Texte mis de côté {self.pk}"


class ReplyTemplate(models.Model):
    """A ready-made piece of answer of one network; `{…}` are the places to complete."""

    network = models.ForeignKey("directory.Network", models.CASCADE, related_name="reply_templates")
    kind = models.CharField(_("genre"), max_length=12, choices=BlockKind.choices)
    label = models.CharField(_("nom"), max_length=120)
    text = models.TextField(_("texte"), max_length=3_000)
    use = models.CharField(_("quand s’en servir"), max_length=300, blank=True)
    avoid = models.CharField(_("à éviter"), max_length=300, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("label", "pk")
        constraints = (
            models.UniqueConstraint(fields=["network", "label"], name="reply_template_once"),
        )

    def __str__(self) -> str:
        return self.label

    def places(self) -> Sequence[Place]:
        return self.network.places()


class Formulas(models.Model):
    """How the letters of a structure, and of those below it, begin, end and are signed."""

    structure = models.OneToOneField("directory.Structure", models.CASCADE, related_name="formulas")
    salutation = models.CharField(_("formule d’appel"), max_length=120)
    closing = models.CharField(_("formule de politesse"), max_length=200)
    signature = models.CharField(_("signature"), max_length=200)

    class Meta:
        verbose_name_plural = "formulas"

    def __str__(self) -> str:
        return f"Formules {self.structure_id}"
