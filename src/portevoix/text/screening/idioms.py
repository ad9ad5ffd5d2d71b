# ruff: noqa: E501 (patterns read better on one line)
"""Turns of phrase that speak of death or blows and mean neither: left out before judging.

« Mort de rire », « un formulaire à se tirer une balle », « je vais le tuer ce site ». A person who
means it says it otherwise, or says more: what stands around is still read.
"""

from __future__ import annotations

from typing import Final

from portevoix.text.screening.phrases import Phrases, Words, words_of

_TOOL: Final = (
    r"(?:ce|le|la|votre|vos|ces|les|cette|mon|l') ?(?:\w+ )?(?:site|logiciel|appli\w*|formulaire|ordi\w*|machine|borne|imprimante|telephone|"
    r"systeme|serveur|portail|plateforme|robot|repondeur|standard|photocopieu\w+|ecran|musique|temps|patience|espoir|motivation)"
)
IDIOMS: Final = (
    rf"(?:\w+ )?tuer? {_TOOL}|(?:le|la) tuer,? {_TOOL}|tuer dans l'oeuf|(?:se|me|nous) tue\w* a (?:le |la |vous )?(?:repeter|dire|expliquer)|"
    r"(?:va|vont) (?:me|nous) tuer si|tue le commerce|mort\w* de (?:rire|faim|soif|froid|chaud|honte|trouille|fatigue|peur)|"
    r"mour\w+ (?:de|d') ?(?:rire|faim|soif|froid|chaud|honte|ennui|envie|impatience|peur)|(?:meurs?|meurt) (?:de|d') ?(?:rire|faim|soif|froid|chaud|ennui|envie|impatience)|"
    r"cru mourir (?:de \w+|sur place|dans)|a mourir de \w+|mort dans l'ame|"
    r"a se (?:tirer une balle|pendre|jeter par la fenetre|suicider|taper la tete)|(?:de quoi|y a de quoi) se (?:tirer une balle|pendre|flinguer)|"
    r"pendue?s? (?:au|a) (?:telephone|fil)|se pendre au telephone|(?:dossier|projet|mission|horaire\w*|attente) suicidaires?|"
    r"jeter (?:le|mon|l'|la) ?(?:telephone|ordi\w*|tablette|imprimante|souris) par la fenetre|"
    r"pet\w+ (?:un|les) (?:cable|plombs?)s?|finir chez les fous|devenir (?:fou|folle|chevre)|m'arracher les cheveux|"
    r"(?:bombe|bombes) a retardement|equipe de tueurs|assassin\w* de (?:patience|motivation)|massacr\w+ (?:mes|mon|ma|les) (?:brouillons?|dossiers?|nom|photo)|"
    r"mort depuis le \d+|(?:mort|morte) (?:selon|d'apres|pour) (?:la|les|l'|le) ?\w+"
)
_PHRASES: Final = Phrases({"idiom": rf"(?:{IDIOMS})\b"})


def literal(folded: str, words: Words | None = None) -> str:
    """The folded text with its idioms blanked, same length."""
    for _, start, end in _PHRASES.find(folded, words_of(folded) if words is None else words):
        folded = f"{folded[:start]}{' ' * (end - start)}{folded[end:]}"
    return folded
