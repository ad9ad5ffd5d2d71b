"""From a deposited text to what a moderator is shown. Decisions are a person's."""

from __future__ import annotations

from django.db import transaction

from portevoix.web.experiences.models import Experience
from portevoix.web.moderation.models import ProposedVerdict
from portevoix.web.runs import actions as runs


@transaction.atomic
def propose(experience: Experience) -> ProposedVerdict:
    """Ask the engines what they would say of a story; ask again, and the newest answer stands."""
    screened = runs.screen(experience.text, experience.title)
    text, title = runs.redact(experience.text), runs.redact(experience.title)
    proposal, _ = ProposedVerdict.objects.update_or_create(
        experience=experience,
        defaults={
            "run": screened.run,
            "redaction_run": text.run,
            "verdict": screened.verdict,
            "score": screened.score,
            "reasons": list(screened.reasons),
            "urgency": screened.urgency,
            "urgency_reasons": list(screened.urgency_reasons),
            "findings": list(text.findings),
            "title_findings": list(title.findings),
            "redacted_title": title.text,
            "redacted_text": text.text,
        },
    )
    return proposal
