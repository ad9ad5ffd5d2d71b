# ruff: noqa: E501 (families of words read better on one line)
"""Lexical fields: families of words that mean the same thing to a moderator.

They let a few hundred cases teach what thousands of words would: a rope, a bridge and a box of
pills are one field. Conjunctions of fields carry the rest (« means » with « farewell »).
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from portevoix.text.screening.lexicon import GROUPS
from portevoix.text.screening.phrases import Phrases, Words, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIELDS: Final[dict[str, str]] = {
    "means": r"cordes?|poutres?|viaduc|ponts?|rails|voie ferree|quai|cachets|medicaments|comprimes|"
    r"somniferes|boites?|insuline|balcon|etage|toit|falaise|riviere|fleuve|canal|etang|puits|"
    r"lame|rasoir|veines|gaz|garage|balle|arme|fusil|cartouches?|tiroir|carabine|insecticide",
    "farewell": r"adieu|testament|mes affaires|prenez soin|obseques|enterre\w*|cercueil|caveau|lettres? d|"
    r"derniere? fois|dernier message|dernier noel|pardon(?:ne\w*)?|au revoir a|dites a m\w+|assurance[- ]vie|"
    r"donne (?:le|mon|mes) (?:chien|chat|chiens|chats)|confie (?:le|mon|mes) (?:chien|chat)",
    "nomore": r"(?:n'en peux|en peux|en peut) plus|ne plus (?:etre|exister)|plus (?:la force|l'envie|envie|la peine|aucun espoir|rien a perdre|d'espoir|gout)|"
    r"ne (?:tiendrai|passerai|verrai|finirai)|tiendrai (?:pas|plus)|passerai pas (?:l'hiver|la nuit|le)|disparaitre|m'eteins|m'en aller|partir|lacher prise|a bout|"
    r"baisse les bras|abandonne tout|m'endormir|dormir pour|derangerai(?:s)? plus|embeter\w* plus|plus personne|a quoi bon|pas (?:continuer|me reveiller)|"
    r"soulag\w+|tranquilles?|delivr\w+|mieux sans|de trop|en trop|debarras\w*|la fin|c'est fini|terminee?",
    "suffer": r"pleur\w+|dors plus|ne dors|mange plus|mange pas|nuits?|seule?|solitude|poids|fardeau|honte|vide|noir|idees|desespo\w+|detresse|depression|angoiss\w+|insomni\w*|tremble\w*|bois|boire|scarifi\w*|veuf|veuve",
    "soon": r"ce soir|cette nuit|demain|lundi|bientot|d'ici|dimanche|vendredi|samedi|apres[- ]demain|quand vous lirez|noel|tout a l'heure|maintenant|en ce moment",
    "death": r"mort|mourir|meurs|suicid\w+|tuer|deces|tombe|cimetiere|vivre|vivant\w*|exister|la vie|ma vie|l'autre cote|la[- ]haut|sous terre|de ce monde",
    "figure": r"de rire|d'ennui|d'inquietude|de soif|de faim|de chaud|de honte|de froid|de trouille|a petit feu|s'arracher|se taper|se pendre au|bombe a retardement|suicidaire|parcours du combattant|assassine\w*|massacr\w*|tuer? dans|tue le|tue la|mort dans l'ame|coup de massue|plaisante|ironie|humour|sketch|kafka\w*|cauchemar|galere|ca m'a tue\w*|m'acheve\w*|fusille du regard|exploser|peter un cable|mon foie|mes nerfs",
    "weapon": r"couteau\w*|fusil|batte|barre de fer|masse|marteau|essence|jerrican|bidon|allumettes?|briquet|feu|flammes|bombe|hache|machette|carabine|acide|tracteur|fumier|camion|poing|gifles?|claques?|baffes?|baff\w+",
    "violence": r"frapp\w+|coups?|cogn\w+|batt\w+|bat|etrangl\w+|violent\w*|viol\w*|hurl\w+|cris|crie\w*|bleus?|sang|menac\w+|agress\w+|harcel\w+|suit|suivi\w*|guette\w*|surveille\w*|attend devant|cassé|peur|terroris\w+|cach\w+|enferm\w+|attach\w+|verrou\w*|recommenc\w+",
    "abuser": r"mon ex|mon mari|mon conjoint|mon compagnon|ex[- ](?:mari|conjoint|compagnon)|mon pere|beau[- ]pere|son mec|mon mec|mon frere|son pere|son mari|il sait|le voisin|il ecoute|il attend|il revient|il sort de prison",
    "child": r"bebes?|enfants?|gamine?s?|gosses?|fillette|fille|fils|petite?s?|nourrisson|ecole|creche|mineure?s?|ado|eleves?|lyceen\w*|college|pensionnaires?|residents?|vieille dame|vieux monsieur|personne agee|ma mere|grand[- ]mere|tutelle",
    "hazard": r"electrique|electrocut\w*|gaz|effondr\w+|fissur\w+|plafond|incendie|amiante|tombe\w*|chute|trou|beant\w*|falaise|barriere|passage a niveau|frein\w*|glissade|fil denude|monoxyde|chauffe[- ]eau|sans surveillance|ligne|cable|armee?|balcon|bouteilles? de gaz|intoxi\w+|malaise|urgent\w*|vital\w*",
    "hurtfuture": r"vous allez (?:voir|comprendre|le sentir)|tu vas voir|va (?:voir|comprendre|comprendra)|on verra|vous verrez|on sait|je sais|prevenue?s?|derniere chance|tant pis pour|gare a|feriez mieux|regrett\w+|paier\w*|payer\w*|rira|rire|retrouv\w+|croiser\w*|rendre visite|passer vous|attends|debrouill\w* moi[- ]meme|a ma facon|je m'en occupe|m'occuper|representailles|peur de la prison|plus rien a perdre|dernier jour|protection policiere|peur",
    "theirlife": r"son adresse|votre adresse|sa voiture|votre voiture|vos enfants|ses enfants|sa maison|sa famille|votre famille|ou (?:il|elle|tu|vous) (?:habite\w*|vit|vis|vivez|dors\w*|gare\w*)|chez (?:lui|elle|toi|vous)|immatriculation|portable perso|sa plaque|son ecole|a la sortie|parking|son facebook|son profil|volets|photos?",
    "bribe": r"billets?|liquide|especes|enveloppes?|au black|bakchich|commission|contre (?:un|une|\d+|des)|cadeaux?|service rendu|pourcentage|\d+ ?(?:%|pour cent)|ristourne|villa|travaux|terrasse|repas|voyages?|pot|argent|caisse|compte|revend\w*|vend\w*|facture\w*|detourn\w*|vol\w+|poche|fausse\w*|faux|signature|truqu\w+|piston\w*|antidat\w+",
    "official": r"agente?s?|maire|adjointe?s?|elue?|directeur|directrice|guichet|chef\w*|secretaire|instruct\w+|inspect\w+|controleu\w+|gendarmes?|policiers?|brigadier|officier|greffi\w+|huissier|curat\w+|tut(?:eur|rice)|mandataire|conseill\w+|gardien\w*|vigile|fonctionnaire|medecin|prefet|gestionnaire|employee?|presidente?|responsable|cadre|proviseur|surveillant\w*",
    "kin": r"cousin\w*|neveu|niece|beau[- ]frere|belle[- ](?:soeur|ser)|sa femme|son mari|copine?s?|potes?|amis?|gendre|famille|maitresse|associee?|frere",
    "group": GROUPS,
    "dehuman": r"vermine|cafards?|rats?|parasit\w+|race|engeance|singes?|zoo|brousse|bled|animaux|sauvages?|barbares?|civilis\w+|envahi\w+|invasion|remplac\w+|pond\w*|reproduis\w+|pullul\w*|infest\w*|genet\w+|nature|cerveau|inferieu\w*|evolue\w*|tribus?|pas comme nous|chez nous|chez eux|leur pays|ces gens|souche|vrais? francais|propre\w*|contamin\w+|moeurs|contre[- ]nature|voile\w*|barbu\w*|couscous|lobby|complot\w*|banques?|dominent|tiennent",
    "policy": r"politique|reforme|decret|loi|ministere|gouvernement|mesure|procedure|dispositif|reglement|dematerialis\w+|systeme|circulaire|budget|quotas?|criteres?|laicite|debat",
    "request": r"je (?:demande|sollicite|conteste|souhaite|souhaiterais|voudrais|relance|vous relance|reclame|renouvelle|requiers)|merci de|pouvez[- ]vous|pourriez[- ]vous|veuillez|ou en est|svp|s'il vous plait|dans l'attente|je vous prie|par la presente|je soussigne\w*|mise en demeure|demande d[e'u]|besoin (?:de|d'un)|quand (?:vais|serai|sera|recevrai)|dois[- ]je|est[- ]ce que|faut[- ]il|a quelle date|me (?:rappeler|confirmer|transmettre|renvoyer|communiquer|dire|preciser|indiquer)",
    "myfile": r"mon dossier|ma demande|mon compte|mon numero|ma situation|mes droits|mon attestation|mon adresse|mon rib|mon permis|mon titre|ma carte|ma bourse|ma pension|ma retraite|mon allocation|mon apl|mon rsa|notre dossier|son dossier|mon recours|ma plainte|ma reclamation|ma declaration|reference|ci-joint|justificatifs?|piece jointe|remise|echeancier|remboursement|virement|versement|duplicata|rectific\w+|indu|trop-percu|amende|contravention|majoration|penalite",
    "story": r"m'a (?:dit|recue?|explique|repondu|aide\w*|accueilli\w*|rappele\w*|orient\w+|trouve)|j'ai (?:attendu|appele|eu|ete|fait|recu|du|passe|patiente)|on m'a|nous a|accueil|agreable|souriant\w*|sympa\w*|poli\w*|bravo|correct\w*|efficace|rapide\w*|merci a|merci pour|satisfai\w+|decu\w*|heures? d'attente|heures? de queue|queue|salle d'attente|guichets?|site|formulaire|courriers?|telephone|attente|horaires?|etoiles",
    "service": r"mairie|caf|prefecture|sous[- ]prefecture|impots?|tresor public|msa|carsat|cpam|secu\w*|ameli|france travail|pole emploi|urssaf|mdph|departement|region|rectorat|crous|college|lycee|ecole|hopital|urgences|gendarmerie|commissariat|police|tribunal|poste|consulat|ants|anef|france services|ccas|conseil departemental|hlm|bailleur|ofii|dgfip|decheterie|dechetterie|bibliotheque|mediatheque|piscine|creche|cantine|voirie|tram|bus|sncf|train|administration|service public|etat civil|passeport|carte grise|carte d'identite|permis|retraite|pmi|assistante sociale|commune|municipal\w*|fonctionnaires?|prestation|allocation\w*|apl|rsa",
    "trade": r"vends?|prix|promo\w*|offre|remise de|tarifs?|contactez|livraison|devis|gratuit\w*|rentable|gagne\w*|investi\w+|lien|abonn\w+|occasion|etat neuf|bon etat|neuf|cherche|recherche|particulier|whatsapp|telegram|formation|panneaux|isolation|pizzeria|restaurant|hotel|resto|boutique|operateur|banque|assurance|magasin|colis|fournisseur|box|garagiste|marque|film|serie|match|equipe|recette|cuire|farine|sucre|beurre|four|chien|chat|chats|jardin|tomates|meteo|soleil|neige|poeme|chanson|voisine?s?|horoscope|lune|election\w*|depute\w*|parti|voter|votez|candidat\w*",
    "you": r"vous|votre|vos|toi|ton|ta|tes|te|tu|t'",
    "iwill": r"je (?:vais|viens|viendrai|passerai|reviendrai|ferai|mettrai|sais|te|vous)|jvais|jv|jve|jvai|jfais|on (?:va|sait|viendra)|nous (?:viendrons|saurons)",
    "legal": r"tribunal|avocat|mediateur|procureur|defenseur des droits|presse|recours|justice|prudhommes|saisirai|journal|elections?|bulletin de vote|syndicat|depute|petition|plainte",
    "insultish": r"honte|incompeten\w+|nuls?|mepris\w*|arrogant\w*|aigri\w*|cervelle|cerveau|neurones?|qi|gueule|moche\w*|grosse?|con\w*|merde\w*|debil\w*|bete\w*|feignas\w*|feignant\w*|faineant\w*|voleurs?|clowns?|bande|espece|sale",
    "vulgartool": r"de merde|a la con|bordel|chiant\w*|merdique\w*|putain|foutu\w*|se foutre|saloperie|chiottes?|emmerd\w*|fait chier|conneries?|degueu\w*",
}
NAMES: Final = tuple(FIELDS)
_PHRASES: Final = Phrases({name: rf"(?:{pattern})\b" for name, pattern in FIELDS.items()})
RULE_FEATURES: Final = (
    "injure", "injure_masquee", "haine", "deshumanisation", "menace", "publicite",
    "detresse_dite", "danger_dit", "corruption_dite",
)  # fmt: skip
PAIRS: Final = tuple(
    tuple(NAMES.index(name) for name in pair)
    for pair in (
        *combinations(("means", "farewell", "nomore", "suffer", "soon", "death"), 2),
        *combinations(("violence", "abuser", "child", "soon", "weapon"), 2),
        *combinations(("hurtfuture", "theirlife", "you", "iwill", "weapon", "soon"), 2),
        *combinations(("bribe", "official", "kin"), 2),
        ("group", "dehuman"), ("group", "policy"), ("group", "service"), ("dehuman", "service"),
        ("request", "myfile"), ("request", "story"), ("myfile", "story"), ("trade", "service"),
        ("child", "hazard"), ("figure", "death"), ("figure", "service"), ("figure", "story"),
        ("service", "story"), ("iwill", "legal"), ("insultish", "official"),
        ("insultish", "you"), ("vulgartool", "service"), ("vulgartool", "official"),
    )
)  # fmt: skip
_LEFT = np.array([pair[0] for pair in PAIRS])
_RIGHT = np.array([pair[1] for pair in PAIRS])
WIDTH: Final = len(NAMES) + len(PAIRS) + len(RULE_FEATURES) + 5


def field_features(folded: str, rules: set[str], words: Words | None = None) -> NDArray[np.float32]:
    """One row of `WIDTH` values: fields, pairs of fields, rules met, lengths."""
    found = _PHRASES.met(folded, words_of(folded) if words is None else words)
    met = np.array([name in found for name in NAMES], np.float32)
    pairs = met[_LEFT] * met[_RIGHT]
    rule_row = np.array([name in rules for name in RULE_FEATURES], np.float32)
    length = len(folded)
    shape = (length < 60, length < 150, length > 400, "?" in folded, met.sum() == 0)
    return np.concatenate([met, pairs, rule_row, np.array(shape, np.float32)])
