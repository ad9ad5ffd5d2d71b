"""The one door to the engines. Each function asks one thing and leaves a Run."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from django.conf import settings

import portevoix
from portevoix.configuration import EMBEDDED, Configuration
from portevoix.engines import Engines, build
from portevoix.text import plain
from portevoix.text.readings import ReadText
from portevoix.text.redact import LABELS, Operator
from portevoix.text.redact.operators import hide
from portevoix.text.screening.charter import BY_CODE, LEARNED_RULES, RULES, Verdict
from portevoix.types import PersonalData
from portevoix.web.runs.enums import Capability, Outcome
from portevoix.web.runs.models import Run

_ERROR_LENGTH: Final = 120
# What a person hides that identifies nobody: an insult, a threat.
WORDS: Final = "WORDS"
MASK_LABELS: Final[dict[str, str]] = {**LABELS, WORDS: "[propos masqué]"}


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text with what would identify someone hidden; `findings` are places in the original."""

    text: str
    findings: tuple[dict[str, Any], ...]
    run: Run


@dataclass(frozen=True, slots=True)
class Screened:
    """What is proposed to the moderator: places are those of the text."""

    verdict: str
    score: float
    reasons: tuple[dict[str, Any], ...]
    urgency: str
    urgency_reasons: tuple[dict[str, Any], ...]
    run: Run


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to say to the author while they write: what, where, in words."""

    kind: str
    start: int
    end: int
    message: str


def redact(text: str) -> Redacted:
    """Hide personal data in one text."""
    with call(Capability.REDACTION, text) as run:
        return _hidden(text, engines().redactor.find(text), run)


def redact_many(texts: Sequence[str]) -> list[str]:
    """Hide personal data in many texts, in order, with one Run for all."""
    redactor = engines().redactor
    with call(Capability.REDACTION, *texts):
        return [redactor.redact(text) if text else "" for text in texts]


def screen(text: str, title: str = "") -> Screened:
    """Propose a verdict and an urgency for one text; a person decides."""
    with call(Capability.SCREENING, title, text) as run:
        found = engines().screener.screen(text, title)
        return Screened(
            verdict=str(found.likely),
            score=found.score,
            reasons=tuple(_reason(reason) for reason in found.reasons),
            urgency=str(found.urgency),
            urgency_reasons=tuple(_reason(reason) for reason in found.urgency_reasons),
            run=run,
        )


def mask(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """Hide stretches that a person chose: (start, end, kind), apart from one another.

    `kind` is a key of `MASK_LABELS`. No machine is asked for anything: no Run is left.
    """
    ordered = sorted(spans)
    personal = [PersonalData(s, e, kind, 1.0, "") for s, e, kind in ordered if kind != WORDS]
    hidden = hide(text, personal, Operator.REPLACE)
    written = hidden.text
    for start, end, kind in reversed(ordered):
        if kind == WORDS:
            first, last = hidden.to_redacted(start), hidden.to_redacted(end)
            written = written[:first] + MASK_LABELS[WORDS] + written[last:]
    return written


def rule_name(code: str) -> str:
    """The French name of a rule of the charter, for the moderator."""
    return BY_CODE[code].name if code in BY_CODE else code


def read_expectations(texts: Sequence[str]) -> list[ReadText]:
    """Read what each segment of each text is about; one Run for all."""
    with call(Capability.EXPECTATIONS, *texts):
        return engines().reader.read(texts)


def advice(text: str, findings: Sequence[Mapping[str, Any]]) -> list[Advice]:
    """What the author may want to know before sending. Nothing here stops them.

    `findings` are those of `redact`.
    """
    found = [Advice("personal_data", f["start"], f["end"], _masked(f["kind"])) for f in findings]
    screened = screen(text)
    found += [
        Advice("charter", r["start"], r["end"], BY_CODE[r["rule"]].told)
        for r in screened.reasons
        if r["rule"] in BY_CODE and r["rule"] != "a_lire"
    ]
    return found + [
        Advice(screened.urgency, r["start"], r["end"], BY_CODE[r["rule"]].told)
        for r in screened.urgency_reasons
    ]


# What nobody may publish, agents no more than citizens; the rest of the charter is about stories.
_NEVER_PUBLIC: Final = frozenset(
    rule.code for rule in RULES if rule.leads_to in (Verdict.INSULT, Verdict.HATE, Verdict.THREAT)
) - frozenset(LEARNED_RULES.values())


def refused_words(text: str) -> list[Advice]:
    """The insults, hateful words and threats of a letter about to be published."""
    return [
        Advice("charter", r["start"], r["end"], BY_CODE[r["rule"]].why)
        for r in screen(text).reasons
        if r["rule"] in _NEVER_PUBLIC
    ]


@dataclass(frozen=True, slots=True)
class Plainness:
    """How a text reads: « 17 mots par phrase, 1 sigle non expliqué », then what and where.

    `remarks`: {"kind", "start", "end", "message"}, in the order of the text.
    """

    summary: str
    remarks: tuple[dict[str, Any], ...]


def plainness(text: str, known_acronyms: Collection[str] = ()) -> Plainness:
    """What could be simpler in a text. Rules read it, not an engine that one chooses: no Run."""
    found = plain.read(text, known_acronyms)
    return Plainness(
        found.summary(),
        tuple(
            {"kind": str(r.kind), "start": r.start, "end": r.end, "message": r.message}
            for r in found.remarks
        ),
    )


@cache
def engines() -> Engines:
    """Load the engines that the environment names, once a process."""
    configuration = Configuration.from_environment()
    if not configuration.index and settings.PORTEVOIX_INDEX:
        configuration = replace(configuration, index=str(settings.PORTEVOIX_INDEX))
    return build(configuration)


def kind_label(kind: str) -> str:
    """What a kind of personal data is called: « nom », « téléphone »."""
    return LABELS.get(kind, "[donnée personnelle]").strip("[]")


def _masked(kind: str) -> str:
    return f"Ce passage sera masqué : {LABELS.get(kind, '[donnée personnelle]')}."


def _hidden(text: str, findings: Sequence[PersonalData], run: Run) -> Redacted:
    return Redacted(
        hide(text, findings, Operator.REPLACE).text,
        tuple(
            {
                "kind": str(f.kind),
                "start": f.start,
                "end": f.end,
                "score": round(f.score, 3),
                "reason": f.reason,
            }
            for f in findings
        ),
        run,
    )


def _reason(reason: Any) -> dict[str, Any]:
    return {"rule": reason.rule, "start": reason.start, "end": reason.end, "why": reason.why}


@contextmanager
def call(capability: Capability, *texts: str, engine: str = "") -> Iterator[Run]:
    """Time a call and keep how it ended, in one write; the texts themselves are not kept.

    `engine` is the one that serves, when it is not the one chosen for the capability.
    """
    run = Run(
        capability=capability,
        engine=engine or getattr(Configuration.from_environment(), capability, EMBEDDED),
        model=f"portevoix {portevoix.__version__}",
        digest=_digest(texts),
        items=max(1, len(texts)) if capability is not Capability.SCREENING else 1,
        outcome=Outcome.ANSWERED,
    )
    start = time.perf_counter()
    try:
        yield run
    except Exception as error:
        run.outcome = Outcome.FAILED
        run.error = type(error).__name__[:_ERROR_LENGTH]
        raise
    finally:
        run.duration_ms = round((time.perf_counter() - start) * 1000)
        run.save()


def _digest(texts: Sequence[str]) -> str:
    """A digest that nobody without our key can compare with a guessed text."""
    keyed = hmac.new(settings.SECRET_KEY.encode(), digestmod=hashlib.sha256)
    for text in texts:
        keyed.update(text.encode() + b"\0")
    return keyed.hexdigest()
