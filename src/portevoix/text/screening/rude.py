"""Words that are rude whoever says them to whom, found to be left out of a dictation.

The moderator judges what is meant; here only words count. A word with an everyday sense
(« fumier », « ordures ») is rude only when it is thrown at somebody.
"""

from __future__ import annotations

import re
from typing import Final

from portevoix.text.screening.folding import fold
from portevoix.text.screening.lexicon import INJURIES, SLURS, WEAK

_VULGAR: Final = frozenset(
    """
    merde merdes merdique merdiques merdier emmerde emmerdes emmerdent emmerder emmerdant
    emmerdement emmerdements emmerdeur emmerdeuse demerde demerder demerdez demmerder putain
    putains putin bordel bordels chier chiant chiante chiants chiantes chieur chieurs chieuse
    chieuses chiasse foutre foutez foutu foutue foutus foutues foutaise foutaises foutoir branle
    branlent branler branleur con cons conne connes connerie conneries couille couilles bite bites
    cul enculer nique niquer niquez niques gueuler salope salopes conasse connard fuck fucking shit
    bouse chiotte chiottes gueule
    """.split()
)
# In these lists an everyday sense is as likely as the insult: only aimed words are rude.
_EVERYDAY: Final = frozenset(
    """
    ordure fumier fumiers pourriture pourritures charogne charognes cruche cruches truie truies
    morue morues blaireau blaireaux boudin andouille andouilles vermine minable minables bouffon
    bouffons bouffonne tapette tapettes enflure enflures crevure garce garces tg pd pds mongol
    mongols mongole raclure raclures couillon idiot idiote idiots idiotes debile debiles imbecile
    imbeciles cretin cretins bitch moron morons crapule crapules hmar zamel neuneu attarde attardes
    attardee degenere degeneres degeneree megere guenon grognasse cassos trouillard sagouin
    trisomique-de raton ratons melon melons pedale pedales noiches brides macaque macaques basane
    basanee bastard idioten bouse gueule cul foutue foutu
    """.split()
)
_ALWAYS: Final = (INJURIES | SLURS | _VULGAR) - _EVERYDAY
_AIMED: Final = (_EVERYDAY | WEAK) - _VULGAR | _EVERYDAY
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")
_AIM: Final = re.compile(
    r"(?:\b(?:espece|bande|tas|ramassis) de |\bquel(?:le)?s? |\bsales? |\bgros(?:se)?s? |"
    r"\b(?:vous|tu|ils?|elles?) (?:n')?(?:etes|es|est|sont) (?:vraiment |tous |toutes |que )*"
    r"(?:des? |une? )?(?:vrai(?:e)?s? |gros(?:se)?s? |sales? )?|"
    r"\bbandes? d'|\bespeces? d'|\b(?:ta|vos|votre|leurs?) (?=gueule))$"
)
_PARTS: Final = re.compile(
    r"\b(?:fils? de (?:pute|chien)|ta gueule|(?:ferme|fermez) (?:ta|vos|votre) gueules?|"
    r"va te faire foutre|allez vous faire (?:foutre|voir)|trou du cul|casse couilles?|"
    r"je m'en (?:fous|tape|branle|bats les couilles)|s'en fout(?:ent)?|tete de (?:con|noeud))\b"
)
_REACH: Final = 40


def rude_words(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` to leave out, sorted, apart from one another."""
    folded = fold(text)
    found = [match.span() for match in _PARTS.finditer(folded)]
    for match in _WORD.finditer(folded):
        word, (start, end) = match.group(), match.span()
        aimed = word in _AIMED and _AIM.search(folded[max(0, start - _REACH) : start])
        if (word in _ALWAYS or aimed) and not any(s < end and start < e for s, e in found):
            found.append((start, end))
    return sorted(found)
