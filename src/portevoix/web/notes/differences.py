"""What changes between two notes, sentence by sentence, before one replaces the other."""

from __future__ import annotations

from dataclasses import dataclass

from portevoix.web.notes.compositions import Composition


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that changes, comes (`before` empty) or goes (`after` empty); `human` when a
    person's words stay in its place."""

    section: str
    before: str
    after: str
    human: bool = False


def differences(before: Composition, after: Composition) -> list[Difference]:
    """In the order of the newer note, then what is no longer said."""
    old, new = _said(before), _said(after)
    found = []
    for key, (section, text, machine) in new.items():
        former = old.get(key)
        if former is None:
            found.append(Difference(section, "", text))
        elif former[2] != machine:
            human = text != machine
            found.append(Difference(section, former[2], machine, human))
    found += [
        Difference(section, text, "")
        for key, (section, text, _machine) in old.items()
        if key not in new
    ]
    return found


def _said(note: Composition) -> dict[str, tuple[str, str, str]]:
    """Key → section, what is read, what the machine writes there."""
    said = {}
    for part in note.parts:
        sentences = [*part.sentences]
        for point in part.points:
            sentences += [point.title, *point.sentences, *point.details]
            sentences += [one for _, one in point.rows]
        for one in sentences:
            said[one.key] = (part.title, one.text, one.machine or one.text)
    return said
