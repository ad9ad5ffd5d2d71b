"""Doubles for those who test what they build with Porte-voix: shipped, so that they stay right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from portevoix.errors import PortevoixError
from portevoix.speech.engine import Listener, Samples

__all__ = ["NullEngine", "NullListener", "ScriptedEngine", "ScriptedListener"]


@dataclass(slots=True)
class NullListener:
    """Counts what it hears and answers at once: what is measured is everything else.

    `heard` in samples, `words` one for each 0.3 s, as people speak.
    """

    heard: int = 0
    sentence: int = 0
    closed: bool = False

    def hear(self, samples: Samples) -> str:
        self.heard += len(samples)
        self.sentence += len(samples)
        return self._said()

    def _said(self) -> str:
        return " ".join(_WORDS[i % len(_WORDS)] for i in range(self.sentence // 4800))

    def end(self) -> str:
        said = self._said()
        self.sentence = 0
        return said

    def close(self) -> None:
        self.closed = True


_WORDS = (
    "bonjour j'ai appelé trois fois la caisse et personne ne répond au téléphone depuis lundi "
    "douze mars à quatorze heures trente c'est vraiment pénible est-ce que vous pouvez m'aider"
).split()


@dataclass(slots=True)
class NullEngine:
    """A recogniser that costs nothing, for load tests. `opened` keeps its listeners."""

    name: str = "null"
    model: str = "null"
    punctuates: bool = False
    sends_to: str = ""
    unavailable: str = ""
    opened: list[NullListener] = field(default_factory=list)

    def open(self) -> Listener:
        listener = NullListener()
        self.opened.append(listener)
        return listener


@dataclass(slots=True)
class ScriptedListener:
    """Says one line of the script a sentence, a word more at each hearing; an error is raised."""

    script: list[str | PortevoixError]
    hearings: int = 0
    closed: bool = False

    def hear(self, samples: Samples) -> str:
        self.hearings += 1
        line = self.script[0] if self.script and len(samples) else ""
        return " ".join(line.split()[: self.hearings]) if isinstance(line, str) else ""

    def end(self) -> str:
        self.hearings = 0
        line = self.script.pop(0) if self.script else ""
        if isinstance(line, PortevoixError):
            raise line
        return line

    def close(self) -> None:
        self.closed = True


@dataclass(slots=True)
class ScriptedEngine:
    """An engine that says `lines`, one a sentence, whatever it hears."""

    lines: Sequence[str | PortevoixError]
    name: str = "scripted"
    model: str = "scripted"
    punctuates: bool = False
    sends_to: str = ""
    unavailable: str = ""
    opened: list[ScriptedListener] = field(default_factory=list)

    def open(self) -> Listener:
        listener = ScriptedListener(list(self.lines))
        self.opened.append(listener)
        return listener
