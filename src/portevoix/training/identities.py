"""Invented people, put into real texts and in place of those of marked texts.

Names come from the lists, some altered so that no list knows them: the weights must read the
sentence, not only the lists.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from portevoix.text.redact.lexicon import entries, fold
from portevoix.text.redact.lexicon import look_up as entry_of
from portevoix.text.redact.vocabulary import PARTICLES
from portevoix.training.marks import MARK

PREFIXES: Final = (
    *("Le ", "De ", "Da ", "El ", "Ben ", "d'", "N'", "O'", "Van ", "de la ", "Ould ", "Aït "),
    *("de ", "Ben ", "Dos ", "M'", "di ", "al "),
)
NICKNAMES: Final = (
    "momo sab gus nono loulou titi vero nico fred marjo jo gaby dany seb manu domi pat flo alex "
    "steph caro isa val sandy mimi lulu nini fifi kiki riri zaza zizou dédé gégé bibi juju jojo "
    "bébert nanou mumu tony rico bob teddy ludo max jéjé mich"
).split()
# Where a real sentence names a person by function, the identity goes right after.
HOOKS: Final = re.compile(
    r"\b(l'agent|l’agent|la conseillère|le conseiller|ma conseillère|mon conseiller|le gendarme"
    r"|la gendarme|ma fille|mon fils|mon mari|ma femme|ma mère|mon père|mon épouse|une dame"
    r"|un monsieur|ma conjointe|l'agente|mon ami|mon frère|ma sœur|le consul|la secrétaire"
    r"|l'interlocutrice|mon compagnon|la dame|le monsieur|l'hôtesse|le technicien)\b"
)
_WORD: Final = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _pools() -> dict[str, list[str]]:
    """First and last names by how the lists know them, each sorted."""
    known = sorted(entries().items())
    plain = [(w, e) for w, e in known if "-" not in w and len(w) > 2]
    return {
        "usual": [w for w, e in plain if e.first == 3 and not e.ordinary],
        "word": [w for w, e in plain if e.first == 3 and e.ordinary],
        "foreign": [w for w, e in plain if e.first == 2 and not e.ordinary and len(w) < 12],
        "rare": [w for w, e in plain if e.first == 1 and not e.ordinary and len(w) < 12],
        "last": [w for w, e in plain if e.family and 3 < len(w) < 14 and not e.ordinary],
        "common": [w for w, e in plain if e.family and e.ordinary and e.usual < 3 and len(w) > 3],
        "towns": [w for w, e in plain if e.family and e.place and len(w) > 3],
        "places": [w for w, e in known if e.place and not e.family and e.first == 0 and len(w) > 3],
        "adjectives": [w for w, e in plain if e.usual and set(e.parts) & set("ap") and not e.first],
        "verbs": [w for w, e in plain if e.usual and "v" in e.parts and not e.first],
        "nouns": [w for w, e in plain if e.usual and e.parts == "n" and not e.first],
    }


class Identities:
    """Draws names; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)

    def first(self) -> str:
        """A first name with its capital; one in sixteen is double."""
        name = self._first()
        return f"{name}-{self._first()}" if self.draw.random() < 0.06 else name

    def _first(self) -> str:
        turn = self.draw.random()
        if turn < 0.05:
            return self.draw.choice(NICKNAMES).title()
        shares = ((0.58, "usual"), (0.65, "word"), (0.88, "foreign"), (1.0, "rare"))
        pool = next(name for share, name in shares if turn < share)
        return self._altered(self.draw.choice(_pools()[pool])).title()

    def last(self) -> str:
        """A family name with its capital; some with a particle, some double."""
        turn = self.draw.random()
        shares = ((0.09, "common"), (0.16, "towns"), (0.3, "foreign"), (1.0, "last"))
        pool = next(name for share, name in shares if turn < share)
        name = self._altered(self.draw.choice(_pools()[pool])).title()
        turn = self.draw.random()
        if turn < 0.06:
            return f"{name}-{self.draw.choice(_pools()['last']).title()}"
        return self.draw.choice(PREFIXES) + name if turn < 0.13 else name

    def _altered(self, name: str) -> str:
        """The name, one time in eleven with letters that no list knows."""
        if self.draw.random() > 0.09 or len(name) < 4:
            return name
        at = self.draw.randrange(1, len(name) - 1)
        letter = self.draw.choice("aeiouylnrsmkt")
        return name[:at] + letter + name[at + self.draw.randrange(2) :]

    def place(self) -> str:
        pool = _pools()["towns" if self.draw.random() < 0.5 else "places"]
        town = self.draw.choice(pool)
        return (self._altered(self._altered(town)) if self.draw.random() < 0.5 else town).title()

    def fill(self, slot: str) -> str:
        """A name of the form the slot asks: first, last, full, lower, upper, initials."""
        first, last = self.first(), self.last()
        full = f"{first} {last}" if self.draw.random() < 0.85 else f"{last.upper()} {first}"
        swapped = full if self.draw.random() < 0.85 else f"{last} {first}"
        forms = {
            "P": first,
            "p": first.lower(),
            "L": last,
            "l": last.lower(),
            "F": swapped,
            "f": swapped.lower() if self.draw.random() < 0.7 else first.lower(),
            "U": f"{first} {last}".upper() if self.draw.random() < 0.5 else last.upper(),
            "I": f"{first} {last[0]}.",
            "i": f"{first} {last[0]}.".lower(),
            "X": last[0],
            "x": last[0].lower(),
            "T": self.place(),
            "H": f"{first}-{last}",
        }
        words = {"a": "adjectives", "v": "verbs", "n": "nouns"}
        if slot in words:
            return self.draw.choice(_pools()[words[slot]])
        return forms["T"].lower() if slot == "t" else forms[slot]

    def frame(self, frame: str) -> str:
        """The frame filled, each name marked without its civility; `{=F}` stays unmarked."""

        def put(match: re.Match[str]) -> str:
            if match.group(1):
                return self.fill(match.group(2))
            return self._marked(match.group(2))

        filled = re.sub(r"\{(=?)(\w)\}", put, frame.replace("⏎", "\n"))
        return re.sub(r"(\[\[PERSON:\w)\]\]\.", r"\1.]]", filled)

    def _marked(self, slot: str) -> str:
        if slot == "N":
            slot = self.draw.choice("PFLL")
            title = self.draw.choice(("Mme ", "M. ", "mme ", "Monsieur ")) if slot == "L" else ""
            return f"{title}[[PERSON:{self.fill(slot)}]]"
        return f"[[PERSON:{self.fill(slot)}]]"

    def others(self, marked: str) -> str:
        """A marked text where every person has another name, in the same letters."""
        given: dict[str, str] = {}

        def other(word: re.Match[str]) -> str:
            old = word.group()
            folded = fold(old)
            if len(old) < 2 or folded in PARTICLES:
                return old
            if folded not in given:
                entry = entry_of(folded)
                named = entry.first >= 2 and not (entry.family and self.draw.random() < 0.4)
                new = self._first() if named else self._altered(self.last().split()[-1])
                given[folded] = re.sub(r"[^\w\-]", "", new).title()
            new = given[folded]
            return new.upper() if old.isupper() else new.lower() if old.islower() else new

        def renamed(mark: re.Match[str]) -> str:
            if mark.group(1) != "PERSON":
                return mark.group()
            return f"[[PERSON:{_WORD.sub(other, mark.group(2))}]]"

        return MARK.sub(renamed, marked)


def in_letters(marked: str, case: str) -> str:
    """A marked text in lower case (`l`), capitals (`L`), or with its names alone lowered (`n`)."""
    parts = re.split(r"(\[\[[A-Z_]+:.*?\]\])", marked, flags=re.DOTALL)
    change = str.upper if case == "L" else str.lower
    out = []
    for part in parts:
        mark = MARK.fullmatch(part)
        if mark:
            out.append(f"[[{mark.group(1)}:{change(mark.group(2))}]]")
        else:
            out.append(part if case == "n" else change(part))
    return "".join(out)


def inserted(real: Sequence[str], frames: Sequence[str], times: int, seed: int) -> Iterator[str]:
    """Real texts with invented identities after a function, or between their sentences."""
    identities = Identities(seed)
    draw = identities.draw
    for text in (text for text in real for _ in range(times)):
        hooks = list(HOOKS.finditer(text))
        if hooks and draw.random() < 0.35:
            hook = draw.choice(hooks)
            name = identities.frame(draw.choice(("{N}", "{P}", "{L}", "{F}")))
            name = f", {name}," if draw.random() < 0.3 else f" {name}"
            out = text[: hook.end()] + name + text[hook.end() :]
        else:
            out = text
            for _ in range(draw.choice((1, 1, 2, 3))):
                out = _between(out, identities.frame(draw.choice(frames)), draw)
        turn = draw.random()
        yield (
            in_letters(out, "L" if turn < 0.06 else "l" if turn < 0.3 else "n")
            if turn < 0.4
            else out
        )


def _between(text: str, sentence: str, draw: random.Random) -> str:
    cuts = [m.end() for m in re.finditer(r"[.!?]\s+(?![^\[]*\]\])|\n", text)] + [0, len(text)]
    cut = draw.choice(cuts)
    end = draw.choice((" ", " ", ". ", ", ", "\n"))
    return f"{text[:cut].rstrip(' ')} {sentence}{end}{text[cut:]}"
