"""Marks and capitals put on words that came without any, by two learned models.

The last word of what is said before a pause takes the mark that the model chooses there; when it
chooses none, the person is in the middle of a sentence and the next words go on with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from portevoix.speech.writing import linear, net
from portevoix.speech.writing.context import case_features
from portevoix.speech.writing.words import Word

NBSP: Final = "\u00a0"
_ASKING: Final = frozenset("pourquoi comment combien lequel laquelle".split())
_ASKING_VERBS: Final = frozenset(
    f"{verb}-vous"
    for verb in "pouvez savez avez êtes voulez pourriez auriez devez allez comptez pensez sauriez "
    "connaissez trouvez ferez serez aurez croyez voyez faut".split()
)
_INVERTED: Final = ("-je", "-t-il", "-t-elle", "-t-on", "-t-ils", "-il", "-elle", "-ils", "-on")
_LEADING: Final = frozenset("et mais alors donc à a de pour bonjour avec depuis qu' ou".split())
_OPENING_CLAUSE: Final = frozenset("quand lorsque lorsqu' si s' comme puisque puisqu' dès".split())
_OPENING_GROUP: Final = frozenset(
    "à après depuis pour grâce pendant malgré avant sans en dans chez selon suite lors".split()
)
_SUBJECTS: Final = frozenset("je j' tu il elle on nous vous ils elles ce c' ça cela qui".split())
_VERBS: Final = frozenset(
    "est sont était étaient a ont avait ai suis sera fait va merci bravo refuse".split()
)
_LONGEST_OPENING: Final = 9
_WRITTEN: Final = {",": ",", ".": ".", "?": f"{NBSP}?", "!": f"{NBSP}!", ":": f"{NBSP}:"}
_CLOSING: Final = ".?!…"
CONTEXT: Final = 14
"""Words of the sentence before that are looked at."""


def closes(trail: str) -> bool:
    """Whether the signs after a word end a sentence."""
    return any(c in _CLOSING for c in trail)


def punctuate(words: Sequence[Word], said_before: Sequence[str], *, pause: bool) -> list[Word]:
    """`words` with the marks that nobody dictated. `pause`: a silence follows the last one.

    `said_before` are the lower-case words of what came just before.
    """
    context = list(said_before[-CONTEXT:])
    low = [*context, *(w.low for w in words)]
    pauses = [False] * len(low)
    if context:
        pauses[len(context) - 1] = True
    if pause and low:
        pauses[-1] = True
    labels = choose(net.load(), low, pauses)[len(context) :]
    out = [_marked(w, label) for w, label in zip(words, labels, strict=True)]
    if out and not pause and not words[-1].trail:
        out[-1] = replace(out[-1], trail=words[-1].trail)
    return out


def choose(model: net.Net, words: Sequence[str], pauses: Sequence[bool]) -> list[str]:
    """The mark after each lower-case word, empty for none; an end is a question or is not."""
    if not words:
        return []
    found = model.scores(words, pauses).argmax(axis=1)
    marks: list[str] = []
    start = 0
    for place, kind in enumerate(found):
        if kind == net.END and unfinished(words[start : place + 1]):
            marks.append(",")
        elif kind == net.END:
            marks.append("?" if asks(words[start : place + 1]) else ".")
            start = place + 1
        else:
            marks.append("," if kind == net.COMMA else "")
    return marks


def asks(sentence: Sequence[str]) -> bool:
    """Whether the words of one sentence ask: how they begin says it in French.

    « connectez-vous » orders and « pouvez-vous » asks; « quand j'appelle » tells.
    """
    if "est-ce" in sentence:
        return True
    head = [w for w in sentence[:7] if w not in _LEADING]
    if head and head[0] in _ASKING:
        return True
    return any(w in _ASKING_VERBS or w.endswith(_INVERTED) for w in head[:5])


def unfinished(sentence: Sequence[str]) -> bool:
    """« quand j'ai voulu payer », « à chaque fois »: what it is about is still to come."""
    if not 1 < len(sentence) <= _LONGEST_OPENING:
        return False
    subjects = sum(word in _SUBJECTS for word in sentence)
    if sentence[0] in _OPENING_CLAUSE:
        return subjects <= 1 and "merci" not in sentence
    return (
        sentence[0] in _OPENING_GROUP
        and subjects == 0
        and not any(word in _VERBS for word in sentence)
    )


def _marked(word: Word, label: str) -> Word:
    """What was dictated or written by the engine stands."""
    if not label or word.trail or not word.text or word.text.endswith("'"):
        return word
    return replace(word, trail=_WRITTEN[label])


def begins(words: Sequence[Word], *, open_before: bool) -> list[bool]:
    """Which words begin a sentence; `open_before`: the first goes on with one."""
    starts: list[bool] = []
    start = not open_before
    for word in words:
        start = start or "\n" in word.before
        starts.append(start and bool(word.text))
        start = closes(word.trail) if word.text else start
    return starts


def capitalise(words: Sequence[Word], *, open_before: bool) -> list[Word]:
    """`words` with capitals: beginnings of sentences, names, acronyms."""
    starts = begins(words, open_before=open_before)
    labels = linear.load("capitals").best(case_features([w.low for w in words], starts))
    return [_cased(*item) for item in zip(words, labels, starts, strict=True)]


def _cased(word: Word, label: str, start: bool) -> Word:  # noqa: FBT001
    text = word.text
    if not word.fixed and text.islower():
        if label == "U":
            return replace(word, text=text.upper())
        if label == "C":
            return replace(word, text=_title(text))
    if start and _plain(text):
        return replace(word, text=text[:1].upper() + text[1:])
    return word


def _title(text: str) -> str:
    """« aix-en-provence » as a name of place; joining words stay small."""
    small = ("en", "sur", "sous", "de", "du", "des", "la", "le", "les", "lès", "aux", "et", "d'")
    parts = text.split("-")
    if len(parts) == 1:
        return text[:1].upper() + text[1:]
    return "-".join(p if i and p in small else p[:1].upper() + p[1:] for i, p in enumerate(parts))


def _plain(text: str) -> bool:
    """A word, not an address nor a name spelt on purpose (« iPhone »)."""
    return text.islower() and "@" not in text and "." not in text
