"""What the microphone sends, heard in Chromium itself: tones, at the rates of devices."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page

from portevoix.speech.limits import RATE
from tests.journeys.conftest import Opener

WORKLET = "/static/voice/capture.js"
SECONDS = 1
# The pure tone goes through the worklet as sound does; the frames come back as text.
_PLAY = """
async ([worklet, rate, tone, seconds]) => {
  const context = new OfflineAudioContext(1, rate * seconds, rate);
  await context.audioWorklet.addModule(worklet);
  const node = new AudioWorkletNode(context, "porte-voix-capture", { numberOfOutputs: 0 });
  const bytes = [];
  node.port.onmessage = ({ data }) => bytes.push(...new Uint8Array(data.frame));
  // Not an oscillator: those of Chromium weaken what comes near half the rate.
  const sound = new AudioBuffer({ length: rate * seconds, sampleRate: rate });
  const wave = sound.getChannelData(0);
  for (let i = 0; i < wave.length; i += 1) wave[i] = Math.sin(2 * Math.PI * tone * i / rate) / 2;
  const source = new AudioBufferSourceNode(context, { buffer: sound });
  source.connect(node);
  source.start();
  await context.startRendering();
  // Frames are messages: they come after the sound is drawn.
  for (let i = 0; i < 100 && bytes.length < 2 * 1600 * (10 * seconds - 1); i += 1) {
    await new Promise((again) => setTimeout(again, 20));
  }
  return btoa(String.fromCharCode(...bytes));
}
"""


@pytest.fixture
def page(open_page: Opener) -> Page:
    return open_page("/")


def heard(page: Page, rate: int, tone: int) -> NDArray[np.float64]:
    """The tone as the server gets it, without its start: -1 to 1."""
    said: Any = page.evaluate(_PLAY, [WORKLET, rate, tone, SECONDS])
    samples = np.frombuffer(base64.b64decode(said), "<i2") / 32767
    assert len(samples) >= RATE * SECONDS - 1600
    return samples[1600:]


def decibels(of: float, to: float) -> float:
    return float(20 * np.log10(of / to + 1e-9))


def split(samples: NDArray[np.float64], tone: int) -> tuple[float, float]:
    """How strong the tone is, and all that is not the tone."""
    turn = 2 * np.pi * tone * np.arange(len(samples)) / RATE
    wave = np.stack([np.sin(turn), np.cos(turn)], axis=1)
    found = np.linalg.lstsq(wave, samples, rcond=None)[0]
    return float(np.hypot(*found)), float(np.std(samples - wave @ found))


@pytest.mark.parametrize(
    ("rate", "tones"),
    [
        (8_000, (300, 3_000)),
        (16_000, (300, 3_000, 7_000)),
        (44_100, (300, 3_000, 7_000)),
        (48_000, (300, 3_000, 7_000)),
        (96_000, (300, 3_000, 7_000)),
    ],
)
def test_a_voice_passes_whole_up_to_its_last_consonants(
    page: Page, rate: int, tones: tuple[int, ...]
) -> None:
    # An « s » is above 5 kHz: weakened, it is read as « ch ».
    for tone in tones:
        strength, rest = split(heard(page, rate, tone), tone)
        assert abs(decibels(strength, 0.5)) < 0.5, tone
        assert decibels(rest, 0.5) < -45, tone


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
def test_what_is_above_does_not_fold_into_the_voice(page: Page, rate: int) -> None:
    for tone in (8_500, 12_000):
        assert decibels(float(np.std(heard(page, rate, tone))), 0.5) < -45, tone
