# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Identifiers made of digits: social security, telephone, bank account, card, file, document.

A number is judged by its shape, its key and the words before it. A wrong key, a missing or an
extra digit lowers the score and is said in the reason; it does not keep the number visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import phonenumbers
from stdnum import iban as stdnum_iban
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.fr import nir as stdnum_nir

from portevoix.text.redact.context import Sight, before, digits_of
from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.lexicon import look_up
from portevoix.text.redact.vocabulary import GROUPS
from portevoix.types import PersonalData

_RUN = re.compile(
    r"(?<![\w,*])(?<!\d:)(?:\+|\(\+)?\d(?:[ .\-]{0,2}20?[ ]?[AB](?=[ .\-]{0,2}\d)|[ \u00a0\u202f.\-/_·•–]{0,3}[\d()]){3,40}"
    r"(?:[ ]?(?-i:[A-Z])(?![\w'’\-]))?(?!\w)",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<!\w)[A-Z]{2}[ \-]?\d{2}(?!\d?[/\-])[A-Z0-9]{0,30}(?:[ .\-]{1,2}[A-Z0-9]{1,11}){0,32}",
    re.IGNORECASE,
)
_NIR_SHAPE = re.compile(
    r"[1-478](\d{2})(0[1-9]|1[0-2]|[2-9]\d)(\d{2}|2[AB])\d{6}(\d{2})?\Z", re.IGNORECASE
)
# What a number is, by the nearest of these words before it.
CUES: dict[str, re.Pattern[str]] = {
    Kind.NIR: re.compile(
        r"\bs[ée]cu\b|s[ée]curit[ée] sociale|\bnir\b|\binsee\b|\bnss\b|carte vitale|\bn° ?ss\b|\bss :"
    ),
    Kind.PHONE: re.compile(
        r"t[ée]l[ée]?phone|\bt[ée]l\b|portable|mobile|\bjoign|\bjoindre|appel|\bfixe\b|\bligne\b"
        r"|\bsms\b|whatsapp|num[ée]ro perso"
    ),
    Kind.CARD: re.compile(
        r"\bcb\b|carte (?:bancaire|bleue|de cr[ée]dit|visa)|\bvisa\b|mastercard|\bcartes?\b|seize chiffres"
    ),
    Kind.ID_DOC: re.compile(
        r"pass?e?port|\bcni\b|cartes? (?:nationale )?d.?\s?identit[ée]|pi[èe]ces? d.?\s?identit[ée]|titres? de s[ée]jour"
        r"|\bpermis\b|agdref|[ée]tranger\b|carte de (?:r[ée]sident|s[ée]jour)|\bvisas?\b|titre de voyage|\banef\b|protection temporaire"
    ),
    Kind.FILE: re.compile(
        r"dossiers?|allocataire|\balloc\b|r[ée]f[ée]rences?|\br[ée]f\b|fiscal|\bcontrats?\b|plaintes?|\bpv\b|proc[èe]s.verbal"
        r"|sinistre|t[ée]l[ée]d[ée]claration|pacage|adh[ée]rent|demandes?\b|matricule|\bsuivi|d[ée]claration|r[ée]clamation"
        r"|\bcaf\b|\brecours|\bspi\b|\bavis\b|b[ée]n[ée]ficiaire|assur[ée]\b|usager|client|courrier n|num[ée]ro d|\bine\b"
        r"|identifiant fiscal|\bn° d|num[ée]ros? ?:|\bnum[ée]ros? (?:est|c.est|[\w'’\-]{3,20} ?:)|papier n|quitus|ordonnance|\bbail\b|jugement|minute\b|cr[ée]ance|\bindu|r[ée]c[ée]piss[ée]|quittance|\b[ée]crou\b|\bnum\b|confirmation|parquet|\bipp\b|convocation|\brg\b|signalement|inscription|cotisant|exploitant|abonn|facture|affaire|ticket|main.courante|notification|titre de perception|rôle"
    ),
    Kind.ACCOUNT: re.compile(
        r"identifiants?(?! fiscal)|\blogin\b|pseudo\w*|nom d.utilisateur|\buser\b|mot de passe|code d.acc[èe]s|\bbadge\b"
    ),
    Kind.IBAN: re.compile(r"\biban\b|\brib\b|compte bancaire|coordonn[ée]es bancaires"),
    "FORM": re.compile(
        r"cerfa|formulaire|\bordonnance n|\barticle|\bloi\b|d[ée]cret|erreur|arr[êe]t[ée]\b|circulaire|\bsiret\b|\bsiren\b|\bape\b|\bnaf\b"
        r"|\bannexe|imprim[ée]\b|code postal|\bcase\b|\bligne [\dA-Z]|capital|intracommunautaire|\btva\b|\bversion|directive|r[èe]glement"
    ),
    "MONEY": re.compile(
        r"montant|somme de|\beuros?\b|revenus?|salaire|pension de|prime de|payer|pay[ée] |rembours|verser|vers[ée] "
    ),
}
_ANY_CUE: Final = re.compile("|".join(cue.pattern for cue in CUES.values()))


@lru_cache(maxsize=4096)
def nearest_cue(window: str) -> str | None:
    """The kind of the cue that ends nearest to the end of `window`, if any."""
    # Most numbers are announced by nothing: one look says so.
    if not _ANY_CUE.search(window):
        return None
    ends = {
        kind: max((match.end() for match in cue.finditer(window)), default=-1)
        for kind, cue in CUES.items()
    }
    best = max(ends, key=lambda kind: ends[kind])
    return best if ends[best] >= 0 else None


_UNIT = re.compile(
    r"\s?(?:€|euros?\b|eur\b|%|km\b|m²|m2\b|kg\b|h\b|heures?\b|ans\b|jours?\b|mois\b|personnes\b|kwh\b|fois\b|mo\b|francs?\b|habitants|cm|signes|exemplaires)",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(
    r"\d{1,2}[/.\- ]\d{1,2}[/.\- ](?:\d{4}|\d{2})\Z|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}\Z|(?:19|20)\d\d ?[/\-] ?(?:19|20)?\d\d\Z"
)
_GREEN = re.compile(r"0033?8[012]|0?8[0-29]")
# « 116 117 », « 116 006 », « 118 218 »: numbers of services, like 3939.
_SERVICE: Final = re.compile(r"11[68] ?\d{3}\Z")
# « 54 201 »: an amount, a counter, unless the word that announces a number is right before.
_THOUSANDS: Final = re.compile(r"\d{1,3}[ \u00a0\u202f]\d{3}\Z")
_ANNOUNCED: Final = re.compile(
    r"(?:n°|num[ée]ro|n|:|#|dossier|r[ée]f\w*|allocataire|écrou|ecrou) ?(?:[a-z]{1,4} )?\Z"
)


_LETTERED: Final = frozenset((Kind.FILE, Kind.ID_DOC, Kind.NIR))
# « PDL 14205511938276 », « NBE 447120 »: letters in capitals that belong to the number.
_LEFT_LETTERS: Final = re.compile(r"(?<![\w'’.])(?P<letters>[A-Z]{1,5}|[a-z]{2,5})[ .\-/]{1,2}\Z")
_RIGHT_LETTERS: Final = re.compile(
    r"[ .\-/](?:[A-Z]{1,3}(?![\w'’.])|[a-z](?=[,.;:)\n]|\Z)|(?=[a-z0-9]{0,7}\d)(?=[a-z]+\d+[a-z]|\d+[a-z])[a-z0-9]{2,8}(?!\w)(?<!\de)(?<!\dh)|(?=[A-Z0-9]{0,7}\d)[A-Z0-9]{2,8}(?!\w)|\d(?=[,.;:)\n]|\Z| (?!\w{1,14}[sx]\b|h\b|an\b|e|kwh|mn?\b|km)[a-zà-ÿ]))"
)
_SERVICES: Final = frozenset(
    "RIB IBAN CNI NIR SS CB NO NUM REF TEL LE LA DU DE AU ET EN UN SECU FAX".split()
)


def numbers(sight: Sight) -> Iterator[PersonalData]:
    """Every identifier found among the runs of digits of the text."""
    text = sight.text
    yield from ibans(sight)
    read = 0
    for start, _ in sight.runs:
        match = _RUN.match(text, _sign(text, start)) if start >= read else None
        if not match:
            continue
        read = match.end()
        finding = _judge(text, match.start(), read)
        if finding:
            yield widened(text, finding) if finding.kind in _LETTERED else finding


def _sign(text: str, digit: int) -> int:
    """Where a number begins, with its « + » or « (+ »."""
    if text[digit - 1 : digit] != "+":
        return digit
    return digit - 2 if text[digit - 2 : digit - 1] == "(" else digit - 1


def widened(text: str, finding: PersonalData) -> PersonalData:
    """The finding with the letters and short codes that stand against its digits."""
    start, end = finding.start, finding.end
    left = _LEFT_LETTERS.search(text[max(0, start - 9) : start])
    if left and left["letters"].upper() not in _SERVICES and _is_code(text, left["letters"]):
        start -= len(left.group())
    right = _RIGHT_LETTERS.match(text, end) if finding.kind != Kind.NIR else None
    if right and (len(right.group()) < 3 or not look_up(right.group()[1:].lower()).ordinary):
        end = right.end()
    return PersonalData(start, end, finding.kind, finding.score, finding.reason)


def _is_code(text: str, letters: str) -> bool:
    """Whether letters are a code: capitals among small letters, else an unknown word."""
    if letters.isupper() and not text.isupper():
        return True
    entry = look_up(letters.lower())
    return len(letters) > 1 and not (entry.ordinary or letters.lower() in GROUPS)


def ibans(sight: Sight) -> Iterator[PersonalData]:
    """Bank account numbers, whatever their key."""
    text = sight.text
    for match in _iban_shapes(sight):
        tokens = re.split(r"([ .\-]+)", match.group())
        wordy = [i for i, token in enumerate(tokens) if i and token.isalpha() and len(token) > 1]
        tokens = tokens[: max(1, wordy[0] - 1)] if wordy else tokens
        while len(tokens) > 1 and not any(c.isdigit() for c in tokens[-1]):
            tokens = tokens[:-2]
        value = "".join(tokens)
        compact = re.sub(r"[ .\-]", "", value).upper()
        cue = nearest_cue(before(text, match.start()))
        if (
            sum(c.isdigit() for c in compact) < 8
            or not (12 if cue == Kind.IBAN else 14) <= len(compact) <= 36
        ):
            continue
        end = match.start() + len(value)
        try:
            stdnum_iban.validate(compact)
            yield PersonalData(match.start(), end, Kind.IBAN, 1.0, "IBAN, clé juste")
        except ValidationError:
            yield PersonalData(match.start(), end, Kind.IBAN, 0.85, "forme d'un IBAN, clé fausse")


def _iban_shapes(sight: Sight) -> Iterator[re.Match[str]]:
    read = 0
    for digits, end in sight.runs:
        if end - digits < 2:
            continue
        for start in (digits - 2, digits - 3):
            match = _IBAN.match(sight.text, start) if start >= read else None
            if match:
                read = match.end()
                yield match


_KEY = re.compile(
    r"[ ,]{0,2}\(?cl[ée] ?:? ?\d{2}\)?|[ ]?[|(\[:–—][ ]?\d{2}(?!\d)[)\]]?", re.IGNORECASE
)


_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_FILE_OF: Final = re.compile(
    r"(?:dossiers?|allocataire|\balloc|plaintes?|r[ée]f[ée]rences?|\br[ée]f|contrat|demande|client|ticket|bail|matricule"
    r"|adh[ée]rent|sinistre|recours)(?: n°| n| num[ée]ro| :|:| n° ?| no| le| c.est le| est le){0,2}[ #]{0,2}\Z"
)


def _judge(  # noqa: PLR0911 -- one line a reason to stop
    text: str, start: int, end: int
) -> PersonalData | None:
    value = text[start:end]
    digits = digits_of(value)
    if value.endswith(")") and "(" not in value:
        value, end = value[:-1], end - 1
    if ")" in value and "(" not in value and text[start - 1 : start] == "(":
        start -= 1  # « (06) 39 98 45 12 »
    if len(digits) == 4 and value == digits and not _YEAR.match(value):
        named = _FILE_OF.search(before(text, start, 30)) and not _UNIT.match(text, end)
        reason = "numéro juste après « dossier », « demande »…"
        return PersonalData(start, end, Kind.FILE, 0.7, reason) if named else None
    # Nothing else that identifies has fewer digits; years and prices stop here.
    if len(digits) < 5 or text[end : end + 1] == "*":
        return None
    cue = nearest_cue(before(text, start))
    if _DATE_LIKE.fullmatch(value) or _SERVICE.match(value):
        return None
    if _THOUSANDS.match(value) and not _ANNOUNCED.search(before(text, start, 12)):
        return None
    if len(digits) == 10 and _GREEN.match(digits) and not _FILE_OF.search(before(text, start, 30)):
        return None
    found = _nir(value, digits, cue) or _phone(value, digits, cue) or _card(value, digits, cue)
    if "£" in text[max(0, start - 2) : start] or "$" in text[max(0, start - 2) : start]:
        return None
    found = found or _cued(text, value, digits, cue, end) or _bare(value, digits, cue)
    if not found:
        return None
    kind, score, reason = found
    key = _KEY.match(text, end) if kind == Kind.NIR else None
    end = key.end() if key else end
    return PersonalData(start, end, kind, score, reason)


_Judgement = tuple[str, float, str]


def _nir(value: str, digits: str, cue: str | None) -> _Judgement | None:
    compact = re.sub(r"[^0-9ABab]", "", value).upper()
    if cue in (Kind.FILE, Kind.CARD, Kind.PHONE, "FORM") and len(compact) == 13:
        return None
    if _NIR_SHAPE.match(compact):
        if len(compact) == 15:
            try:
                stdnum_nir.validate(compact)
                return Kind.NIR, 1.0, "numéro de sécurité sociale, clé juste"
            except ValidationError:
                return Kind.NIR, 0.9, "numéro de sécurité sociale, clé fausse"
        return Kind.NIR, 0.85, "numéro de sécurité sociale sans clé"
    if cue == Kind.NIR and 8 <= len(digits) <= 17:
        return Kind.NIR, 0.7, "numéro incomplet ou trop long après « sécurité sociale »"
    return None


def _phone(  # noqa: PLR0911 -- one line a shape
    value: str, digits: str, cue: str | None
) -> _Judgement | None:
    if value.startswith(("+", "(+")) or digits.startswith("0033"):
        return _foreign_phone(value, digits)
    if _GREEN.match(digits) and len(digits) == 10:
        return None
    if (
        len(digits) == 10
        and digits[0] == "0"
        and digits[1] != "0"
        and cue not in (Kind.FILE, Kind.ID_DOC, Kind.ACCOUNT)
    ):
        return Kind.PHONE, 0.97, "numéro de téléphone à dix chiffres"
    if len(digits) == 10 and re.fullmatch(r"0[1-79]([ .\-/]\d\d){4}", value):
        return Kind.PHONE, 0.9, "numéro de téléphone à dix chiffres"
    if (
        digits[0] == "0"
        and cue == Kind.PHONE
        and 7 <= len(digits) <= 12
        and not _GREEN.match(digits)
    ):
        return Kind.PHONE, 0.7, "numéro de téléphone incomplet ou trop long"
    if re.fullmatch(r"0[1-5]([ .\-/]\d\d){3}", value) and cue in (None, Kind.PHONE):
        return Kind.PHONE, 0.7, "forme d'un numéro de téléphone, deux chiffres en moins"
    if (
        re.fullmatch(r"0[67]([ .\-/]?\d\d){3,5}\d?", value)
        and 8 <= len(digits) <= 12
        and cue not in (Kind.FILE, Kind.ID_DOC, Kind.ACCOUNT)
    ):
        return Kind.PHONE, 0.7, "forme d'un numéro de mobile, chiffre manquant ou en trop"
    return None


def _foreign_phone(value: str, digits: str) -> _Judgement | None:
    if not 8 <= len(digits) <= 16:
        return None
    international = "+" + digits.removeprefix("00").replace("330", "33", 1 if "(0)" in value else 0)
    if re.match(r"\+338", international):
        return None
    try:
        number = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        return Kind.PHONE, 0.7, "forme d'un numéro international"
    if phonenumbers.is_possible_number(number):
        return Kind.PHONE, 0.97, "numéro de téléphone international"
    return Kind.PHONE, 0.75, "numéro international, chiffre manquant ou en trop"


def _card(value: str, digits: str, cue: str | None) -> _Judgement | None:
    grouped = re.fullmatch(r"\d{4}([ .\-]{1,2}\d{4}){2,3}([ .\-]\d{1,4})?", value)
    if not 12 <= len(digits) <= 19 or (
        cue not in (None, Kind.CARD, "MONEY", Kind.PHONE) and not (grouped and cue != Kind.FILE)
    ):
        return None
    if len(digits) == 16 or cue == Kind.CARD:
        if luhn.is_valid(digits):
            return Kind.CARD, 0.99, "numéro de carte, clé juste"
        if grouped or cue == Kind.CARD or digits[0] in "2456":
            return Kind.CARD, 0.85, "forme d'un numéro de carte, clé fausse ou chiffres manquants"
    return None


def _cued(  # noqa: PLR0911 -- one line a cue
    text: str, value: str, digits: str, cue: str | None, end: int
) -> _Judgement | None:
    if _DATE_LIKE.fullmatch(value) or _UNIT.match(text, end) or len(digits) < 5:
        return None
    if cue == Kind.FILE:
        return Kind.FILE, 0.9, "numéro après « dossier », « référence », « fiscal »…"
    if cue == Kind.ID_DOC and len(digits) >= 6:
        return Kind.ID_DOC, 0.9, "numéro après le nom d'une pièce d'identité"
    if cue == Kind.ACCOUNT:
        return Kind.ACCOUNT, 0.85, "numéro après « identifiant »"
    if cue in (None, Kind.CARD) and _NUMBERED.search(
        text[max(0, end - len(value) - 12) : end - len(value)]
    ):
        return Kind.FILE, 0.7, "numéro après « n° », « numéro »"
    if cue == Kind.PHONE and 6 <= len(digits) <= 8 and " " in value:
        return Kind.PHONE, 0.6, "numéro incomplet après « téléphone », « joindre »"
    if cue == Kind.IBAN and len(digits) >= 9:
        return Kind.IBAN, 0.75, "compte bancaire incomplet ou sans pays"
    return None


_NUMBERED: Final = re.compile(
    r"(?:\bn°|\bnum[ée]ro)s? ?:? ?(?:(?-i:[A-Z]{2,6}) )?\Z", re.IGNORECASE
)


def _bare(value: str, digits: str, cue: str | None) -> _Judgement | None:
    """Long numbers that no word announces: hidden as a file number, at a lower score."""
    if cue == "FORM" or _DATE_LIKE.fullmatch(value):
        return None
    if len(digits) == 13 and digits[0] in "0123":
        return Kind.FILE, 0.8, "treize chiffres : forme d'un numéro fiscal"
    if len(digits) >= 9 and cue != "MONEY":
        return Kind.FILE, 0.6, "longue suite de chiffres"
    return None
