"""Dictations at once on the whole site: is a frame lost, how late are the words?

    python benchmarks/voice.py [STREAMS]

A real server, a socket a stream, frames sent every 100 ms as a browser does, an engine that costs
nothing. Aim: 50 streams on 2 cores, no frame lost, the first words at most 300 ms after speech.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from websockets.asyncio.client import connect

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.speech.sound import FRAME, speech
from tests.web.voice.served import prepare, served

STREAMS = int(sys.argv[1]) if len(sys.argv) > 1 else 50
TEXT = (
    "Bonjour, j'ai appelé trois fois la caisse d'allocations familiales. Personne ne répond au "
    "téléphone. Mon dossier est complet depuis le douze mars. Est-ce que vous pouvez m'aider ? "
)


async def dictate(port: int, sound: bytes, after: float) -> tuple[float, float, float]:
    """Seconds of sound the server heard, seconds to the first words, seconds late at the end."""
    await asyncio.sleep(after)
    host = f"127.0.0.1:{port}"
    async with connect(f"ws://{host}/dictee/", origin=f"http://{host}", compression=None) as line:
        while json.loads(await line.recv())["type"] != "ready":
            pass
        start = time.perf_counter()
        listening = asyncio.create_task(listen(line))
        for number, place in enumerate(range(0, len(sound), FRAME)):
            await asyncio.sleep(max(0.0, start + number * 0.1 - time.perf_counter()))
            await line.send(sound[place : place + FRAME])
        await line.send('{"type": "finish"}')
        sent = time.perf_counter()
        first, heard = await listening
        samples = np.abs(np.frombuffer(sound, np.int16).astype(int))
        begins = int(np.argmax(samples > 1000)) / 16_000
        return heard, first - start - begins, time.perf_counter() - sent


async def listen(line: object) -> tuple[float, float]:
    first = 0.0
    async for text in line:  # type: ignore[attr-defined]
        message = json.loads(text)
        if message["type"] == "partial" and not first:
            first = time.perf_counter()
        if message["type"] == "stop":
            return first, message["heard"]
    raise AssertionError("the line was cut")


async def all_at_once(port: int, sound: bytes) -> list[tuple[float, float, float]]:
    # People do not begin at the same instant: over two seconds.
    waits = np.linspace(0, 2, STREAMS)
    return list(await asyncio.gather(*(dictate(port, sound, float(w)) for w in waits)))


def main() -> None:
    sound = speech(TEXT * 2, 0.5, 1.2)
    seconds = len(sound) / 32_000
    home = prepare(Path(tempfile.mkdtemp(prefix="portevoix-voice-")))
    places = {"PORTEVOIX_DICTATIONS": str(STREAMS), "PORTEVOIX_DICTATIONS_PER_VISITOR": "999"}
    with served(home, PORTEVOIX_SPEECH="null", **places) as site:
        used = cpu(site.pid)
        results = np.array(asyncio.run(all_at_once(site.port, sound)))
        used = cpu(site.pid) - used
    heard, first, late = results.T
    # A `stop` rounds what it heard to a hundredth of a second.
    lost = int(sum(round(max(0.0, seconds - h - 0.011) * 10) for h in heard))
    print(f"{STREAMS} dictées de {seconds:.1f} s à la fois, trames perdues : {lost}")
    print(f"premiers mots après la voix : médiane {np.median(first) * 1000:.0f} ms, "
          f"p95 {np.percentile(first, 95) * 1000:.0f} ms")  # fmt: skip
    print(f"retard à la fin : p95 {np.percentile(late, 95) * 1000:.0f} ms")
    print(f"processeur du serveur : {used / (seconds * STREAMS):.1%} du temps réel par dictée")


def cpu(pid: int) -> float:
    """Seconds of processor used by a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    main()
