"""Who speaks, and when."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.errors import ResourceError
from portevoix.speech import activity
from portevoix.speech.activity import (
    Detector,
    EnergyDetector,
    SileroDetector,
    Turn,
    best_detector,
)
from portevoix.speech.wav import frames
from tests.paths import SHARED
from tests.speech.sound import needs_espeak, noise, silence, speech


def voiced(detector: Detector, sound: bytes) -> list[bool]:
    samples = np.frombuffer(sound, np.int16)
    whole = samples[: len(samples) // 1536 * 1536]
    return [
        v > 0.5 for i in range(0, len(whole), 1536) for v in detector.voices(whole[i : i + 1536])
    ]


@needs_espeak
def test_a_voice_is_heard_between_silences() -> None:
    sound = silence(1) + speech("Bonjour, personne ne répond au téléphone.", 0, 0) + silence(1)
    for detector in (SileroDetector(), EnergyDetector()):
        heard = voiced(detector, sound)
        assert not any(heard[:28])
        assert sum(heard[35:-35]) > 0.6 * len(heard[35:-35])
        assert not any(heard[-20:])


def test_silence_is_no_voice() -> None:
    for detector in (SileroDetector(), EnergyDetector()):
        assert not any(voiced(detector, silence(2)))


def test_a_fan_is_no_voice_for_the_learned_detector() -> None:
    assert sum(voiced(SileroDetector(), noise(3, level=800))) < 10


@pytest.mark.skipif(not SHARED.is_dir(), reason="données partagées absentes")
def test_people_are_heard() -> None:
    clip = b"".join(bytes(f) for f in frames(SHARED / "data/speech/voxforge/fr-sb-496.wav"))
    heard = voiced(SileroDetector(), clip)
    assert 0.4 < sum(heard) / len(heard) < 0.98


def test_windows_given_by_one_or_by_three_are_heard_alike() -> None:
    samples = np.frombuffer(noise(0.96), np.int16)
    one, three = SileroDetector(), SileroDetector()
    apart = [v for i in range(0, len(samples), 512) for v in one.voices(samples[i : i + 512])]
    together = [
        v for i in range(0, len(samples), 1536) for v in three.voices(samples[i : i + 1536])
    ]
    assert np.allclose(apart, together, atol=1e-4)


def test_reset_forgets() -> None:
    detector, samples = SileroDetector(), np.frombuffer(noise(0.32), np.int16)
    first = detector.voices(samples)
    detector.reset()
    assert detector.voices(samples) == first


def test_a_turn_begins_after_two_windows_and_ends_after_the_pause() -> None:
    turn = Turn(pause=0.32)
    assert [turn.follow(v) for v in (0.9, 0.1, 0.9, 0.9, 0.4)] == [False, False, False, True, False]
    ended = [turn.follow(0.1) for _ in range(10)]
    assert ended == [False] * 9 + [True]
    assert not turn.speaking


def test_without_weights_energy_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ResourceError

    monkeypatch.setattr(activity, "weights", missing)
    assert isinstance(best_detector(), EnergyDetector)
