"""Buffers that hold sound: bounded, in order, overwritten."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from portevoix.speech.memory import SoundBuffer, wipe


def test_wipe_overwrites_what_it_is_given() -> None:
    kept = bytearray(b"secret")
    wipe(kept)
    assert kept == bytearray(6)
    handed = bytes(bytearray(b"a voice"))  # built at run time: shared with no constant
    wipe(handed)
    assert handed == bytes(7)


def test_wipe_leaves_shared_and_foreign_bytes() -> None:
    one = bytes([65])
    wipe(one)
    assert one == b"A"
    source = bytes(bytearray(b"read only"))
    wipe(memoryview(source))
    assert source == b"read only"


@settings(deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 40)), max_size=40))
def test_a_buffer_is_a_bounded_queue_and_forgets(steps: list[tuple[bytes, int]]) -> None:
    buffer, model = SoundBuffer(64), bytearray()
    for data, taken in steps:
        if buffer.put(data):
            model += data
        else:
            assert len(model) + len(data) > 64
        buffer.drop(taken)
        del model[:taken]
        assert bytes(buffer.look()) == bytes(model)
        assert len(buffer) == len(model)
        start, end = buffer._start, buffer._end
        assert not any(buffer._data[:start])
        assert not any(buffer._data[end:])


def test_push_out_keeps_the_end() -> None:
    buffer = SoundBuffer(4)
    for data in (b"ab", b"cde", b"123456"):
        buffer.push_out(data)
    assert bytes(buffer.look()) == b"3456"
