# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""The parts of a French postal address as patterns: number, street, complement, postcode, town.

Every repeat is bounded: a hostile text costs a constant number of steps a character.
"""

from __future__ import annotations

import re
from typing import Final

from portevoix.text.redact.lexicon import fold, look_up

WORD: Final = r"[\w'’.\-]{1,30}"
# After one of these, a street: sure ones, then those that are as often an ordinary word.
SURE_STREETS: Final = (
    r"rue|avenue|aven\.?|av\.?|boulevard|bld|blvd|bvd|bd|all[ée]es?|impasse|imp\.?|chemin|chem?\.?|all\.|rte|faubourg|fbg?"
    r"|venelle|ruelle|sentier|sente|esplanade|r\.|grand['’ ]?rue|grande rue|lieu[- ]?dit|hameau|lotissement|r[ée]sidence|r[ée]s\."
    r"|\w{2,20}(?:stra(?:ß|ss)e|straat|laan)"
)
OTHER_STREETS: Final = (
    r"r(?= [a-z])|sq\.|square|ch\.|place|pl\.?|route|quai|cours|passage|lot\.?|villa|clos|mont[ée]e|traverse|promenade|voie|chauss[ée]e|cit[ée]"
    r"|domaine|parc|rond-point|cour|quartier|mail|parvis|rampe|tour|corniche|galerie|levée|digue|porte|carrefour|drève|cami"
)
STREETS: Final = f"{SURE_STREETS}|{OTHER_STREETS}"
# Streets that nothing else is named by, whose number may be written in letters.
SPOKEN_STREETS: Final = r"rue|avenue|boulevard|impasse|chemin|all[ée]e|place"
UNITS: Final = (
    r"un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
)
TENS: Final = r"vingt|trente|quarante|cinquante|soixante|cent"
# A place that has no street: it needs a postcode to be an address.
PLACES: Final = (
    r"aire d['’]accueil|cs(?= \d)|pk(?= ?\d)|section|servitude|tribu|[îi]let|morne|habitation|kampung|douar|ehpad|chrs|internat|p[ée]niche|maison (?:foresti[èe]re|[ée]clusi[èe]re|de garde)|mobil[- ]home|hameau|lieu[- ]?dit|ferme|domaine|ch[âa]teau|moulin|mas|villa|quartier|cit[ée]|lotissement|r[ée]sidence|r[ée]s\.|foyer|camping"
    r"|immeuble|b[âa]timent|b[âa]t\.?|appt?\.?|appartement|z\.?[ai]\.?|zac|zone (?:artisanale|industrielle|d['’]activit[ée]s?)|b\.?p\.?|clos|le bourg|lot"
)
NUMBER: Final = (
    r"\d{1,4}(?: ?(?:bis|ter|quater|[a-d])(?![\w'’]))?(?: ?(?:[àa]|-|/|et) ?\d{1,4}(?![\w°]))?"
)

_NAMED: Final = rf"(?:[ .]{{1,2}}(?!(?:et|qui|que|je|on|est|a|n|ne|il|elle|pour)\b){WORD}){{0,5}}"
_VALUE: Final = r"[ .°]{0,2}[\w\-/]{1,8}"
COMPLEMENT: Final = (
    r"(?:(?:"
    rf"(?:app(?:ar)?ts?|app|apart|apt|imm|ap|bte|bus|cage|aile|parcelle|villa(?= n)|ilot|[îi]lot|carr[ée]|porte|appartement|b[âa]t(?:iment)?|esc(?:alier)?|porte|chambre|ch|studio|bungalow|mobil[- ]home|chalet|emplacement|lot|hall|entr[ée]e|interphone|bo[iî]te|bp|b\.p|cs|n°|num(?:[ée]ro)?|n(?= ?\d)|[ée]tage|b(?= ?\d))\.?{_VALUE}|(?:logement|log|maison)\.? (?:n° ?)?(?=[\w\-/]{{0,7}}\d|[a-z](?!\w))[\w\-/]{{1,8}}"
    r"|\d{1,2} ?(?:er|[èe]me|e|nd|d)\b\.?(?: ?(?:[ée]tage|[ée]t\.|ét)(?!\w))?(?:,? (?:gauche|droite|face|porte \w{1,4}|[gd](?:\.|(?=,))))?"
    r"|(?:premier|deuxi[èe]me|second|troisi[èe]me|quatri[èe]me|cinqui[èe]me|dernier) [ée]tage(?: (?:gauche|droite|face))?"
    r"|(?:rdc|rez[- ]de[- ]chauss[ée]e)(?: (?:gauche|droite|face))?|fond de cour|(?:[àa] )?(?:gauche|droite)(?!\w)|loge(?!\w)"
    rf"|(?:r[ée]sidence|r[ée]s\.|lieu[- ]?dit|hameau|quartier|z\.?[ia]\.?|zac|zone|villa|immeuble|la maison|foyer|domaine|cit[ée]|tour|le clos)\b{_NAMED}"
    rf"|(?:[àa] c[ôo]t[ée] d\w{{0,2}}|derri[èe]re l\w|face [àa] l\w) {WORD}"
    r"))"
)
SEPARATOR: Final = r"(?:[ ]{0,2}[,(–—\-][ ]{0,2}|[ ]?\n[ ]?|[ ]{1,2})"
POSTCODE: Final = r"(?:[FBL]-)?\d{2}[ ]?\d{3}"

_TOWN_WORD: Final = re.compile(
    r"[ ,\n]{0,2}[ \-]?(?P<w>[^\W\d_]['’\w]{0,30}(?:-[\w'’]{1,30}){0,6})"
)
_LINKS: Final = frozenset(
    "de du des la le les l d au aux en sur sous lès lez et saint sainte st ste".split()
)
_AFTER_TOWN: Final = re.compile(
    r" cedex(?: \d{1,2})?|,? (?:(?:QC|ON|NB|BC|AB|MB|Qu[ée]bec),? )?[A-Z]\d[A-Z][ ]?\d[A-Z]\d(?!\w)| \d{1,2}(?:er|[èe]me|e)(?: arrondissement| arr\.?)?(?!\w)| \d{1,2}(?![\w/]|[ .]\d)(?= ?[»,.)\n]|\Z)|,? \(?(?:france|allemagne|belgique|suisse|espagne|italie|luxembourg|portugal)\b\)?",
    re.IGNORECASE,
)


def town_end(text: str, start: int) -> int:
    """Where the town that begins at `start` ends; `start` when there is none."""
    words: list[tuple[str, int]] = []
    position = start
    while len(words) < 6:
        match = _TOWN_WORD.match(text, position)
        if not match or (words and text[match.start() : match.start("w")] not in (" ", "-")):
            break
        words.append((match["w"], match.end()))
        position = match.end()
    end = _listed(words) or _written(words) or start
    return after_town(text, end) if end > start else end


def after_town(text: str, end: int) -> int:
    """The end of what may follow a town: « cedex 9 », « 3e arrondissement », its country."""
    after = _AFTER_TOWN.match(text, end)
    return after.end() if after else end


def _listed(words: list[tuple[str, int]]) -> int:
    """The end of the longest run of words that is a place of the lists."""
    for count in range(len(words), 0, -1):
        joined = "-".join(fold(word) for word, _ in words[:count]).replace("'", "-")
        spelled = joined.replace("st-", "saint-", 1) if joined.startswith("st-") else joined
        if look_up(joined).place or look_up(spelled).place:
            return words[count - 1][1]
    return 0


def _written(words: list[tuple[str, int]]) -> int:
    """The end of the words that are written as a town's: capitals and what links them."""
    end = 0
    for rank, (word, stop) in enumerate(words):
        if word[0].isupper() or rank == 0:
            end = stop
        elif fold(word) not in _LINKS:
            break
    return end


def is_place(words: str) -> bool:
    """Whether words side by side are one place of the lists."""
    return look_up(re.sub(r"[ '’]", "-", fold(words))).place
