"""French labels of the codes, as people read them."""

from __future__ import annotations

from typing import Final

from portevoix.types import Expectation, Feeling, Polarity, Tag

EXPECTATION_LABELS: Final[dict[Expectation, str]] = {
    Expectation.ACC: "Accueil et respect",
    Expectation.ECO: "Écoute et accompagnement",
    Expectation.PRO: "Compétence et efficacité",
    Expectation.TEL: "Joindre le service à distance",
    Expectation.RDV: "Rendez-vous et guichets",
    Expectation.ATT: "Attente et conditions sur place",
    Expectation.DEL: "Délais de traitement",
    Expectation.SUI: "Suivi du dossier",
    Expectation.INF: "Information claire et fiable",
    Expectation.SIM: "Simplicité de la démarche",
    Expectation.NUM: "Service en ligne",
    Expectation.ACS: "Accès pour tous",
    Expectation.DRO: "Décisions et droits",
    Expectation.COO: "Coordination et orientation",
    Expectation.SEC: "Sécurité et protection",
    Expectation.GEN: "Appréciation générale",
    Expectation.RIEN: "Aucune évaluation",
}

# The commitment of Services Publics+ (1 to 8) that each expectation belongs to, where it has one.
EXPECTATION_COMMITMENTS: Final[dict[Expectation, int]] = {
    Expectation.ACC: 1,
    Expectation.ECO: 3,
    Expectation.PRO: 1,
    Expectation.TEL: 2,
    Expectation.RDV: 2,
    Expectation.ATT: 1,
    Expectation.DEL: 4,
    Expectation.SUI: 4,
    Expectation.INF: 5,
    Expectation.NUM: 2,
    Expectation.ACS: 3,
    Expectation.DRO: 1,
    Expectation.COO: 3,
}

# What those who complain of an expectation say in general, where nothing more precise stands out.
COMPLAINTS: Final[dict[Expectation, str]] = {
    Expectation.ACC: "accueil jugé froid ou irrespectueux",
    Expectation.ECO: "manque d'écoute et d'accompagnement",
    Expectation.PRO: "travail du service jugé défaillant",
    Expectation.TEL: "service difficile à joindre",
    Expectation.RDV: "rendez-vous ou guichet difficiles à obtenir",
    Expectation.ATT: "attente pénible sur place",
    Expectation.DEL: "délais de traitement jugés trop longs",
    Expectation.SUI: "dossiers sans suite ni nouvelles",
    Expectation.INF: "information peu claire ou peu fiable",
    Expectation.SIM: "démarche jugée compliquée",
    Expectation.NUM: "difficultés avec le service en ligne",
    Expectation.ACS: "démarche hors de portée de certains usagers",
    Expectation.DRO: "décisions ou montants contestés",
    Expectation.COO: "usagers renvoyés d'un service à l'autre",
    Expectation.SEC: "protection jugée insuffisante",
}

COMMITMENTS: Final[dict[int, str]] = {
    1: "Dans le respect mutuel, vous êtes accueillis avec bienveillance "
    "et avez le droit à l'erreur",
    2: "Vous pouvez facilement entrer en contact avec vos services publics",
    3: "Vous bénéficiez d'un accompagnement adapté à votre situation personnelle",
    4: "Votre demande est traitée dans les délais annoncés",
    5: "Vous disposez d'une information claire, simple et accessible",
    6: "Vous avez accès à nos résultats de qualité de service",
    7: "Votre avis est pris en compte pour améliorer le service rendu",
    8: "Avec vous, nous agissons pour limiter notre impact sur l'environnement",
}

FEELING_LABELS: Final[dict[Feeling, str]] = {
    Feeling.POSITIVE: "Positif",
    Feeling.NEUTRAL: "Neutre",
    Feeling.NEGATIVE: "Négatif",
}

POLARITY_LABELS: Final[dict[Polarity, str]] = {
    Polarity.FAVOURABLE: "favorable",
    Polarity.UNFAVOURABLE: "défavorable",
    Polarity.NEUTRAL: "neutre",
}

TAG_LABELS: Final[dict[Tag, str]] = {
    Tag.ACCESSIBILITY: "Accessibilité",
    Tag.INFORMATION: "Information/Explication",
    Tag.RELATION: "Relation",
    Tag.REACTIVITY: "Réactivité",
    Tag.SIMPLICITY: "Simplicité/Complexité",
}
