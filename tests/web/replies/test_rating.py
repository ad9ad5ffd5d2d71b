"""« Cette réponse est-elle utile ? »: once a browser, and the author apart."""

from __future__ import annotations

import pytest

from portevoix.web.experiences.actions import WrongStateError, refuse
from portevoix.web.replies.actions import AlreadyRatedError, rate, rate_as_author
from portevoix.web.replies.models import Rating, Reply
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply


@pytest.fixture
def reply(cast: Cast) -> Reply:
    return make_reply(make_experience(cast.caf_sambrelle))


def test_visitors_count_once_each(reply: Reply) -> None:
    rate(reply, "one", useful=True)
    rate(reply, "two", useful=True)
    rate(reply, "three", useful=False)
    with pytest.raises(AlreadyRatedError):
        rate(reply, "one", useful=False)
    reply.refresh_from_db()
    assert (reply.useful_count, reply.not_useful_count) == (2, 1)
    assert reply.author_found_useful is None


def test_no_secret_of_a_browser_is_kept(reply: Reply) -> None:
    rate(reply, "secret-of-a-browser", useful=True)
    assert "secret" not in Rating.objects.get().voter_hash


def test_the_author_may_change_their_mind(reply: Reply) -> None:
    rate_as_author(reply, useful=False, why="Cela ne répond pas à ma question.")
    rate_as_author(reply, useful=True)
    reply.refresh_from_db()
    assert reply.author_found_useful is True
    assert Rating.objects.get().why == ""
    assert (reply.useful_count, reply.not_useful_count) == (0, 0)


def test_what_is_no_longer_public_is_not_rated(cast: Cast, reply: Reply) -> None:
    refuse(reply.concern.experience, cast.moderator, "insulte")
    with pytest.raises(WrongStateError):
        rate(reply, "one", useful=True)
