"""A network that leaves the sample, or a year of happy ones, is no change in what users live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.changes import find_changes
from portevoix.corpus.comparable import strata_of, tie
from portevoix.corpus.scan import calendar
from tests.corpus.small import Told, corpus, labels

LATE = "Mon dossier est bloqué depuis six mois, aucune suite donnée."


def _of_networks(told: list[Told], names: list[str]) -> Analyses:
    whole = corpus(told)
    networks = labels([[name] for name in names])
    return replace(whole, experiences=replace(whole.experiences, networks=networks))


def _months(text: str, months: range, each: int = 3, feeling: int = 0) -> list[Told]:
    return [Told(text, date(2025, m, 1 + i), feeling) for m in months for i in range(each)]


def test_a_network_that_leaves_the_sample_is_no_fall() -> None:
    gone = _months(LATE, range(1, 5), 8)
    stays = _months("Une réponse claire au guichet.", range(1, 13), 8, feeling=2)
    stays += _months("Le guichet sent la peinture.", range(1, 13), 2)
    names = ["Parti"] * len(gone) + ["Resté"] * len(stays)
    assert find_changes(_of_networks(gone + stays, names), None, minimum=5) == ()
    alone = corpus(gone + stays)
    assert [change.kind.value for change in find_changes(alone, None, minimum=5)] == ["fall"]


def test_within_a_network_a_change_is_still_told() -> None:
    rises = _months(LATE, range(8, 13), 8) + _months("Un mot aimable.", range(1, 13), 8)
    other = _months("Une réponse claire.", range(1, 13), 8, feeling=2)
    names = ["Monte"] * len(rises) + ["Calme"] * len(other)
    (change,) = find_changes(_of_networks(rises + other, names), None, minimum=5)
    assert (change.topic, change.kind.value) == ("del-dossier", "rise")
    assert "comparable" in change.test
    assert change.share == change.count / 80


def test_feelings_collected_year_by_year_are_compared_apart() -> None:
    told = _months("Rien ne va.", range(1, 7), 6) + _months("Tout va.", range(7, 13), 6, feeling=2)
    analyses = corpus(told)
    bins = calendar(analyses.experiences.days).bins
    assert strata_of(analyses, bins).by_feeling
    assert find_changes(analyses, None, minimum=5) == ()


def test_the_tie_is_none_by_chance_and_one_when_perfect() -> None:
    generator = np.random.default_rng(1)
    feelings = generator.integers(0, 3, 600)
    assert tie(feelings, generator.integers(0, 12, 600)) < 0.1
    assert tie(feelings, feelings * 3) > 0.95
    assert tie(np.zeros(4, np.int64), np.arange(4)) == 0.0
