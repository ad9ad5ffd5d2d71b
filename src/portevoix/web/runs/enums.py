"""What engines are asked for, and how a call ended."""

from __future__ import annotations

from django.db import models


class Capability(models.TextChoices):
    """What an engine was asked to do."""

    REDACTION = "redaction"
    SCREENING = "screening"
    EXPECTATIONS = "expectations"
    DRAFT = "draft"
    SEARCH = "search"
    WORDING = "wording"
    NOTE = "note"
    DICTATION = "dictation"


class Outcome(models.TextChoices):
    """How the call ended."""

    ANSWERED = "answered"
    FALLBACK = "fallback"
    FAILED = "failed"
