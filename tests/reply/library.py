"""A small library of articles and a drafter that reads it, for the tests of answers."""

from __future__ import annotations

from datetime import date
from functools import cache

from portevoix.reply import EmbeddedDrafter, Manners, Story
from portevoix.search import Document, Index, Kind
from portevoix.text.expectations import ExpectationModel
from portevoix.text.screen import Screener
from portevoix.types import Feeling

TODAY = date(2026, 1, 10)


def article(identifier: str, title: str, heading: str, text: str, checked: date) -> Document:
    return Document(
        identifier,
        Kind.ARTICLE,
        title,
        ((heading, text),),
        url=f"https://exemple.fr/{identifier}",
        checked=checked,
    )


ARTICLES = (
    article(
        "once",
        "« Dites-le-nous une fois » : ne pas redonner les mêmes papiers",
        "Si on vous redemande un papier",
        "Dites que vous l'avez déjà donné, avec la date et la preuve d'envoi. "
        "Demandez au service s'il peut l'obtenir lui-même.",
        date(2025, 10, 15),
    ),
    article(
        "password",
        "Compte en ligne",
        "Mot de passe oublié",
        "Choisissez « Mot de passe oublié ». Vous recevez un lien valable 24 heures.",
        date(2023, 1, 1),
    ),
)
TWICE = "On me redemande encore mon justificatif de domicile que j'ai déjà envoyé trois fois."
KIND_WORDS = "L'agent d'accueil a été très aimable et très patient avec moi. Merci beaucoup !"
LOCKED = "Mon mot de passe est refusé depuis lundi, impossible de me connecter à mon compte."


@cache
def index() -> Index:
    made = Index()
    made.sync(Kind.ARTICLE, ARTICLES)
    return made


def drafter(**options: object) -> EmbeddedDrafter:
    manners = {
        "Mairie de Pontbrun": Manners("Madame, Monsieur,", "À bientôt,", "Le service accueil")
    }
    return EmbeddedDrafter(
        index(), ExpectationModel.load(), Screener.load(), manners=manners, today=TODAY
    )


def story(text: str, feeling: Feeling | None = Feeling.NEGATIVE, **more: str) -> Story:
    return Story("1", text, feeling=feeling, **{"structure": "Guichet de Valserine", **more})
