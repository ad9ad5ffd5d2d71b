"""Families of personal data, each in the shapes people write; names and numbers are invented."""

from __future__ import annotations

import pytest

from portevoix.text.redact import find
from portevoix.training.marks import read_marks

HIDDEN = """
J'habite au [[ADDRESS:14 rue de la Liberté, 3ème étage droite, 93200 Saint-Denis]] depuis mars.
mon adresse c'est [[ADDRESS:22 av jean jaures 69007 lyon]] merci
Je vis [[ADDRESS:lieu-dit Les Brousses, 24300 Nontron]], sans réseau.
domicilié [[ADDRESS:Le Bourg, 15140 Saint-Martin-Valmeroux]] depuis
[[ADDRESS:Rés. Les Acacias, bât. D, apt 23, 13015 Marseille]] : pas d'eau.
[[ADDRESS:Apt 12 - 45 rue Nationale - 37000 Tours]]
la maison du [[ADDRESS:27, chemin de la Croix-Rousse]] prend l'eau
J'AI DEMENAGE AU [[ADDRESS:15 RUE VICTOR HUGO 59100 ROUBAIX]] EN MARS
[[ADDRESS:10 rue des Lilas, F-68100 Mulhouse]]
Jumeaux nés le [[BIRTHDATE:9 août 2020]], déclarés le 12 août 2020.
vous avez mis né le [[BIRTHDATE:01/02/1980]] au lieu du [[BIRTHDATE:02/01/1980]].
il est né le [[BIRTHDATE:quatorze juillet 1989]]
ne(e) le [[BIRTHDATE:22.11.61]]
passeport marocain [[ID_DOC:AB 1234567]]
ma cni c'est [[ID_DOC:X4RTBPFW4]]
permis de conduire n° [[ID_DOC:14 AH 12345]]
récépissé [[ID_DOC:9203012345]] périmé
allocataire [[FILE:123 4567 K]]
référence [[FILE:DEM-XK7-2281]]
ma demande [[FILE:SNE 0931201145678 11223]]
matricule [[FILE:M 0045 221]]
affaire [[FILE:RG 23/01452]]
mon 06 c'est [[PHONE:06-12-34-56-78]]
[[PHONE:zéro six douze trente-quatre cinquante-six soixante-dix-huit]]
tel c [[PHONE:06 39 nonante huit 77 10]]
[[PHONE:o6 12 34 56 78]]
[[EMAIL:jean point dupont arobase example point fr]]
[[EMAIL:nadia . pruvot @ example . fr]]
[[EMAIL:jean.dupont[at]example[dot]fr]]
plaque espagnole [[PLATE:1234 BCD]]
véhicule allemand [[PLATE:M-AB 1234]]
ma voiture [[PLATE:ab-123-cd]]
Compte élève : [[ACCOUNT:e.delaunay17]]
mon pseudo [[ACCOUNT:Choupette83]]
sécu [[NIR:1 85 07 75 116 042 / 33]]
RIB refusé [[IBAN:FR 76 3 0 0 0 4 9 9 9 9 9 0 0 0 1 2 3 4 5 6 7 8 1 2]] alors que
J'ai eu [[PERSON:Karim]] au téléphone.
merci a [[PERSON:sandrine]] de l'accueil
Mme [[PERSON:B.]] m'a reçue.
M. [[PERSON:J. Dupond]] a promis.
Mme [[PERSON:de la Bretonnière]] est là.
je m'appelle [[PERSON:Pierre]]
Cordialement,\\n[[PERSON:Hervé Castagnet]]
""".strip().split("\n")

KEPT = """
Rue Marcel-Pagnol, le lampadaire clignote.
Le lycée Jean-Moulin et le collège Rosa-Parks ont le même répondeur.
Le ministre de l'Éducation a promis mille postes.
J'ai demandé un acte de naissance le 12/03/2024.
À Cahors, à Figeac, à Gourdon : trois permanences.
Le service est ferméMerci de rouvrir.
Mon mari hospitalisé attend, la conseillère débordée aussi.
Numéro intracommunautaire refusé : FR 40 303 265 045.
On a perdu 3 places de parking et 2 cours de français.
Le guichet est au 12 rue de la République.
""".strip().split("\n")


@pytest.mark.parametrize("marked", HIDDEN)
def test_each_way_of_writing_it_is_hidden(marked: str) -> None:
    case = read_marks("", marked.replace("\\n", "\n"))
    hidden = {p for f in find(case.text) for p in range(f.start, f.end)}
    for start, end, kind in case.marks:
        left = [case.text[p] for p in range(start, end) if p not in hidden]
        assert not any(c.isalnum() for c in left), (kind, "".join(left))


@pytest.mark.parametrize("text", KEPT)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert [text[f.start : f.end] for f in find(text)] == []
