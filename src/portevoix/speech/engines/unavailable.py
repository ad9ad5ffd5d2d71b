"""The engine of a site where one cannot dictate: it says why, and the microphone is hidden."""

from __future__ import annotations

from dataclasses import dataclass

from portevoix.speech.engine import Listener, SpeechUnavailableError


@dataclass(frozen=True, slots=True)
class UnavailableEngine:
    """`unavailable` is the reason, for the people who run the site."""

    unavailable: str
    name: str = "unavailable"
    model: str = ""
    punctuates: bool = False
    sends_to: str = ""

    def open(self) -> Listener:
        raise SpeechUnavailableError
