# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Postal addresses of persons: number, street, postcode and town as one.

The counter of a public service stays: words such as « mairie » or « siège » before an address
without postcode keep it visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portevoix.text.redact.context import before
from portevoix.text.redact.kinds import Kind
from portevoix.types import PersonalData

_STREETS = (
    r"rue|r\.|avenue|aven?\.?|boulevard|bld|bvd|bd|all[ée]es?|impasse|imp\.?|chemin|ch\.|che|place|pl\.?|route|rte|quai|cours|square|sentier|sente"
    r"|ruelle|venelle|passage|faubourg|fbg?|lotissement|lot\.?|r[ée]sidence|r[ée]s\.?|hameau|lieu[- ]dit|villa|clos|esplanade|mont[ée]e|traverse"
    r"|promenade|voie|chauss[ée]e|cit[ée]|domaine|parc|rond-point|cour|quartier|mail|parvis|rampe|tour"
)
_WORD = r"[\w'’.\-]{1,30}"
_HEAD = re.compile(
    r"(?<![\w/,.])(?P<number>\d{1,4}(?:[ ]?[A-D](?![\w'’])|[ ]?(?:bis|ter|quater)\b)?)"
    rf"[ ]?,?[ ]{{1,2}}(?:de la |de l['’]|du |de )?(?P<street>{_STREETS})(?![\w])",
    re.IGNORECASE,
)
# « Bât. C, appt 41, 9 rue… »: what may stand before the number.
_PREFIX = re.compile(
    r"(?<!\w)(?:(?:b[âa]t(?:iment)?\.?|appt?\.?|appartement|r[ée]sidence|esc(?:alier)?\.?|entr[ée]e|porte"
    rf"|lieu[- ]dit|moulin|hameau|ferme)(?: {_WORD}){{0,4}},? ?){{1,3}}\Z",
    re.IGNORECASE,
)
_TAIL_STOP = frozenset(
    [
        "je",
        "j",
        "nous",
        "on",
        "et",
        "mais",
        "ou",
        "où",
        "qui",
        "que",
        "depuis",
        "pour",
        "avec",
        "car",
        "est",
        "il",
        "elle",
        "ils",
        "elles",
        "a",
        "ont",
        "sans",
        "c",
        "ce",
        "cela",
        "mon",
        "ma",
        "mes",
        "notre",
        "merci",
        "tel",
        "téléphone",
        "dans",
        "n",
        "ne",
        "me",
        "parce",
        "quand",
        "vous",
        "y",
        "soit",
        "par",
        "avant",
        "après",
        "jusqu",
        "alors",
        "donc",
        "puis",
        "tout",
        "était",
        "suis",
        "sont",
        "chez",
        "s",
        "se",
        "lorsque",
        "mail",
        "hier",
        "aujourd",
        "suite",
        "toujours",
    ]
)
_POSTCODE = r"\d{2}[ ]?\d{3}"
_TOWN = re.compile(
    rf"[ ,(\n\-–]{{0,4}}(?:(?:appt?\.?|appartement|b[âa]t\.?|b[âa]timent|[ée]tage|esc\.?|porte|\d{{1,2}}e|r[ée]s\w{{0,8}}\.?)(?: {_WORD}){{1,3}}[ ,]{{1,3}}){{0,3}}(?P<code>{_POSTCODE})(?!\d)",
    re.IGNORECASE,
)
_TOWN_NAME = re.compile(
    r"[ ,]{1,2}(?P<town>(?:(?:le|la|les|st|ste|saint|sainte)[ \-])?[^\W\d_][\w'’]{0,30}(?:[\-][\w'’]{1,30}){0,6}"
    r"(?: (?:sur|sous|en|les|lès|de|du|la|le|aux|d'|l')(?:[ ][\w'’\-]{2,30}){1,2}| (?=[A-Z])[\w'’\-]{2,30}| cedex(?: \d{1,2})?){0,3})",
)
_PUBLIC = re.compile(
    r"mairie|pr[ée]fecture|\bcaf\b|cpam|agence|si[èe]ge|bureau|guichet|permanence|antenne|commissariat|gendarmerie|brigade|tr[ée]sorerie|h[ôo]pital"
    r"|tribunal|m[ée]diath[èe]que|biblioth[èe]que|[ée]cole|consulat|centre|maison france|point num|poste|locaux|situ[ée]e? au|accueil|ccas|service"
    r"|rendez-vous au|boutique|h[ôo]tel de ville"
)
_PRIVATE = re.compile(
    r"habit|demeur|domicil|\badresses?\b|\blog[ée]|\bchez (?:moi|ma|mon|m\.|mme)|r[ée]sid|courriers? part|vi[stv]\b|vit au|appartement|maison|voisin|d[ée]m[ée]nag|quitt[ée] le|louer|loue\b|locataire|propri[ée]taire"
)
_BARE_PLACE = re.compile(
    rf"(?P<intro>(?<![\w'’])(?:j'habite|j’habite|demeurant|domicili[ée]e?|notre adresse|mon adresse|adresse|r[ée]sidant|habitant|je vis|je demeure)(?: [àa]| au| est| :|:| postale| actuelle| dans la| aux?){{0,3}} )"
    rf"(?P<place>(?=[^\W\d])(?:{_WORD}[ ,]{{1,2}}){{2,9}}?{_POSTCODE}(?!\d))",
    re.IGNORECASE,
)
_RESIDENCE = re.compile(
    rf"(?:habite|demeur\w+|adresse)(?: :|:| [àa]| au)? ?(?P<place>(?:r[ée]sidence|foyer|ch[âa]teau|ferme|lieu[- ]dit|moulin)(?: {_WORD}){{1,5}}?, ?(?:ch|chambre|appt?|bât|n°)\.? ?\w{{1,6}}(?:, [A-Z][\w\-]{{2,30}})?)",
    re.IGNORECASE,
)


_HOME: Final = ("habit", "adresse", "demeur", "domicil", "je vis", "résidant", "residant")


def addresses(text: str) -> Iterator[PersonalData]:
    """Addresses with a number and a street, or a place name with a postcode after « j'habite »."""
    for match in _HEAD.finditer(text):
        end, complete = _end(text, match.end())
        public = _PUBLIC.search(before(text, match.start(), 45))
        at_door = _PUBLIC.search(before(text, match.start(), 22))
        private = _PRIVATE.search(before(text, match.start(), 45))
        if end <= match.end() or (public and not private and (at_door or not complete)):
            continue
        window = max(0, match.start() - 60)
        prefix = _PREFIX.search(text[window : match.start()])
        start = window + prefix.start() if prefix else match.start()
        score = 0.95 if complete else (0.85 if private else 0.7)
        reason = "numéro, voie" + (", code postal" if complete else "")
        yield PersonalData(start, end, Kind.ADDRESS, score, reason)
    low = text.lower()
    if not any(hint in low for hint in _HOME):
        return
    for pattern in (_BARE_PLACE, _RESIDENCE):
        for match in pattern.finditer(text):
            start, end = match.span("place")
            if pattern is _BARE_PLACE:
                end = _town(text, end)
            yield PersonalData(
                start, end, Kind.ADDRESS, 0.85, "lieu après « j'habite », « adresse »"
            )


def _end(text: str, position: int) -> tuple[int, bool]:
    """Where the address ends, and whether it has a postcode."""
    limit = min(len(text), position + 120)
    end, words = position, 0
    word = re.compile(rf"[ ]{{1,2}}(?P<w>{_WORD})")
    while words < 8 and end < limit:
        town = _TOWN.match(text, end)
        if town:
            return _town(text, town.end("code")), True
        match = word.match(text, end)
        if not match or (
            re.split(r"['’]", match["w"].lower())[0].strip(".-") in _TAIL_STOP and words
        ):
            break
        if words and not _belongs(match["w"], text[position:end]):
            break
        raw = match["w"]
        end = match.end() - (len(raw) - len(raw.rstrip(".'’-")))
        words += 1
        if raw.endswith("."):
            break
    return _town_after_comma(text, end), False


_LINK = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "au",
        "aux",
        "à",
        "en",
        "sur",
        "sous",
        "et",
        "saint",
        "sainte",
        "st",
        "ste",
        "appt",
        "apt",
        "appartement",
        "bât",
        "bat",
        "bâtiment",
    ]
)


def _belongs(word: str, so_far: str) -> bool:
    """Street names are capitalised or linked; a lower-case one is taken up to three words."""
    first = re.split(r"['’]", word.lower())[0]
    return (
        word[0].isupper()
        or word[0].isdigit()
        or first in _LINK
        or len(so_far.split()) <= 2
        or so_far.rsplit(maxsplit=1)[-1].lower() in _LINK
    )


def _town(text: str, end: int) -> int:
    match = _TOWN_NAME.match(text, end)
    if not match:
        return end
    first = re.split(r"['’]", match["town"].lower())[0]
    return end if first in _TAIL_STOP else match.end("town")


_COMMA_TOWN = re.compile(
    r", ?(?:[àa] )?(?P<town>[A-ZÉÈ][\w'’\-]{2,40}(?: \(\d{5}\))?)|^ à (?P<far>[A-Z][\w\-]{2,40} \(\d{5}\))"
)


def _town_after_comma(text: str, end: int) -> int:
    match = _COMMA_TOWN.match(text, end)
    return match.end("town") if match and match["town"].lower() not in _TAIL_STOP else end
