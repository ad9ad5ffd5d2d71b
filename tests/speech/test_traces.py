"""Nothing is kept: the memory of a process that listened is searched, its system calls are read.

Each proof has its control: the same search finds the sound while the dictation is under way.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.speech.proof import CALLS, SENT, holding_sound, in_memory, needles, opened_to_write
from tests.speech.sound import frames, needs_espeak, needs_model, speech

pytestmark = [
    pytest.mark.slow,
    needs_model,
    needs_espeak,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc est propre à Linux"),
]

TEXT = "bonjour je voudrais savoir où en est mon dossier de retraite"
WAYS = ("local", "remote", "failing", "broken")


@pytest.fixture(scope="module")
def sound() -> bytes:
    return speech(TEXT, 0.2, 1.2)


@contextmanager
def listening(way: str, server: str, before: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    more = [f"{server}/v1", "espeak"] if way == "remote" else []
    process = subprocess.Popen(
        [*before, sys.executable, "-m", "tests.speech.listening", way, *more],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def told(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().decode().strip()


def send(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(data)
    process.stdin.flush()


def dictate(process: subprocess.Popen[bytes], sound: bytes) -> Iterator[str]:
    """Feed the sound; yield « middle » and « done … » while the process waits."""
    assert told(process) == "ready"
    send(process, b"\n")
    for number, frame in enumerate(frames(sound)):
        send(process, len(frame).to_bytes(4, "little") + frame)
        if number == 10:
            yield told(process)
            send(process, b"\n")
    send(process, bytes(4))
    yield told(process)


@pytest.mark.skipif(os.geteuid() != 0, reason="chercher dans la mémoire demande d'être root")
@pytest.mark.parametrize("way", WAYS)
def test_no_sound_is_left_in_memory(way: str, sound: bytes, server: str) -> None:
    wanted = needles(sound)
    with listening(way, server, []) as process:
        steps = dictate(process, sound)
        assert next(steps) == "middle"
        assert in_memory(process.pid, wanted) > 0
        end = next(steps)
        assert end.startswith("done")
        assert ("error" in end) == (way == "broken")
        assert in_memory(process.pid, wanted) == 0


@pytest.mark.skipif(not shutil.which("strace"), reason="strace est absent : apt-get install strace")
@pytest.mark.parametrize("way", WAYS)
def test_no_system_call_writes_sound_to_a_file(
    way: str, sound: bytes, server: str, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    strace = ["strace", "-f", "-y", "-xx", "-s", "70000", "-e", CALLS, "-o", str(log)]
    with listening(way, server, strace) as process:
        steps = dictate(process, sound)
        assert next(steps) == "middle"
        assert next(steps).startswith("done")
        send(process, b"\n")
        process.wait(timeout=60)
    calls = log.read_text("ascii", "replace").splitlines()
    assert any("write" in call for call in calls)
    # The voice goes to the server that was chosen, over a socket, and nowhere else.
    holding = holding_sound(calls, needles(sound))
    assert all(SENT.match(call) for call in holding)
    assert bool(holding) == (way == "remote")
    assert [
        path for path in opened_to_write(calls) if not path.startswith(("/dev/", "/proc/"))
    ] == []
