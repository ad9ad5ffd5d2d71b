import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from portevoix.errors import FalseStatementError
from portevoix.note.check import check_recount, check_sources
from portevoix.note.render.json import to_dict
from tests.note.example import SOURCES, note

TEXTS = {source.id: source.text for source in SOURCES}


def fresh() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json.dumps(to_dict(note())))
    return loaded


def full_check(given: dict[str, Any]) -> None:
    check_sources(given, TEXTS)
    check_recount(given, fresh())


def test_a_true_note_passes() -> None:
    check = check_sources(fresh(), TEXTS)
    assert check.quotes == 3
    assert check.statements > 20
    full_check(fresh())


def _quote(data: dict[str, Any]) -> None:
    data["strengths"][0]["quotes"][0]["text"] += "!"


def _share(data: dict[str, Any]) -> None:
    data["pain_points"][0]["share"] += 0.01


TAMPERED: dict[str, Callable[[dict[str, Any]], object]] = {
    "count": lambda d: d["pain_points"][0].update(count=9),
    "share": _share,
    "interval": lambda d: d["changes"][0].update(interval=[0.0, 0.1]),
    "unknown id": lambda d: d["subjects"][0]["evidence"].__setitem__(0, "x99"),
    "other id": lambda d: d["subjects"][0]["evidence"].__setitem__(0, "e0"),
    "twice the same id": lambda d: d["subjects"][0]["evidence"].__setitem__(0, "e4"),
    "quote": _quote,
    "label": lambda d: d["suggestions"][0].update(label="tout va bien"),
    "detail": lambda d: d["pain_points"][0]["details"][0].update(count=1),
    "date": lambda d: d["changes"][0].update({"from": "2025-01-01"}),
    "sentence": lambda d: d["sections"][0]["sentences"][0].update(
        text="Tout le monde est content."
    ),
    "missing entry": lambda d: d["pain_points"].pop(),
    "added entry": lambda d: d["strengths"].append(copy.deepcopy(d["pain_points"][0])),
    "engine": lambda d: d.update(engine="autre"),
    "figures": lambda d: d["figures"].pop(),
    "missing part": lambda d: d.pop("leads"),
    "scope": lambda d: d["scope"].update(networks=["MSA"]),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_note_fails_with_a_sentence(what: str) -> None:
    data = fresh()
    TAMPERED[what](data)
    with pytest.raises(FalseStatementError) as error:
        full_check(data)
    assert len(error.value.message) > 20
