from __future__ import annotations

import time

from portevoix.corpus.surface import occurrences, surfaces
from portevoix.corpus.terms import MAX_TERMS, extract


def test_variants_of_a_name_share_a_key() -> None:
    singular, plural, loose = extract(
        ["Le certificat de vie est perdu", "Mes certificats de vie.", "CERTIFICAT DE LA VIE"]
    )
    assert set(singular) & set(plural) & set(loose) >= {"certificat vi"}


def test_long_names_are_kept_whole() -> None:
    (keys,) = extract(["J'ai demandé le complément de mode de garde."])
    assert "compl mod gard" in keys or any(key.count(" ") == 2 for key in keys)


def test_phrases_cross_neither_punctuation_nor_masks_nor_stop_words() -> None:
    (keys,) = extract(["le dossier, la pièce [nom] illisible et refus"])
    assert all(" " not in key for key in keys)


def test_masks_and_numbers_are_no_terms() -> None:
    assert extract(["[nom] [téléphone] 06 12 34"]) == [()]


def test_empty_and_very_long_texts() -> None:
    empty, long = extract(["", "mairie préfecture tribunal guichet " * 500])
    assert empty == ()
    assert len(long) <= MAX_TERMS


def test_abbreviation_and_hyphen_meet() -> None:
    short, full = extract(["mon rdv", "mon rendez-vous"])
    assert short == full


def test_surface_is_the_most_frequent_spelling() -> None:
    texts = ["une pièce illisible", "la pièce illisible", "des pièces illisibles"]
    (key,) = [key for key in extract(texts[:1])[0] if " " in key]
    assert surfaces([key], texts)[key].label() == "Pièce illisible"
    start, end = occurrences(key, texts[2])[0]
    assert texts[2][start:end] == "pièces illisibles"


def test_a_segment_takes_less_than_a_millisecond() -> None:
    texts = [
        f"J'ai envoyé mon certificat de vie numéro {i} à la caisse de retraite sans aucune réponse."
        for i in range(5000)
    ]
    extract(texts[:100])
    start = time.process_time()
    extract(texts)
    assert (time.process_time() - start) / len(texts) < 1e-3
