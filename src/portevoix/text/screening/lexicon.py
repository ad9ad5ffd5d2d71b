# ruff: noqa: E501 (patterns and French sentences read better on one line)
"""Words of the rules, written for this project: folded forms, singular and plural by hand.

Three strengths: `INJURIES` hurt whoever they name; `WEAK` injure only when said of someone
(« bande de voleurs », « cette vipère »); `GROUPS` name people and are only half of a hateful
sentence.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INJURIES: Final = _words("""
connard connards connarde connardes conard conards connasse connasses conasse conasses konnard
konnards konnasse konnasses konas konass konasse konar konard connar connars
salope salopes salop salops salaud salauds salopard salopards saloparde
encule encules enculee enculees enculer enkule enfoire enfoires enfoiree enfoirees
batard batards batarde batardes pute putes puta putain-de-femme petasse petasses pouffiasse
poufiasse pouffiasses poufiasses poufiase grognasse grognasses greluche greluches
abruti abrutis abrutie abruties debile debiles cretin cretins cretine cretines
imbecile imbeciles idiot idiots idiote idiotes attarde attardes attardee
mongol mongols mongole mongolien mongoliens trisomique-de trouduc trouduk
couillon couillons couillonne tocard tocards tocarde tocardes raclure raclures
fdp fdps ntm pd pds tg tafiole tafioles tapette tapettes tarlouze tarlouzes goudou
gouine gouines bouffon bouffons bouffonne bouffonnes sous-merde sousmerde merdeux merdeuse
blaireau blaireaux trouillard enflure enflures fumier fumiers pourriture pourritures
ordure charogne charognes garce garces morue morues morveux morveuse
feignasse feignasses faignasse faignasses feniasse feniasses glandu glandus branleur branleurs
branleuse branleuses couilles-molles gogol gogols triso narvalo
asshole assholes bastard bastards idioten arschloch cabron hijo-de-puta gilipollas stronzo
bitch bitches moron morons wesh-pute kahba hmar zamel hmara cassos kassos
cinglee cinglees cruche cruches truie truies guenon boudin pimbeche pimbeches mégère megere
minable minables degenere degeneres degeneree
crevure crevures sagouin sagouins trouffion andouille andouilles
neuneu neuneus glandeur glandeurs glandeuse glandeuses
crapule crapules rombiere rombieres vermine raté-de
""")

# Said of anybody only with a word that aims: « espèce de », « quel », « ce gros », « vous êtes ».
WEAK: Final = _words("""
con cons conne connes porc porcs cochon cochons chien chiens chienne chiennes vache vaches bique
rat rats vipere viperes clown clowns guignol guignols charlatan charlatans
parasite parasites feignant feignants feignante feignantes faineant faineants faineante faineantes
nul nuls nulle nulles incapable incapables voleur voleurs voleuse voleuses menteur menteurs
menteuse menteuses escroc escrocs bandit bandits voyou voyous larbin larbins
bete betes ane anes ordures clochard clochards clocharde clochardes folle tare tares taree tarees
timbre timbree malade malades dinde dindes dindon poule poules cafard cafards sangsue sangsues
pourri pourris pourrie pourries planque planques branquignol branquignols
cloporte cloportes moins-que-rien sorciere sorcieres thon thons bourrique bouricot
dragon hyene hyenes serpent serpents limace limaces larve larves mollusque mollusques
singe singes babouin babouins gorille macaque torchon serpillere
merde merdes chieur chieuse chieurs chiotte bouse dechet dechets
psychopathe sadique sadiques nazi nazis collabo collabos facho fachos
vautour vautours goret chevre chevres pintade oie grenouille pachyderme baleine
racaille racailles profiteur profiteurs assiste assistes tordu tordus illettre illettres
analphabete analphabetes zero-pointe zozo nunuche nunuches perruche
""")

COMPOUNDS: Final = (
    r"peau de vache|tete de (?:noeud|neud|con|gland|mule pourrie)|trou (?:du |de )cul|trou de balle|"
    r"fil[ls]e? de (?:pute|chien)|fils de p\W*\w*|nique? (?:ta|sa|vos|tes|ses|leurs?) "
    r"(?:mere|race|mort[se]?)|nike (?:ta|sa|vos|tes|ses) (?:mere|race|morts?)|va te faire|"
    r"allez (?:tous |toutes )?vous faire (?:foutre|voir|enculer|mettre)|"
    r"(?:allez|va)(?: bien)? (?:tous )?(?:crever|chier|ntm|nik\w*)|ferme ta gueule|"
    r"(?:ta|vos|leurs?|sa|ses) gueules? de|vieille (?:bique|peau|chouette|harpie|folle|mule|vache)|"
    r"grosse? (?:vache|truie|dinde|baleine|merde|con|conne|porc|tas|dondon|patate|nase|naze|loche)|"
    r"grand[e]? (?:con|conne|malade|dadais)|p(?:'|e)?tite? (?:con|conne|merde|pisseuse|frappe)|"
    r"sous[- ]merdes?|bons? a riens?|bonnes? a riens?|face de (?:rat|cul|porc|pet)|"
    r"(?:une?|la|cette) (?:sale |grosse )?(?:chienne|garce|vipere|sorciere|harpie|megere|feignasse)"
    r" (?:du|de la|des|aigrie|payee|incapable)|debiles? menta(?:l|ux|le)|"
    r"qi d'une? (?:huitre|moule|bulot|poisson)|cerveau d'une? (?:huitre|moule|moineau|poule)|"
    r"eclate[e]? au sol|gros? clochard|casse[- ]couilles?|couilles? molles?|lache[- ]bottes?|"
    r"leche[- ](?:cul|bottes?)s?|gros(?:se)? tas|mange[- ]merdes?|c comme charlie|"
    r"souhaite (?:de|a \w+ de) crever|qu'(?:il|elle|ils|elles)s? creve(?:nt)?"
)

GROUPS: Final = (
    r"arabes?|maghrebin(?:e?s?)|marocain(?:e?s?)|algerien(?:ne)?s?|tunisien(?:ne)?s?|noirs?|noires|"
    r"africain(?:e?s?)|subsaharien(?:ne)?s?|malien(?:ne)?s?|senegalais(?:e?s?)|comorien(?:ne)?s?|"
    r"mahorais(?:e?s?)|antillais(?:e?s?)|asiatiques?|chinois(?:e?s?)|vietnamien(?:ne)?s?|"
    r"pakistanais(?:e?s?)|afghan(?:e?s?)|syrien(?:ne)?s?|turcs?|turques|kurdes?|albanais(?:e?s?)|"
    r"roumain(?:e?s?)|bulgares?|polonais(?:e?s?)|portugais(?:e?s?)|ukrainien(?:ne)?s?|russes|"
    r"roms?|romanichels?|tsiganes?|gitan(?:e?s?)|manouches?|gens du voyage|juifs?|juives?|"
    r"musulman(?:e?s?)|islamistes|catho(?:lique)?s|chretien(?:ne)?s|protestants|bouddhistes|"
    r"hindous?|migrants?|immigre(?:e?s?)|refugie(?:e?s?)|etranger(?:es|s)|clandestins|sans[- ]papiers|"
    r"homo(?:sexuel(?:le)?)?s?|gays?|lesbiennes?|trans(?:genres?|sexuel(?:le)?s?)?|lgbt\w*|"
    r"handicape(?:e?s?)|autistes|trisomiques?|sourds|aveugles|schizophrenes|femmes|bonnes femmes|"
    r"voilees?|femme voilee|barbus|d'origine (?:etrangere|africaine|maghrebine)|"
    r"ces gens(?:[- ]la)?|cette (?:race|engeance|espece|population)|ces (?:populations|individus)(?:-la)?"
)

SLURS: Final = _words("""
bougnoule bougnoules bougnoul bougnouls bicot bicots raton ratons crouille crouilles melon melons
negre negres negro negros negresse negresses bamboula bamboulas macaque macaques
youpin youpins youpine youtre youtres feuj-de chinetoque chinetoques niakoue niakoues noiches brides
romano romanos manouche-de sale-arabe sale-juif ratonnade ratonnades
basane basanes basanee basanees beurette beurettes rebeu-de enturbanne enturbannes
pedale pedales travelo travelos fiotte fiottes sodomite sodomites
sous-homme sous-hommes sous-race soushommes
""")

UNMASKABLE: Final = INJURIES | SLURS | _words("con cons conne connes merde merdes pute putes bite")
"""What a masked spelling is compared with: common words would read an insult into a code."""
