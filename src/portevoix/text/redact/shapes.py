# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Data with a fixed shape in letters: e-mails, pages, plates, birth dates.

Every repeat is bounded: a hostile text costs a constant number of steps a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portevoix.text.redact.context import before
from portevoix.text.redact.kinds import Kind
from portevoix.types import PersonalData

_LOCAL = re.compile(r"[\w.+'\-]{1,64}\s?\Z")
_DOMAIN = re.compile(r"\s?[\w\-]{1,63}(?:(?:\s?\.\s?|,)(?=[a-z])[\w\-]{1,63}){0,4}", re.IGNORECASE)
_AT_WORD = re.compile(
    r"(?P<local>(?:[\w.+\-]{1,40} ){0,2}[\w.+\-]{1,64})[ ]{0,2}"
    r"(?:\barobas(?:e|ce)?\b|[(\[]\s?(?:at|arobase|a)\s?[)\]])[ ]{0,2}"
    r"(?P<domain>[\w\-]{1,40}(?:(?: ?(?:\.|point|dot) ?)[\w\-]{1,40}){1,4})",
    re.IGNORECASE,
)
_NOT_LOCAL = frozenset(
    [
        "est",
        "c'est",
        "mail",
        "adresse",
        "email",
        "courriel",
        "à",
        "a",
        "mon",
        "ma",
        "le",
        "la",
        "sur",
        ":",
        "ai",
        "et",
        "ou",
        "notre",
        "mel",
        "suivante",
    ]
)
_ROLE_LOCAL = re.compile(
    r"^(contact|accueil|info|mairie|secretariat|service|ne-?pas-?repondre|no-?reply|prefecture"
    r"|sous-prefecture|support|assistance)\b",
    re.IGNORECASE,
)
_PUBLIC_DOMAIN = re.compile(
    r"(gouv\.fr|service-public\.fr|ameli\.fr|caf\.fr|urssaf\.fr)$", re.IGNORECASE
)


def emails(text: str) -> Iterator[PersonalData]:
    """E-mail addresses, with « @ » or written out, cut ones at a lower score."""
    at = text.find("@")
    while at >= 0:
        finding = _email_at(text, at)
        if finding:
            yield finding
        at = text.find("@", at + 1)
    if not _SPOKEN_AT.search(text):
        return
    for match in _AT_WORD.finditer(text):
        start = match.start()
        for word in match.group("local").split(" ")[:-1]:
            if word.lower() in _NOT_LOCAL or word.lower().endswith("'"):
                start = match.start() + match.group("local").rfind(word) + len(word) + 1
        yield PersonalData(start, match.end(), Kind.EMAIL, 0.9, "adresse électronique en lettres")


_SPOKEN_AT = re.compile(r"arobas|[(\[]\s?(?:at|a)\s?[)\]]", re.IGNORECASE)


def _email_at(text: str, at: int) -> PersonalData | None:
    local = _LOCAL.search(text[max(0, at - 66) : at])
    domain = _DOMAIN.match(text[at + 1 : at + 300])
    if not local:
        if domain and not text[at + 1 : at + 2].isspace() and len(domain.group()) > 2:
            return PersonalData(
                at, at + 1 + domain.end(), Kind.ACCOUNT, 0.7, "compte de réseau social"
            )
        return None
    start = at - len(local.group())
    if not domain:
        return PersonalData(start, at + 1, Kind.EMAIL, 0.6, "adresse électronique coupée")
    value = domain.group()
    if _ROLE_LOCAL.match(local.group()) and _PUBLIC_DOMAIN.search(value.rstrip(".")):
        return None
    end = at + 1 + len(value.rstrip())
    if "." in value or "," in value:
        return PersonalData(start, end, Kind.EMAIL, 0.99, "adresse électronique")
    return PersonalData(start, end, Kind.EMAIL, 0.8, "adresse électronique sans extension")


_PAGE = re.compile(r"(?:https?://|www\.)[^\s<>«»\"()\[\]]{3,300}", re.IGNORECASE)
_BARE_PAGE = re.compile(
    r"\b(?:facebook|instagram|twitter|tiktok|linkedin|youtube|github|snapchat|x)\.com/"
    r"[^\s<>«»\"()\[\]]{2,200}",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"(facebook|instagram|twitter|tiktok|linkedin|youtube|github|snapchat|threads|mastodon"
    r"|//x\.com|skyrock|blogspot|wordpress|tumblr|over-blog|canalblog|wixsite|free\.fr/|perso"
    r"|/~|/@|profil|doctolib\.fr/[\w\-]+/[\w\-]+/|copainsdavant|leboncoin\.fr/)",
    re.IGNORECASE,
)


def pages(text: str) -> Iterator[PersonalData]:
    """Addresses of personal pages; those of services stay."""
    for match in _PAGE.finditer(text):
        value = match.group().rstrip(".,;:!?…'’")
        if _PERSONAL.search(value) or "?" in value:
            reason = "page personnelle" if _PERSONAL.search(value) else "lien avec paramètres"
            score = 0.9 if _PERSONAL.search(value) else 0.6
            yield PersonalData(match.start(), match.start() + len(value), Kind.URL, score, reason)
    for match in _BARE_PAGE.finditer(text):
        value = match.group().rstrip(".,;:!?…'’")
        yield PersonalData(
            match.start(), match.start() + len(value), Kind.URL, 0.9, "page personnelle"
        )


_PLATE = re.compile(
    r"(?<![\w\-/])[A-HJ-NP-TV-Z]{2}(?:[ \-.]{0,2})\d{3}(?:[ \-.]{0,2})[A-HJ-NP-TV-Z]{2}(?![\w]|-\d)",
    re.IGNORECASE,
)
_OLD_PLATE = re.compile(
    r"(?<![\w\-/])\d{1,4}[ \-.]?[A-Z]{2,3}[ \-.]?(?:\d{2,3}|2[AB])(?![\w])", re.IGNORECASE
)
_FOREIGN_PLATE = re.compile(
    r"(?<![\w\-/])(?=[A-Z\-]{0,9}\d)[A-Z0-9]{1,4}(?:[ \-][A-Z0-9]{1,5}){1,3}(?![\w\-])"
)
_CAR = re.compile(
    r"immatricul|plaque|véhicule|vehicule|voiture|moto|scooter|camion|fourgon|utilitaire|carte grise|remorque|\bclio|twingo|peugeot|renault|citro"
)
_PLATE_WORD = re.compile(r"immatricul\w*|plaques?\b")


_SHORT_WORDS = frozenset(("le", "la", "de", "du", "et", "en", "au", "ne", "sa", "ma", "ce", "un"))
_UNITS = frozenset(("km", "ml", "kg", "gr", "cm", "mm", "ha", "eu"))


_AFTER_PLATE = re.compile(
    r"(?:immatricul\w{0,6}|plaques?)[ :(«]{1,3}(?P<plate>(?=[A-Z]{0,6}\d)(?=\d{0,6}[A-Z])[A-Z\d]{5,9})(?!\w)",
    re.IGNORECASE,
)


def plates(text: str) -> Iterator[PersonalData]:
    """Registration plates: the current shape anywhere, old and foreign ones near a vehicle."""
    for match in _PLATE.finditer(text):
        value = match.group()
        if value != value.upper() and (" " in value or value.isalnum()):
            near = before(text, match.start(), 40)
            if not _CAR.search(near) or value[:2].lower() in _SHORT_WORDS or value[-2:] in _UNITS:
                continue
        yield PersonalData(
            match.start(), match.end(), Kind.PLATE, 0.95, "forme d'une immatriculation"
        )
    for match in _OLD_PLATE.finditer(text):
        if _CAR.search(before(text, match.start(), 60)):
            yield PersonalData(
                match.start(), match.end(), Kind.PLATE, 0.85, "ancienne immatriculation"
            )
    if not _PLATE_WORD.search(text.lower()):
        return
    for match in _AFTER_PLATE.finditer(text):
        start, end = match.span("plate")
        yield PersonalData(start, end, Kind.PLATE, 0.8, "code après « immatriculé » ou « plaque »")
    for match in _FOREIGN_PLATE.finditer(text):
        lettered = any(c.isalpha() for c in match.group())
        if lettered and _PLATE_WORD.search(before(text, match.start(), 60)):
            yield PersonalData(
                match.start(),
                match.end(),
                Kind.PLATE,
                0.7,
                "code après « immatriculé » ou « plaque »",
            )


_MONTH = (
    r"(?:janv(?:ier)?|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept(?:embre)?"
    r"|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?)\.?"
)
DATE = (
    r"(?:\d{1,2}\s?[/.\- ]\s?\d{1,2}\s?[/.\- ]\s?(?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    rf"|(?:\d{{1,2}}|1er|premier)[ \-]{{1,2}}{_MONTH}[ \-]{{1,2}}(?:\d{{4}}|\d{{2}})|\d{{8}})(?!\d)"
)
_ANY_DATE = re.compile(DATE, re.IGNORECASE)
_BORN = re.compile(
    r"(?:\bn[ée]+(?:\(e\)|e|s|es|\.e|·e)?(?: le| les| un| en date du)?|\bdate de naissances?|\bnaissances?"
    r"|\bddn|\bdate naiss\w{0,6}|\banniversaire|\bvenue? au monde)"
    rf"[^\d.\n]{{0,40}}?(?P<date>(?<!\d){DATE})",
    re.IGNORECASE,
)
# A child may be declared on a date, an allowance opened on one: these are dates of a step.
_STEP = re.compile(
    r"acte|déclar|declar|extrait|certificat|prime|allocation|congé|conge|dossier|demande|depuis|reçu"
)


def birthdates(text: str) -> Iterator[PersonalData]:
    """Dates of birth: a date after « né le » and the like. Other dates stay."""
    # Dates are rarer than words that begin like « né ».
    if not _ANY_DATE.search(text) or not _BIRTH_WORD.search(text):
        return
    for match in _BORN.finditer(text):
        start, end = match.span("date")
        bridge = text[match.start() : start].lower()
        act = _STEP.search(before(text, match.start(), 25)) and bridge.startswith("nais")
        if not act and (not bridge.startswith("n") or not _STEP.search(bridge)):
            yield PersonalData(
                start, end, Kind.BIRTHDATE, 0.97, "date après « né le », « naissance »"
            )
            yield from _following(text, end)


def _following(text: str, end: int) -> Iterator[PersonalData]:
    """« nés le 1er mai 2010 et le 3 juin 2012 »."""
    match = re.compile(
        rf"(?: et| ou|,)?(?: au lieu d[eu]| et non(?: pas)?)? (?:le )?(?P<date>{DATE})",
        re.IGNORECASE,
    ).match(text, end)
    if match:
        start, stop = match.span("date")
        yield PersonalData(start, stop, Kind.BIRTHDATE, 0.9, "suite d'une date de naissance")


_BIRTH_WORD = re.compile(r"\b[nN][éeEÉ]|naiss|NAISS|anniversaire|\b[dD][dD][nN]\b|venue? au monde")


_BRACKETED = re.compile(rf" ?\((?P<date>{DATE})\)")


def dates_of_children(text: str, found: list[PersonalData]) -> list[PersonalData]:
    """Full dates in brackets right after a name: « Eliott (17/09/2011) »."""
    out = []
    for finding in found:
        match = _BRACKETED.match(text, finding.end) if finding.kind == Kind.PERSON else None
        if match:
            start, end = match.span("date")
            out.append(
                PersonalData(start, end, Kind.BIRTHDATE, 0.7, "date entre parenthèses après un nom")
            )
    return out
