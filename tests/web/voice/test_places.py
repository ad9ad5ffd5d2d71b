"""Places of dictation: so many at once, the others in line, each told when the line moves."""

from __future__ import annotations

import pytest

from portevoix.web.voice.places import NoPlaceError, Places


def test_the_first_ones_begin_and_the_others_wait_in_order() -> None:
    places = Places(at_once=2, in_line=5, each=3)
    one, two, three, four = (places.enter(name) for name in "abcd")
    assert (one.mine, two.mine, three.mine, four.mine) == (True, True, False, False)
    assert (places.ahead(three), places.ahead(four)) == (0, 1)
    places.leave(one)
    assert three.mine
    assert three.moved.is_set()
    assert four.moved.is_set()
    assert places.ahead(four) == 0


def test_who_leaves_the_line_moves_the_others() -> None:
    places = Places(at_once=1, in_line=5, each=3)
    _, two, three = (places.enter(name) for name in "abc")
    places.leave(two)
    assert not three.mine
    assert places.ahead(three) == 0


def test_one_visitor_does_not_take_every_place() -> None:
    places = Places(at_once=9, in_line=9, each=2)
    first = places.enter("a")
    places.enter("a")
    with pytest.raises(NoPlaceError):
        places.enter("a")
    places.enter("b")
    places.leave(first)
    assert places.enter("a").mine


def test_a_line_has_an_end() -> None:
    places = Places(at_once=1, in_line=1, each=9)
    places.enter("a")
    places.enter("b")
    with pytest.raises(NoPlaceError):
        places.enter("c")
