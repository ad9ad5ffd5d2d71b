# ruff: noqa: E501 (patterns read better on one line)
"""What words suffice to say: patterns over the folded text, each hit with its place.

Patterns have no nested repetition and bounded gaps: time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from portevoix.text.screening.folding import fits, masked_words, squeeze
from portevoix.text.screening.lexicon import (
    COMPOUNDS,
    GROUPS,
    INJURIES,
    SLURS,
    UNMASKABLE,
    WEAK,
)
from portevoix.text.screening.phrases import Phrases, Words, words_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule met at `[start, end)` of the text."""

    rule: str
    start: int
    end: int


_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_AIM = re.compile(
    r"(?:\b(?:espece|bande|tas|ramassis|equipe)s? d(?:e |es |')(?:\w{3,12} )?|\bquel(?:le)?s? |"
    r"\b(?:gros|grosse|grosses|sale|sales|pauvre|pauvres|vieux|vieille|vrais?|vraies?|sacre|sacree|"
    r"petit|petite|ptite?|immense|sombre|foutue?s?|parfaite?|fieff\w+) |"
    r"\b(?:vous|t'|tu|z'|ils?|elles?|c'|cest|ces) ?(?:n'|n )?(?:etes|es|est|sont|c'est|etaient|etait) "
    r"(?:vraiment |bien |tous |toutes |qu'une? |que des? |trop |qu'un tas de |juste )?(?:des? |une? |les? |du )?(?:gros(?:se)?s? |vrai(?:e)?s? |bons? |sale )?|"
    r"\b(?:c'est|cest|c) (?:un|une|des|que des|qu'une?) (?:\w+ )?|= ?(?:une? |des )?|"
    r"\b(?:est|sont) (?:une?|des) (?:gros(?:se)?s? |vrai(?:e)?s? |sacree? )?|"
    r"^|[.!?:] ?)$"
)
_OF_SERVICE = re.compile(r"\A(?: \w+)? (?:du|de la|des|de l'|a la|au|payee?s?|aux) ?\w")
_SELF = re.compile(
    r"\b(?:j'ai|je|j'|jsuis|moi|me|m') ?(?:\w+ ){0,4}$|\bcomme (?:une?|des|le|la) ?(?:\w+ )?$|"
    r"\bprend\w*(?: \S+){0,3} pour (?:une?|des|le|la|les) ?(?:\w+ )?$|\bpas (?:une?|des?|d'|les?) ?(?:\w+ )?$|"
    r"\bpass\w+ pour (?:une?|des) ?(?:\w+ )?$|\bj'ai eu l'air (?:d'une? )?$|\bfaire le $"
)
_QUOTED = re.compile(
    r"(?:\b(?:m'|nous |me |lui |l')\w* ?(?:a|ont|avait|suis fait|fait)? ?\w* ?(?:traite\w*|insulte\w*|appele\w*)|"
    r"\btraite\w* d|\bfait traiter|\bj'ai entendu|\bm'a (?:dit|lance|sorti|balance|crie|repondu|hurle)|"
    r"\bm'(?:a|ont) \w+|\bnous a (?:dit|lance)|\bje me suis \w+ traite|\binsultee? de)[^.!?]{0,50}$"
)
_TOOL = re.compile(
    r"\A d(?:e |'|u )(?:l'|la |votre |vos |ton )?(?:site|logiciel|appli\w*|imprimante|machine|borne|formulaire|systeme|"
    r"serveur|ordi\w*|scanner|photomaton|badge|porte|parking|route|code|papier\w*|courrier|dossier|"
    r"procedure|plateforme|telephone|musique|captcha|mot de passe|bug|document|fichier|pdf|cerfa|"
    r"guichet|horaire|file|barriere|parcmetre|distributeur|temps|pluie|voiture)"
)
# « C'est bête », « c'est fou » : of what happens, not of anyone; an article makes it of someone.
_OF_A_THING = re.compile(
    r"\bc'?(?:est|etait) (?:pas |vraiment |trop |un peu |si |tres |bien |tout )?$"
)
_DOUBT = re.compile(r"\bsi (?:c'(?:est|etait)|ce sont) (?:une?|des) (?:\w+ )?$")
_MYSELF_AFTER = re.compile(r"\A (?:que )?(?:je|j'|moi)\b")
_HARMLESS_BEFORE = re.compile(r"\b(?:a la|a l'air|l'air|de|chat|chien|mon|ma|ton|poil de) $")

_SHORT_MASK: Final = (
    r"(?:gros(?:se)?|sale|quel(?:le)?|cette|espece de|vieille|pauvre|une?|bande de|la) "
    r"(?:[cpsme]\.{2,4}|[cpsme](?:…|\*+)|\[\.{3}\]|\[…\])"
)
_LETTER = (
    r"(?:frapp|buter|bute|tuer?|crever|creve|planter|egorg|cogn|tabass|defonc|massacr|demont|"
    r"fracass|saign|flingu|eclat|peter|pete|casser|casse|cram|bruler?|brul|poignard|etrangl|explos|"
    r"plomb|descend|lynch|decapit|regler? (?:son|votre|leur|ton) compte|regle (?:son|votre) compte|"
    r"arrach|pendre|niquer|piquer)"
)
_THREAT: Final = (
    r"(?:\b(?:je|j'|on|jvais|jv|jve|nous|je vais|moi je) ?(?:vais|va|viens|viendrai|vien|revien\w*|reviendrai|passerai?|t'|te|vous|le|la|les|lui|leur|l')"
    rf"[^.!?\n]{{0,45}}\b{_LETTER}\w*[^.!?\n]{{0,25}}\b(?:vous|toi|te|lui|leur|tous|toutes|caf|mairie|prefecture|agence|bureau|guichet|gueule|tete|dents|machoire|voiture|maison|vitres?|locaux|batiment|tribunal|agent\w*|facade|jambes|genoux?|nez|moi meme)\b|"
    rf"\b(?:je|j'|jvais|jv|jve|on va|je vais) ?(?:vais |va )?(?:te|vous|t'|le|la|les|lui) ?(?:re)?{_LETTER}\w*|"
    r"\bje (?:sais|connais) (?:ou|a quelle heure|dans quel\w*|l'adresse|quelle voiture|votre adresse|son adresse)[^.!?]{0,40}(?:habit|vi[st]|dor[mt]|finis|finit|sort|gar|ecole|travaill|rentr|loge)|"
    r"\b(?:jai|j'ai|je|on a) (?:trouve |retrouve |ai )?(?:son|ton|votre|leurs?|ses) (?:adresse|plaque)[^.!?]{0,60}(?:publi|diffus|balanc|mettr|reseaux|internet|verra|passer)|"
    r"\b(?:vous allez|tu vas|il va|elle va|ils vont|vont|va) (?:le |la |me le |bien |tous |cher |vraiment )?(?:regretter|payer cher|payer cash|crever|comprendre leur douleur|voir ce que)\b|"
    r"\b(?:je|jvais|on) (?:t'|vous |l'|les |la |le )?(?:attends?|attendrai|attendre|chopp?e\w*|trouver(?:ai)?|retrouver(?:ai)?) (?:a la sortie|sur le parking|devant|dehors|un soir|ce soir|demain)|"
    r"\b(?:surveillez|regarde[zr]?|fais|faites|faire)(?: bien)? (?:derriere|dans (?:votre|ton|son) dos|attention a (?:vous|toi|vos|tes|ses|sa famille|vos enfants)|sous (?:sa|votre|ta) voiture)|"
    r"\b(?:un )?accident (?:est|es|c'est|arrive)? ?(?:si )?vite arrive|"
    r"\b(?:bombe|colis piege|jerrican|bidon d'essence|cocktail molotov|kalach\w*|calibre|fusil)\b[^.!?]{0,60}\b(?:vous|votre|vos|caf|mairie|prefecture|accueil|guichet|agence|bureaux?|tribunal)\b|"
    r"\b(?:je viens|je reviens|je viendrai|je reviendrai|jviens|jarrive) avec (?:mon |ma |un |une |le |la |mes )?(?:fusil|batte|barre|masse|couteau|jerrican|essence|carabine|hache|cousins|frere\w*|potes|pelleteuse|tracteur et|bidon|marteau|arme|calibre|chien\w*)|"
    r"\b(?:jfais|je fais|je vais faire|on va faire|ferai) (?:tout )?(?:tomber votre site|sauter|cramer|peter|bruler)|"
    r"\b(?:je balance|je publie|je diffuse|je vais publier|je mets en ligne|je poste)[^.!?]{0,40}\b(?:photos?|adresses?|noms?|nom|numero|tout) [^.!?]{0,30}(?:reseaux|internet|facebook|partout|agent\w*|ligne)|"
    r"\b(?:vos|votre|ses|leurs?|ta|tes) (?:\w+ )?(?:pneus?|voitures?|vitres?|vitrines?)\b[^.!?]{0,40}\b(?:crev|ray|cass|brul|peter|sauter|vole\w* en))"
)
_HATE: Final = (
    rf"\b(?:{GROUPS})\b[^.!?\n]{{0,60}}\b(?:(?:sont|c'est|cest|etes) (?:tous |toutes |que |tous que |par nature )*(?:des |de la |une |un )?(?:\w+ )?(?:voleu\w+|menteu\w+|parasit\w+|rats?|cafards?|vermine|singes?|animaux|betes?|sauvages?|feignant\w*|faineant\w*|profiteu\w+|malades?|race|sous\S*|terroristes?|delinquants?|racailles?|degeneres?|pedophiles?|hysteriques?|inferieur\w*|nuisibles?|envahisseurs|erreur\w*|abomination\w*|pervers\w*|mendiants|gens de|inaptes?|barbares?|secte|poison|cancer)|"
    r"(?:de naissance|par nature|dans (?:le sang|leurs? genes?|la peau)|genetiquement|au zoo|remigr\w+|envahi\w*|nous remplac\w*|pond\w* |se reproduis\w*|se multipli\w*|moins (?:aptes?|intelligent\w*|capables?|fiables?|evolues?)|puent|sentent mauvais|n'ont rien a faire|n'a rien a faire|rentr\w+ chez (?:eux|vous)|retourn\w+ (?:chez|dans)|dehors|a la mer|pas (?:leur|sa) place (?:ici|en france|dans|a l|derriere)))|"
    r"\b(?:retourne\w*|rentre\w*|renvoy\w*|qu'ils? (?:aillent|rentrent|retournent)|degage\w*)[^.!?]{0,25}\b(?:chez (?:eux|elle|lui|toi|vous)|(?:dans|en) (?:ta|sa|leurs?|ton|son|votre) (?:pays|brousse|bled|ile|cases?|desert|foret|cuisine|arbre|jungle)|au bled|en afrique|dans (?:leur|ton|son) pays)|"
    rf"\b(?:sales?|salles?|vermine de|tous ces|sous[- ]race de) (?:{GROUPS})\b|"
    r"\b(?:sous[- ](?:hommes?|race|espece)|nez crochus?|grand remplacement|on n'est plus chez nous|invasion (?:migratoire|musulmane)|(?:cette|leur|sa|race de) (?:race|engeance|voleurs de poules)|(?:ces|tous) gens[- ]la (?:sont|c'est) (?:tous|par nature)|bons? qu'a|au four|les fours|hitler (?:avait|n'a pas)|contre[- ]nature|une maladie mentale)\b|"
    r"\b(?:femmes?|bonnes femmes|gonzesses|nanas)\b[^.!?\n]{0,50}\b(?:a la cuisine|a leurs? fourneaux?|derriere (?:un guichet|les fourneaux)|pas faites? pour|incapables? (?:par|de raisonner)|moins intelligent\w*|aux fourneaux|hormones)|"
    r"\b(?:handicapes?|trisomiques?|autistes?|debiles)\b[^.!?\n]{0,60}\b(?:enferm\w+|a l'asile|piquer|avorter|cach\w+|font peur|pas (?:leur|sa) place|coutent|gach\w+|erreurs? de la nature)"
)
_SPAM: Final = (
    r"\b(?:vends|a vendre|cede|loue|a louer)\b[^.!?]{0,80}(?:\beuros?\b|€|\bprix\b|bon etat|\bneuf\b|debattre|contact)|"
    r"\b(?:https?://|www\.)\S*(?:promo|shop|casino|crypto|bit|gain|offre|cash)|"
    r"\b(?:offre (?:valable|limitee|speciale)|code promo|places? limitees?|lien en (?:prive|bio)|en mp\b|devis gratuit|sans engagement|livraison (?:gratuite|offerte)|retour (?:affectif|de l'etre aime)|marabout|voyant\w*|medium (?:serieux|reconnu)|pret entre particuliers?|gagn\w+ (?:jusqu'a )?[\d ]+ ?(?:€|euros) (?:par|en)|bitcoin\w*|trading|envoie ce message|transmets? ce message|cliquez (?:vite |ici|sur ce lien)|abonnez[- ]vous|perdre du poids)"
)
_DISTRESS: Final = (
    r"\b(?:me (?:suicider|pendre|foutre en l'air|jeter (?:sous|du|dans|par) |flinguer|tuer\b(?! a | au | de| pour)|tirer une balle|supprimer|noyer|bruler devant|immoler|ouvrir les veines)|en finir (?:avec (?:la vie|tout)|pour de bon|ce soir|une (?:bonne )?fois|bientot)|(?:je|jveux|j'ai envie d'|vais|veux|voudrais|pense a|prefere|d')(?: |')?en finir\b|"
    r"(?:envie|idees?|pensees?|penser|peur|hate|besoin|veux|voudrais) (?:de |d'|noires? de )?(?:mourir|crever|disparaitre|suicid\w+)|idees? (?:noires|suicidaires)|"
    r"plus (?:envie|la force|le courage|le gout) d(?:e |')(?:vivre|continuer|me lever|lutter|me battre|exister|etre la)|fatiguee? (?:de vivre|d'exister|d'etre (?:la|en vie))|"
    r"(?:je ne|je|j') ?(?:serai|sera|serais) (?:plus|pu) (?:la\b|de ce monde|vivante?|en vie)|(?:si|que) je (?:n'etais|ne suis|n'existais|serais|suis) (?:plus|pas) la\b|"
    r"(?:ne me|me) (?:reveille|reveillais|reveillerai|reveiller) (?:pas|plus|jamais)|(?:serait|seraient|seront|sera|serai) (?:tous |bien |plus |mieux )*(?:tranquilles?|mieux|soulages?|debarrasses?) (?:sans|si) (?:moi|je)|"
    r"(?:un|une) (?:poids|charge|fardeau|boulet) pour (?:tout|tous|ma|mon|mes|les|ceux)|passer a l'acte|prendre (?:tous )?(?:mes|les|des|la boite de|ma boite de) (?:cachets|medicaments|comprimes|somniferes)|"
    r"(?:sauter|saute) (?:du|par|dans) (?:le |la )?(?:pont|viaduc|toit|fenetre|balcon|rails?|\w+ etage)|mettre fin a (?:mes jours|ma vie|tout)|(?:j'ai|jai) (?:deja )?(?:ecrit|prepare|laisse) (?:(?:la|ma|mes|les) lettres?(?= ?[.,!?;]| ?$| d'adieu| pour (?:eux|elle|lui|mes|ma|mon|les))|(?:une|des) lettres? (?:d'adieu|pour (?:mes|ma|mon) (?:fill|fils|enfant|femme|mari|mere|pere|famill)\w*))|partir (?:les pieds devant|pour (?:de bon|toujours))|"
    r"(?:personne|on) (?:ne )?(?:me )?(?:pleurera|remarquera|manquerai|s'en apercev\w+)|a quoi (?:bon )?(?:continuer|ca sert de (?:vivre|continuer))|plus aucune raison de|(?:rejoindre|retrouver) (?:ma (?:femme|mere|fille)|mon (?:mari|fils|pere|homme|epoux)) la[- ]haut)"
)
_DANGER: Final = (
    r"\b(?:(?:il|elle|mon (?:ex|mari|pere|conjoint|compagnon|fils|voisin|beau-pere)\w*|qui) (?:me|la|le|les|nous|l'|m'|a encore|l'a|m'a) ?(?:a |encore |re|ont )*(?:frapp\w+|tap(?:e|ait|er)|batt?(?:u\w*|ait|re)?|cogn\w+|etrangl\w+|viol[eo]\w*|sequestr\w+|enferm\w+|brul\w+|menac\w+ (?:de mort|avec|de me)|viol\w+)|"
    r"menac\w+ de (?:mort|me tuer|la tuer|nous tuer|mourir)|(?:va|vais|veut|menace de) (?:me|la|le|les|nous|te) tuer|"
    r"ordonnance de protection|telephone grave danger|violences? (?:conjugales?|physiques?|sexuelles?)|attouchements?|maltrait\w+|"
    r"(?:des |ses |les )?(?:bleus|hematomes|marques|traces)\b[^.!?]{0,25}\b(?:bras|cou|corps|visage|jambes|dos|joues?|coups)|"
    r"(?:cables?|fils?) (?:electriques?)? ?(?:a nu|denudes?|pend\w*)|odeur de gaz|fuite de gaz|monoxyde|menace de s'effondrer|va s'effondrer|tombe\w* en morceaux sur|"
    r"(?:mariage|marier) (?:forcee?|de force)|excis\w+|(?:garde|pris|confisque|cache) (?:mon |mes |son |sa |nos )(?:passeport|papiers|telephone|cles)|"
    r"(?:bebe|enfants?|gamine?s?|petite?s?|gosses?|fillette)\b[^.!?]{0,50}\b(?:seule?s? (?:toute|la nuit|dans|depuis)|enfermee?s?|frappee?s?|battue?s?|attachee?s?|sans manger|crie\w* la nuit|hurl\w+|dans la voiture))"
)
_FRAUD: Final = (
    r"\b(?:bakchich|pots?[- ]de[- ]vin|dessous[- ]de[- ]table|sous la table|corromp\w+|graisser la patte|enveloppes? (?:de|contre|pour|pleine)|emplois? fictifs?|detourn\w+ (?:de |des |les |d'|l'|la )|fausses? (?:factures?|attestations?|signatures?)|faux (?:proces|pv|papiers|certificats?|en ecriture|permis|documents?|rapports?)|imite (?:ma|la|sa) signature|prise illegale|conflit d'interets?|favoritisme|trafic)|"
    r"\b(?:billets?|especes|liquide|cash|black)\b[^.!?]{0,80}\b(?:agent\w*|guichet|employe\w*|secretaire|adjoint\w*|maire|directeur|directrice|controleu\w+|inspecteur|inspectrice|gendarme|policier|vigile|responsable|instructeur)|"
    r"\b(?:agent\w*|guichet|employe\w*|secretaire|adjoint\w*|maire|directeur|directrice|controleu\w+|inspecteur|inspectrice|instructeur|gardien|vigile|brigadier|gendarme|policier|huissier|curat\w+|mandataire|tuteur|responsable|chef\w*|conseill\w+|gradee?)\b[^.!?]{0,90}\b(?:billets?|en (?:especes|liquide)|au black|enveloppe|cash|contre \d+|moyennant|sa propre|son propre|sa poche|ses poches|revend\w*|(?:son|sa|ses) (?:cousin\w*|neveu|niece|beau-frere|frere|copain|copine|compagn\w+|maitresse|amis?|potes?)|se sert|servi\w* dans|detourn\w+|falsifi\w+|vend (?:des|les)|fait sauter|fauss\w+|m'a (?:reclame|demande) \d+)"
)
_PHRASES: Final = Phrases({
    "menace": _THREAT, "deshumanisation": _HATE, "publicite": _SPAM,
    "detresse_dite": _DISTRESS, "danger_dit": _DANGER, "corruption_dite": _FRAUD,
    "injure": rf"(?:{COMPOUNDS})\b", "injure_masquee": _SHORT_MASK,
})  # fmt: skip
_SQUEEZED = {squeeze(word): word for word in INJURIES | SLURS if len(word) > 3}
_PLAIN = INJURIES | SLURS | WEAK
# Words looked at closely in one text, and hits told: beyond, nobody reads on.
MOST: Final = 300


class _Kinds(dict[str, str]):
    """What a word is in the lists: a rule, `weak`, or nothing; remembered as words are met."""

    def __missing__(self, word: str) -> str:
        kind = _kind(word)
        if len(self) < 60_000:
            self[word] = kind
        return kind


def _kind(word: str) -> str:
    if word in SLURS or word in INJURIES:
        return "haine" if word in SLURS else "injure"
    if word in WEAK:
        return "weak"
    if 4 < len(word) <= 40 and (plain := _SQUEEZED.get(squeeze(word))):
        return "haine" if plain in SLURS else "injure_masquee"
    return ""


_KINDS = _Kinds()


def injuries(folded: str) -> list[Hit]:
    """Injuries that aim at someone: words and masked words; those quoted or harmless left."""
    hits: list[Hit] = []
    if not any(map(_KINDS.__getitem__, _WORDS.findall(folded))):
        return hits + _masked(folded)
    listed = [(m, kind) for m in _WORDS.finditer(folded) if (kind := _KINDS[m.group()])]
    for match, kind in listed[:MOST]:
        word, (start, end) = match.group(), match.span()
        if kind == "weak" and not _aimed(folded, word, start, end):
            continue
        if not _excused(folded, start, end):
            hits.append(Hit("injure" if kind == "weak" else kind, start, end))
    return hits + _masked(folded)


def _aimed(folded: str, word: str, start: int, end: int) -> bool:
    before = folded[max(0, start - 40) : start]
    if not _AIM.search(before):
        return False
    if _HARMLESS_BEFORE.search(before):
        return bool(re.search(r"(?:espece|bande|tas|ramassis) de $", before))
    if before.strip() == "" or before[-2:] in {". ", "! ", "? ", ": "}:
        return bool(_OF_SERVICE.match(folded[end : end + 20])) and word not in {"merde", "nul"}
    if word in {"merde", "nul", "nulle"} and "c'est" in before[-12:]:
        return False
    return not _OF_A_THING.search(before)


def _excused(folded: str, start: int, end: int) -> bool:
    before, after = folded[max(0, start - 80) : start], folded[end : end + 30]
    if _TOOL.match(after) or _MYSELF_AFTER.match(after) or before.endswith(" a la "):
        return True
    return bool(_SELF.search(before[-45:]) or _DOUBT.search(before[-30:]) or _QUOTED.search(before))


def _masked(folded: str) -> list[Hit]:
    hits = []
    for masked in islice(masked_words(folded), MOST):
        word = _match(masked.form)
        if word and not _excused(folded, masked.start, masked.end):
            rule = "haine" if word in SLURS else "injure_masquee"
            hits.append(Hit(rule, masked.start, masked.end))
    return hits


def _match(form: str) -> str | None:
    if "*" not in form:
        whole = form if form in UNMASKABLE else _SQUEEZED.get(squeeze(form))
        return None if whole and whole.startswith("merde") else whole
    if len(form) > 30:
        return None
    return next((word for word in sorted(UNMASKABLE) if fits(form, word)), None)


def find(folded: str, words: Words | None = None) -> list[Hit]:
    """Every rule met, in the order of the text; positions are those of the folded text."""
    hits = injuries(folded)
    met = _PHRASES.find(folded, words_of(folded) if words is None else words)
    for rule, start, end in islice(met, MOST):
        if rule != "injure" or not _excused(folded, start, end):
            hits.append(Hit(rule, start, end))
    return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rule))
