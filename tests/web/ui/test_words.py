"""The French catalogue holds the words of the code, and says them with the plurals of French."""

from __future__ import annotations

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import ngettext

from tests.paths import ROOT

SITE = ROOT / "src" / "portevoix" / "web"
CATALOGUE = SITE / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
ONE = {"_", "gettext", "gettext_lazy"}
MANY = {"ngettext", "ngettext_lazy"}


def said_in(path: Path) -> Iterator[str | tuple[str, int]]:
    """The keys, in a compiled catalogue, of the words of a module."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args:
            words = call.args[0]
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                if call.func.id in ONE:
                    yield words.value
                elif call.func.id in MANY:
                    yield from ((words.value, 0), (words.value, 1))


def test_the_catalogue_is_that_of_the_code() -> None:
    with CATALOGUE.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    said = {key for path in SITE.rglob("*.py") for key in said_in(path)}
    assert len(said) > 500
    missing = said - set(known)
    assert not missing, f"lancez scripts/words : {missing}"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 récit publié"), (1, "1 récit publié"), (2, "2 récits publiés")]
)
def test_zero_is_singular(number: int, words: str) -> None:
    told = ngettext("%(n)s récit publié", "%(n)s récits publiés", number)
    assert told % {"n": number} == words
