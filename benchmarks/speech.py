"""Dictation: what our pipeline costs beside the bare engine, how soon words show, how many at once.

    python benchmarks/speech.py [MODEL_FOLDER] [CLIP.wav]

Aims: at most 5 % of real time per stream beside the bare engine; first words at most 300 ms after
speech begins with a fast engine; 50 streams at once on 2 cores with an engine that costs nothing,
without losing a frame. Without clip, espeak-ng speaks.
"""

from __future__ import annotations

import os

# One thread a stream: what is measured is one of many.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from portevoix.speech import Session, Writer
from portevoix.speech.engines.local import LocalEngine
from portevoix.speech.limits import SECOND
from portevoix.speech.messages import Failure, Partial
from portevoix.speech.wav import frames
from portevoix.testing import NullEngine

SHARED = Path(os.environ.get("PORTEVOIX_SHARED", Path(__file__).parents[2] / "shared"))
MODEL = SHARED / "data" / "speech" / "streaming_fr_espeak"
FRAME = 3200
STREAMS = 50
TEXT = (
    "Bonjour, j'ai appelé trois fois la caisse d'allocations familiales. Personne ne répond au "
    "téléphone. Mon dossier est complet depuis le douze mars. Est-ce que vous pouvez m'aider ? "
)


def spoken() -> bytes:
    """Half a minute of speech with its silences."""
    said = subprocess.run(
        ["espeak-ng", "-v", "fr", "--stdin", "--stdout"], input=(TEXT * 3).encode(),
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    return subprocess.run(
        ["sox", "-t", "wav", "-", "-t", "raw", "-r", "16000", "-b", "16", "-c", "1",
         "-e", "signed-integer", "-", "pad", "0.5", "1.0"],
        input=said, capture_output=True, check=True,
    ).stdout  # fmt: skip


def bare(engine: LocalEngine, sound: bytes) -> float:
    """Seconds of processor for the engine alone, fed the same frames."""
    listener, start = engine.open(), time.process_time()
    for place in range(0, len(sound), FRAME):
        listener.hear(np.frombuffer(sound[place : place + FRAME], np.int16))
    listener.end()
    return time.process_time() - start


def piped(engine: LocalEngine | NullEngine, sound: bytes) -> float:
    """Seconds of processor for a whole dictation."""
    start = time.process_time()
    with Session(engine) as session:
        for place in range(0, len(sound), FRAME):
            session.feed(bytearray(sound[place : place + FRAME]))
        session.finish()
    return time.process_time() - start


def first_words(engine: LocalEngine | NullEngine, sound: bytes) -> float:
    """Seconds of sound, and of work on it, from the first voice to the first partial."""
    samples = np.abs(np.frombuffer(sound, np.int16).astype(int))
    begins = int(np.argmax(samples > 1000)) / 16000
    with Session(engine) as session:
        for place in range(0, len(sound), FRAME):
            start = time.perf_counter()
            messages = session.feed(bytearray(sound[place : place + FRAME]))
            if any(isinstance(m, Partial) for m in messages):
                heard = (place + FRAME) / SECOND
                return heard - begins + time.perf_counter() - start
    return float("nan")


def many(sound: bytes, streams: int) -> tuple[int, int, float, float]:
    """Streams in real time in one process: (frames sent, heard, longest lag, cores used)."""
    engine, longest, used = NullEngine(), 0.0, time.process_time()
    sessions = [Session(engine, writer=Writer()) for _ in range(streams)]
    count = len(sound) // FRAME
    start, refused = time.monotonic(), 0
    for number in range(count):
        late = time.monotonic() - start - number * 0.1
        longest = max(longest, late)
        if late < 0:
            time.sleep(-late)
        for session in sessions:
            frame = bytearray(sound[number * FRAME : (number + 1) * FRAME])
            refused += any(isinstance(m, Failure) for m in session.feed(frame))
    heard = 0
    for session in sessions:
        session.finish()
        heard += session.heard // FRAME
        session.close()
    cores = (time.process_time() - used) / (len(sound) / SECOND)
    return count * streams - refused, heard, longest, cores


def share(sound: bytes) -> tuple[int, int, float, float]:
    return many(sound, STREAMS // 2)


def main() -> None:
    model = Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL
    sound = b"".join(bytes(f) for f in frames(Path(sys.argv[2]))) if len(sys.argv) > 2 else spoken()
    length = len(sound) / SECOND
    engine = LocalEngine(model)
    piped(engine, sound[: 4 * SECOND])
    alone = min(bare(engine, sound) for _ in range(3))
    whole = min(piped(engine, sound) for _ in range(3))
    nothing = min(piped(NullEngine(), sound) for _ in range(3))
    print(f"{length:.1f} s de parole ; part du temps réel, un cœur :")
    print(f"  moteur seul {alone / length:.2%}, dictée entière {whole / length:.2%}, "
          f"surcoût {(whole - alone) / length:.2%} (visé : 5 %)")  # fmt: skip
    print(f"  dictée avec un moteur qui ne coûte rien : {nothing / length:.2%}")
    print(f"premiers mots : moteur nul {first_words(NullEngine(), sound) * 1000:.0f} ms, "
          f"modèle d'essai {first_words(engine, sound) * 1000:.0f} ms (visé : 300 ms)")  # fmt: skip
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(share, [sound] * 2))
    sent, heard = sum(r[0] for r in results), sum(r[1] for r in results)
    late, cores = max(r[2] for r in results), sum(r[3] for r in results)
    print(
        f"{STREAMS} dictées à la fois en temps réel, 2 processus : {sent} trames envoyées, "
        f"{heard} entendues, {cores:.2f} cœur occupé, retard le plus long {late * 1000:.0f} ms"
    )
    said = "".join(c for c in TEXT.lower() if c.isalpha() or c in " '-")
    start = time.perf_counter()
    for _ in range(50):
        Writer().write(said)
    each = (time.perf_counter() - start) * 20
    print(f"écrire une phrase de {len(said.split())} mots : {each:.1f} ms")


if __name__ == "__main__":
    main()
