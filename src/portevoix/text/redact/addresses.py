# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Postal addresses of persons: number, street, complement, postcode and town as one.

The counter of a public service stays: words such as « mairie » or « siège » before an address
without postcode keep it visible.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from typing import Final

from portevoix.text.redact.address_parts import (
    COMPLEMENT,
    NUMBER,
    OTHER_STREETS,
    PLACES,
    POSTCODE,
    SEPARATOR,
    STREETS,
    WORD,
    is_place,
    town_end,
)
from portevoix.text.redact.context import Sight, before, occurrences
from portevoix.text.redact.kinds import Kind
from portevoix.types import PersonalData

_HEAD: Final = re.compile(
    rf"(?<![\w/,.])(?<!\d[ ])(?P<number>{NUMBER})[ ]?,?[ ]{{1,2}}(?:de la |de l['’]|du |de )?(?P<street>{STREETS})(?!\w)",
    re.IGNORECASE,
)
# « rue du Bac, n° 66 », « route de Bordeaux n 1200 ».
_TURNED: Final = re.compile(
    rf"(?<![\w'’])(?P<street>{STREETS})(?:[ ]{WORD}){{1,5}}?[ ,]{{1,3}}(?:n°|n|num|num[ée]ro|no)[ .]{{0,2}}\d{{1,4}}(?![\w])",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(
    rf"(?<![\w'’])\w{{2,20}}(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|straat|laan)[ ]\d{{1,4}}(?!\w)|(?<!\w)[A-ZÀ-Ý][\w'’\-]{{1,25}}[ ](?:(?:[A-ZÀ-Ý][\w'’\-]{{1,25}}|de|du|des|la|le|les|das|dos|della)[ ]){{0,4}}\d{{1,4}}(?=, (?:{POSTCODE}|\d{{4}}) [A-Z])",
)
_PLACE: Final = re.compile(rf"(?<!\w)(?:{PLACES}|{STREETS})(?![\w'’])", re.IGNORECASE)
_CODE_TOWN: Final = re.compile(rf"(?P<code>{POSTCODE})(?![\d/.\-])[ ,]{{1,2}}(?=[^\W\d_])")
_ABBREVIATION: Final = re.compile(
    r"(?<!\w)(?:r[ée]s|b[âa]t|app?t?|apt|ave?|bd|bld|r|pl|ch|st|ste|imp|all|esc|lot|rte|sq|[a-z])\Z",
    re.IGNORECASE,
)
# Where an address read backwards must begin.
_BOUNDARY: Final = re.compile(
    r"[!?:;«»\"(\n]|\.(?=\s+[A-ZÀ-Ý])|(?<=\w{3})\.(?=\s)|\b(?:habit\w*|demeur\w*|domicili\w*|adresse\w*|r[ée]sid(?:e|ent|ant)s?|suis|vis|vit|est|au|chez|[àa])\s",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(
    rf"(?<![\w'’])(?:(?:{COMPLEMENT}|(?:moulin|ferme|ch[âa]teau)(?: {WORD}){{0,4}})(?:,? ?(?:du|au) |,? ?- |, ?| )){{1,3}}\Z"
    r"|(?<![\w'’])(?-i:L[ea]s? |L['’])(?-i:[A-ZÀ-Ý])[\w\-]{1,20}(?: [\w'’\-]{1,20}){0,3}, ?\Z"
    r"|(?<![\w'’])(?:app(?:ar)?te?|apt|appartement|b[âa]t(?:iment)?|porte|esc(?:alier)?|n°)\.? ?\Z",
    re.IGNORECASE,
)
_TOWN: Final = re.compile(
    rf"{SEPARATOR}(?P<code>{POSTCODE}|(?<=, )\d{{4}}(?= (?-i:[A-ZÀ-Ý][a-zà-ÿ])))(?![\d/])",
    re.IGNORECASE,
)
_COMPLEMENT: Final = re.compile(rf"{SEPARATOR}{COMPLEMENT}(?:\))?(?![\w])", re.IGNORECASE)
_NEXT: Final = re.compile(rf"[ ]{{1,2}}(?P<w>{WORD})")
_STOP: Final = frozenset(
    """
    je j nous on et mais ou où qui que depuis pour avec car est il elle ils elles a ont sans c ce
    cela mon ma mes notre merci tel tél téléphone dans n ne me parce quand vous y soit par avant
    après jusqu alors donc puis tout était suis sont chez s se lorsque mail hier aujourd suite
    toujours ma ki mé avais avait j'ai jai né née nés pas plus
    """.split()
)
_PUBLIC: Final = re.compile(
    r"mairie|pr[ée]fecture|\bcaf\b|cpam|agence|si[èe]ge|bureau|guichet|permanence|antenne|commissariat|gendarmerie|brigade|tr[ée]sorerie|h[ôo]pital"
    r"|tribunal|m[ée]diath[èe]que|biblioth[èe]que|[ée]cole|consulat|centre|maison france|point num|poste|locaux|situ[ée]e? au|accueil|ccas|service"
    r"|rendez-vous au|boutique|h[ôo]tel de ville|annexe"
)
_PRIVATE: Final = re.compile(
    r"h?abit|demeur|domicil|\badresses?\b|\blog[ée]|\bchez (?:moi|ma|mon|m\.|mme)|r[ée]sid|courriers? part|vi[stv]\b|vit au|appartement|maison|voisin|d[ée]m[ée]nag"
    r"|emm[ée]nag|quitt[ée] le|louer|loue\b|locataire|propri[ée]taire|h[ée]berg|portail|\bfacteur|je suis au|on est au|courrier"
)
# « résidence Pablo-Neruda, bât. 3, appt 12 »: no street, yet one home.
_HOUSING: Final = re.compile(
    rf"(?<!\w)(?:r[ée]sidence|r[ée]s\.|immeuble|foyer|cit[ée]|tour|lotissement|quartier|villa|hameau|domaine|hlm|b[âa]timent|b[âa]t\.?)"
    rf"(?:[ ](?!(?:et|qui|que|je|on|est|a|n|ne|il|elle|pour|depuis)\b){WORD}){{1,5}}?[ ,]{{1,3}}(?:app(?:ar)?te?\.?|appt?\.?|apt|appartement|b[âa]t\.?|b[âa]timent|porte|esc\.?|escalier|ch\.?|chambre|studio|logement)[ .]{{0,2}}(?:n°)?[ ]?(?=[\w]{{0,3}}\d|[A-Z]\b)[\w\-]{{1,6}}",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    rf"(?P<intro>(?<![\w'’])(?:j?['’]?h?abit(?:e|ant|ons|ez|ent)|demeurant|domicili[ée]e?|notre adresse|mon adresse|adresse|r[ée]sid(?:ant|e)|je vis|je demeure|on vit|emm[ée]nag[ée]e?s?)(?: [àa]| au| est| :|:| postale| actuelle| dans la| aux?){{0,3}} )"
    rf"(?P<place>(?=[^\W\d])(?!chez )(?:{WORD}[ ,]{{1,2}}){{2,9}}?{POSTCODE}(?!\d))",
    re.IGNORECASE,
)
_RESIDENCE: Final = re.compile(
    rf"(?:habite|demeur\w+|adresse)(?: :|:| [àa]| au)? ?(?P<place>(?:r[ée]sidence|foyer|ch[âa]teau|ferme|lieu[- ]dit|moulin)(?: {WORD}){{1,5}}?, ?(?:ch|chambre|appt?|bât|n°)\.? ?\w{{1,6}}(?:, [A-Z][\w\-]{{2,30}})?)",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\bn(?:°|um\w{0,3}|o)?[ .]{0,2}\Z")
_ABROAD: Final = ("straße", "strasse", "str.", "weg ", "platz", "gasse", "straat", "laan ")
_ARTICLE: Final = re.compile(r"(?<!\w)(?:L[ea]s?|L['’]) ?\Z")
_ESTATES: Final = (
    *("résidence", "residence", "rés.", "res.", "immeuble", "foyer", "cité", "cite ", "tour "),
    *("lotissement", "quartier", "villa", "hameau", "domaine", "hlm", "bâtiment", "batiment"),
    *("bât", "bat "),
)
_INSIDE: Final = frozenset("0123456789/.-")
_DWELLINGS: Final = ("sidence", "foyer", "teau", "ferme", "lieu", "moulin")
_HOME: Final = ("habit", "abite", "adresse", "demeur", "domicil", "je vis", "résidant", "residant")


def addresses(sight: Sight) -> Iterator[PersonalData]:
    """Every postal address of a person that the text holds."""
    text, low = sight.text, sight.low
    # A pattern tried at digits alone is ten times faster than one tried everywhere.
    read = 0
    for start, _ in sight.runs:
        head = _HEAD.match(text, start) if start >= read else None
        for finding in _from_street(text, head) if head else ():
            read = finding.end
            yield finding
    if any(_NUMBERED.search(low, max(0, start - 8), start) for start, _ in sight.runs):
        for match in _TURNED.finditer(text):
            yield from _from_street(text, match)
    codes = list(_codes_of_towns(sight))
    four = any(end - start == 4 and text[start - 2 : start] == ", " for start, end in sight.runs)
    if codes or four or any(hint in low for hint in _ABROAD):
        for match in _FOREIGN.finditer(text):
            yield from _from_street(text, match)
    heads = [match.start() for match in _PLACE.finditer(text)] if codes else []
    for match in codes:
        # Is there a place word in the hundred and twenty signs before the postcode?
        if bisect(heads, match.start()) > bisect(heads, match.start() - 120):
            yield from _before_code(text, match)
    yield from _housings(sight)
    if any(hint in low for hint in _HOME):
        yield from _after_home(text, low, coded=bool(codes))


def _housings(sight: Sight) -> Iterator[PersonalData]:
    """One home in a housing estate, told without a street."""
    if not any(word in sight.low for word in _ESTATES):
        return
    for place in occurrences(sight.low, _ESTATES):
        match = _HOUSING.match(sight.text, place)
        if not match:
            continue
        end, _ = _end(sight.text, match.end())
        reason = "logement dans un ensemble"
        yield PersonalData(match.start(), max(end, match.end()), Kind.ADDRESS, 0.8, reason)


def _codes_of_towns(sight: Sight) -> Iterator[re.Match[str]]:
    """Postcodes followed by a word."""
    for start, end in sight.runs:
        if end - start in (2, 5) and sight.text[start - 1 : start] not in _INSIDE:
            match = _CODE_TOWN.match(sight.text, start)
            if match:
                yield match


def _before_code(text: str, match: re.Match[str]) -> Iterator[PersonalData]:
    """A place, then the postcode and the town: « Ferme du Coudray, 53210 Louvigné »."""
    start = _backwards(text, match.start())
    end = town_end(text, match.end("code"))
    if start is not None and end > match.end("code"):
        yield PersonalData(start, end, Kind.ADDRESS, 0.9, "lieu, code postal et commune")


def _after_home(text: str, low: str, *, coded: bool) -> Iterator[PersonalData]:
    dwelling = any(word in low for word in _DWELLINGS)
    for pattern in (_BARE,) * coded + (_RESIDENCE,) * dwelling:
        for match in pattern.finditer(text):
            start, end = match.span("place")
            end = town_end(text, end) if pattern is _BARE else end
            reason = "lieu après « j'habite », « adresse »"
            yield PersonalData(start, end, Kind.ADDRESS, 0.85, reason)


def _from_street(text: str, match: re.Match[str]) -> Iterator[PersonalData]:
    end, complete = _end(text, match.end())
    if end <= match.end() and match.re is _HEAD:
        return
    near = before(text, match.start(), 45)
    after = text[end : end + 30].lower()
    public = _PUBLIC.search(near) or (not complete and _PUBLIC.search(after))
    private = _PRIVATE.search(near)
    at_door = _PUBLIC.search(near[-22:])
    if public and not private and (at_door or not complete):
        return
    if not (complete or private) and not _plausible(text, match, end):
        return
    start = _start(text, match.start())
    score = 0.95 if complete else (0.85 if private else 0.7)
    reason = "numéro, voie" + (", code postal" if complete else "")
    yield PersonalData(start, end, Kind.ADDRESS, score, reason)


_OTHER_STREET: Final = re.compile(f"(?:{OTHER_STREETS})\\Z", re.IGNORECASE)


def _plausible(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a number and a word such as « place » or « cours » make an address by themselves."""
    if match.re is _TURNED:
        return False
    if match.re is _HEAD and _OTHER_STREET.match(match["street"]):
        return any(c.isupper() for c in text[match.end() : end])
    return True


def _start(text: str, start: int) -> int:
    """The start of an address with what may stand before its number."""
    window = max(0, start - 70)
    prefix = _PREFIX.search(text[window:start])
    return window + prefix.start() if prefix else start


def _backwards(text: str, code: int) -> int | None:
    """Where the address that ends with the postcode at `code` begins, if it is one."""
    window = max(0, code - 120)
    bounds = [
        m.end()
        for m in _BOUNDARY.finditer(text, window, code)
        if not (m.group() == "." and _ABBREVIATION.search(text[max(0, m.start() - 5) : m.start()]))
    ]
    floor = max(bounds, default=window)
    head = _PLACE.search(text, floor, code)
    if not head:
        return None
    words = re.findall(r"[^\W\d_]+", text[head.start() : code].lower())
    if len(words) > 16 or _STOP.intersection(words) - {"a", "c", "y", "s", "n"}:
        return None
    number = re.compile(rf"(?:n° ?)?{NUMBER}[ ]?,?[ ]{{1,2}}\Z", re.IGNORECASE).search(
        text[max(0, head.start() - 12) : head.start()]
    )
    article = _ARTICLE.search(text, floor, head.start())
    before_head = number or article
    start = head.start() - len(before_head.group()) if before_head else head.start()
    near = before(text, start, 30)
    if _PUBLIC.search(near) and not _PRIVATE.search(near):
        return None
    return _start(text, start)


def _end(text: str, position: int) -> tuple[int, bool]:
    """Where the address ends, and whether it has a postcode."""
    limit = min(len(text), position + 150)
    end, words, parts = position, 0, 0
    while end < limit and words < 9 and parts < 5:
        town = _TOWN.match(text, end)
        if town:
            return _complements(text, town_end(text, town.end("code"))), True
        part = _COMPLEMENT.match(text, end)
        if part:
            end, parts = part.end(), parts + 1
            continue
        match = None if parts else _NEXT.match(text, end)
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
    return _town_after(text, end), False


def _far_code(text: str, end: int) -> int | None:
    """The end of a postcode a few words further in the same sentence, whatever lies between."""
    match = _FAR_CODE.match(text, end)
    if not match or _BOUNDARY.search(match["between"]):
        return None
    words = set(re.findall(r"[^\W\d_]+", match["between"].lower()))
    return None if words & _STOP or len(words) > 9 else match.end("code")


_FAR_CODE: Final = re.compile(
    rf"(?P<between>[ ,(\-–][^\n!?;]{{0,60}}?[ ,(])(?P<code>{POSTCODE})(?![\d/.\-])(?=,? ?[^\W\d_])"
)


def _complements(text: str, end: int) -> int:
    """What may follow the town: « bât. B, appt 12 », « (3e étage) »."""
    for _ in range(4):
        part = _COMPLEMENT.match(text, end)
        if not part or not re.search(r"\d|\b[A-Z]\b|gauche|droite|rdc", part.group()):
            break
        end = part.end()
    return end + 1 if text[end : end + 1] == ")" else end


def _stops(word: str, words: int) -> bool:
    return words > 0 and re.split(r"['’]", word.lower())[0].strip(".-") in _STOP


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
    r", ?(?:[àa] )?(?P<town>[A-ZÉÈ][\w'’\-]{2,40}(?: \(\d{5}\))?)"
    r"| (?P<at>[àa] )?(?P<listed>[^\W\d_][\w'’\-]{1,30}(?: [\w'’\-]{2,30}){0,3})"
    r"| \((?P<bracket>[A-ZÉÈ][\w'’ \-]{2,30})\)"
)


def _town_after(text: str, end: int) -> int:
    """The end of an address without postcode, with its town if one follows."""
    match = _TOWN_AFTER.match(text, end)
    if not match:
        return end
    if match["bracket"] or (match["town"] and match["town"].lower() not in _STOP):
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
