# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Where an address ends: the words of its street, its complements, its postcode, its town."""

from __future__ import annotations

import re
from typing import Final

from portevoix.text.redact.address_parts import (
    COMPLEMENT,
    POSTCODE,
    SEPARATOR,
    WORD,
    after_town,
    is_place,
    town_end,
)

# Where an address read backwards must begin.
BOUNDARY: Final = re.compile(
    r"[!?:;«»\"(\n]|\.(?=\s+[A-ZÀ-Ý])|(?<=\w{3})\.(?=\s)|\b(?:habit\w*|demeur\w*|domicili\w*|adresse\w*|r[ée]sid(?:e|ent|ant)s?|suis|vis|vit|est|au|chez|[àa])\s",
    re.IGNORECASE,
)
_CODE_AND_TOWN: Final = re.compile(
    rf"{SEPARATOR}(?P<code>{POSTCODE}|(?<=, )\d{{4}}(?= (?-i:[A-ZÀ-Ý][a-zà-ÿ])))(?![\d/])",
    re.IGNORECASE,
)
_COMPLEMENT: Final = re.compile(rf"{SEPARATOR}{COMPLEMENT}(?:\))?(?![\w])", re.IGNORECASE)
_NEXT: Final = re.compile(rf"(?:[ ]{{1,2}}|(?<=\.))(?P<w>{WORD})")
_TWO_NAMES: Final = re.compile(r"(?<=[a-zà-ÿ]) et [A-ZÀ-Ý][\w'’\-]{1,25} [A-ZÀ-Ý][\w'’\-]{1,25}")
STOP: Final = frozenset(
    """
    je j nous on et mais ou où qui que depuis pour avec car est il elle ils elles a ont sans c ce
    cela mon ma mes notre merci tel tél téléphone dans n ne me parce quand vous y soit par avant
    après jusqu alors donc puis tout était suis sont chez s se lorsque mail hier aujourd suite
    toujours ma ki mé avais avait j'ai jai né née nés pas plus
    """.split()
)


def end_of(text: str, position: int) -> tuple[int, bool]:
    """Where the address ends, and whether it has a postcode."""
    limit = min(len(text), position + 150)
    end, words, parts = position, 0, 0
    while end < limit and words < 9 and parts < 5:
        town = _CODE_AND_TOWN.match(text, end)
        if town:
            return _complements(text, town_end(text, town.end("code"))), True
        part = _COMPLEMENT.match(text, end)
        if part:
            end, parts = part.end(), parts + 1
            continue
        # « 4 rue de la Paix au lieu du 4 avenue de la Paix »: another address.
        alone = parts or text.startswith(" au lieu d", end)
        match = None if alone else _NEXT.match(text, end)
        # « rue Pierre et Marie Curie »: two capitals joined.
        joined = _TWO_NAMES.match(text, end) if match and match["w"] == "et" else None
        if joined and text[end - 1].isalpha():
            end, words = joined.end(), words + 2
            continue
        if not match or _stops(match["w"], words) or not _belongs(match["w"], text[position:end]):
            break
        raw = match["w"]
        end = match.end() - (len(raw) - len(raw.rstrip(".'’-")))
        words += 1
        if raw.endswith(".") and len(raw) > 3:
            break
    far = _far_code(text, end) if words or parts else None
    if far:
        return _complements(text, town_end(text, far)), True
    stop = town_after(text, end)
    code = _CODE_AFTER.match(text, stop)
    return (_complements(text, code.end()), True) if code else (stop, False)


# « 12 chemin Manguier, Petit-Bourg 97170 »: the code after the town.
_CODE_AFTER: Final = re.compile(rf",? ?\(?{POSTCODE}(?![\d/]|[.\-]\d)\)?")


def _far_code(text: str, end: int) -> int | None:
    """The end of a postcode a few words further in the same sentence, whatever lies between."""
    match = _FAR_CODE.match(text, end)
    if not match or BOUNDARY.search(match["between"]):
        return None
    words = set(re.findall(r"[^\W\d_]+", match["between"].lower()))
    return None if words & _OTHER_STORY or len(words) > 9 else match.end("code")


# « du Chat qui pêche » may be a street; these words tell of something else.
_OTHER_STORY: Final = STOP - {"qui", "que", "dans", "par", "sans", "avec", "l", "d"}


_FAR_CODE: Final = re.compile(
    rf"(?P<between>[ ,(\-–][^\n!?;]{{0,60}}?[ ,(])(?P<code>{POSTCODE})(?![\d/.\-])(?=,? ?[^\W\d_])"
)


def _complements(text: str, end: int) -> int:
    """What may follow the town: « bât. B, appt 12 », « (3e étage) »."""
    for _ in range(4):
        part = _COMPLEMENT.match(text, end)
        if not part or not re.search(r"\d|\b[A-Z]\b|gauche|droite|rdc|[ée]tage", part.group()):
            break
        end = part.end()
    return end + 1 if text[end : end + 1] == ")" else end


def _stops(word: str, words: int) -> bool:
    return words > 0 and re.split(r"['’]", word.lower())[0].strip(".-") in STOP


_LINK: Final = frozenset(
    "de du des la le les l d au aux à en sur sous et saint sainte st ste".split()
)


def _belongs(word: str, so_far: str) -> bool:
    """Street names are capitalised or linked; a lower-case one is taken up to three words."""
    if not so_far.strip():
        return True
    first = re.split(r"['’]", word.lower())[0]
    return (
        word[0].isupper()
        or word[0].isdigit()
        or first in _LINK
        or len(so_far.split()) <= 2
        or so_far.rsplit(maxsplit=1)[-1].lower() in _LINK
    )


_TOWN_AFTER: Final = re.compile(
    r", ?(?:[àa] )?(?P<town>(?:L[ea]s? |Saint[e]? |St |Grand |Petit )?[A-ZÉÈ][\w'’\-]{2,40}(?: \(\d{5}\))?)"
    r"| (?P<at>[àa] )?(?P<listed>[^\W\d_][\w'’\-]{1,30}(?: [\w'’\-]{2,30}){0,3})"
    r"| \((?P<bracket>[A-ZÉÈ][\w'’ \-]{2,30})\)"
)


def town_after(text: str, end: int) -> int:
    """The end of an address without postcode, with its town if one follows."""
    town = _town(text, end)
    return after_town(text, town) if town > end else end


def _town(text: str, end: int) -> int:
    match = _TOWN_AFTER.match(text, end)
    if not match:
        return end
    if match["bracket"] or (match["town"] and match["town"].lower() not in STOP):
        return match.end()
    if not match["listed"]:
        return end
    words = match["listed"].split(" ")
    for count in range(len(words), 0, -1):
        joined = " ".join(words[:count])
        if is_place(joined) and (joined[0].isupper() or count > 1 or match["at"]):
            stop = match.start("listed") + len(joined)
            code = re.compile(r" \(\d{5}\)").match(text, stop)
            return code.end() if code else stop
    return end
