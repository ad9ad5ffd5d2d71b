"""How people call the networks that official exports name by their acronym or a former name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portevoix.opendata.headings import fold
from portevoix.web.directory.names import tidy


@dataclass(frozen=True, slots=True)
class Known:
    """The public name of a network, its acronym, and the words people look for it with."""

    name: str
    acronym: str = ""
    also: str = ""


_KNOWN: Final[dict[str, Known]] = {
    "dgfip": Known(
        "Finances publiques",
        "DGFiP",
        "impots impot fisc taxe fonciere habitation tresor public perception amende sip sie",
    ),
    "ministere de la justice": Known(
        "Justice", "", "tribunal prison avocat juge greffe point justice casier"
    ),
    "france services": Known("France services", "", "maison france service msap"),
    "police nationale": Known("Police nationale", "", "commissariat plainte policier"),
    "pole emploi": Known("France Travail", "", "pole emploi chomage anpe assedic inscription"),
    "dgddi": Known("Douane", "DGDDI", "douanes droits indirects"),
    "administration territoriale de l etat": Known(
        "Préfectures et sous-préfectures",
        "",
        "prefecture titre de sejour etrangers anef naturalisation ddt ddets carte sejour",
    ),
    "ministere de l agriculture et de l alimentation": Known(
        "Agriculture", "", "lycee agricole enseignement agricole"
    ),
    "universites et ecoles": Known(
        "Universités et écoles", "", "fac universite inscription etudiant"
    ),
    "ministere de la culture": Known("Culture", "", "musee monument drac"),
    "cnav": Known(
        "Assurance retraite", "CNAV", "carsat retraite pension reversion releve de carriere"
    ),
    "ministere de l europe et des affaires etrangeres meae": Known(
        "Consulats et ambassades", "", "consulat ambassade etranger passeport visa expatrie"
    ),
    "etablissement francais du sang": Known(
        "Établissement français du sang", "EFS", "don du sang plasma"
    ),
    "reseau des rectorats et dsden": Known(
        "Éducation nationale", "", "rectorat academie ecole college lycee bourse examen bac"
    ),
    "gendarmerie nationale": Known("Gendarmerie nationale", "", "brigade plainte perceval"),
    "cnam": Known(
        "Assurance maladie", "CNAM", "cpam ameli secu securite sociale carte vitale arret maladie"
    ),
    "cnaf": Known(
        "Allocations familiales", "Caf", "caf apl rsa prime activite aide logement allocation"
    ),
    "dsnj": Known("Service national et jeunesse", "", "jdc journee defense recensement militaire"),
    "ccmsa": Known("MSA", "MSA", "mutualite sociale agricole agriculteur exploitant"),
    "urssaf": Known("Urssaf", "Urssaf", "cotisation auto entrepreneur cesu pajemploi"),
    "mte mctrct": Known("Écologie et transports", "", "permis bateau environnement dreal"),
    "les crous": Known("Crous", "Crous", "bourse etudiant logement universitaire restaurant"),
    "onacvg": Known("Anciens combattants", "ONaCVG", "veteran victime de guerre"),
    "sgmas": Known("Affaires sociales", "", "sante solidarites ars"),
    "services numeriques du ministere de l interieur": Known(
        "Services en ligne du ministère de l’Intérieur", "", "ppel pre plainte masecurite"
    ),
    "ditp": Known("Transformation publique", "DITP"),
    "dgccrf": Known("Répression des fraudes", "DGCCRF", "signalconso consommation"),
    "direction interministerielle du numerique dinum": Known(
        "Numérique de l’État", "DINUM", "franceconnect france connect"
    ),
    "reseau hors reseau": Known("Autres services", "", "inpi telepoint anah renov cheque energie"),
    "ants": Known(
        "France Titres", "ANTS", "ants carte grise permis de conduire immatriculation passeport cni"
    ),
    "direction de l information legale et administration publique dila": Known(
        "Service-Public.fr", "DILA", "dila journal officiel service public"
    ),
    "collectivites territoriales communes": Known(
        "Communes", "", "mairie ville etat civil commune carte identite"
    ),
    "collectivites territoriales departements": Known(
        "Départements", "", "conseil departemental mdph rsa apa"
    ),
    "insee": Known("Insee", "Insee", "recensement statistique"),
    "agirc arrco": Known("Agirc-Arrco", "", "retraite complementaire"),
    "caisse nationale militaire de securite sociale": Known(
        "Sécurité sociale militaire", "CNMSS", "militaire"
    ),
    "ccsp": Known("CCSP", "CCSP"),
}
# Names that files of other origins give to the same networks.
_ALSO: Final = {
    "allocations familiales": "cnaf",
    "assurance retraite": "cnav",
    "msa": "ccmsa",
    "finances publiques": "dgfip",
    "prefectures et sous prefectures": "administration territoriale de l etat",
    "france travail": "pole emploi",
    "assurance maladie": "cnam",
}


def known(official: str) -> Known:
    """Return what is known of a network by its official name, or its name made readable."""
    return _KNOWN.get(fold(official), Known(tidy(official)))


def official_fold(name: str) -> str:
    """Return the folded official name of a network that a file may call otherwise."""
    folded = fold(name)
    return _ALSO.get(folded, folded)
