"""A sentence that says more than its source, promises or decides is refused."""

from __future__ import annotations

import pytest

from portevoix.reply.checks import contradicts, invented, oversteps, unsupported
from portevoix.reply.phrases import phrases

PASSAGE = (
    "La demande se fait sur exemple.gouv.fr. Le délai est de 15 jours. "
    "Le rendez-vous n'est pas obligatoire. Appelez le 39 60 le mardi. "
    "France Titres imprime la carte."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le délai est de 15 jours.",
        "Appelez le 39 60 le mardi.",
        "La demande se fait sur exemple.gouv.fr.",
        "La carte vient de France Titres.",
    ],
)
def test_what_the_source_says_stands(sentence: str) -> None:
    assert invented(sentence, PASSAGE) == ""


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Le délai est de 20 jours.", "20"),
        ("Le délai est de 5 jours.", "5"),
        ("Le délai est de trois semaines.", "trois"),
        ("Appelez le 39 60 le jeudi.", "jeudi"),
        ("La demande se fait sur faux-site.fr.", "faux-site.fr"),
        ("Écrivez à contact@exemple.fr pour cela.", "contact@exemple.fr"),
        ("Demandez à Monsieur Dupont.", "Monsieur"),
    ],
)
def test_what_the_source_does_not_say_is_named(sentence: str, found: str) -> None:
    assert f"« {found} »" in invented(sentence, PASSAGE)


def test_a_negation_added_or_lost_is_refused() -> None:
    told = ["Le rendez-vous n'est pas obligatoire.", "Le délai est de 15 jours."]
    assert contradicts("Le rendez-vous est obligatoire.", told)
    assert contradicts("Le délai n'est jamais de 15 jours.", told)
    assert contradicts("Le rendez-vous n'est pas obligatoire.", told) == ""


def test_too_little_in_common_is_no_support() -> None:
    assert unsupported("Votre prime sera versée avec votre pension.", PASSAGE)
    assert unsupported("Le délai de la demande est de 15 jours.", PASSAGE) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous allons vous rappeler.",
        "Vous recevrez votre carte.",
        "Votre dossier sera traité.",
        "Nous vous répondrons au plus vite.",
        "Nous nous engageons à faire mieux.",
        "Votre demande est acceptée.",
        "Vous avez raison.",
        "Nous annulons votre dette.",
        "Nous avons transmis votre message.",
        "Nous l'avons signalé à l'équipe.",
        "Votre plainte a été validée.",
    ],
)
def test_promises_decisions_and_claims_are_refused(sentence: str) -> None:
    assert oversteps(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous sommes désolés de ce délai.",
        "Nous avons bien lu votre proposition.",
        "Merci d'avoir pris le temps de raconter ce qui s'est passé.",
        "N'écrivez pas ici de numéro de dossier : cette page est publique.",
    ],
)
def test_good_manners_stand(sentence: str) -> None:
    assert oversteps(sentence) == ""


def test_every_phrase_of_the_drafter_passes_its_own_checks() -> None:
    for table in ("regret", "warm", "also"):
        for said in phrases(table).values():
            assert oversteps(said) == "", said
            assert invented(said, "") == "", said
