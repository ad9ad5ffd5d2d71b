"""The whole server keeps nothing: its memory is searched and its system calls are read."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from tests.speech.proof import (
    CALLS,
    holding_sound,
    in_memory,
    needles,
    opened_to_write,
)
from tests.speech.sound import MODEL, frames, needs_espeak, needs_model, speech
from tests.web.voice.served import Served, order, prepare, served, until

pytestmark = [
    pytest.mark.slow,
    needs_model,
    needs_espeak,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc est propre à Linux"),
]
TEXT = "bonjour je voudrais savoir où en est mon dossier de retraite"
LOCAL = {"PORTEVOIX_SPEECH": "local", "PORTEVOIX_SPEECH_MODEL": str(MODEL)}
# How a dictation ends: as it should, the page is closed in the middle of a word, sound that is not.
LOOKS = range(8, 20, 2)
ENDS = ("finished", "hung up", "unreadable")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("voice"))


@pytest.fixture(scope="module")
def sound() -> bytes:
    return speech(TEXT, 0.2, 1.2)


def dictate(site: Served, sound: bytes, end: str, wanted: list[bytes]) -> int:
    """Dictate in one of the ways; return how much of the sound was in memory in the middle."""
    held = 0
    with site.dial() as line:
        until(line, "ready")
        for number, frame in enumerate(frames(sound)):
            line.send(bytes(frame))
            # A look takes seconds: one that finds sound is enough.
            if number in LOOKS and wanted and not held:
                time.sleep(0.2)
                held = in_memory(site.pid, wanted)
            if number == 20 and end == "unreadable":
                line.send(b"\x01" * 3)
            if number == 24 and end == "hung up":
                return held
        order(line, "finish")
        until(line, "stop")
    return held


@pytest.mark.skipif(os.geteuid() != 0, reason="chercher dans la mémoire demande d'être root")
@pytest.mark.parametrize("end", ENDS)
def test_no_sound_is_left_in_the_memory_of_the_server(home: Path, sound: bytes, end: str) -> None:
    wanted = needles(sound)
    with served(home, **LOCAL) as site:
        assert dictate(site, sound, end, wanted) > 0
        time.sleep(1)
        assert in_memory(site.pid, wanted) == 0


@pytest.mark.skipif(not shutil.which("strace"), reason="strace est absent : apt-get install strace")
def test_no_system_call_of_the_server_writes_sound(
    home: Path, sound: bytes, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    strace = ("strace", "-f", "-y", "-xx", "-s", "70000", "-e", CALLS, "-o", str(log))
    with served(home, strace, **LOCAL) as site:
        for end in ENDS:
            dictate(site, sound, end, [])
    calls = log.read_text("ascii", "replace").splitlines()
    # The control: words did leave, over the socket, and went into no file.
    assert holding_sound(calls, [b'"partial"'])
    assert not any("pwrite" in call for call in holding_sound(calls, [b"bonjour"]))
    assert holding_sound(calls, needles(sound)) == []
    allowed = ("/dev/", "/proc/", str(home))
    assert [path for path in opened_to_write(calls) if not path.startswith(allowed)] == []
    written = [path for path in opened_to_write(calls) if path.startswith(str(home))]
    kept = ("portevoix.sqlite3", "secret-key")
    assert all(Path(path).name.startswith(kept) for path in written), written
