# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Postal addresses of other countries: where the number, the code and the town stand otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portevoix.text.redact.context import Sight
from portevoix.text.redact.kinds import Kind
from portevoix.types import PersonalData

_NAME: Final = r"[^\W\d_a-zß-ÿ](?:[^\W\d_]|['’.\-]){0,25}"
_LINK: Final = r"(?:de|du|des|da|do|das|dos|del|della|di|la|le|les|los|las|el|al|der|den|van|von|am|an|of|the|upon|y|e|a)"
_NAMES: Final = rf"{_NAME}(?: (?:{_LINK} ){{0,2}}{_NAME}){{0,3}}"
_NUMBER: Final = r"(?:n[°or]?\.? ?|nr\.? ?|# ?)?\d{1,5}(?:[ /\-]?[A-Za-z](?!\w))?(?:[/\-]\d{1,4})?"
# « 48 Camden Road », « 1450 Elm Street »: the word for the street comes last.
_ENGLISH: Final = re.compile(
    rf"(?<![\w/.,])\d{{1,5}}[A-Za-z]?,? (?:{_NAME} ){{1,4}}(?:Street|St|Road|Rd|Lane|Ln|Drive|Dr|Avenue|Ave|Court|Ct|Close|Square|Sq|Terrace|Way|Crescent|Gardens|Place|Blvd|Boulevard|Highway|Row|Hill|Grove|Mews)\b\.?"
)
# « Lindenstraße 44 », « Keizersgracht 12 ».
_GERMANIC: Final = re.compile(
    r"(?:[^\W\d_][\w\-]{1,25}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ufer|damm|straat|laan|plein|kade|dreef|gracht|steenweg)) "
    r"\d{1,4}[a-z]?(?!\w)",
    re.IGNORECASE,
)
# « Rua das Flores 18 », « Calle Mayor, 4 », « ul. Długa 7 »: the number comes last.
_LATIN: Final = re.compile(
    rf"(?<![\w'’])(?i:rua|r\.|calle|c/|avda?\.?|avenida|plaza|pza\.?|paseo|carrer|camino|travessa|largo|praça|estrada|via|viale|v\.le|piazza|corso|vicolo|strada|str\.|bulevardul|bd\.|ul\.|ulica|aleja|al\.|os\.|prospekt|sokak|cadde(?:si)?)"
    rf" ?(?:{_LINK} ){{0,2}}{_NAMES},? {_NUMBER}(?!\w)"
)
# « Chaussée de Mons 212, 1070 Anderlecht »: French words, the number last, a code of four digits.
_BELGIAN: Final = re.compile(
    rf"(?<![\w'’])(?i:rue|avenue|av\.|boulevard|bd|chauss[ée]e|place|chemin|route|quai|clos|drève|square|all[ée]e|impasse|cours) (?:de la |de l['’]|du |des |de |d['’])?{_NAMES},? {_NUMBER}(?:,? (?:bte|bo[îi]te|bus) \w{{1,4}})?(?=,? (?:(?:B|CH|L)-)?\d{{4}} {_NAME})"
)
# « Flat 3, 27 Albert Road ».
_FLAT: Final = re.compile(
    r"(?<!\w)(?:flat|apt|apartment|unit|suite|piso|room)\.? \w{1,5}, \Z", re.IGNORECASE
)
# What may follow: a flat, a code, a town, a country.
_REST: Final = re.compile(
    rf",? \(?(?:(?:ap|apt|app|appt|appartement|et|bl|sc|piso|planta|puerta|bus|bte|bo[îi]te|flat|unit|suite|wohnung|whg|int|scala)\b\.? ?[\w°º]{{1,5}}|\d{{1,2}}[°ºª](?: ?[A-Z](?!\w))?"
    rf"|(?:[A-Z]{{1,3}}[\- ])?\d{{2,6}}(?:[ \-]\d{{2,4}}(?!\w))?(?= {_NAME}|[,.;)]|\s*\Z)|[A-Z]{{1,2}}\d[A-Z\d]?(?: ?\d[A-Z]{{2}}(?!\w))?|[A-Z]\d[A-Z] ?\d[A-Z]\d|(?:[A-Z]{{2}}|{_NAMES})(?=[ ,.;)»\n]|\Z))\)?"
)
# What the word before the number ends with.
_GERMANIC_ENDS: Final = (
    *("straße ", "strasse ", "str. ", "weg ", "platz ", "allee ", "gasse ", "straat ", "laan "),
    *("plein ", "gracht ", "steenweg ", "damm ", "ufer ", "kade ", "dreef "),
)
# Without one of these, no pattern of a road need be tried at each number.
_ROADS: Final = (
    *("rua", "r.", "calle", "c/", "avd", "avenid", "plaza", "pza", "paseo", "carrer", "camino"),
    *("travessa", "largo", "praça", "estrada", "via", "v.le", "piazza", "corso", "vicolo"),
    *("strada", "str.", "bulevardul", "bd", "ul.", "ulica", "aleja", "al.", "os.", "prospekt"),
    *("sokak", "cadde", "rue", "avenue", "av.", "boulevard", "chauss", "place", "chemin"),
    *("route", "quai", "clos", "drève", "square", "all", "impasse", "cours"),
)
# « via » and a few others are words too: a code, a town or « j'habite » must be there.
_HOME: Final = re.compile(r"abit|adresse|demeur|domicil|r[ée]sid|log[ée]|\bvi[st]\b|chez|install")


def addresses_abroad(sight: Sight) -> Iterator[PersonalData]:
    """Addresses in the order of other countries, up to their town."""
    for match in _shapes(sight):
        end = _end(sight.text, match.end())
        near = sight.low[max(0, match.start() - 45) : match.start()]
        if end > match.end() or _HOME.search(near):
            flat = _FLAT.search(sight.text, max(0, match.start() - 25), match.start())
            start = flat.start() if flat else match.start()
            yield PersonalData(start, end, Kind.ADDRESS, 0.8, "adresse d'un autre pays")


def _shapes(sight: Sight) -> Iterator[re.Match[str]]:
    """Each shape, tried at the numbers that have a capital or the word of a street beside them."""
    text = sight.text
    roads = any(word in sight.low for word in _ROADS)
    for start, end in sight.runs:
        match = _ENGLISH.match(text, start) if text[end + 1 : end + 2].isupper() else None
        if not match and sight.low.endswith(_GERMANIC_ENDS, 0, start):
            match = _GERMANIC.search(text, max(0, start - 40), end + 1)
        if not match and roads and _after_capital(text, start):
            window = max(0, start - 70)
            match = _LATIN.search(text, window, end + 2) or _BELGIAN.search(text, window, end + 45)
        if match and match.end() >= end:
            yield match


def _after_capital(text: str, start: int) -> bool:
    """Whether the word before a number, or before its « n° », is a name."""
    words = text[max(0, start - 40) : start].rsplit(maxsplit=2)[-2:]
    return any(word[0].isupper() for word in words)


def _end(text: str, end: int) -> int:
    for _ in range(6):
        rest = _REST.match(text, end)
        if not rest:
            break
        end = rest.end()
    return end
