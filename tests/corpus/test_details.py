from __future__ import annotations

import numpy as np

from portevoix.corpus.details import ThemeRows, details_of
from portevoix.corpus.topics import Side
from portevoix.types import Expectation
from tests.corpus.small import Told, corpus


def _told() -> list[Told]:
    phone = [Told("Le standard sonne dans le vide.", expectation=Expectation.TEL)] * 4
    robot = [Told("Un serveur vocal et rien d'autre.", expectation=Expectation.TEL)] * 3
    named = [Told("La ligne verte du lac, encore elle.", expectation=Expectation.TEL)] * 3
    return [*phone, *robot, *named, *[Told("Une attente correcte au guichet.", feeling=2)] * 20]


def _theme(size: int, expectation: Expectation = Expectation.TEL) -> ThemeRows:
    rows = np.arange(size)
    return ThemeRows(expectation, Side.REPROACH, rows, rows)


def test_details_speak_the_language_of_the_taxonomy() -> None:
    details = details_of(corpus(_told()), _theme(10))
    assert [(detail.label, detail.count) for detail in details[:2]] == [
        ("appels laissés sans réponse", 4),
        ("serveur vocal qui ne mène à aucun agent", 3),
    ]
    assert [detail.topic for detail in details[:2]] == ["tel-sans-reponse", "tel-serveur"]
    assert all(detail.count == len(detail.evidence) for detail in details)


def test_named_things_complete_them() -> None:
    last = details_of(corpus(_told()), _theme(10))[-1]
    assert (last.label, last.topic, last.count) == ("ligne verte du lac", "", 3)


def test_what_is_said_of_another_expectation_is_no_detail() -> None:
    details = details_of(corpus(_told()), _theme(7, Expectation.SIM), 1)
    assert [detail.topic for detail in details] in ([""], [])


def test_no_segment_no_detail() -> None:
    assert details_of(corpus(_told()), _theme(0)) == ()


def test_no_more_than_asked() -> None:
    assert len(details_of(corpus(_told()), _theme(10), 1)) == 1
