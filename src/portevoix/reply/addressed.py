"""Words addressed to a machine rather than to a service: left out before anything is read.

An author's text is data. A sentence that gives orders to « the assistant » makes no point and is
never quoted; the agent still reads it in the story.
"""

from __future__ import annotations

import re
from typing import Final

from portevoix.text.segment import segment

_ORDERS: Final = re.compile(
    r"\b(?:ignor|oubli|écart|contourn|désobéi|outrepass)\w*\b[^.!?\n]{0,40}"
    r"\b(?:instruction|consigne|règle|directive|prompt|filtre|garde-fou|limite|vérification)|"
    r"\b(?:nouvelles?|vraies?|dernières?|tes) (?:instruction|consigne|directive)s?\b|"
    r"\b(?:prompt|jailbreak|system|assistant|developer|user)\s*[:=>\]]|\bsystem prompt\b|"
    r"\b(?:invite|message|mode|prompt) (?:système|développeur|administrateur|debug|sans filtre)\b|"
    r"<\|?/?\w+\|?>|\[/?INST\]|```|\{\{|#{3,}|"
    r"\b(?:en tant qu['’]|tu es |t['’]es )(?:une? )?(?:ia|intelligence|assistant|modèle|robot|"
    r"chatbot|programme|maintenant|désormais)|\b(?:tu réponds|ta réponse|ton rôle|tes réponses)\b|"
    r"\b(?:tu|toi) (?:dois|vas|qui lis|peux ignorer)\b[^.!?\n]{0,40}\b(?:texte|ignor|excus|di[rst]|"
    r"écri|répon|présent)|\bquand tu écris\b|\bsi tu es un robot\b|"
    r"(?:^|\b(?:l['’]|le |la |cette ))(?:ia|chatgpt|gpt|llm|intelligence artificielle|"
    r"modèle de langue|assistant virtuel|rédacteur automatique)\b[^.!?\n]{0,40}"
    r"\b(?:écris|répond[sr]|ajoute|rédige|promet(?:s|tre)|doit|dois|accorde|obéi[rs])\b|"
    r"^\W*(?:réponds|écris|rédige|ajoute|insère|répète|recopie|traduis|promets|annonce|confirme|"
    r"génère|signe|remplace|supprime|révèle|donne-moi|obéis|conclus|invente|cite|mets|indique|"
    r"accorde|résume|encode|décode|exécute|termine|commence|affiche|n['’]applique pas)\b"
    r"(?!-)[^.!?\n]{0,50}\b(?:réponse|brouillon|exactement|uniquement|seulement|mot|mots|phrase|lien|"
    r"texte|ceci|suivant|que|tes|ton|ta|prompt|témoignages|passe|ordre|loi|règles|fais)\b|"
    r"\b(?:à partir de maintenant|pour l['’]ia)\b|\bfin (?:du récit|des données)\b|"
    r"\b(?:a|aux?) (?:une )?nouvelle consigne\b",
    re.IGNORECASE,
)


def without_orders(text: str) -> str:
    """The text with spaces in the place of sentences addressed to a machine: places are kept."""
    found = [piece for piece in segment(text) if _ORDERS.search(piece.text)]
    for piece in found:
        text = f"{text[: piece.start]}{' ' * (piece.end - piece.start)}{text[piece.end :]}"
    return text
