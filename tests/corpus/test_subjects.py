from __future__ import annotations

from portevoix.corpus.subjects import find_subjects
from portevoix.types import Expectation
from tests.corpus.small import Told, corpus

OTHERS = ["Bonjour à tous.", "Une personne du service a répondu.", "Rien de plus.", "Merci bien."]


def _told() -> list[Told]:
    lost = [Told(f"Mon certificat de vie perdu à nouveau {i}.", feeling=0) for i in range(4)]
    plural = [Told("Les certificats de vie arrivent vite.", feeling=2) for _ in range(2)]
    return lost + plural + [Told(text, feeling=1) for text in OTHERS * 5]


def test_the_named_thing_is_found_once_with_its_proof() -> None:
    subjects = find_subjects(corpus(_told()), minimum=3)
    (subject,) = [one for one in subjects if "ertificat" in one.label]
    assert subject.label == "Certificat de vie"
    assert subject.count == len(subject.evidence) == 6
    assert subject.share == 6 / 26
    assert subject.interval.low < subject.share < subject.interval.high
    assert (subject.favourable, subject.unfavourable) == (2, 4)
    assert subject.expectation is Expectation.DEL


def test_generic_words_are_no_subjects() -> None:
    found = {subject.label for subject in find_subjects(corpus(_told()), minimum=3)}
    assert not found & {"Personne", "Bonjour", "Service", "Merci", "Vie"}


def test_too_few_experiences_make_no_subject() -> None:
    assert find_subjects(corpus(_told()[:2]), minimum=3) == ()
    assert find_subjects(corpus([]), minimum=1) == ()


def test_declared_procedures_are_subjects() -> None:
    told = [Told("Tout va mal.", procedure="complément de mode de garde") for _ in range(4)]
    (subject,) = find_subjects(corpus(told), minimum=3)
    assert (subject.label, subject.count) == ("Complément de mode de garde", 4)


def test_same_corpus_same_subjects() -> None:
    assert find_subjects(corpus(_told()), minimum=3) == find_subjects(corpus(_told()), minimum=3)
