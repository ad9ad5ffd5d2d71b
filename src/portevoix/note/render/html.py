"""The note as one accessible page: no script, nothing fetched, every figure opens its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from portevoix.note import french
from portevoix.note.document import Readable, Sentence, Source
from portevoix.note.render.charts import svg

SHOWN: Final = 30  # experiences listed under one statement; all of them are in the JSON


@dataclass(frozen=True, slots=True)
class Proof:
    """The experiences to open under a statement, and how many more there are."""

    sources: tuple[Source, ...]
    more: int


class Evidence:
    """Chooses what each statement opens, and gathers it for the appendix in the input's order."""

    def __init__(self, note: Readable) -> None:
        self._sources = note.sources
        self._numbers = {identifier: n for n, identifier in enumerate(note.sources, 1)}
        self._wanted: set[str] = set()

    def proof(self, sentence: Sentence) -> Proof | None:
        known = list(islice((i for i in sentence.evidence if i in self._sources), SHOWN))
        if not known:
            return None
        self._wanted.update(known)
        return Proof(tuple(self._sources[i] for i in known), sentence.count - len(known))

    def anchor(self, identifier: str) -> str:
        """A fragment that is valid whatever the identifier is made of."""
        self._wanted.add(identifier)
        return f"experience-{self._numbers.get(identifier, 0)}"

    def appendix(self) -> list[Source]:
        known = [i for i in self._wanted if i in self._sources]
        return [self._sources[i] for i in sorted(known, key=self._numbers.__getitem__)]


def described(source: Source) -> str:
    """« 3 mars 2025, CAF du Rhône », as far as it is known."""
    parts = [french.day(source.day)] if source.day else []
    parts += [source.structures[0]] if source.structures else []
    return ", ".join(parts) or "date inconnue"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("portevoix.note"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"svg": svg, "described": described}
    environment.filters |= {
        "experiences": french.experiences,
        "number": french.number,
        "percent": french.percent,
        "between": lambda bar: french.between(bar.low, bar.high),
    }
    return environment.get_template("note.html.jinja")


def page(note: Readable, *, printed: bool) -> str:
    """The page; `printed` leaves out what only a screen can open, and the appendix."""
    evidence = Evidence(note)
    return _template().render(note=note, evidence=evidence, printed=printed)


def render(note: Readable) -> str:
    return page(note, printed=False)
