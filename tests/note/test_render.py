import io
import json
import re
import zipfile
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import jsonschema
import pytest

from portevoix.errors import InputError
from portevoix.note.document import Options
from portevoix.note.render import FORMATS, render
from tests.note.example import note


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [found["href"]] if found.get("href") else []


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def html() -> str:
    made = render(note(Options(fictional=True)), "html")
    assert isinstance(made, str)
    return made


def test_json_follows_its_schema() -> None:
    schema = json.loads((files("portevoix.data") / "note.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(render(note(), "json")), schema)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_note_gives_the_same_bytes(form: str) -> None:
    assert render(note(), form) == render(note(), form)


def test_html_needs_nothing_else() -> None:
    reader = read(html())
    assert "script" not in reader.tags
    assert "link" not in reader.tags
    assert "img" not in reader.tags
    assert all(link.startswith("#") for link in reader.links)


def test_every_link_of_the_page_leads_somewhere_and_no_name_is_given_twice() -> None:
    reader = read(html())
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))


def test_html_has_its_landmarks_language_and_headings_in_order() -> None:
    page = html()
    assert '<html lang="fr">' in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tags = read(page).tags
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert tags.count("table") == tags.count("caption") == tags.count("svg")


def test_what_authors_write_is_escaped() -> None:
    assert "<b>récit</b>" not in html()
    assert "&lt;b&gt;récit&lt;/b&gt;" in html()


def test_fiction_is_said() -> None:
    assert "Données fictives" in html()
    assert "Données fictives" not in str(render(note(), "html"))


def test_odt_has_headings_lists_tables_and_the_evidence_words() -> None:
    made = render(note(), "odt")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        content = archive.read("content.xml").decode()
    for tag in ("text:h ", "text:list", "table:table"):
        assert f"<{tag}" in content
    assert "Rappeler les appels perdus" in content


def test_pdf_is_tagged() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    made = render(note(), "pdf")
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr"


def test_terminal_keeps_to_one_screen() -> None:
    made = str(render(note(), "terminal"))
    assert len(made.splitlines()) <= 60
    assert "\x1b" not in made


def test_an_unknown_form_is_said() -> None:
    with pytest.raises(InputError, match="docx"):
        render(note(), "docx")
