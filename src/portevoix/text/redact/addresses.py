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

from portevoix.text.redact.address_ends import BOUNDARY, STOP, end_of, town_after
from portevoix.text.redact.address_parts import (
    COMPLEMENT,
    NUMBER,
    OTHER_STREETS,
    PLACES,
    POSTCODE,
    SPOKEN_STREETS,
    STREETS,
    TENS,
    UNITS,
    WORD,
    is_place,
    town_end,
)
from portevoix.text.redact.addresses_abroad import addresses_abroad
from portevoix.text.redact.addresses_remote import addresses_remote
from portevoix.text.redact.context import Sight, before, occurrences
from portevoix.text.redact.kinds import Kind
from portevoix.types import PersonalData

_HEAD: Final = re.compile(
    rf"(?<![\w/,.])(?<!\d[ ])(?P<number>{NUMBER})[ ]?,?[ ]{{1,2}}(?:de la |de l['’]|du |de |le |la |les |l['’]|grande? |petite? )?(?P<street>{STREETS})(?:(?!\w)|(?<=\.))",
    re.IGNORECASE,
)
# « quarante-deux rue Voltaire », « dix-huit bis avenue des Marronniers ».
_SPOKEN_HEAD: Final = re.compile(
    rf"(?<![\w'’])(?P<number>(?:{UNITS}|{TENS})(?:[ \-](?:et[ \-])?(?:{UNITS}|{TENS}|vingts?)){{0,3}}(?:,? (?:bis|ter))?),?[ ]{{1,2}}(?P<street>(?:{SPOKEN_STREETS}))(?=[ ](?:(?-i:[A-ZÀ-Ý])|d[eu]s? |d['’]|la |le |l['’]))",
    re.IGNORECASE,
)
# « rue du Bac, n° 66 », « route de Bordeaux n 1200 ».
_TURNED: Final = re.compile(
    rf"(?<![\w'’])(?P<street>{STREETS})(?:[ ]{WORD}){{1,5}}?[ ,]{{1,3}}(?:(?:n°|n|num|num[ée]ro|no)[ .]{{0,2}}|au (?:n° ?|num[ée]ro )?(?=\d{{1,4}}(?: (?:bis|ter))?(?:,? [àa] |,? (?-i:[A-ZÀ-Ý])| ?[.;\n]|\Z)))\d{{1,4}}(?![\w])",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(
    rf"(?<![\w'’])\w{{2,20}}(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|straat|laan)[ ]\d{{1,4}}(?!\w)|(?<!\w)[A-ZÀ-Ý][\w'’\-]{{1,25}}[ ](?:(?:[A-ZÀ-Ý][\w'’\-]{{1,25}}|de|du|des|la|le|les|das|dos|della)[ ]){{0,4}}\d{{1,4}}(?=, (?:{POSTCODE}|\d{{4}}) [A-Z])",
)
_PLACE: Final = re.compile(rf"(?<!\w)(?:{PLACES}|{STREETS})(?![\w'’])", re.IGNORECASE)
_CODE_TOWN: Final = re.compile(
    rf"(?P<code>{POSTCODE})(?![\d/.\-])[ ,]{{1,2}}(?!(?:euros?|francs?|km|habitants?|personnes?|fois)\b)(?=[^\W\d_])"
)
# « 3 bis hent ar Feunteun, 29000 Quimper »: whatever follows a number, up to a postcode.
# « 6 Les Coteaux à Figeac 46100 »: a number and a named place, no street.
_NUMBERED_PLACE: Final = re.compile(
    rf"(?<![\w/,.\-])(?<!\d[ ]){NUMBER},?(?= (?:L[ea]s?|L['’]|Ker\w*|Ty|Clos|Mas|Pl\w{{2,9}}|Coat\w*) ?[A-ZÀ-Ý])"
)
_ANY_STREET: Final = re.compile(
    rf"(?<![\w/,.\-])(?<!\d[ ]){NUMBER},?[ ](?!(?:euros?|jours?|mois|ans|h|heures?|km|fois|personnes|pi[èe]ces)\b)(?:[^\W\d_][\w'’\-]{{0,20}}[ ,]{{1,2}}){{1,6}}\Z",
    re.IGNORECASE,
)
_ABBREVIATION: Final = re.compile(
    r"(?<!\w)(?:r[ée]s|b[âa]t|app?t?|apt|ave?|bd|bld|r|pl|ch|st|ste|imp|all|esc|lot|rte|sq|[a-z])\Z",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(
    rf"(?<![\w'’])(?:(?:{COMPLEMENT}|(?:moulin|ferme|ch[âa]teau)(?: {WORD}){{0,4}})(?:,? ?(?:du|au) |,? ?- |,? ?\n ?|, ?| )){{1,3}}\Z"
    r"|(?<![\w'’])(?-i:L[ea]s? |L['’])(?-i:[A-ZÀ-Ý])[\w\-]{1,20}(?: [\w'’\-]{1,20}){0,3}, ?\Z"
    r"|(?<![\w'’])(?:app(?:ar)?te?|apt|appartement|b[âa]t(?:iment)?|porte|esc(?:alier)?|n°)\.? ?\Z",
    re.IGNORECASE,
)
# « au-dessus de la boulangerie, 12 rue Carnot », « CHRS L'Étape, 8 rue… »: before a street.
_BESIDE: Final = re.compile(
    rf"(?<![\w'’])(?:(?:au[- ]dess(?:us|ous)|derri[èe]re|en face|face [àa]|[àa] c[ôo]t[ée]|au fond|pr[èe]s d|[àa] l['’]angle|anciens?(?! (?:logement|domicile|appartement))|ancienne(?! adresse))(?: {WORD}){{1,6}}"
    rf"|(?:chrs|ehpad|foyer|pension|internat|chalet|g[îi]te|mas|moulin|caravane|h[ôo]tel|camping|squat|p[ée]niche|studio|maison|ferme|villa|r[ée]sidence|immeuble|imm\.)(?: {WORD}){{0,5}}"
    rf"|(?:imm|bloc|cage|villa|chalet|bungalow|mobil[- ]home)\.?,? (?:n° ?)?\w{{1,4}}),? ?(?:-|–)? ?\Z",
    re.IGNORECASE,
)
_LISTED_BEFORE: Final = re.compile(
    r"(?P<words>[^\W\d_][\w'’\-]*(?: [^\W\d_][\w'’\-]*){0,5}),? [àa]? ?(?:l['’]adresse )?(?:au )?\Z"
)
_PUBLIC: Final = re.compile(
    r"mairie|pr[ée]fecture|\bcaf\b|cpam|agence|si[èe]ge|bureau|guichet|permanence|antenne|commissariat|gendarmerie|brigade|tr[ée]sorerie|h[ôo]pital"
    r"|tribunal|m[ée]diath[èe]que|biblioth[èe]que|[ée]cole|consulat|centre|maison (?:france|de sant|des |du d)|point num|(?<!par la )poste|locaux|situ[ée]e? au|accueil|ccas|service"
    r"|rendez-vous au|boutique|h[ôo]tel de ville|annexe"
)
_PRIVATE: Final = re.compile(
    r"h?abit|demeur|domicil|\badresses?\b|\blog[ée]|\bchez (?:moi|ma|mon|m\.|mme)|r[ée]sid|courriers? part|\bvi[stv]\b|vit au|appartement|maison(?! france| de sant| des | du d)|voisin|d[ée]m[ée]nag"
    r"|emm[ée]nag|quitt[ée] le|louer|loue\b|locataire|propri[ée]taire|h[ée]berg|portail|\bfacteur|immeuble|ascenseur|loyer|logement|je suis au|on est au|courrier"
)
# « résidence Pablo-Neruda, bât. 3, appt 12 »: no street, yet one home.
_HOUSING: Final = re.compile(
    rf"(?<!\w)(?:r[ée]sidence|r[ée]s\.|immeuble|foyer|cit[ée]|tour|lotissement|quartier|villa|hameau|domaine|hlm|b[âa]timent|b[âa]t\.?)"
    rf"(?:[ ](?!(?:et|qui|que|je|on|est|a|n|ne|il|elle|pour|depuis)\b){WORD}){{1,5}}?[ ,]{{1,3}}(?:app(?:ar)?te?\.?|appt?\.?|apt|appartement|b[âa]t\.?|b[âa]timent|porte|esc\.?|escalier|ch\.?|chambre|studio|logement|(?:maison|villa|parcelle|lot)(?= ?(?:n° ?)?\d))[ .]{{0,2}}(?:n°)?[ ]?(?=[\w]{{0,3}}\d|[A-Z]\b)[\w\-]{{1,6}}",
    re.IGNORECASE,
)
_CAPITAL: Final = r"(?-i:[^\W\d_a-zß-ÿ])[\w'’\-]{0,25}"
_PIECE: Final = r"(?-i:[^\W\d_a-zß-ÿ])[\w'’\-]{1,20}(?: [\w'’\-]{1,20}){0,4}"
_BARE: Final = re.compile(
    rf"(?P<intro>(?<![\w'’])(?:j?['’]?h?abit(?:e|ant|ons|ez|ent)|demeurant|domicili[ée]e?|notre adresse|mon adresse|adresse|r[ée]sid(?:ant|e)|je vis|je demeure|on vit|emm[ée]nag[ée]e?s?)(?: [àa]| au| est| :|:| postale| actuelle| dans la| aux?){{0,3}} )"
    rf"(?P<place>(?=[^\W\d])(?!chez )(?:{WORD}[ ,]{{1,2}}){{2,9}}?{POSTCODE}(?!\d))",
    re.IGNORECASE,
)
_RESIDENCE: Final = re.compile(
    rf"(?:habite|demeur\w+|adresse)(?: :|:| [àa]| au)? ?(?P<place>(?:r[ée]sidence|foyer|ch[âa]teau|ferme|lieu[- ]dit|moulin)(?: {WORD}){{1,5}}?, ?(?:ch|chambre|appt?|bât|n°)\.? ?\w{{1,6}}(?:, [A-Z][\w\-]{{2,30}})?)",
    re.IGNORECASE,
)
# « mon adresse est Villa Les Embruns, avenue de la Mer, Carry-le-Rouet »: no number at all.
_NO_NUMBER: Final = re.compile(
    rf"(?:adresse(?: postale| actuelle| exacte)?(?: est| :|:| c['’]est)|abit\w+|demeur\w+|domicili\w+|r[ée]sid(?:e|ant|ons)|je vis|log[ée]e?s?|\bdor[ts])(?: [àa]| au| aux| dans)?(?: la| le)? ?:? ?"
    rf"(?P<place>(?:{_PIECE}, ){{0,2}}(?:rue|avenue|av\.|boulevard|bd|chemin|route|impasse|all[ée]e|place|quai|sentier|venelle|lotissement|r[ée]sidence|hameau|quartier|lieu[- ]?dit|ferme|domaine|mas|moulin) (?:d[eu]s? |de la |de l['’]|d['’]|la |le |les |l['’]){{0,2}}{_CAPITAL}(?:[ \-](?:d[eu]s?|la|le|les|{_CAPITAL})){{0,4}}"
    rf"(?:, (?:[àa] )?{_CAPITAL}(?:[ \-](?:d[eu]s?|la|le|les|en|sur|{_CAPITAL})){{0,4}}){{1,2}})",
    re.IGNORECASE,
)
# « j'habite au lieu-dit la Croix Blanche », « vit à la ferme de la Bruyère ».
_NAMED_PLACE: Final = re.compile(
    r"(?:abit\w+|demeur\w+|domicili\w+|r[ée]sid\w+|je vis| vit|log[ée]e?s?|adresse)(?: :| [àa]| au| aux| dans| [àa] la| la| le){0,3} "
    r"(?P<place>(?:lieu[- ]?dit|ferme|moulin|mas|ch[âa]teau|hameau)(?: (?:de la|de l['’]|des?|du|les?|la|l['’])){0,2}(?: ?(?-i:[A-ZÀ-Ý])[\w'’\-]{1,25}){1,4})",
    re.IGNORECASE,
)
# « La Croix Verte (n° 12), », « Les Quatre Vents, portail vert, » before a postcode.
_HAMLET: Final = re.compile(
    r"(?<![\w'’])(?:L[ea]s?[ ]|L['’]|Petite?[ ]|Grande?[ ]|Haute?s?[ ]|Basse?s?[ ])[A-ZÀ-Ý][\w'’\-]{2,20}(?:[ ](?:d[eu]s?|la|le|les|aux?|[A-ZÀ-Ý][\w'’\-]{1,20})){0,4}"
    r"(?:[ ]?\([^)\n]{1,12}\))?(?:,[ ][^\W\d_]?[^,.;:!?\n]{2,45})?(?:,[ ]|[ ]-[ ]|[ ])\Z"
)
_NUMBERED: Final = re.compile(r"\b(?:n(?:°|um\w{0,3}|o)?[ .]{0,2}|au )\Z")
_ABROAD: Final = ("straße", "strasse", "str.", "weg ", "platz", "gasse", "straat", "laan ")
_ARTICLE: Final = re.compile(r"(?<!\w)(?:L[ea]s?|L['’]) ?\Z")
_ESTATES: Final = (
    *("résidence", "residence", "rés.", "res.", "immeuble", "foyer", "cité", "cite ", "tour "),
    *("lotissement", "quartier", "villa", "hameau", "domaine", "hlm", "bâtiment", "batiment"),
    *("bât", "bat "),
)
_SPOKEN_WORDS: Final = (
    *(" rue ", " avenue ", " boulevard ", " impasse ", " chemin ", " allée ", " place "),
)
_INSIDE: Final = frozenset("0123456789/.-")
# Where `_NAMED_PLACE` may begin: tried there alone.
_LIVING: Final = (
    "abit",
    "demeur",
    "domicili",
    "résid",
    "resid",
    "je vis",
    " vit",
    "log",
    "adresse",
    "dort",
    "dors",
)
_DWELLINGS: Final = ("sidence", "foyer", "teau", "ferme", "lieu", "moulin", "mas ", "hameau")
_HOME: Final = (
    "habit",
    "abite",
    "adresse",
    "demeur",
    "domicil",
    "je vis",
    " vit ",
    "loge",
    "résid",
    "resid",
    "dort",
    "dors",
)


def addresses(sight: Sight) -> Iterator[PersonalData]:
    """Every postal address of a person that the text holds."""
    text, low = sight.text, sight.low
    yield from _at_numbers(sight)
    if any(_NUMBERED.search(low, max(0, start - 8), start) for start, _ in sight.runs):
        for match in _TURNED.finditer(text):
            yield from _from_street(text, match)
    codes = list(_codes_of_towns(sight))
    four = any(end - start == 4 and text[start - 2 : start] == ", " for start, end in sight.runs)
    home = any(hint in low for hint in _HOME)
    yield from addresses_abroad(sight)
    yield from addresses_remote(sight)
    if codes or four or any(hint in low for hint in _ABROAD):
        for match in _FOREIGN.finditer(text):
            yield from _from_street(text, match)
    heads = [match.start() for match in _PLACE.finditer(text)] if codes else []
    for match in codes:
        yield from _hamlet(text, match)
        # Is there a place word in the hundred and twenty signs before the postcode?
        near = bisect(heads, match.start()) > bisect(heads, match.start() - 120)
        if near or _ANY_STREET.search(text, max(0, match.start() - 60), match.start()):
            yield from _before_code(text, match)
    yield from _housings(sight)
    if home:
        yield from _after_home(text, low, coded=bool(codes))


def _at_numbers(sight: Sight) -> Iterator[PersonalData]:
    """Addresses that begin with a number."""
    text = sight.text
    # A pattern tried at digits alone is ten times faster than one tried everywhere.
    read = 0
    for start, _ in sight.runs:
        head = _HEAD.match(text, start) if start >= read else None
        for finding in _from_street(text, head) if head else ():
            read = finding.end
            yield finding
        place = _NUMBERED_PLACE.match(text, start) if start >= read and not head else None
        if place:
            yield from _from_place(text, place)


def addresses_in_words(sight: Sight) -> Iterator[PersonalData]:
    """Addresses without a digit: a number in letters, the name of a place where someone lives."""
    text, low = sight.text, sight.low
    for place in occurrences(low, _SPOKEN_WORDS):
        head = _SPOKEN_HEAD.search(text, max(0, place - 60), place + 20)
        if head:
            yield from _from_street(text, head)
    if not any(hint in low for hint in _HOME):
        return
    for place in occurrences(low, _LIVING):
        match = _NO_NUMBER.match(text, place)
        if match:
            yield PersonalData(
                *match.span("place"), Kind.ADDRESS, 0.7, "voie et commune du domicile"
            )
    if any(word in low for word in _DWELLINGS):
        for place in occurrences(low, _LIVING):
            match = _NAMED_PLACE.match(text, place)
            if not match:
                continue
            start, end = match.span("place")
            reason = "lieu nommé après « j'habite », « adresse »"
            yield PersonalData(start, town_after(text, end), Kind.ADDRESS, 0.7, reason)


def _housings(sight: Sight) -> Iterator[PersonalData]:
    """One home in a housing estate, told without a street."""
    if not any(word in sight.low for word in _ESTATES):
        return
    for place in occurrences(sight.low, _ESTATES):
        match = _HOUSING.match(sight.text, place)
        if not match:
            continue
        end, _ = end_of(sight.text, match.end())
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


def _hamlet(text: str, match: re.Match[str]) -> Iterator[PersonalData]:
    """« La Croix Verte (n° 12), 23000 Guéret »: a place with its article, then the postcode."""
    place = _HAMLET.search(text, max(0, match.start() - 90), match.start())
    if place and not _PUBLIC.search(text[max(0, place.start() - 25) : place.end()].lower()):
        end = town_end(text, match.end("code"))
        if end > match.end("code"):
            reason = "lieu-dit, code postal et commune"
            start = _start(text, place.start())
            yield PersonalData(start, end, Kind.ADDRESS, 0.75, reason)


def _after_home(text: str, low: str, *, coded: bool) -> Iterator[PersonalData]:
    dwelling = any(word in low for word in _DWELLINGS)
    for pattern in (_BARE,) * coded + (_RESIDENCE,) * dwelling:
        for match in pattern.finditer(text):
            start, end = match.span("place")
            end = town_end(text, end) if pattern is _BARE else end
            reason = "lieu après « j'habite », « adresse »"
            yield PersonalData(start, end, Kind.ADDRESS, 0.85, reason)


def _from_street(text: str, match: re.Match[str]) -> Iterator[PersonalData]:
    end, complete = end_of(text, match.end())
    if end <= match.end() and match.re in (_HEAD, _SPOKEN_HEAD):
        return
    near = before(text, match.start(), 45)
    after = text[end : end + 30].lower()
    public = _PUBLIC.search(near) or (not complete and _PUBLIC.search(after))
    private = _PRIVATE.search(near) or _PRIVATE.search(after)
    at_door = _PUBLIC.search(near[-22:])
    if public and not private and (at_door or not complete):
        return
    if not (complete or private) and not _plausible(text, match, end):
        return
    start = _start(text, match.start())
    score = 0.95 if complete else (0.85 if private else 0.7)
    reason = "numéro, voie" + (", code postal" if complete else "")
    yield PersonalData(start, end, Kind.ADDRESS, score, reason)


def _from_place(text: str, match: re.Match[str]) -> Iterator[PersonalData]:
    """A number and a named place: an address with its postcode, or where someone lives."""
    end, complete = end_of(text, match.end())
    near = before(text, match.start(), 45)
    if end > match.end() and (complete or _LIVES.search(near.rstrip().removesuffix(" au"))):
        reason = "numéro et lieu-dit" + (", code postal" if complete else " du domicile")
        yield PersonalData(_start(text, match.start()), end, Kind.ADDRESS, 0.8, reason)


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
    for _ in range(3):
        window = max(0, start - 70)
        piece = _PREFIX.search(text[window:start]) or _BESIDE.search(text[window:start])
        before_piece = window + piece.start() if piece else _town_before(text, start)
        if before_piece == start:
            break
        start = before_piece
    return start


_LIVES: Final = re.compile(
    r"(?:abit\w*|demeure|r[ée]side|adresse|vis|domicili\w+)(?: [àa]| est)?\Z", re.IGNORECASE
)


def _town_before(text: str, start: int) -> int:
    """« Nîmes, 44 rue de la Servie »: where the town before a street begins."""
    match = _LISTED_BEFORE.search(text, max(0, start - 60), start)
    words = match["words"].split(" ") if match else []
    for first in range(len(words)):
        town = " ".join(words[first:])
        lone = first == 0 or _LIVES.search(" ".join(words[:first]))
        if match and (town[:1].isupper() or lone) and is_place(town):
            return match.end("words") - len(town)
    return start


def _backwards(text: str, code: int) -> int | None:
    """Where the address that ends with the postcode at `code` begins, if it is one."""
    window = max(0, code - 120)
    bounds = [
        m.end()
        for m in BOUNDARY.finditer(text, window, code)
        if not (m.group() == "." and _ABBREVIATION.search(text[max(0, m.start() - 5) : m.start()]))
    ]
    floor = max(bounds, default=window)
    head = _PLACE.search(text, floor, code) or _ANY_STREET.search(text, floor, code)
    if not head:
        return None
    words = re.findall(r"[^\W\d_]+", text[head.start() : code].lower())
    if len(words) > 16 or STOP.intersection(words) - {"a", "c", "y", "s", "n"}:
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
