"""Every role × every verb × inside / outside its place: the law of the site, as a table."""

from __future__ import annotations

import pytest

from portevoix.web.accounts.policies import MATRIX, NotAllowedError, Verb, may, require, scope
from tests.web.cast import Cast
from tests.web.factories import make_experience

# verb: who may do it at Sambrelle (Caf, Nord), then who may elsewhere (Valserine, Ain).
LAW: dict[Verb, tuple[str, str]] = {
    Verb.READ_AS_WRITTEN: ("moderator", "moderator"),
    Verb.MODERATE: ("moderator", "moderator"),
    Verb.READ_AT_WORK: ("agent super manager observer", ""),
    Verb.CORRECT: ("agent super", ""),
    Verb.ASSIGN: ("super manager", ""),
    Verb.COMMENT: ("agent super manager", ""),
    Verb.REASSIGN: ("agent super manager moderator", "moderator"),
    Verb.ANSWER: ("agent super", ""),
    Verb.VALIDATE_REPLY: ("super manager", ""),
    Verb.WRITE_TEMPLATE: ("manager", ""),
    Verb.ANNOUNCE_IMPROVEMENT: ("agent super manager", ""),
    Verb.REVIEW_CASES: ("manager admin", "admin"),
    Verb.READ_FIGURES: ("agent super manager moderator admin observer", "moderator admin"),
    Verb.STUDY: ("super manager admin observer", "admin"),
    Verb.MANAGE_ACCOUNTS: ("manager admin", "admin"),
    Verb.GRANT_NATIONAL_ROLE: ("admin", "admin"),
    Verb.EDIT_STRUCTURE: ("manager admin", "admin"),
    Verb.IMPORT: ("admin", "admin"),
    Verb.MANAGE_API_KEYS: ("manager admin", "admin"),
    Verb.READ_JOURNAL: ("admin", "admin"),
}
PEOPLE = {
    "agent": "agent_caf_sambrelle",
    "super": "super_agent_caf_sambrelle",
    "manager": "manager_caf",
    "moderator": "moderator",
    "admin": "admin",
    "observer": "observer_nord",
    "nobody": "without_role",
}


def test_the_law_names_every_verb() -> None:
    assert set(LAW) == set(Verb)
    assert {verb for verbs in MATRIX.values() for verb in verbs} == set(Verb)


@pytest.mark.parametrize("verb", Verb)
def test_the_law(cast: Cast, verb: Verb) -> None:
    inside, outside = make_experience(cast.caf_sambrelle), make_experience(cast.brigade_valserine)
    for target, allowed in zip((inside, outside), LAW[verb], strict=True):
        found = {who for who, name in PEOPLE.items() if may(getattr(cast, name), verb, target)}
        assert found == set(allowed.split()), target


def test_nobody_may_anything(cast: Cast) -> None:
    experience = make_experience(cast.caf_sambrelle)
    assert not any(may(None, verb, experience) for verb in Verb)
    cast.moderator.is_active = False
    assert not any(may(cast.moderator, verb, experience) for verb in Verb)


def test_a_structure_holds_what_is_below_it_and_not_above(cast: Cast) -> None:
    below, beside = make_experience(cast.antenne_nord), make_experience(cast.caf_brevigny)
    assert may(cast.agent_caf_sambrelle, Verb.ANSWER, below)
    assert not may(cast.agent_caf_sambrelle, Verb.ANSWER, beside)
    assert not may(cast.agent_antenne_nord, Verb.ANSWER, make_experience(cast.caf_sambrelle))


def test_what_stands_nowhere_is_outside_of_all_but_everywhere(cast: Cast) -> None:
    nowhere = make_experience(None)
    assert not may(cast.manager_caf, Verb.READ_AT_WORK, nowhere)
    assert may(cast.moderator, Verb.MODERATE, nowhere)


def test_refusing_says_so(cast: Cast) -> None:
    with pytest.raises(NotAllowedError, match="rôle"):
        require(cast.observer_nord, Verb.ANSWER, make_experience(cast.caf_sambrelle))


def test_the_scope_of_someone(cast: Cast) -> None:
    assert scope(cast.manager_caf, Verb.READ_AT_WORK).networks == {cast.caf.pk}
    assert scope(cast.agent_antenne_nord, Verb.ANSWER).paths == {cast.antenne_nord.path}
    assert scope(cast.admin, Verb.IMPORT).everywhere
    assert not scope(cast.without_role, Verb.READ_FIGURES)
