"""The documentation says what the software does: commands, settings, links."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from portevoix.configuration import Configuration

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "portevoix"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("evals/**/*.md")])
WORDS = "\n".join(page.read_text("utf-8") for page in PAGES)


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    """In a process of its own: a command keeps the language of the first help it gave."""
    written = (ROOT / "docs" / "reference" / "commandes.md").read_text("utf-8")
    writer = [sys.executable, "-m", "portevoix.cli.reference"]
    said = subprocess.run(writer, capture_output=True, text=True, check=True).stdout
    assert written == said, "python -m portevoix.cli.reference > docs/reference/commandes.md"


def test_every_setting_is_documented() -> None:
    code = "\n".join(one.read_text("utf-8") for one in SOURCE.rglob("*.py"))
    read = set(re.findall(r'"(PORTEVOIX_[A-Z_]+[A-Z]|DATABASE_URL|PORT)"', code))
    read |= {f"PORTEVOIX_{one.name.upper()}" for one in fields(Configuration)}
    documented = set(re.findall(r"\b(PORTEVOIX_[A-Z_]+[A-Z]|DATABASE_URL|PORT)\b", WORDS))
    assert sorted(read - documented) == []
    assert sorted(documented - read) == []


def test_every_command_of_the_site_is_documented() -> None:
    ours = {one.stem for one in SOURCE.glob("web/*/management/commands/[a-z]*.py")}
    assert sorted(name for name in ours if name not in WORDS) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in inside if not (page.parent / link).exists()] == []
