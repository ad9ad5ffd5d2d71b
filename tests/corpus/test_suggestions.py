from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.proposals import proposal
from portevoix.corpus.quotes import QuoteBook
from portevoix.corpus.suggestions import find_suggestions
from tests.corpus.small import Told, corpus

VOTE = [
    "Il faudrait généraliser le vote par internet aux présidentielles.",
    "À quand la même chose pour toutes les élections, par internet ?",
    "Je souhaite que le vote en ligne devienne systématique.",
]
OTHERS = [
    "Il faudrait planter un arbre devant la mairie.",
    "il serait souhaitable,",
]


def _proposed(texts: list[str]) -> Analyses:
    whole = corpus([Told(text, feeling=1) for text in texts])
    sure = np.full(len(texts), 0.9, np.float32)
    return replace(whole, segments=replace(whole.segments, suggestion=sure))


def test_all_the_forms_of_a_proposal_are_one_group() -> None:
    analyses = _proposed([*VOTE, *OTHERS])
    first, *others = find_suggestions(analyses, QuoteBook(analyses))
    assert (first.topic, first.count) == ("s-vote", 3)
    assert first.label == "étendre le vote par internet à toutes les élections"
    assert [group.label for group in others] == [OTHERS[0].removesuffix(".")]


def test_nothing_proposed_nothing_grouped() -> None:
    analyses = corpus([Told("Rien à dire.")])
    assert find_suggestions(analyses, QuoteBook(analyses)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, il faudrait afficher les délais sur la porte.",
        "Pourquoi ne pas ouvrir le guichet le samedi matin ?",
        "Mettez un numéro qui répond sur chaque courrier.",
    ],
)
def test_a_whole_proposal_reads_alone(text: str) -> None:
    said = proposal(text)
    assert said[0].isupper()
    assert "onjour" not in said
    assert said.rstrip(" ?").lower() in text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "À quand ce service indispensable ?",
        "il serait souhaitable,",
        "Cela éviterait de faire déplacer les gens souvent pour juste un renseignement.",
        "Pourquoi ne pas généraliser cette option pour d'autres scrutins ?",
        "Mon dossier est complet depuis le mois de mars.",
    ],
)
def test_fragments_and_allusions_do_not(text: str) -> None:
    assert proposal(text) == ""
