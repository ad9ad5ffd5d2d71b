"""From the words of an engine to the text a person would have typed.

One `Writer` follows one dictation, sentence after sentence: what it says next depends on what it
wrote. It keeps no sound and no more than the words said last.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from portevoix.speech.writing.commands import erases, obey
from portevoix.speech.writing.figures import write_numbers
from portevoix.speech.writing.marks import CONTEXT, capitalise, closes, punctuate
from portevoix.speech.writing.notices import Notice, advise, hide_rude
from portevoix.speech.writing.vocabulary import respell
from portevoix.speech.writing.words import Word, join, split

__all__ = ["Draft", "Notice", "Writer", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence as it goes to the page.

    `before` separates it from what precedes (« », a space, a new line) when something does.
    `erases`: the sentence before was asked to go; `text` is what was said after asking.
    """

    text: str
    before: str = " "
    notices: tuple[Notice, ...] = ()
    erases: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What the next sentence needs to know: words said last, and whether they wait for more."""

    said: tuple[str, ...] = ()
    open: bool = False
    after_break: bool = False


@dataclass(slots=True)
class Writer:
    """`punctuates`: the engine gives marks and capitals itself, only the rest is done here."""

    punctuates: bool = False
    state: Draft = field(default_factory=Draft)
    _past: list[Draft] = field(default_factory=list)

    def follow(self, text: str) -> None:
        """Go on after `text`, already in the field where the person dictates."""
        words = split(text[-400:])
        last = words[-1].trail if words else "."
        self.state = Draft(
            tuple(w.low for w in words[-CONTEXT:]),
            open=bool(words) and not closes(last) and not text.endswith("\n"),
            after_break=text.endswith("\n") or not text,
        )

    def write(self, raw: str, *, pause: bool = True) -> Written:
        """The sentence `raw`, said to its end; the next one follows it."""
        words = self._split(raw)
        count = erases(words)
        if count:
            self.state = self._past.pop() if self._past else self.state
        rest = words[count:]
        if not rest:
            return Written("", erases=bool(count))
        done = self._written(rest, pause=pause)
        before = "" if self.state.after_break and done[0].before == " " else done[0].before
        self._past.append(self.state)
        self._remember(done)
        text, notices = advise(join([replace(done[0], before=""), *done[1:]]))
        return Written(text, before, notices, erases=bool(count))

    def ended(self, text: str) -> str:
        """`text`, the last that was written, when nothing more will be said after it."""
        if self.punctuates or not self.state.open or not text:
            return text
        self.state = replace(self.state, open=False)
        return text.rstrip(" ,:\u00a0") + "."

    def sketch(self, raw: str) -> str:
        """What may be shown of a sentence still being said; changes nothing."""
        words = self._split(raw)
        if not words or erases(words):
            return ""
        done = self._written(words, pause=False)
        return hide_rude(join([replace(done[0], before=""), *done[1:]]))[0]

    def _split(self, raw: str) -> list[Word]:
        """Engines without marks may write everything in capitals: they tell nothing by it."""
        return split(raw if self.punctuates else raw.lower())

    def _written(self, words: list[Word], *, pause: bool) -> list[Word]:
        done = obey(write_numbers(respell(words)))
        if self.punctuates:
            return done
        done = punctuate(done, self.state.said, pause=pause)
        return capitalise(done, open_before=self.state.open)

    def _remember(self, done: list[Word]) -> None:
        said = [w for w in done if w.text]
        broken = "\n" in done[-1].before and not done[-1].text
        self.state = Draft(
            tuple(w.low for w in said[-CONTEXT:]) or self.state.said,
            open=not broken and bool(said) and not closes(said[-1].trail),
            after_break=broken,
        )
