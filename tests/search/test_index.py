"""The index finds by words, near words and meaning, and stays in step with what it is given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portevoix.search import Changes, Document, Index, Kind
from portevoix.search.lexical import IndexBusyError, Lexical


def article(identifier: str, title: str, *texts: str, network: str = "") -> Document:
    return Document(
        identifier, Kind.ARTICLE, title, tuple(("", text) for text in texts), network=network
    )


LIBRARY = (
    article(
        "plate", "Certificat d'immatriculation", "La demande se fait en ligne, sur le site ANTS."
    ),
    article("rent", "Aide au logement", "L'aide est calculée tous les trois mois.", network="Caf"),
    article("pass", "Passeport", "Prenez rendez-vous en mairie.", "Apportez une photo récente."),
    article("work", "Arrêt de travail", "Envoyez l'avis sous deux jours.", network="MSA"),
)


def library(folder: Path | None = None) -> Index:
    index = Index(folder)
    index.sync(Kind.ARTICLE, LIBRARY)
    return index


def first(index: Index, question: str, network: str = "") -> str:
    hits = index.search(question, network=network)
    return hits[0].document.id if hits else ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("prendre un rendez vous pour un passeport", "pass"),
        ("PASSEPORTS", "pass"),
        ("pasport", "pass"),
        ("pssaeport", "pass"),
        ("carte grise", "plate"),
        ("APL", "rent"),
        ("arret maladie", "work"),
    ],
)
def test_accents_plurals_misspellings_acronyms_and_synonyms(question: str, expected: str) -> None:
    assert first(library(), question) == expected


def test_a_network_sees_its_articles_and_those_of_all() -> None:
    found = {hit.document.id for hit in library().search("aide arrêt passeport", network="Caf")}
    assert {"rent", "pass"} <= found
    assert "work" not in found


def test_the_passage_that_answers_is_chosen() -> None:
    hit = library().search("quelle photo pour le passeport ?")[0]
    assert hit.passages[0].text == "Apportez une photo récente."
    assert 0 < hit.passages[0].covered <= 1


def test_it_stays_in_step(tmp_path: Path) -> None:
    index = library(tmp_path)
    changed = replace(LIBRARY[2], sections=(("", "Un timbre fiscal est nécessaire."),))
    assert index.sync(Kind.ARTICLE, [LIBRARY[0], changed]) == Changes(0, 1, 2, 1)
    assert first(index, "timbre fiscal") == "pass"
    assert "rent" not in {hit.document.id for hit in index.search("aide au logement")}
    assert index.sync(Kind.ARTICLE, [LIBRARY[0], changed]) == Changes(kept=2)


def test_it_is_kept_and_read_again(tmp_path: Path) -> None:
    library(tmp_path)
    again = Index(tmp_path)
    assert again.count(Kind.ARTICLE) == 4
    assert again.sync(Kind.ARTICLE, LIBRARY) == Changes(kept=4)
    assert first(again, "passeport") == "pass"


def test_a_reader_sees_what_another_process_wrote(tmp_path: Path) -> None:
    library(tmp_path)
    reader, writer = Index(tmp_path), Index(tmp_path)
    writer.add(Kind.ARTICLE, [article("boat", "Permis bateau", "Il faut passer un examen.")])
    reader.refresh()
    assert first(reader, "permis bateau") == "boat"


def test_half_an_index_is_made_again(tmp_path: Path) -> None:
    library(tmp_path)
    (tmp_path / "article" / "meanings.npz").write_bytes(b"cut")
    again = Index(tmp_path)
    assert again.count(Kind.ARTICLE) == 0
    assert again.sync(Kind.ARTICLE, LIBRARY) == Changes(added=4)
    found = [hit.document.id for hit in again.search("passeport certificat logement travail")]
    assert sorted(found) == ["pass", "plate", "rent", "work"]


def test_two_writers_never_mix(tmp_path: Path) -> None:
    library(tmp_path)
    words = Lexical(tmp_path / "article" / "words")
    held = words._writer()
    with pytest.raises(IndexBusyError):
        Index(tmp_path).sync(Kind.ARTICLE, [])
    held.rollback()


def test_the_same_question_always_gets_the_same_answer() -> None:
    def answers() -> list[tuple[str, float]]:
        return [(h.document.id, h.score) for h in library().search("aide en ligne mairie photo")]

    assert answers() == answers()


@pytest.mark.parametrize("question", ["", "   ", "?!", "🙂", "le la les", "a" * 5000])
def test_a_question_without_words_finds_nothing(question: str) -> None:
    assert library().search(question) == []
    assert Index().search("passeport") == []
