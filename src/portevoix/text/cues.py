"""Turns of phrase by which people suggest: read only where the words already hint at it."""

from __future__ import annotations

import re
from typing import Final

_PATTERNS: Final = (
    r"\bil (?:faudrait|faut|serait|conviendrait)",
    r"\bserai(?:t|ent) (?:bien|bon|utile|pratique|souhaitable|judicieux|intéressant|appréciable|"
    r"plus|mieux|préférable|nécessaire)",
    r"\b(?:devrai(?:t|s|ent)|devriez|pourrai(?:t|s|ent)|pourriez)\b",
    r"\bpourquoi (?:ne )?pas\b|\bpourquoi ne\b",
    r"\bje (?:propose|suggère|souhaite|souhaiterais|préconise|demande|voudrais|conseille)|"
    r"j['’]aimerais|j['’]aurais aimé|nous (?:souhaitons|aimerions)",
    r"\b(?:propos|suggest|suggér|améliora|améliorer|idée)",
    r"\b(?:mett|ajout|prévoy|simplifi|permett|renforc|augment|rend|gard|arrêt|cré|envoy|affich|"
    r"donn|pens)(?:ez|ons)\b",
    r"\bmerci de (?!votre|vos|m['’]avoir|leur)",
    r"\bà (?:améliorer|revoir|simplifier|développer|généraliser)",
    r"\b(?:dommage|manque|absence|besoin)\b",
    r"\?",
    r"\bsi (?:on|vous|l['’]on|elle|il|les?) (?:pouvai|pouvie)",
    r"\bserait-il|pourrait-on|pourriez-vous|ne pourrait|est-il possible|possible de\b",
    r"\b(?:afin de|pour que|de sorte)\b",
    r"\bau lieu d|plutôt que|mieux vaudrait|il vaudrait mieux",
    r"\bgénéralis|\bmise en place|mettre en place|instaurer|créer un|ajouter un",
    r"\bpar exemple\b",
    r"\bsouhait",
    r"rai(?:t|s|ent)\b|riez\b",
    r"\bne (?:faudrait|pourrait|serait)",
    r"^(?:permettre|prévoir|mettre|ajouter|fournir|simplifier|créer|rendre|donner|faire)\b",
)
# What a pattern cannot do without, in lower case: looking for it first is ten times faster.
_HINTS: Final = (
    ("il ",),
    ("serai",),
    ("devr", "pourr"),
    ("pourquoi",),
    ("je ", "aimer", "aurais aimé", "nous "),
    ("propos", "sugg", "amélior", "idée"),
    ("ez", "ons"),
    ("merci de ",),
    ("à ",),
    ("dommage", "manque", "absence", "besoin"),
    ("?",),
    ("pouvai", "pouvie"),
    ("-il", "-on", "-vous", "ne pourrait", "possible"),
    ("afin de", "pour que", "de sorte"),
    ("au lieu d", "plutôt que", "vaudrait"),
    ("généralis", "en place", "instaurer", "créer un", "ajouter un"),
    ("par exemple",),
    ("souhait",),
    ("rai", "riez"),
    ("ne ",),
    (
        "permettre",
        "prévoir",
        "mettre",
        "ajouter",
        "fournir",
        "simplifier",
        "créer",
        "rendre",
        "donner",
        "faire",
    ),
)
_CUES: Final = tuple(
    (hints, re.compile(pattern, re.IGNORECASE))
    for hints, pattern in zip(_HINTS, _PATTERNS, strict=True)
)
WIDTH: Final = len(_CUES)
SILENT: Final = (0.0,) * WIDTH


def cues(text: str) -> tuple[float, ...]:
    """Return 1 for each turn of phrase that the segment holds, in a fixed order."""
    low = text.lower()
    return tuple(
        1.0 if any(hint in low for hint in hints) and cue.search(text) else 0.0
        for hints, cue in _CUES
    )
