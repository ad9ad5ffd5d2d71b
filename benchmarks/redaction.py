"""Speed and scores of redaction, with Presidio beside it in the same run.

    python benchmarks/redaction.py [EXPERIENCES.csv]

Presidio runs with its own recognisers on a blank French pipeline (extra `bench`): it ships no
French recogniser of names.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from portevoix.evaluation.redaction import CASES, measure, read_cases
from portevoix.text.redact import find
from portevoix.types import PersonalData

Finder = Callable[[str], Sequence[PersonalData]]


def presidio() -> Finder | None:
    """Presidio's analyser, or None when the extra `bench` is absent."""
    try:
        import spacy  # noqa: PLC0415
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415
        from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415
    except ImportError:
        print("Presidio absent : pip install 'portevoix[bench]'")
        return None
    nlp = SpacyNlpEngine(models=[{"lang_code": "fr", "model_name": "blank"}])
    nlp.nlp = {"fr": spacy.blank("fr")}
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"], nlp_engine=nlp)
    # The e-mail recogniser fetches a list of domains from the network: it cannot run offline.
    registry.remove_recognizer("EmailRecognizer")
    engine = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["fr"])

    def run(text: str) -> list[PersonalData]:
        return [
            PersonalData(r.start, r.end, r.entity_type, r.score, "presidio")
            for r in engine.analyze(text, language="fr")
        ]

    return run


def speed(finder: Finder, texts: Sequence[str]) -> float:
    """Texts a second of processor time, after a warm-up."""
    for text in texts[:20]:
        finder(text)
    started = time.process_time()
    for text in texts:
        finder(text)
    return len(texts) / (time.process_time() - started)


def main(arguments: Sequence[str]) -> None:
    cases = [case for path in sorted(CASES.glob("*.jsonl")) for case in read_cases(path)]
    texts = [case.text for case in cases]
    if arguments:
        with Path(arguments[0]).open(encoding="utf-8", newline="") as lines:
            texts = [row["Description"] for row in csv.DictReader(lines)]
    for name, finder in (("portevoix", find), ("presidio", presidio())):
        if finder:
            scores = measure(cases, finder)
            print(
                f"{name:<10} {speed(finder, texts):>8.0f} textes/s  "
                f"rappel {scores.recall(scores.kinds):.3f}  "
                f"précision {scores.precision(scores.kinds):.3f}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
