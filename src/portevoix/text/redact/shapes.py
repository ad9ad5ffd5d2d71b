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
_LOCAL = re.compile(r"(?:[\w+'\-]{1,40} \. ){0,3}[\w.+'\-]{1,64}\s?\Z")
_DOMAIN = re.compile(
    r"\s?[\w\-]{1,63}(?:\.(?=[a-zA-Z])[\w\-]{1,63}|,(?=[a-z]{2,7}(?!\w))[a-z]{2,7}"
    r"|(?: \.[ ]?|\. (?=(?:fr|com|net|org|example)(?!\w)))[a-z]{2,10}(?!\w)){0,4}"
)
_AT_WORD = re.compile(
    r"(?P<local>(?:[\w.+\-]{1,40} ){0,6}[\w.+\-]{1,64})[ ]{0,2}"
    r"(?:\bar+obas?(?:e|ce|ze|z|se)?\b|\b(?:chez|(?-i:AT))\b(?= [\w\-]{2,40} ?(?:\.|\bpoint\b) ?(?:fr|com|net|org|example)\b)|[(\[{<]\s?(?:at|arobase|a|chez)\s?[)\]}>])[ ]{0,2}"
    r"(?P<domain>[\w\-]{1,40}(?:(?: ?(?:[.,]|\bpoint\b|\bdot\b|[(\[{<]\s?(?:dot|point)\s?[)\]}>]) ?)[\w\-]{1,40}){1,4})",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@\w[\w.\-]{1,40}")
_TOP_LEVEL = re.compile(r"[.,][a-z]{2,10}\.?\Z", re.IGNORECASE)
_GLUE = frozenset(("point", "dot", "tiret", "underscore", "tiret-bas", "bas", "."))
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
        kept = _spoken_local(match.group("local").split(" "))
        start = match.end("local") - len(" ".join(kept))
        yield PersonalData(start, match.end(), Kind.EMAIL, 0.9, "adresse électronique en lettres")


def _spoken_local(words: list[str]) -> list[str]:
    """The last word, and those that « point » or « tiret » tie to it."""
    first = len(words) - 1
    while first >= 2 and words[first - 1].lower() in _GLUE:
        first -= 2
    while first and _named(words[first - 1]):
        first -= 1
    return words[first:]


def _named(word: str) -> bool:
    entry = look_up(fold(word))
    return (entry.first > 1 or entry.family) and not entry.ordinary


_SPOKEN_AT = re.compile(
    r"ar+oba| chez [\w\-]{2,40} ?(?:\.|point)| (?-i:AT) |[(\[{<]\s?(?:at|a|chez)\s?[)\]}>]",
    re.IGNORECASE,
)


def _email_at(  # noqa: PLR0911 -- one line a shape
    text: str, at: int
) -> PersonalData | None:
    local = _LOCAL.search(text[max(0, at - 66) : at])
    domain = _DOMAIN.match(text[at + 1 : at + 300])
    if not local:
        if domain and not text[at + 1 : at + 2].isspace() and len(domain.group()) > 2:
            return PersonalData(
                at, at + 1 + domain.end(), Kind.ACCOUNT, 0.7, "compte de réseau social"
            )
        return None
    start = at - len(local.group())
    handle = _HANDLE.match(text, at) if text[at - 1].isspace() else None
    if handle and not _TOP_LEVEL.search(handle.group()):
        end = at + len(handle.group().rstrip(".-"))
        return PersonalData(at, end, Kind.ACCOUNT, 0.7, "compte de réseau social")
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
