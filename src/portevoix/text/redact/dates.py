# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Dates of birth: a date after « né le », « naissance » and the like. Other dates stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from portevoix.text.redact.context import Sight, before, occurrences
from portevoix.text.redact.kinds import Kind
from portevoix.types import PersonalData

_MONTH = (
    r"(?:janv(?:ier)?|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept(?:embre)?"
    r"|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?)\.?"
)
_DAY_WORDS = (
    r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|dix-sept|dix-huit|dix-neuf|vingt(?:[ \-](?:et[ \-])?\w{2,6})?|trente(?:[ \-]et[ \-]un)?"
)
_YEAR_WORDS = (
    r"(?:mill?e? neuf[ \-]cents?|dix[ \-]neuf[ \-]cents?|deux[ \-]mill?e?)"
    r"(?:[ \-](?:et|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante)){0,5}"
)
DATE = (
    r"(?:(?:\d{1,2}\s?[/.\- ]\s?(?:\d{1,2}|[IVX]{1,4})\s?[/.\- ]\s?(?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    rf"|(?:\d{{1,2}}|1er|premier|{_DAY_WORDS})[ \-]{{0,2}}{_MONTH}[ \-]{{0,2}}(?:\d{{4}}|\d{{2}})|\d{{8}})(?!\d)|(?:\d{{1,2}}|1er|premier|{_DAY_WORDS}) {_MONTH} {_YEAR_WORDS})"
)
_BORN = re.compile(
    r"(?:(?:\bdates? de nais{1,2}[ae]n[cs]es?|\bdate of birth|\bddn|\bdn\b|\bd\.n\.|\bdates? (?:de )?naiss\w{0,6}|\blieu de naissance|\banniversaire)[^\d\n]{0,80}?"
    r"|(?:\bn[ée]+(?:\(e\)|e|s|es|\.e|·e)?(?: le| les| un| en date du)?|\bnais{1,2}[ae]n[cs]es?|\bnati(?:f|ve)s?|\b(?:venue?s?|mise?s?) au monde|\bvue? le jour|\baccouch\w{1,4}"
    r"|\bacte [^\d.\n]{0,20}\b(?:dit|indique|porte|marque))[^.\n]{0,45}?)"
    rf"(?P<date>(?<!\d)(?:{DATE}|\d{{6}}(?!\d)))",
    re.IGNORECASE,
)
# A child may be declared on a date, an allowance opened on one: these are dates of a step.
_ACT = re.compile(
    r"(?:actes?|extraits?|d[ée]clar\w+|certificats?|primes?|allocations?|cong[ée]s?|demandes?|copies?)(?: \w+)? (?:de |d['’]|[àa] )(?:la |ma |sa |l['’])?\Z"
)
# « le 12 mai 1990, date de ma naissance »; « a eu 18 ans (12/03/2006) »; « date naissance 120380 ».
_THEN_BIRTH = re.compile(
    rf"(?=\d)(?P<before>{DATE})[,)]? (?:comme |est |c['’]est |, )?(?:la |ma |sa |le jour de |jour de )?(?:date )?(?:de )?(?:ma |sa |la )?naissance",
    re.IGNORECASE,
)
_AGED = re.compile(
    rf"ans,? \((?P<aged>{DATE})\)|naiss\w{{0,6}}\.? ?:? ?(?P<packed>\d{{6}})(?!\d)", re.IGNORECASE
)
# « mon fils est du 18 août 2009 », « je suis du 3-4-61 ».
_OF_THE = re.compile(
    rf"\b(?:fils|filles?|jumeaux|jumelles|enfants?|p[èe]re|m[èe]re|mari|femme|fr[èe]re|s(?:œ|oe)ur|je|elle|ils?|lui)"
    rf"(?:,? [^\W\d_]{{2,15}}){{0,2}},? (?:est|sont|suis) (?:du|de) (?:la )?(?P<of>{DATE})",
    re.IGNORECASE,
)
# « mon fils, 12/04/2015, CM2 »: years after, it may be the day of a step.
_CHILD = re.compile(
    rf"\b(?:fils|filles?|fr[èe]re|s(?:œ|oe)ur|b[ée]b[ée]|neveu|ni[èe]ce)(?: (?-i:[A-ZÀ-Ý])[\w\-]{{1,20}})?,? ?[(,] ?(?:du |de |le |n[ée]e? )?(?P<child>(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]|(?:\d{{1,2}}|1er) {_MONTH} )(?:19\d\d|20[01]\d))(?!\d)",
    re.IGNORECASE,
)
_CHILDREN: Final = ("fil", "frère", "frere", "sœur", "soeur", "bébé", "bebe", "neveu", "nièce")
# « né en 1960, j'ai eu rendez-vous le 12 mars 2024 ».
_TALK = re.compile(r"\bj['’]|\bje\b|\brdv|rendez|\bon\b")
_STEP = re.compile(r"déclar|declar|demand|depuis|reçu|envoy|dépos|prév|établi|délivr")


# « il aura 18 ans le 4 mars 2026 », « mes 62 ans au 1er juin »: the day of a birthday.
_AGE_ON: Final = re.compile(
    rf"(?:\bmes|\bses|\baur\w{{1,4}}|\beu|\bf[êe]t\w{{1,5}}|\batteint?\w{{0,4}}|\ba|\bai) (?:mes |ses )?\d{{1,2}} ans,? (?:le|au|depuis le) (?P<birthday>{DATE}|(?:\d{{1,2}}|1er) {_MONTH}(?!\w))",
    re.IGNORECASE,
)
# A full date of the last century that nothing dates otherwise is most often one of birth.
_OLD_DATE: Final = re.compile(
    rf"(?<![\d/.\-])(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]19[1-9]\d|\d{{1,2}}(?:er)? {_MONTH} 19[1-9]\d|19[1-9]\d-\d\d-\d\d"
    rf"|(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:3[2-9]|[4-9]\d)(?!\.\d)|\d{{1,2}}(?:er)? {_MONTH} (?:3[2-9]|[4-9]\d)(?! ?[\w%€]))(?![\d/\-])",
    re.IGNORECASE,
)
_OTHERWISE_DATED: Final = re.compile(
    r"\bloi|d[ée]cret|arr[êe]t|ordonnance|circulaire|directive|trait[ée]|accord|convention|r[èe]glement|depuis|\bavant|apr[èe]s|jusqu|partir|compter"
    r"|p[ée]riode|entr[ée]|arriv|mari[ée]|mariage|divorc|pacs|d[ée]c[èeé]|\bmorte?\b|disparu|embauch|recrut|travaill|commenc|achet|achat|acqui|vend|construi"
    r"|permis|dipl[ôo]m|obten|install|retrait|pension|sign[ée]|\bbail|\bacte|contrat|d[ée]pos|d[ée]livr|jugement|\bdaté|\bdate (?:du|de|d['’])|guerre|armistice|attentat|ferm[ée]|ouvert|cr[ée][ée]"
    r"|immatricul|circulation|natural|adh[ée]r|affili|cotis|promulgu|ind[ée]pend|[ée]lection|courrier|lettre|service|emm[ée]nag|d[ée]m[ée]nag|expir|valab|p[ée]rim|accident|op[ée]r"
    r"|hospital|lib[ée]r|condamn|adopt|publi[ée]|[ée]dition|inaugur|vot[ée]|certificat|attestation|dossier|demande|bulletin|relev[ée]|facture|jour de|quitt|revenu en|rentr|plac[ée]"
)


def _old(sight: Sight) -> Iterator[PersonalData]:
    """« M. Untel, 12/03/1951 »: a full date that is too old for a step."""
    for start, end in sight.runs:
        if end - start > 2 and end - start != 4:
            continue
        match = _OLD_DATE.match(sight.text, start)
        if not match:
            continue
        near = before(sight.text, start, 45).rpartition("\n")[2]
        after = sight.low[match.end() : match.end() + 25]
        if not (_OTHERWISE_DATED.search(near) or _UNTIL.match(after)):
            reason = "date du siècle dernier que rien ne date autrement"
            yield PersonalData(*match.span(), Kind.BIRTHDATE, 0.7, reason)


# « du 1er mars 1998 au 31 mai 2004 »: a stretch of time.
_UNTIL: Final = re.compile(r" (?:au|jusqu|et le) | à (?:fin )?\w{3,9} \d{4}")


def birthdates(sight: Sight) -> Iterator[PersonalData]:
    """Dates of birth among the dates of a text."""
    text = sight.text
    dated = sight.digits > 2 or " cent" in sight.low or " mil" in sight.low
    if not dated:
        return
    yield from _old(sight)
    if " ans " in sight.low:
        yield from _odd(text, (_AGE_ON,))
    if any(hint in sight.low for hint in _HINTS):
        yield from _announced(sight)


def _announced(sight: Sight) -> Iterator[PersonalData]:
    """Dates after « né le », « naissance », near a child."""
    text = sight.text
    for place in occurrences(sight.low, _CHILDREN):
        match = _CHILD.match(text, place)
        if match:
            reason = "date après « fils », « sœur »…"
            yield PersonalData(*match.span("child"), Kind.BIRTHDATE, 0.8, reason)
    if "est du" in sight.low or "suis du" in sight.low or "sont du" in sight.low:
        yield from _odd(text, (_OF_THE,))
    if "naiss" in sight.low or "ans (" in sight.low or "ans, (" in sight.low:
        matches = [_THEN_BIRTH.match(text, start) for start, _ in sight.runs]
        matches += [_AGED.match(text, place) for place in occurrences(sight.low, ("ans", "naiss"))]
        yield from _nearby(filter(None, matches))
    read = 0
    for place in occurrences(sight.low, _FIRST_WORDS):
        if place < read or text[place - 1 : place].isalpha():
            continue
        match = _BORN.match(text, place)
        if not match:
            continue
        read = match.end()
        start, end = match.span("date")
        bridge = text[match.start() : start].lower()
        naming = "naiss" in bridge[:20]
        act = naming and _ACT.search(before(text, match.start(), 30))
        talk = bridge.startswith("n") and not naming and _TALK.search(bridge)
        if not (act or talk or _STEP.search(bridge)):
            yield PersonalData(
                start, end, Kind.BIRTHDATE, 0.97, "date après « né le », « naissance »"
            )
            yield from _following(text, end)


def _odd(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[PersonalData]:
    for pattern in patterns:
        yield from _nearby(pattern.finditer(text))


def _nearby(matches: Iterable[re.Match[str]]) -> Iterator[PersonalData]:
    for match in matches:
        start, end = match.span(match.lastgroup or 0)
        reason = "date près de « naissance », « ans »"
        yield PersonalData(start, end, Kind.BIRTHDATE, 0.8, reason)


_FOLLOWING = re.compile(
    rf"[,)]?(?: et| ou| mais)?(?:,? pas| non(?: pas)?| au lieu d[eu]| plutôt que)?(?: le| du| au)? (?P<date>{DATE})",
    re.IGNORECASE,
)


# « … et mon dossier affiche 07/07/1777 »: the same date, as someone wrote it.
_WRITTEN_WRONG: Final = re.compile(
    rf"[^.!?\n]{{1,50}}?\b(?:affich|indiqu|écri|ecri|inscri|enregistr|saisi|marqu|porte|dit|not[ée]|mis|mentionn)\w{{0,6}}(?: que)?(?: le| du| au| :)? (?P<date>{DATE})",
    re.IGNORECASE,
)


def _following(text: str, end: int) -> Iterator[PersonalData]:
    """« nés le 1er mai 2010 et le 3 juin 2012 », « née le 8-4-67, mais la carte dit 04/08/67 »."""
    match = _FOLLOWING.match(text, end) or _WRITTEN_WRONG.match(text, end)
    if match:
        start, stop = match.span("date")
        yield PersonalData(start, stop, Kind.BIRTHDATE, 0.9, "suite d'une date de naissance")


# Where the pattern may begin: tried there alone.
_FIRST_WORDS = (
    "né",
    "nee",
    "ne le",
    "ne(",
    "nes ",
    "nati",
    "accouch",
    "vu le",
    "mis au",
    "date",
    "ddn",
    "dn",
    "d.n.",
    "lieu de",
    "anniv",
    "nais",
    "venu",
    "acte ",
)
_HINTS = (
    *(
        "fils",
        "fille",
        "frère",
        "frere",
        "sœur",
        "soeur",
        "bébé",
        "bebe",
        "né ",
        "né(",
        "nés ",
        "née",
        "nee",
        "né\n",
        "ne le",
        "ne(",
        "né:",
        "nais",
        "anniv",
        "natif ",
        "native ",
        "accouch",
        "vu le jour",
        "of birth",
    ),
    *("est du", "suis du", "sont du", "ddn", "dn ", "d.n.", "au monde", "acte ", "ans (", "ans, ("),
)


_BRACKETED = re.compile(
    rf" ?\((?P<date>{DATE})\)|(?: ?[,:;–\-])? (?:du |le )?(?P<listed>(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]|(?:\d{{1,2}}|1er) {_MONTH} )(?:19\d\d|20[01]\d))(?=[ ,.;)\n]|\Z)",
    re.IGNORECASE,
)


def dates_of_children(text: str, found: list[PersonalData]) -> list[PersonalData]:
    """Full dates in brackets right after a name: « Eliott (17/09/2011) »."""
    out = []
    for finding in found:
        match = _BRACKETED.match(text, finding.end) if finding.kind == Kind.PERSON else None
        if match:
            start, end = match.span(match.lastgroup or 0)
            out.append(
                PersonalData(
                    start, end, Kind.BIRTHDATE, 0.7, "date entre parenthèses ou après un nom"
                )
            )
    return out
