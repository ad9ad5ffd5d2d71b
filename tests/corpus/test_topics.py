"""The taxonomy of precise sub-subjects: well formed, precise on plain sentences, cheap."""

from __future__ import annotations

import pytest

from portevoix.corpus.taxonomy import read_taxonomy
from portevoix.corpus.topics import Side, load_taxonomy
from portevoix.errors import ResourceError
from tests.timing import in_proportion

SAID = {
    "tel-sans-reponse": "Le standard sonne dans le vide depuis trois jours.",
    "tel-courriel": "Deux courriels envoyés, aucune réponse.",
    "rdv-introuvable": "Impossible de trouver un rendez-vous, tout est complet.",
    "rdv-annule": "Mon rdv a été annulé la veille.",
    "rdv-sans": "Sans rendez-vous, on m'a refusé l'entrée.",
    "att-dehors": "On attend dehors sous la pluie.",
    "acc-aimable": "Une dame souriante et très gentille.",
    "eco-aide": "L'agente a pris le temps de tout remplir.",
    "del-acte": "J'attends mon acte de naissance depuis cinq mois.",
    "sui-nouvelles": "Aucune nouvelle de mon dossier.",
    "inf-contradictoire": "Deux conseillers qui se contredisent.",
    "sim-photo": "Ma photo a été refusée trois fois.",
    "num-identifiant": "J'ai perdu mon mot de passe.",
    "num-panne": "Le site affiche une page blanche.",
    "dro-trop-percu": "On me réclame un trop-perçu de 300 euros.",
    "coo-renvoi": "La Caf me renvoie vers la CPAM.",
    "sec-arnaque": "Je suis tombé sur un faux site.",
    "s-horaires": "Il faudrait ouvrir le samedi matin.",
    "s-vote": "Généralisez le vote par internet à toutes les élections.",
}


@pytest.mark.parametrize(("code", "text"), SAID.items())
def test_plain_sentences_are_recognised(code: str, text: str) -> None:
    assert code in load_taxonomy().extract([text])[0]


def test_capitals_and_accents_make_no_difference() -> None:
    loud, plain = load_taxonomy().extract(["AUCUN CRÉNEAU DISPONIBLE", "aucun creneau disponible"])
    assert "rdv-introuvable" in loud
    assert loud == plain


def test_near_words_only() -> None:
    far = "Le standard est poli. " + "mot " * 30 + "Personne ne répond à ma mère."
    assert "tel-sans-reponse" not in load_taxonomy().extract([far])[0]


def test_what_is_excluded_is_refused() -> None:
    said = load_taxonomy().extract(["Personne ne m'a raccroché au nez pendant l'appel."])[0]
    assert "tel-coupe" not in said


def test_nothing_is_said_of_nothing() -> None:
    assert load_taxonomy().extract(["", "Bonjour", "[nom]"]) == [(), (), ()]


def test_labels_read_as_a_manager_writes() -> None:
    topics = load_taxonomy().topics
    assert 150 <= len(topics) <= 240
    assert len({topic.label for topic in topics}) == len(topics)
    for topic in topics:
        assert topic.label[0].islower() or topic.label.split()[0] == "FranceConnect", topic.code
        assert len(topic.label.split()) >= 2, topic.code
        assert len(topic.label) <= 70, topic.code
        assert topic.label[-1] not in ".!?", topic.code
        if topic.side is Side.PROPOSAL:
            words = topic.label.replace(",", "").split()
            assert any(word.endswith(("er", "ir", "re")) for word in words[:3]), topic.code


def test_a_damaged_taxonomy_is_refused() -> None:
    for source in (
        "rien",
        "tel-x TEL N : a b\n  mot +",
        "  mot",
        "x-y TEL N : a b\nx-y TEL N : c d",
    ):
        with pytest.raises(ResourceError):
            read_taxonomy(source)


def test_prefixes_phrases_windows_and_lists() -> None:
    taxonomy = read_taxonomy(
        "$calls = call*|ring_*\nt-a TEL N : calls unanswered\n  $calls + no_answer + -yes @3\n"
    )
    said = ["calling, no answer", "ring me, no answer", "calling a b c no answer",
            "yes calling no answer"]  # fmt: skip
    assert taxonomy.extract(said) == [("t-a",), ("t-a",), (), ()]


def test_time_grows_with_the_text_only() -> None:
    taxonomy = load_taxonomy()
    text = "pas de réponse du standard au téléphone, site en panne, aucun rendez-vous. " * 5
    assert in_proportion(lambda times: taxonomy.extract([text * times]), 400)
