"""Which services a story may be about, read from its words: what is named, and where.

Proposed to the author, who chooses. A cue is a phrase people write; it names a network and, in it,
the kind of structure to look for near the town that the story names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from portevoix.opendata.headings import fold
from portevoix.web.directory import search
from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.networks import official_fold
from portevoix.web.directory.places import runs, spelt, text_of

MOST: Final = 3
# A network of few structures is looked into by kind; a big one is named by its head.
_FEW: Final = 4
_TOWN_WORDS: Final = 4
# How many are looked at for those that stand in the place.
_AROUND: Final = 20
# Official name of the network, what to look for in it, the phrases that say so.
_CUES: Final[tuple[tuple[str, str, str], ...]] = (
    ("cnaf", "caf", "caf|apl|rsa|prime d activite|allocations familiales|allocation logement|aah"
     "|allocataire|allocation de rentree|ars|cmg|paje|quotient familial"
     "|complement de mode de garde|aeeh|trop percu|conge parental"),
    ("cnam", "cpam", "cpam|ameli|carte vitale|securite sociale|secu|assurance maladie|"
     "indemnites journalieres|arret maladie|arret de travail"
     "|ordonnance|remboursement de soins|feuille de soins|mutuelle|medecin traitant"),
    ("pole emploi", "agence", "france travail|pole emploi|chomage|demandeur d emploi|"
     "conseiller emploi|allocation chomage|actualisation"),
    ("dgfip", "service impots particuliers", "impot|impots|fisc|taxe fonciere|taxe d habitation|"
     "avis d imposition|prelevement a la source|finances publiques|declaration de revenus|"
     "tresor public|tresorerie|dgfip|timbre fiscal"
     "|frais reels|foyer fiscal|taux individualise|taxe|taxes|taxee|revenus fonciers"
     "|impots gouv|impots gouv fr|centre des finances|quittance|non residents"),
    ("dgfip", "cadastre", "cadastre"),
    ("services numeriques du ministere de l interieur", "antai", "amende|amendes|contravention|"
     "antai|avis de contravention|proces verbal"),
    ("services numeriques du ministere de l interieur", "candilib", "candilib|examen pratique"),
    ("administration territoriale de l etat", "prefecture", "prefecture|titre de sejour|anef|"
     "carte de sejour|naturalisation|recepisse|sous prefecture|regroupement familial"
     "|nationalite|entretien d assimilation|point numerique|sejour|asile|etrangers"
     "|echange de permis|cnaps|decret de naturalisation|ceremonie d accueil"
     "|suspension de permis|permis a points|titre de voyage"),
    ("ants", "ants", "ants|carte grise|permis de conduire|immatriculation|france titres|"
     "certificat d immatriculation|changement de titulaire|certificat de non gage|"
     "passeport|passeports|carte d identite|carte nationale d identite|cni"),
    ("ministere de l europe et des affaires etrangeres meae", "consulat general",
     "consulat|ambassade|consulaire|francais de l etranger|visa|expatrie|expatries|"
     "passeport|passeports|legislatives|vote par internet|attestation de vie|liste electorale"),
    ("gendarmerie nationale", "brigade", "gendarmerie|gendarme|gendarmes|brigade|perceval|"
     "operation tranquillite vacances|percevale"
     "|plainte|depot de plainte|pre plainte|rodeur|cambriolage|adjudant"),
    ("police nationale", "commissariat", "commissariat|police|policier|policiers|policiere"
     "|plainte|depot de plainte|cambriolage|main courante|garde a vue"),
    ("cnav", "agence retraite", "retraite|carsat|cnav|pension de reversion|reversion|"
     "releve de carriere|assurance retraite|trimestres|certificat de vie"
     "|carriere longue|ma pension|aspa|minimum vieillesse|info retraite"
     "|rachat de trimestres|age de depart|pension de retraite|retraitee|retraites"
     "|depart en retraite|point retraite|3960"),
    ("agirc arrco", "agirc arrco", "agirc|arrco|retraite complementaire"),
    ("urssaf", "urssaf", "urssaf|auto entrepreneur|autoentrepreneur|micro entreprise|cotisations"),
    ("urssaf", "cesu", "cesu"),
    ("urssaf", "pajemploi", "pajemploi"),
    ("ccmsa", "msa", "msa|mutualite sociale agricole"
     "|agricole|agriculteur|agricultrice|eleveur|eleveuse|exploitant|exploitation"
     "|vigneron|viticulteur|saisonnier|saisonniers|vendanges|tesa|tracteur"
     "|cotisant solidaire|non salarie agricole"),
    ("les crous", "crous", "crous|logement universitaire|dossier social etudiant|restaurant u"),
    ("ministere de la justice", "tribunal judiciaire", "tribunal|juge|greffe|audience|"
     "aide juridictionnelle|justice|prud hommes"),
    ("ministere de la justice", "casier judiciaire", "casier judiciaire"),
    ("ministere de la justice", "etablissement penitentiaire", "prison|parloir|penitentiaire"),
    ("france services", "france services", "france services|france service|maison france"),
    ("reseau des rectorats et dsden", "rectorat", "rectorat|academie|college|lycee|dsden|"
     "inspection academique|parcoursup|professeur"),
    ("universites et ecoles", "universite", "universite|fac|faculte|master|licence"),
    ("etablissement francais du sang", "maison du don", "don du sang|donner mon sang|plasma|efs"),
    ("dgddi", "douane", "douane|douanes|douanier|douaniers|dedouanement"),
    ("dsnj", "centre du service national", "jdc|journee defense|service national|snu"),
    ("collectivites territoriales communes", "communes", "mairie|etat civil"),
    ("collectivites territoriales departements", "departements", "mdph|conseil departemental"),
    ("dgccrf", "dgccrf", "dgccrf|signalconso|repression des fraudes"),
    ("direction interministerielle du numerique dinum", "dinum", "franceconnect|france connect"),
    ("insee", "insee", "insee|recensement"),
    ("mte mctrct", "cheque energie", "cheque energie"),
    ("mte mctrct", "anah", "anah|maprimerenov|ma prime renov"),
    ("onacvg", "onacvg", "ancien combattant|anciens combattants|onacvg"),
)  # fmt: skip
_CAPITALISED: Final = re.compile(
    r"(?:\b(?:à|a|de|d['’]|en|sur|du)\s*)?((?:[A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ][\wàâçéèêëîïôùûüœ'’]*"
    r"(?:[-\s]+(?:(?:sur|sous|de|du|des|la|le|les|en|et|lès|aux?)[-\s]+)*"
    r"(?=[A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ]))?){1,4})"
)
_POSTCODE: Final = re.compile(r"\b\d{5}\b")


def read_from(text: str, limit: int = MOST) -> Sequence[Structure]:
    """Return the open structures that a story is likely about, the likeliest first."""
    index = search.current()
    keys: list[int] = index.named_in(text)
    named = _named(fold(text))
    networks = {official_fold(n.official_name): n for n in Network.objects.filter(active=True)}
    place = _place(text, index)
    for (official, words), _count in named:
        network = networks.get(official)
        if network is not None:
            keys += _near(index, network, words, place, 2 if len(named) == 1 else 1)
    wanted = list(dict.fromkeys(keys))[:limit]
    found = Structure.objects.select_related("network").in_bulk(wanted)
    return tuple(found[key] for key in wanted if key in found)


def _named(folded: str) -> list[tuple[tuple[str, str], int]]:
    """What the text names, most often first; first written first when as often."""
    words = f" {folded} "
    counted: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    for official, looked_for, phrases in _CUES:
        for phrase in phrases.split("|"):
            times = words.count(f" {phrase} ")
            if times:
                key = (official, looked_for)
                counted[key] += times
                first[key] = min(first.get(key, len(words)), words.index(f" {phrase} "))
    return sorted(counted.items(), key=lambda item: (-item[1], first[item[0]]))


def _place(text: str, index: search.Index) -> str:
    """The place of a story: a postcode, else a town with a service, else a village."""
    if postcode := _POSTCODE.search(text):
        return postcode[0]
    named = list(_capitalised(text))
    towns = (name for name, _ in named if index.places.towns.get(name))
    # « Sens » or « Bonne » alone is not a place; « à Chemazé » is one.
    villages = (
        name for name, led in named if index.places.communes.get(name) and (led or " " in name)
    )
    return next(chain(towns, villages), "")


def _capitalised(text: str) -> Iterator[tuple[str, bool]]:
    """The words with a capital and whether « à » or its like leads them, the longest first.

    A name that starts a sentence is often no place.
    """
    for found in _CAPITALISED.finditer(text):
        words = spelt(found[1])
        led = found[0] != found[1]
        alone = not led and _starts_sentence(text, found.start())
        for run in runs(words, _TOWN_WORDS):
            if not (alone and run.start == 0):
                yield text_of(run, words), led and run.start == 0


def _starts_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip()
    return not before or before[-1] in ".!?…\n:" or "\n" in text[len(before) : position]


def _near(
    index: search.Index, network: Network, words: str, place: str, number: int
) -> Sequence[int]:
    """The structures of a network that stand in a place; its head when none does."""
    # Where there is no consulate, the embassy: the place says more than the kind.
    for said in (f"{words} {place}", place) if place else ():
        found = index.find(said, network.pk, _AROUND)
        if there := index.standing(found, place):
            return there[:number]
    rows = Structure.objects.filter(network=network, active=True)
    if rows.count() > _FEW:
        head = rows.filter(parent=None).order_by("pk").values_list("pk", flat=True)
        return tuple(head[:1])
    return index.find(words, network.pk, 1)
