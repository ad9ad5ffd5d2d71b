"""Families of personal data, each in the shapes people write; names and numbers are invented."""

from __future__ import annotations

import pytest

from portevoix.text.redact import find
from portevoix.training.marks import read_marks

HIDDEN = """
Livrez au [[ADDRESS:27 boulevard Barbès, Paris 18ème]], on descendra.
J'habite [[ADDRESS:4 rue Garibaldi à Lyon 3e]] et rien ne vient.
chez ma tante, [[ADDRESS:10 impasse du Chien qui fume, 44600 Saint-Nazaire]]
Passez voir : [[ADDRESS:Les Quatre Vents, portail vert, 61200 Argentan]]
Il dort [[ADDRESS:rue des Lilas, Béziers]], depuis un mois
[[ADDRESS:PK 18,5 côté montagne, Paea, Tahiti]]
Nous sommes au [[ADDRESS:lieu dit La Peyre, commune de Saint-Yrieix (87500)]]
ma sœur, [[ADDRESS:22 rue Sherbrooke, Montréal H3A 1B2]], attend aussi
Écrivez à [[ADDRESS:Résidence Bellerive\nBâtiment D\n15 quai des Orfèvres\n45000 Orléans]]
la locataire du [[ADDRESS:8 impasse du Lavoir 21000 Dijon, premier étage]], moi
au [[ADDRESS:chalet Le Sapin Bleu, Les Granges, 74110 Montriond]]
Envoyé au [[ADDRESS:4 rue de la Paix]] au lieu du [[ADDRESS:4 avenue de la Paix]]
j'habite [[ADDRESS:rue Victor Hugo au 17 à Saint-Étienne]]
ma vieille [[PLATE:1234 AB 59]] a été vendue
Camping-car polonais [[PLATE:WA 4471K]] immatriculé depuis six mois
Ma date : [[BIRTHDATE:5 mai 45]], merci
née le [[BIRTHDATE:3 mars 1980]] mais on a écrit [[BIRTHDATE:03/03/2080]] sur la carte
Mon numéro Parcoursup : [[FILE:2117730]].
ecrivez sur [[EMAIL:sylvie.pagnon82 @exemple .fr]] merci
Mon pseudo sur le forum est [[ACCOUNT:tigrou_du_62]], effacé.
Nous, [[PERSON:Anne]] et [[PERSON:Luc Moreau]], demandons une réponse.
Un grand merci à Mme [[PERSON:TOSSOUKPE]] et à Monsieur [[PERSON:RECHER]].
je suis tombé sur mme [[PERSON:cordonnier]] qui s'en fiche
Madame [[PERSON:Rose Marie Blanc]] épouse [[PERSON:Noir]]
C'est [[PERSON:DUPUIS Jean-Marc]] qui vous écrit
Signé [[PERSON:D.L.]], qui ne veut pas d'ennuis
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
Notre maison, [[ADDRESS:6 Les Coteaux à Figeac 46100]], n'est pas raccordée.
adressez tout au [[ADDRESS:14 le bois joli 35470 bain de bretagne]] merci
Je suis au [[ADDRESS:2 Ty Nevez, 29270 Carhaix]], on ne me trouve jamais.
mes parents vivent [[ADDRESS:9 Kerlouan 56300 Pontivy]]
Écrire à [[ADDRESS:BP 33, 97640 Sada]] désormais.
Je réside à [[ADDRESS:PK 22, côté mer, 98725 Teva I Uta]].
J'habite [[ADDRESS:tribu de Saint-Louis, 98809 Mont-Dore]] en Nouvelle-Calédonie.
Je vis [[ADDRESS:section Douville, 97180 Sainte-Anne]], pas d'eau.
Ma grand-mère habite [[ADDRESS:Habitation Beauséjour, 97218 Grand'Rivière]].
J'habite [[ADDRESS:lotissement Les Flamboyants n° 14, Le Lamentin 97232]].
maison située [[ADDRESS:Lieu-dit Pinarellu, 20144 Zonza]]
On m'écrit encore au [[ADDRESS:9 rue Haute, appartement 4, 20200 Bastia]].
Je loue [[ADDRESS:au-dessus du tabac, 31 Grande Rue, 39300 Champagnole]], au second.
Studio [[ADDRESS:au fond de la cour, 5 rue des Halles, 79000 Niort]], sans boîte.
Appartement [[ADDRESS:17, bat C, rue des Lavandes, 13300 Salon]] inondé
Logement [[ADDRESS:B 12, résidence Les Tilleuls, 21 avenue Foch, 54000 Nancy]] inhabitable.
Nous sommes [[ADDRESS:1er étage, 18 rue de Metz, Toulouse]].
Mon domicile : [[ADDRESS:Albi, 7 bis rue Croix-Verte, 81000]].
j'habite [[ADDRESS:limoges 22 rue montmailler]]
Écrire au [[ADDRESS:Clos des Vignes no 3, 33330 Saint-Émilion]].
Adresse exacte : [[ADDRESS:Maison forestière du Grand Canton, 88200 Remiremont]].
Je vis dans une péniche, [[ADDRESS:port de Sucy, emplacement 8, 94370 Sucy-en-Brie]].
Je suis domiciliée [[ADDRESS:camping Le Pin Parasol, parcelle 41, 85220 Landevieille]].
J'habite en Suisse, [[ADDRESS:Chemin des Clochettes 7, 1206 Genève]].
J'habite à Bruxelles, [[ADDRESS:avenue Louise 240 bte 5, 1050 Ixelles]].
Mon adresse en Espagne : [[ADDRESS:Calle Mayor 12, 3º B, 28013 Madrid]].
Mon adresse au Royaume-Uni est [[ADDRESS:Flat 3, 27 Albert Road, Manchester M19 2EQ]].
Je vis aux USA, [[ADDRESS:742 Evergreen Terrace, Springfield, IL 62704]].
Courrier renvoyé de [[ADDRESS:Via Garibaldi 18, 10122 Torino]] (Italie).
Adresse à Munich : [[ADDRESS:Leopoldstr. 77, 80802 München]].
Je suis à Alger, [[ADDRESS:cité 1200 logements, bât 14, n° 7, Bab Ezzouar]].
Adresse à Tunis : [[ADDRESS:12 rue de Marseille, 1000 Tunis]].
La box doit aller [[ADDRESS:37 cours de la Marne\\nRésidence Montaigne apt 52\\n33800 Bordeaux]]
adresse [[ADDRESS:44Bis r.Victor Hugo 69200 Venissieux]]
je suis au [[ADDRESS:n°5 rue du pont 08000 charleville]]
Adresse postale : [[ADDRESS:CIDEX 412, 28 chemin du Moulin, 38690 Oyeu]].
Colis laissé au [[ADDRESS:15 et 17 avenue Foch]], jamais retrouvé.
mon adresse c'est [[ADDRESS:chemin des ecoliers, 84200 carpentras]]
Nous habitons [[ADDRESS:route de Narbonne, domaine de la Pinède, 11100 Bages]].
J'ai signalé notre arrivée au [[ADDRESS:Clos Saint-Jean, 3 allée B, 06200 Nice]].
Je suis [[BIRTHDATE:12/03/81]], mon frère [[BIRTHDATE:4.7.79]].
[[PERSON:Bertrand Collin]] [[BIRTHDATE:15/02/1947]] demande sa pension
Elle aura 70 ans le [[BIRTHDATE:8 mai 2026]] et n'a plus de mutuelle.
J'ai accouché le [[BIRTHDATE:3 mai 2024]] et la Paje n'arrive pas.
Pour info : masculin, [[BIRTHDATE:1958-11-02]], Lyon 8e.
Ma fille (du [[BIRTHDATE:11 mai 2016]]) n'est pas inscrite.
M. [[PERSON:Le Goff]] et Mme [[PERSON:Le Bihan]] m'ont aidé. [[PERSON:Le Goff]] surtout.
cordialement [[PERSON:jean paul riviere]]
signé [[PERSON:anne so girard]]
Mme [[PERSON:L'Hostis]] m'a bien reçu.
""".strip().split("\n")

KEPT = """
Rue Marcel-Pagnol, le lampadaire clignote.
Le lycée Jean-Moulin et le collège Rosa-Parks ont le même répondeur.
Le ministre de l'Éducation a promis mille postes.
J'ai demandé un acte de naissance le 12/03/2024.
Même Emmanuel Macron avait promis moins de papiers, comme disait Coluche.
Merci, madame du standard, et madame du Standard aussi.
L'agence, située 45 rue de Paris à Vichy, est fermée sans préavis.
Je suis venu malgres la pluie, c'est domage, personne pour aider. Aidez-le.
Il y a un monsieur apathique et une madame super gentille.
La gendarmerie de Vic a été très bien.
À Cahors, à Figeac, à Gourdon : trois permanences.
Le service est ferméMerci de rouvrir.
Mon mari hospitalisé attend, la conseillère débordée aussi.
Numéro intracommunautaire refusé : FR 40 303 265 045.
On a perdu 3 places de parking et 2 cours de français.
Le guichet est au 12 rue de la République.
Le décret du 6 janvier 1978 s'applique.
Je cotise depuis le 1er mars 1988 et j'ai arrêté le 31/12/1999.
On s'est mariés le 12 juin 1982 à Vichy.
La rue de la Paix est fermée, l'avenue Victor-Hugo aussi.
Le centre des impôts, 14 rue du Palais, ne répond pas.
Elle m'envoie au 4 avenue Foch, siège de la CPAM.
J'ai fait la demande via France Identité 2 fois.
Le bureau 12, place de la Mairie, est fermé.
Mon permis date du 12/05/1979 et ma carte grise du 3 mai 1992.
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
