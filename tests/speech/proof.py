"""How a test looks for sound: in the memory of a process, in what it asks of the system."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np

NEEDLE = 32  # samples: 2 ms, which no chance repeats
APART = 9600


def needles(sound: bytes) -> list[bytes]:
    """Loud stretches all along the sound, as it comes and as the numbers that models read."""
    samples = np.frombuffer(sound, np.int16)
    found: list[bytes] = []
    # One every 0.6 s, and one in the frame that the process holds when it waits in the middle.
    for start in (16_000, *range(0, len(samples) - APART, APART)):
        part = samples[start : start + 1600 - NEEDLE]
        place = start + int(np.abs(part.astype(int)).argmax())
        window = samples[place : place + NEEDLE]
        if len(set(window.tolist())) > NEEDLE // 2:
            found += [window.tobytes(), (window.astype(np.float32) / 32768).tobytes()]
    assert len(found) > 6
    return found


def in_memory(process: int, wanted: list[bytes]) -> int:
    """How many of `wanted` stand somewhere in the memory of a process."""
    missing = set(range(len(wanted)))
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            # What cannot be written holds no sound: code and constants are passed over.
            if not rights.startswith("rw"):
                continue
            start, end = (int(x, 16) for x in span.split("-"))
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except (OSError, OverflowError, ValueError):
                continue
            missing -= {i for i in missing if wanted[i] in held}
    return len(wanted) - len(missing)


CALLS = "trace=write,pwrite64,writev,pwritev,sendto,sendmsg,open,openat,creat,memfd_create,rename"
SENT = re.compile(r"\d+ +(?:sendto|sendmsg)\(")
OPENED = re.compile(r'open(?:at)?\(.*?"(?P<path>[^"]*)", (?P<flags>[A-Z_|]+)')


def holding_sound(calls: Iterable[str], wanted: list[bytes]) -> list[str]:
    """The system calls, as strace -xx writes them, that carry one of `wanted`."""
    written = ["".join(f"\\x{b:02x}" for b in needle) for needle in wanted]
    return [call for call in calls if any(needle in call for needle in written)]


def opened_to_write(calls: Iterable[str]) -> list[str]:
    """The files that were opened to be written."""
    found = []
    for call in calls:
        opened = OPENED.search(call)
        if opened and any(f in opened["flags"] for f in ("O_WRONLY", "O_RDWR", "O_CREAT")):
            codes = re.findall(r"\\x(..)", opened["path"])
            found.append(bytes(int(x, 16) for x in codes).decode())
    return found
