"""Every sentence of a template has the spaces of French: none that breaks before « ? ! : ; »."""

from __future__ import annotations

import re
from pathlib import Path

import portevoix.web

FOLDER = Path(portevoix.web.__file__).parent
CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<(?:script|style).*?</(?:script|style)>", re.DOTALL)
BREAKING = re.compile(r"(?<=[^\s<>]) [?!:;»](?=[\s<\"]|$)|« ")


def breaking_spaces(text: str) -> list[str]:
    sentences = CODE.sub(lambda found: "x" * len(found.group()), text)
    return [
        text[max(0, m.start() - 25) : m.end() + 10].strip() for m in BREAKING.finditer(sentences)
    ]


def test_no_space_that_breaks() -> None:
    found = {
        str(path.relative_to(FOLDER)): wrong
        for path in sorted(FOLDER.rglob("templates/**/*"))
        if path.suffix in {".html", ".txt"} and path.name != "robots.txt"
        if (wrong := breaking_spaces(path.read_text(encoding="utf-8")))
        if path.name != "security.txt"
    }
    assert not found, found


def test_the_law_sees_what_it_must() -> None:
    assert breaking_spaces("Vraiment ?")
    assert breaking_spaces("<p>Il dit « oui »</p>")
    assert not breaking_spaces('Vraiment\u00a0? {% if a == "b" %} {{ x|default:"y : z" }}')
