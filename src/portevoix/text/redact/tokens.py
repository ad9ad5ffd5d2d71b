"""Words with their positions, and what the lists know of each, kept for the next texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from portevoix.text.redact.lexicon import fold, lexicon

TOKEN: Final = re.compile(r"[^\W\d_]{1,40}(?:-[^\W\d_]{1,40}){0,4}|\d{1,20}|\n|[^\w\s]")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


CIVILITIES: Final = _words(
    """
    m mr mme mmes mm mlle monsieur madame mademoiselle messieurs dr docteur me maitre pr
    professeur mgr veuve feu mrs
    """
)
RANKS: Final = _words(
    """
    agent agente adjudant-chef grade gradee officier sergent-chef conseiller conseillere
    gendarme adjudant adjudante brigadier brigadiere capitaine lieutenant major colonel
    commandant marechal sergent caporal inspecteur inspectrice infirmier infirmiere secretaire
    assistante assistant educateur educatrice gardien gardienne controleur controleuse
    stagiaire directeur directrice responsable greffier greffiere juge avocat facteur factrice
    formateur formatrice psychologue aide-soignante aide-soignant animateur animatrice
    chauffeur technicien technicienne interlocutrice interlocuteur referent referente
    gestionnaire collegue policier policiere commissaire notaire medecin guichetier
    guichetiere mediateur mediatrice opj proprietaire voisin voisine hotesse operateur
    operatrice telephoniste bailleur tuteur tutrice curateur curatrice prof instituteur
    institutrice maitresse cadre chef cheffe adjointe adjoint charge chargee
    """
)
KIN: Final = _words(
    """
    fils fille mari femme epouse epoux mere pere frere soeur tante oncle grand-mere grand-pere
    mamie papi papy cousin cousine neveu niece compagnon compagne ami amie copain copine
    enfant enfants petit-fils petite-fille maman papa belle-mere beau-pere conjoint conjointe
    locataire patient patiente famille beau-frere belle-soeur ex bebe fiston parrain marraine
    """
)
ROLES: Final = _words(
    """
    le la les l maire consule ambassadrice prefet prefete sous-prefet sous-prefete ministre
    president presidente consul directeur directrice depute deputee senateur senatrice
    procureur procureure ambassadeur ambassadrice juge recteur rectrice inspecteur commissaire
    bonjour merci le-maire tout-le-monde x y z untel irma machin chose ou et a qui je vous
    nous il elle si de du des au aux en un une ma mon votre notre l'agent cordialement
    conseiller adjoint principal proviseur percepteur
    """
)
PARTICLES: Final = _words(
    """
    de du des d da di do dos le la el al ben ould van von der den bin abou ait n o mac san st
    ter
    """
)
CUES: Final = _words(
    """
    appelle appelee appellent appeller nomme nommee prenomme prenommee surnomme surnommee
    signe signee nom prenom titulaire sapelle sappelle mappelle mapelle mapele soussigne
    soussignee nommait prenoms noms dnomme denomme denommee
    """
)
# What makes a capitalised word a place, a street, a school, a law: not a person.
THINGS: Final = _words(
    """
    chu chru chr ehpad mas cmp rue avenue boulevard place allee quai square impasse chemin
    ecole college lycee creche hopital clinique centre salle mediatheque bibliotheque agence
    site gare station pont stade piscine gymnase residence foyer maison commune ville mairie
    saint sainte loi prime plan tempete cyclone lac parc theatre espace musee tour caf cpam
    msa carsat cafe hotel collectif association boite rond-point san santa los cite fondation
    universite faculte institut point antenne tresorerie prefecture sous-prefecture perception
    operation dispositif logiciel application appli serveur robot chatbot chat chien
    """
)


# Countries, services, large towns and acronyms that are no name unless something announces one.
ENTITIES: Final = _words(
    """
    france francaise paris londres marseille lyon toulouse nice nantes strasbourg bordeaux
    lille rennes toulon grenoble dijon angers nimes clermont brest tours limoges amiens metz
    besancon perpignan orleans rouen mulhouse caen nancy valence vienne lourdes orange tarbes
    pau bayonne avignon creteil nanterre bobigny versailles cergy evry melun ajaccio bastia
    cayenne mayotte reunion guadeloupe martinique guyane corse bretagne normandie alsace
    savoie provence bruxelles francfort montreal munich madrid geneve washington zurich
    barcelone berlin amsterdam lisbonne sydney toronto vancouver prague hambourg stuttgart
    luxembourg seville rome milan new-york casablanca alger tunis rabat dakar belgique suisse
    quebec canada allemagne espagne italie europe australie usa royaume-uni angleterre
    portugal maroc algerie tunisie senegal cameroun chine japon inde bresil cambodge vietnam
    thailande ukraine russie asie afrique amerique amelie malakoff agirc-arrco santiago rita
    pole chu irm rgpd cse chs rist caf cpam cpf msa carsat cnav cnam ameli urssaf ants anef
    cni covid crous csg rsa aah apl mdph sip dgfip ddfip insee edf sncf ratp iban rib siret
    siren ine cerfa pdf sms wifi gps hlm ehpad asp ars cnil agirc arrco pole-emploi
    franceconnect bloctel perceval pharos google facebook whatsapp doctolib parcoursup chorus
    impots gouv republique etat marianne macron bonjour bonsoir merci madame monsieur
    messieurs mesdames noel paques toussaint pentecote ascension mai avril gard marne val
    aisne rhone isere vendee yvelines essonne loire seine var ain lot tarn gers jura cher nord
    sud est ouest cour aucun grace vais bonjourje bonjourj lrar dom-tom bic ofii opj afpa
    greta adil maif macif matmut laposte orange
    """
)

_GROUPS: Final = {
    word: group
    for group, listed in (
        ("E", ENTITIES),
        ("O", ROLES),
        ("P", PARTICLES),
        ("T", THINGS),
        ("K", KIN),
        ("R", RANKS),
        ("C", CIVILITIES),
        ("Q", CUES),
    )
    for word in listed
}


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word whatever its place.

    `group` is the letter of the list above that holds it; `code` sums up everything but the word
    itself; `key` is the word when it is ordinary, so that no rare name is learned by heart.
    """

    folded: str
    shape: str
    first_name: bool
    family_name: bool
    place: bool
    ordinary: bool
    group: str
    code: str
    key: str


@lru_cache(maxsize=100_000)
def look_up(word: str) -> Word:
    """The word in the lists. `shape` is one of Xx, XX, xx, X, 0, . and Xx-Xx."""
    known = lexicon()
    folded = fold(word)
    parts = folded.split("-")
    first = folded in known.first_names or (len(parts) > 1 and parts[0] in known.first_names)
    family = folded in known.family_names
    ordinary = folded in known.words
    place = folded in known.places and not first
    group = _GROUPS.get(folded, "")
    shape = _shape(word)
    flags = f"{first:d}{family:d}{place:d}{ordinary:d}"
    key = folded if ordinary or group or not word[0].isalpha() else "?"
    return Word(folded, shape, first, family, place, ordinary, group, f"{shape}{flags}{group}", key)


def _shape(word: str) -> str:
    if word.isdigit():
        return "0"
    if not word[0].isalpha():
        return word[0]
    if len(word) == 1:
        return "X" if word.isupper() else "x"
    if word.isupper():
        return "XX"
    if word[0].isupper():
        return "Xx-Xx" if "-" in word and word.rpartition("-")[2][:1].isupper() else "Xx"
    return "xx"


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    word: Word


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a stretch of `text`, positions in the whole of it."""
    stop = len(text) if end is None else end
    return [
        Token(match.start(), match.end(), look_up(match.group()))
        for match in TOKEN.finditer(text, start, stop)
    ]
