# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Electronic addresses: e-mails, personal pages.

Every repeat is bounded: a hostile text costs a constant number of steps a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.lexicon import fold, look_up
from portevoix.types import PersonalData

# « nadia . pruvot @ example . fr » is one address; « merci. nadia@example.fr » is not.
_LOCAL = re.compile(r"(?:(?:[\w+'\-]{1,40} \. ){0,3}[\w.+'\-]{1,64}\s?|(?<![\w'’])(?:\w ){2,30})\Z")
_DOMAIN = re.compile(
    r"\s?[\w\-]{1,63}(?:[ ]?\.(?=[a-zA-Z])[\w\-]{1,63}|,(?=[a-z]{2,7}(?!\w))[a-z]{2,7}"
    r"|(?: \.[ ]?|\. (?=(?:fr|com|net|org|example)(?!\w)))[a-z]{2,10}(?!\w)| (?:point|dot) [a-z]{2,12}(?!\w)){0,4}"
)
# « arobase », « (at) », « chez » before a domain: what stands for the sign.
_SPOKEN_AT = re.compile(
    r"[ ]{0,2}(?:\bar+obas?(?:e|ce|ze|z|se)?\b|\b(?:chez|(?-i:AT))\b(?= [\w\-]{2,40} ?(?:\.|\bpoint\b) ?(?:fr|com|net|org|example)\b)|[(\[{<]\s?(?:at|arobase|a|chez)\s?[)\]}>])[ ]{0,2}",
    re.IGNORECASE,
)
_SPOKEN_DOMAIN = re.compile(
    r"[\w\-]{1,40}(?:(?: ?(?:[.,]|\bpoint\b|\bdot\b|[(\[{<]\s?(?:dot|point)\s?[)\]}>]) ?)[\w\-]{1,40}){1,4}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@\w[\w.\-]{1,40}")
_SPLIT_END = re.compile(r" ?\. ?(?:fr|com|net|org|eu|example)(?!\w)", re.IGNORECASE)
_TOP_LEVEL = re.compile(r"[.,][a-z]{2,10}\.?\Z", re.IGNORECASE)
# « jean point dupont », « marie tiret du bas l »: one local part.
_GLUED_LOCAL = re.compile(
    r"(?:[\w.+\-]{1,40} (?:point|dot|tiret(?: (?:du )?(?:bas|haut|milieu|6|8|six|huit))?|underscore|[.\-_]) ){0,4}[\w.+\-]{1,64}\Z",
    re.IGNORECASE,
)
_ROLE_LOCAL = re.compile(
    r"^(contact|accueil|info|mairie|secretariat|service|ne-?pas-?repondre|no-?reply|prefecture"
    r"|sous-prefecture|support|assistance)\b",
    re.IGNORECASE,
)
# Where people have their own mail: « contact@… » there may be one of them, elsewhere a service.
_MAILBOX = re.compile(
    r"(?:gmail|hotmail|outlook|live|yahoo|orange|wanadoo|free|sfr|laposte|icloud|proton|posteo)\w*\.\w+$",
    re.IGNORECASE,
)
# « j.delahaye@ex ample.fr »: a space slipped into the domain.
_BROKEN_DOMAIN = re.compile(
    r"[\w\-]{1,30}[ ][\w\-]{1,30}\.(?:fr|com|net|org|eu|example)(?!\w)", re.IGNORECASE
)


def emails(text: str) -> Iterator[PersonalData]:
    """E-mail addresses, with « @ » or written out, cut ones at a lower score."""
    at = text.find("@")
    while at >= 0:
        finding = _email_at(text, at)
        if finding:
            yield finding
        at = text.find("@", at + 1)
    for sign in _SPOKEN_AT.finditer(text):
        domain = _SPOKEN_DOMAIN.match(text, sign.end())
        local = _GLUED_LOCAL.search(text, max(0, sign.start() - 160), sign.start())
        if domain and local:
            start = _with_names(text, local.start())
            reason = "adresse électronique en lettres"
            yield PersonalData(start, domain.end(), Kind.EMAIL, 0.9, reason)


# « jdupont75 sur gmail », « jean_dupont gmail.com »: the sign left out.
_WITHOUT_AT = re.compile(
    r"(?<![\w@.])(?=[a-z]*[\d._\-])[\w.\-]{4,40} (?:sur |chez |à |a )?(?:gmail|hotmail|outlook|yahoo|wanadoo|orange|laposte|icloud|free|sfr)"
    r"(?:\.(?:com|fr|net))?(?![\w@.\-])",
    re.IGNORECASE,
)


def without_sign(text: str) -> Iterator[PersonalData]:
    """Addresses at a known mailbox whose sign was left out."""
    for match in _WITHOUT_AT.finditer(text):
        yield PersonalData(*match.span(), Kind.EMAIL, 0.7, "adresse électronique sans son signe")


def _with_names(text: str, start: int) -> int:
    """« maud perret arobase… »: the names before belong to the address."""
    word = _LAST_WORD.search(text, max(0, start - 30), start)
    while word and _named(word["word"]):
        start = word.start("word")
        word = _LAST_WORD.search(text, max(0, start - 30), start)
    return start


_LAST_WORD = re.compile(r"(?<![\w'’])(?P<word>[\w\-]{2,25}) \Z")


def _named(word: str) -> bool:
    entry = look_up(fold(word))
    return (entry.first > 1 or entry.family) and not entry.ordinary


def _email_at(  # noqa: PLR0911 -- one line a shape
    text: str, at: int
) -> PersonalData | None:
    local = _LOCAL.search(text[max(0, at - 66) : at])
    domain = _DOMAIN.match(text[at + 1 : at + 300])
    if domain and domain.group()[0].isspace() and "." not in domain.group():
        domain = None  # « claude@ car je m'appelle… »: the word after is not a domain
    if not local:
        if domain and not text[at + 1 : at + 2].isspace() and len(domain.group()) > 2:
            return PersonalData(
                at, at + 1 + domain.end(), Kind.ACCOUNT, 0.7, "compte de réseau social"
            )
        return None
    start = at - len(local.group())
    handle = _HANDLE.match(text, at) if text[at - 1].isspace() else None
    if handle and not (_TOP_LEVEL.search(handle.group()) or _SPLIT_END.match(text, handle.end())):
        end = at + len(handle.group().rstrip(".-"))
        return PersonalData(at, end, Kind.ACCOUNT, 0.7, "compte de réseau social")
    if not domain:
        return PersonalData(start, at + 1, Kind.EMAIL, 0.6, "adresse électronique coupée")
    value = domain.group()
    if _ROLE_LOCAL.match(local.group()) and not _MAILBOX.search(value.rstrip(".")):
        return None
    broken = _BROKEN_DOMAIN.match(text, at + 1) if "." not in value else None
    if broken:
        value = broken.group()
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
