"""Names as people read them, from official ones written in capitals without accents."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from portevoix.opendata.headings import fold
from portevoix.web.directory.territories import departement_rows

_SMALL: Final = frozenset("de du des d la le les l et en au aux sur sous à lès lez".split())
_ACRONYMS: Final = frozenset(
    "aj anah anct antai ants apij api arcep asp bse bsi bsn caf cafat ccsp cgss cms cnaf cnam "
    "cnav cnous cpam crous css csp ddfip ddpp ddsp ddt ddtm ddets dgddi dgfip dggn dila dinum dipa "
    "dirm ditp dpaf drac draaf dreal dreets drfip dsac dsden dt dtd dz dzsp efs esa ens gie insee "
    "inrae insp mdpaad mjd msa mte onacvg pad pae pe pfp poc ppel rad rgc sgc sgmas sie sip spf "
    "ssp stif tgi ucanss ufr udaf urssaf sip rpe apec cfppa legta creps".split()
)
# Words of the administration that capitals deprive of their accents.
_ACCENTED: Final = {
    fold(word): word
    for word in (
        "académie agréé armée arrêté bâtiment chambéry collège cité comptabilité "
        "conservatoire contrôle départementale départemental départementales délégation dépôt "
        "développement direction éducation élysée église emploi entreprise équipement "
        "établissement états étienne étrangers évreux évry fédération général générale "
        "gestion hôpital hôtel île impôt impôts justice lycée médiathèque métropole ministère "
        "musée numérique pénitentiaire périgueux pôle préfecture présidence prévention "
        "proximité prud’hommes publicité pyrénées qualité recette réception région régional "
        "régionale réseau réunion saint sécurité sénat société sous-préfecture spécialisé "
        "spécialisée théâtre trésorerie université victimes école écoles bibliothèque "
        "publique public affaires sociales hérault ardèche isère drôme nîmes orléans béziers "
        "angoulême besançon alençon angers saint-étienne sète bégles mâcon châteauroux île "
        "îles châlons château épinal évian agglomération électricité enquêtes"
    ).split()
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)


def tidy(official: str) -> str:
    """« CAF DE L'HERAULT » → « CAF de l’Hérault »; a name that has small letters keeps them."""
    name = re.sub(r"\s+", " ", official).strip().replace("'", "’")
    shouted = sum(c.isupper() for c in name) > sum(c.islower() for c in name)
    tidied = _WORD.sub(lambda found: _word(found.group(), shouted=shouted), name)
    return tidied[:1].upper() + tidied[1:]


def _word(word: str, *, shouted: bool) -> str:
    head, mark, tail = word.partition("’")
    if mark and head.lower() in {"d", "l", "qu"}:
        # « L’Aigle » written so stays so: tidied twice, a name is the same.
        return f"{head.lower() if shouted else head}’{_word(tail, shouted=shouted)}"
    low = word.lower()
    if _stays(word, low, shouted=shouted):
        return word
    if low in _SMALL:
        return low
    return _place(low) or _ACCENTED.get(low, low).capitalize()


def _stays(word: str, low: str, *, shouted: bool) -> bool:
    """Already written with small letters, or an acronym."""
    if not word.isupper() or (len(word) < 2 and not shouted):
        return True
    if low in _ACRONYMS or not re.search("[aeiouyéèêâîôû]", low):
        return True
    short = not shouted and len(word) <= 3
    return short and low not in _SMALL and low not in _ACCENTED and not _place(low)


def _place(low: str) -> str:
    return _places().get(fold(low), "")


@cache
def _places() -> dict[str, str]:
    """Départements of one word, with their accents."""
    names = [row["name"] for row in departement_rows()]
    return {fold(name): name for name in names if " " not in name and "-" not in name}


def as_read(official: str, given: str, typology: str) -> str:
    """The name shown: the one given for users, else the official one tidied.

    An agency named by its town alone (« DIJON EST-PE ») says what it is.
    """
    if given.strip():
        return tidy(given)
    name = tidy(official)
    kind = fold(typology)
    if "pole emploi" in kind and official.endswith("-PE"):
        return f"France Travail – {name.removesuffix('-PE')}"
    if kind == "circonscription de securite publique" and official.startswith("CSP "):
        return f"Police nationale {name.removeprefix('CSP ')}"
    if official.startswith("DIR DEPT FINANCES PUBLIQUES "):
        return f"Finances publiques – {tidy(official.removeprefix('DIR DEPT FINANCES PUBLIQUES '))}"
    return name
