from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from scipy.stats import hypergeom

from portevoix.corpus.changes import find_changes
from portevoix.corpus.findings import Change, ChangeKind, Strength
from portevoix.corpus.items import all_items_of, items_of
from portevoix.corpus.statistics import adjusted, fisher, fisher_each, tail_table, wilson
from portevoix.evaluation.changes import false_alarms, read_trends
from tests.corpus.small import Told, corpus
from tests.paths import ROOT

CALM = ["Le dossier suit son cours.", "Un agent a pris le temps.", "La salle est propre.", "Bien."]


def _calm(month: int) -> list[Told]:
    return [
        Told(text, date(2025, month, 3 + i), feeling=2, structure=f"Antenne {i}", departement="01")
        for i, text in enumerate(CALM)
    ]


def _with(months: Callable[[int], bool], structure: str = "Agence du Lac") -> list[Told]:
    told: list[Told] = []
    for month in range(1, 13):
        told += _calm(month)
        if months(month):
            text = "Encore une pièce illisible refusée par le site."
            told += [Told(text, date(2025, month, 9), 0, structure, "74") for _ in range(3)]
    return told


def _main(told: list[Told]) -> Change:
    changes = find_changes(corpus(told), None, minimum=3)
    assert len(changes) == 1, [change.label for change in changes]
    return changes[0]


def test_a_rise_is_dated_placed_and_proved() -> None:
    change = _main(_with(lambda month: month >= 8))
    assert change.kind is ChangeKind.RISE
    assert (change.start, change.end) == (date(2025, 8, 1), date(2025, 12, 31))
    assert (change.structure, change.departement) == ("Agence du Lac", "74")
    assert change.count == len(change.evidence) == 15
    assert change.strength is Strength.ESTABLISHED
    assert change.share_elsewhere == 0
    assert change.share == pytest.approx(15 / 35)


def test_a_complaint_that_stops_is_a_fall() -> None:
    change = _main(_with(lambda month: month <= 4))
    assert (change.kind, change.end) == (ChangeKind.FALL, date(2025, 4, 30))


def test_a_short_burst_is_a_peak() -> None:
    change = _main(_with(lambda month: month in {6, 7}))
    assert change.kind is ChangeKind.PEAK
    assert (change.start, change.end) == (date(2025, 6, 1), date(2025, 7, 31))


def test_a_constant_complaint_is_no_change() -> None:
    assert find_changes(corpus(_with(lambda month: month > 0)), None, minimum=3) == ()


def test_more_experiences_alone_are_no_change() -> None:
    told = [one for month in range(1, 13) for one in _calm(month) * (4 if month > 9 else 1)]
    assert find_changes(corpus(told), None, minimum=3) == ()


def test_nothing_is_said_of_fewer_than_the_minimum() -> None:
    told = _with(lambda month: month == 6)
    assert find_changes(corpus(told), None, minimum=5) == ()


def test_unknown_days_and_empty_scopes() -> None:
    assert find_changes(corpus([]), None, minimum=3) == ()
    assert find_changes(corpus([Told("Rien", None)] * 9), None, minimum=3) == ()


def test_against_the_previous_period() -> None:
    now = [Told("La pièce illisible est refusée.", date(2025, 5, 2))] * 8 + _calm(5) * 3
    before = _calm(4) * 5
    changes = find_changes(corpus(now), corpus(before), minimum=3)
    assert changes[0].kind is ChangeKind.RISE
    assert (changes[0].count, changes[0].share_elsewhere) == (8, 0.0)


def test_tails_are_those_of_the_hypergeometric_law() -> None:
    table = tail_table(70, np.array([12, 30]), 9)
    assert table[1, 6] == pytest.approx(hypergeom.sf(5, 70, 9, 30))
    assert fisher(8, 10, 2, 12) == pytest.approx(hypergeom.sf(7, 22, 10, 10))


def test_each_row_is_tested_as_if_alone() -> None:
    columns = np.array([[8, 10, 2, 12], [3, 4000, 1, 5000], [0, 5, 4, 9], [8, 10, 2, 12]])
    alone = [fisher(*row) for row in columns.tolist()]
    assert fisher_each(*columns.T).tolist() == alone
    assert alone[1] == tail_table(9000, np.array([4000]), 4)[0, 3]


def test_items_are_found_again_in_another_period() -> None:
    closed = [Told("Le guichet de la mairie est fermé.", date(2025, 3, 3), 0, "Mairie", "75")] * 4
    now = items_of(corpus(_with(lambda month: month >= 8) + closed), 3)
    before = all_items_of(corpus(_with(lambda month: month in {2, 9}, "Antenne 1")))
    known = {before.name(row): len(before.who(row)) for row in range(len(before))}
    expected = [known.get(now.name(row), 0) for row in range(len(now))]
    assert now.sizes_in(before).tolist() == expected
    assert 0 < sum(size > 0 for size in expected) < len(expected)
    assert [now.name(row).family for row in range(len(now))] == now.families.tolist()


def test_what_the_same_experiences_say_is_still_counted_in_the_other_period() -> None:
    said = "Le guichet de la mairie est fermé."
    told = [Told(said, date(2025, 3, day), 0, "Mairie", "75") for day in range(1, 5)]
    other = [Told("Tout va bien.", date(2025, 3, 3), 2, "Préfecture", "69")] * 4
    now, before = items_of(corpus(told * 2 + other), 3), all_items_of(corpus(told + other))
    assert (now.sizes_in(before) > 0).all()


def test_large_totals_use_the_binomial_law() -> None:
    table = tail_table(95_000, np.array([9500]), 3)
    assert table[0] == pytest.approx([1.0, 0.271, 0.028, 0.001])


def test_intervals_and_correction() -> None:
    assert wilson(0, 0).high == 1.0
    assert wilson(5, 10).low == pytest.approx(0.2366, abs=1e-4)
    assert adjusted(np.array([0.01, 0.04]), 2).tolist() == pytest.approx([0.02, 0.04])


def test_shuffled_dates_rarely_alarm() -> None:
    networks = {"a": corpus(_with(lambda month: month >= 8))}
    alarms = false_alarms(networks, shuffles=40)
    assert alarms.established <= 0.1
    assert alarms.weak <= 1.0


def test_the_planted_trends_are_eighteen() -> None:
    trends = read_trends(ROOT / "evals" / "changes" / "trends.json")
    assert len(trends) == 18
    assert {trend.kind for trend in trends} == {"rise", "fall", "peak"}
