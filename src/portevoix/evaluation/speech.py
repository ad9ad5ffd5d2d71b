"""Dictation measured: what is written of what is said, and what the installed engine hears.

    portevoix evaluate speech
    PORTEVOIX_SPEECH_CLIPS=FOLDER portevoix evaluate speech     # clips of yours, with manifest.csv

Cases of `evals/speech` measure numbers, commands, words, the filter, marks and capitals. Clips
measure whatever engine is installed, word for word, before anything is rewritten.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from portevoix.errors import PortevoixError
from portevoix.speech import Session, SpeechSettings, Transcript, Writer, choose
from portevoix.speech.engine import Engine
from portevoix.speech.limits import Limits
from portevoix.speech.wav import frames
from portevoix.speech.writing.commands import obey
from portevoix.speech.writing.figures import write_numbers
from portevoix.speech.writing.notices import hide_rude
from portevoix.speech.writing.vocabulary import respell
from portevoix.speech.writing.words import Word, join, split
from portevoix.speech.writing.writer import Written

ROOT: Final = Path(__file__).resolve().parents[3]
CASES: Final = ROOT / "evals" / "speech"
SHARED: Final = Path(os.environ.get("PORTEVOIX_SHARED", ROOT.parent / "shared"))
CLIPS: Final = Path(os.environ.get("PORTEVOIX_SPEECH_CLIPS", SHARED / "data" / "speech"))
TOLERANCE: Final = 0.01


def read_cases(name: str) -> list[dict[str, str]]:
    """The cases of a file of `evals/speech`."""
    with (CASES / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def plain_spaces(text: str) -> str:
    return text.replace("\u00a0", " ")


RULES: Final[dict[str, Callable[[str], str]]] = {
    "numbers": lambda said: join(write_numbers(split(said))),
    "commands": lambda said: join(obey(write_numbers(respell(split(said))))),
    "vocabulary": lambda said: join(respell(split(said))),
    "rude": lambda said: hide_rude(said)[0],
}


def rule_scores() -> Iterator[tuple[str, int, int, list[str]]]:
    """(what, right, cases, the wrong ones) of each set of written cases."""
    for name, write in RULES.items():
        cases = read_cases(name)
        for part in sorted({case.get("part", "") for case in cases}):
            mine = [case for case in cases if case.get("part", "") == part]
            wrong = [c["said"] for c in mine if plain_spaces(write(c["said"])) != c["written"]]
            yield f"{name} {part}".strip(), len(mine) - len(wrong), len(mine), wrong


def mark_counts(cases: Sequence[dict[str, str]]) -> Counter[tuple[str, str, str]]:
    """Counts of (what, wanted, got) for the mark after each word and its capital."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for case in cases:
        wanted, got = split(case["text"].replace("/ ", "")), split(_dictated(case["text"]))
        if [w.low for w in wanted] != [w.low for w in got]:
            counts["words", "same", "other"] += 1
            continue
        for one, other in zip(wanted, got, strict=True):
            counts["mark", one.trail.strip() or "_", other.trail.strip() or "_"] += 1
            counts["capital", str(one.text[:1].isupper()), str(other.text[:1].isupper())] += 1
    return counts


def _dictated(text: str) -> str:
    """The text as an engine gives it, breath by breath (« / » is a pause), written again."""
    writer, transcript = Writer(), ""
    for breath in text.split("/"):
        said = join([Word(word.low, before=word.before) for word in split(breath)])
        written = writer.write(said)
        transcript += (written.before if transcript else "") + written.text
    return transcript


def f1(counts: Counter[tuple[str, str, str]], what: str, labels: str) -> tuple[int, float]:
    """(cases, F1) of the marks of `labels` taken as one."""
    right = sum(n for (w, a, b), n in counts.items() if w == what and a in labels and b in labels)
    wanted = sum(n for (w, a, _), n in counts.items() if w == what and a in labels)
    given = sum(n for (w, _, b), n in counts.items() if w == what and b in labels)
    return wanted, 2 * right / max(1, wanted + given)


@dataclass(slots=True)
class Verbatim(Writer):
    """Writes what the engine says as it says it: the engine alone is measured."""

    def write(self, raw: str, *, pause: bool = True) -> Written:  # noqa: ARG002
        return Written(raw)

    def sketch(self, raw: str) -> str:
        return raw


def heard(engine: Engine, path: Path) -> str:
    """The words of the engine for a clip, through the whole of a dictation but the writing."""
    transcript = Transcript()
    limits = Limits(dictation=3600, silence=3600)
    with Session(engine, limits=limits, writer=Verbatim()) as session:
        for frame in frames(path):
            for message in session.feed(frame):
                transcript.apply(message)
        for message in session.finish():
            transcript.apply(message)
    return transcript.text


def plain(text: str) -> str:
    """Words alone, for counting errors: no case, mark, hyphen nor typographic apostrophe."""
    low = text.lower().replace("’", "'").replace("-", " ").replace("_", " ")
    return " ".join("".join(c if c.isalnum() or c == "'" else " " for c in low).split())


def clip_report(folder: Path) -> list[str]:
    """Word and character error rates per clip and in all; or why there are none."""
    engine = choose(SpeechSettings.from_environment())
    if engine.unavailable:
        return [f"clips : aucun moteur ({engine.unavailable})"]
    manifest = folder / "manifest.csv"
    if not manifest.is_file():
        return [f"clips : {manifest} n'existe pas"]
    import jiwer  # noqa: PLC0415 (only who measures clips has it)

    with manifest.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted, got, lines = [], [], [f"clips ({engine.name}, {engine.model}) :     WER    CER"]
    for row in rows:
        name, truth = row.get("file", ""), plain(row.get("transcription", ""))
        try:
            said = plain(heard(engine, folder / name))
        except PortevoixError as error:
            lines.append(f"  {name} : {error.message}")
            continue
        wanted.append(truth)
        got.append(said)
        lines.append(f"  {name:<32}{jiwer.wer(truth, said):7.3f}{jiwer.cer(truth, said):7.3f}")
    if wanted:
        both = f"{jiwer.wer(wanted, got):7.3f}{jiwer.cer(wanted, got):7.3f}"
        lines.append(f"  {f'ensemble ({len(wanted)} clips)':<32}{both}")
    return lines


def main(arguments: Sequence[str]) -> int:
    """Print every score; 1 when one fell below the baseline."""
    figures: dict[str, float] = {}
    for name, right, cases, wrong in rule_scores():
        figures[name] = right / cases
        click.echo(f"{name:<16}{right:>5} sur {cases}")
        for said in wrong:
            click.echo(f"    à revoir : {said}")
    counts = mark_counts(read_cases("marks"))
    for label, what, marks in (
        ("virgule", "mark", ","), ("fin de phrase", "mark", ".?!"), ("question", "mark", "?"),
        ("majuscule", "capital", "True"),
    ):  # fmt: skip
        cases, score = f1(counts, what, marks) if what == "mark" else _capital(counts)
        figures[f"F1 {label}"] = score
        click.echo(f"{label:<16}F1 {score:.3f} ({cases} cas)")
    click.echo("\n".join(clip_report(CLIPS)))
    return _compare(figures, save="--save" in arguments)


def _capital(counts: Counter[tuple[str, str, str]]) -> tuple[int, float]:
    right = counts["capital", "True", "True"]
    wanted = right + counts["capital", "True", "False"]
    given = right + counts["capital", "False", "True"]
    return wanted, 2 * right / max(1, wanted + given)


def _compare(figures: dict[str, float], *, save: bool) -> int:
    path = CASES / "baseline.json"
    if save:
        rounded = {name: round(value, 4) for name, value in figures.items()}
        path.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return 0
    baseline = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    fallen = [n for n, v in figures.items() if n in baseline and v < baseline[n] - TOLERANCE]
    for name in fallen:
        click.echo(
            f"en dessous de la référence : {name} {baseline[name]:.3f} → {figures[name]:.3f}"
        )
    return int(bool(fallen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
