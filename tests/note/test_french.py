from datetime import date

import pytest

from portevoix.note import french


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "aucune expérience"),
        (1, "une expérience"),
        (2, "deux expériences"),
        (10, "dix expériences"),
        (11, "11 expériences"),
        (95000, "95\u202f000 expériences"),
    ],
)
def test_counts_are_said_with_true_plurals(count: int, said: str) -> None:
    assert french.experiences(count) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.125, "12"), (0.045, "4,5"), (0.0, "0"), (1.0, "100"), (0.05, "5"), (0.0995, "10")],
)
def test_shares(share: float, said: str) -> None:
    assert french.percent(share) == f"{said}\u00a0%"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2025, 3, 1), date(2025, 12, 31), "de mars à décembre 2025"),
        (date(2025, 4, 1), date(2025, 6, 30), "d’avril à juin 2025"),
        (date(2025, 1, 1), date(2025, 12, 31), "en 2025"),
        (date(2024, 2, 1), date(2024, 2, 29), "en février 2024"),
        (date(2024, 11, 1), date(2025, 3, 31), "de novembre 2024 à mars 2025"),
        (date(2025, 3, 1), date(2025, 3, 9), "du 1er\u00a0mars 2025 au 9\u00a0mars 2025"),
        (date(2025, 3, 9), None, "depuis le 9\u00a0mars 2025"),
        (date.min, date.max, ""),
    ],
)
def test_periods_are_said_as_people_say_them(start: date, end: date | None, said: str) -> None:
    assert french.period(start, end) == said


def test_spaces_do_not_break() -> None:
    assert french.typeset("l'accueil : « bien » ; vraiment ?") == (
        "l’accueil\u00a0: «\u00a0bien\u00a0»\u202f; vraiment\u202f?"
    )


def test_typesetting_twice_changes_nothing() -> None:
    once = french.typeset("Combien ? 12 % : « trop » ! Voir https://a.fr/b?c=1 à 10:30")
    assert french.typeset(once) == once
    assert "https://a.fr/b?c=1" in once
    assert "10:30" in once


def test_enumeration() -> None:
    assert french.enumeration([]) == ""
    assert french.enumeration(["a"]) == "a"
    assert french.enumeration(["a", "b", "c"]) == "a, b et c"
