"""Articles are read in each format in which they circulate, and what cannot be read is said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from portevoix.errors import UnreadableFileError
from portevoix.opendata.articles import is_stale, read_articles
from portevoix.opendata.articles.plain import sections
from tests.paths import SHARED, needs_shared

PUBLICATION = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Publication [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<Publication xmlns:dc="http://purl.org/dc/elements/1.1/" ID="F900" type="Fiche d'information">
  <dc:title>Carte de pêche</dc:title><dc:date>modified 2025-04-02</dc:date>
  <Audience>Particuliers</Audience>
  <FilDAriane><Niveau ID="P">Accueil particuliers</Niveau>
    <Niveau ID="N1">Loisirs</Niveau></FilDAriane>
  <Introduction><Texte><Paragraphe>Pour pêcher, il faut une <LienInterne>carte</LienInterne>.
    &secret;</Paragraphe></Texte></Introduction>
  <ListeSituations><Situation><Titre>Vous êtes majeur</Titre><Texte>
    <Chapitre><Titre><Paragraphe>Prix</Paragraphe></Titre>
      <Paragraphe>Elle coûte <Valeur>100 €</Valeur>.</Paragraphe>
      <Liste><Item><Paragraphe>pour un an</Paragraphe></Item></Liste>
      <BlocCas><Cas><Titre><Paragraphe>À la journée</Paragraphe></Titre>
        <Paragraphe>15 €.</Paragraphe></Cas></BlocCas>
    </Chapitre></Texte></Situation></ListeSituations>
  <OuSAdresser><Titre>Fédération de pêche</Titre></OuSAdresser>
  <Abreviation><Titre>FNPF</Titre><Texte><Paragraphe>Fédération nationale de la pêche</Paragraphe>
  </Texte></Abreviation>
</Publication>"""
FICHE = """<Fiche xmlns:dc="http://purl.org/dc/elements/1.1/" spUrl="https://exemple.fr/F901">
  <dc:title>Port du casque</dc:title><Theme><Titre>Transports</Titre></Theme>
  <Texte><Paragraphe>Le casque est obligatoire à moto.</Paragraphe></Texte></Fiche>"""


def test_the_published_xml_is_cut_by_chapter_and_case(tmp_path: Path) -> None:
    (tmp_path / "F900.xml").write_text(PUBLICATION, "utf-8")
    (article,) = read_articles(tmp_path).articles
    assert (article.id, article.title, article.path) == ("F900", "Carte de pêche", ("Loisirs",))
    assert article.url == "https://www.service-public.fr/particuliers/vosdroits/F900"
    assert article.checked == date(2025, 4, 2)
    assert article.acronyms == {"FNPF": "Fédération nationale de la pêche"}
    assert [(s.heading, s.text) for s in article.sections] == [
        ("", "Pour pêcher, il faut une carte."),
        ("Vous êtes majeur – Prix", "Elle coûte 100 €.\n- pour un an"),
        ("Vous êtes majeur – Prix – À la journée", "15 €."),
    ]


def test_the_newer_xml_is_known_by_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "F901.xml").write_text(FICHE, "utf-8")
    (tmp_path / "menu.xml").write_text("<Arborescence/>", "utf-8")
    (article,) = read_articles(tmp_path).articles
    assert (article.id, article.url) == ("F901", "https://exemple.fr/F901")
    assert article.path == ("Transports",)


def test_a_folder_of_markdown_gives_sections_and_head(tmp_path: Path) -> None:
    page = tmp_path / "guichet" / "horaires.md"
    page.parent.mkdir()
    page.write_text(
        "---\nurl: https://exemple.fr/h\nchecked: 2025-01-05\n---\n# Nos horaires\n"
        "Nous ouvrons **tous** les jours.\n\n## L'été\n- de 9 h à 12 h, voir [la page](https://e.fr)\n"
        "```\n# pas un titre\n```\n",
        "utf-8",
    )
    (article,) = read_articles(tmp_path).articles
    assert (article.id, article.title) == ("guichet/horaires", "Nos horaires")
    assert article.checked == date(2025, 1, 5)
    assert [(s.heading, s.text) for s in article.sections] == [
        ("", "Nous ouvrons tous les jours."),
        ("L'été", "- de 9 h à 12 h, voir la page (https://e.fr)\n# pas un titre"),
    ]


def test_bad_lines_and_files_are_refused_one_by_one(tmp_path: Path) -> None:
    good = {"id": "A", "title": "T", "sections": [{"heading": "H", "text": "Du texte."}]}
    lines = [
        json.dumps(good),
        "{",
        json.dumps({"id": "B"}),
        json.dumps({**good, "checked": "hier"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "b.xml").write_text("<Publication", "utf-8")
    (tmp_path / "c.json").write_text('{"data": [1]}', "utf-8")
    reading = read_articles(tmp_path)
    assert [article.id for article in reading.articles] == ["A"]
    assert [(r.file, r.line) for r in reading.refused] == [
        ("a.jsonl", 2),
        ("a.jsonl", 3),
        ("a.jsonl", 4),
        ("b.xml", 0),
        ("c.json", 0),
    ]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_articles(tmp_path / "absent")


def test_headings_are_short_lines_without_a_full_stop() -> None:
    found = sections("Le début dit tout.\nConditions\nIl faut avoir dix-huit ans révolus.\nFin.")
    assert [(s.heading, s.text) for s in found] == [
        ("", "Le début dit tout."),
        ("Conditions", "Il faut avoir dix-huit ans révolus.\nFin."),
    ]


def test_a_page_grows_old_in_a_year() -> None:
    assert is_stale(date(2024, 1, 1), date(2025, 1, 2))
    assert is_stale(None, date(2025, 1, 2))
    assert not is_stale(date(2024, 6, 1), date(2025, 1, 2))


@needs_shared
def test_the_shared_fiches_are_read_whole() -> None:
    reading = read_articles(SHARED / "data" / "fiches")
    assert len(reading.articles) == 975
    assert not reading.refused
    assert sum(not a.title for a in reading.articles) < 40
