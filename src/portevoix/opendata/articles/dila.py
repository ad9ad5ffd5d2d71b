"""DILA « fiches pratiques » in XML, as published on data.gouv.fr: one `Publication` a file.

Since 2026 the root is `Fiche`: its address is in `spUrl`, its identifier in the name of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from portevoix.opendata.articles.article import Article, Section
from portevoix.opendata.articles.own import ArticleError
from portevoix.opendata.articles.plain import opening, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PAGES: Final = {
    "Particuliers": "https://www.service-public.fr/particuliers/vosdroits/",
    "Associations": "https://www.service-public.fr/associations/vosdroits/",
    "Professionnels": "https://entreprendre.service-public.fr/vosdroits/",
}
# What opens a new passage, and what stands in a fiche without being part of what it says.
_PARTS: Final = frozenset({"Chapitre", "SousChapitre", "Situation", "Cas"})
_BLOCKS: Final = frozenset({"Paragraphe", "Item", "Rangée", "Titre", *_PARTS})
_APART: Final = frozenset(
    "OuSAdresser Reference ServiceEnLigne Definition QuestionReponse VoirAussi PourEnSavoirPlus "
    "Abreviation FilDAriane SousDossier InformationComplementaire Partenaire Actualite".split()
)
_ROOTS: Final = frozenset({"Publication", "Fiche"})
# The breadcrumb starts with the home page.
_ARIANE_START: Final = 1


def read(path: Path) -> Article | None:
    """Read one file; None when it is not a fiche (a theme, a menu). Raises `ArticleError`."""
    try:
        # No entity is resolved and nothing is fetched: a published file needs neither.
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise ArticleError(f"XML mal formé, ligne {error.lineno}") from None
    identifier = str(root.get("ID") or path.stem)
    if root.tag not in _ROOTS or not re.fullmatch(r"F\d+", identifier):
        return None
    return _article(root, identifier)


def _article(root: Element, identifier: str) -> Article:
    parts = tuple(_sections(root))
    audience = tidy(root.findtext("Audience") or "")
    acronyms = {
        tidy(short.findtext("Titre") or ""): tidy(" ".join(_said(short.find("Texte"))))
        for short in root.iter("Abreviation")
    }
    return Article(
        id=identifier,
        title=tidy(root.findtext(f"{_DC}title") or ""),
        sections=parts,
        url=str(root.get("spUrl") or _PAGES.get(audience, _PAGES["Particuliers"]) + identifier),
        lead=opening(parts),
        path=tuple(_path(root)),
        audience=audience,
        checked=_modified(root.findtext(f"{_DC}date") or ""),
        acronyms={short: full for short, full in acronyms.items() if short and full},
    )


def _path(root: Element) -> Iterator[str]:
    levels = [tidy(level.text or "") for level in root.iterfind("FilDAriane/Niveau")]
    if levels:
        yield from filter(None, levels[_ARIANE_START:])
    else:
        yield from filter(None, (tidy(t) for t in [root.findtext("Theme/Titre") or ""]))


def _modified(text: str) -> date | None:
    found = re.search(r"\d{4}-\d{2}-\d{2}", text)
    return date.fromisoformat(found.group()) if found else None


def _sections(root: Element) -> Iterator[Section]:
    for child in root:
        if child.tag in ("Introduction", "Texte", "ListeSituations", "Conclusion"):
            yield from _passages(child, ())


def _passages(element: Element, above: tuple[str, ...]) -> Iterator[Section]:
    """The passages under an element: its own words first, then those of each part in it."""
    own = _own_words(element)
    if own:
        yield Section(" – ".join(above), "\n".join(own))
    for part in _parts(element):
        title = part.find("Titre")
        heading = " ".join(_said(title))
        yield from _passages(part, (*above, heading) if heading else above)


def _parts(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag in _PARTS:
            yield child
        elif child.tag not in _APART and isinstance(child.tag, str):
            yield from _parts(child)


def _own_words(element: Element) -> list[str]:
    lines: list[str] = []
    for child in element:
        if child.tag in _PARTS or child.tag in _APART or child.tag == "Titre":
            continue
        if any(True for _ in _parts(child)):
            lines += _own_words(child)
        else:
            lines += _said(child)
    return lines


def _said(element: Element | None) -> list[str]:
    """The lines of an element: one a paragraph, list items marked."""
    if element is None or not isinstance(element.tag, str):
        return []
    if element.tag in _APART:
        return []
    if element.tag == "Paragraphe" or not any(c.tag in _BLOCKS or len(c) for c in element):
        text = tidy(" ".join("".join(_words(element)).split()))
        return [text] if text else []
    lines = [line for child in element for line in _said(child)]
    if element.tag == "Item":
        return [f"- {lines[0]}", *lines[1:]] if lines else []
    return lines


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _APART:
            yield from _words(child)
        yield child.tail or ""
