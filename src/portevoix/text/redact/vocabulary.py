"""Words that announce a name, that stand for one, or that forbid one: folded, one set a role."""

from __future__ import annotations

from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


CIVILITIES: Final = _words(
    """
    m mr mme mmes mm mlle mlles monsieur madame mademoiselle messieurs mesdames dr docteur docteure
    me maitre pr professeur mgr veuve feu mrs ms miss mister msieur mosieur madam sieur
    """
)
SHORT_CIVILITIES: Final = frozenset(
    ("mme", "mr", "mlle", "m", "madame", "monsieur", "mmes", "dr", "docteur", "mademoiselle")
)
RANKS: Final = _words(
    """
    agent agente agents adjudant-chef grade gradee officier sergent-chef conseiller conseillere
    gendarme adjudant adjudante brigadier brigadiere brigadier-chef capitaine lieutenant major
    colonel commandant marechal sergent caporal inspecteur inspectrice infirmier infirmiere
    secretaire assistante assistant educateur educatrice educ gardien gardienne controleur
    controleuse stagiaire directeur directrice responsable greffier greffiere juge avocat avocate
    facteur factrice formateur formatrice psychologue psy aide-soignante aide-soignant animateur
    animatrice chauffeur chauffeuse technicien technicienne interlocutrice interlocuteur referent
    referente gestionnaire collegue policier policiere commissaire notaire medecin guichetier
    guichetiere mediateur mediatrice opj proprietaire voisin voisine hotesse operateur operatrice
    telephoniste bailleur bailleuse tuteur tutrice curateur curatrice prof instituteur institutrice
    maitresse cadre chef cheffe adjointe adjoint charge chargee employe employee standardiste
    juriste interne externe kine orthophoniste sage-femme pharmacien pharmacienne dentiste
    ambulancier ambulanciere pompier concierge vigile atsem asvp aesh avs regisseur regisseuse
    percepteur huissier huissiere conciliateur conciliatrice benevole bibliothecaire comptable
    vendeur vendeuse caissier caissiere auxiliaire apprenti apprentie alternant alternante
    remplacant remplacante successeur collaborateur collaboratrice patron patronne employeur
    instructeur instructrice enqueteur enquetrice evaluateur evaluatrice coordinatrice coordinateur
    interprete traducteur traductrice enseignant enseignante principal surveillant surveillante
    cpe ergotherapeute neurologue cardiologue pediatre gynecologue chirurgien chirurgienne
    boucher plombier electricien jardinier locataire usager usagere postier postiere buraliste
    accompagnatrice accompagnateur preposee prepose fonctionnaire delegue deleguee titulaire
    mandataire signataire beneficiaire demandeur salarie salariee
    """
)
KIN: Final = _words(
    """
    fils fille filles mari femme epouse epoux mere pere frere freres soeur soeurs tante oncle
    grand-mere grand-pere mamie mamy papi papy cousin cousine neveu niece compagnon compagne ami
    amie copain copine enfant enfants petit-fils petite-fille maman papa belle-mere beau-pere
    conjoint conjointe patient patiente famille beau-frere belle-soeur ex ex-mari ex-femme bebe
    fiston parrain marraine ainee aine cadet cadette jumeau jumelle jumeaux jumelles tata tonton
    tatie meme pepe mami nounou pote poto daron daronne reum reup frangin frangine gars mec meuf
    dame monsieur jeune gamin gamine gosse certain certaine nomme nommee prenommee prenomme
    personne demi-frere demi-soeur filleul filleule fiance fiancee pupille eleve
    """
)
ROLES: Final = _words(
    """
    le la les l maire consule ambassadrice prefet prefete sous-prefet sous-prefete ministre
    president presidente consul depute deputee senateur senatrice
    procureur procureure ambassadeur recteur rectrice
    bonjour merci le-maire tout-le-monde y z untel irma machin chose a qui je vous
    nous il elle si des au aux en un une ma mon votre notre l'agent cordialement
    proviseur dessus dedans dessous
    mdr mdrr mdrrr ptdr lol jdis jsais jveux jpeux smaine slt bjr cdt stp svp
    """
)
PARTICLES: Final = _words(
    """
    de du des d da di do dos das le la el al ben bin ibn abou abu bou ould van von der den del della
    ait aït n o mac mc san st ter y e epse ep née nee veuve vve ou et
    """
)
CUES: Final = _words(
    """
    appelle appelee appeler appellent appel nomme nommee nommer prenomme prenommee surnomme
    surnommee signe signee signes nom prenom noms prenoms titulaire sapelle sappelle mappelle
    mapelle mapele japelle jmappel jmapelle jmappelle mappel appellait sappelait appelait
    soussigne soussignee nommait dnomme denomme denommee moi cest c'est jsuis suis selon
    dixit demandez
    """
)
THANKS: Final = _words(
    """
    merci mercis bravo grace remercie remercier remercions felicitations chapeau chez avec sans
    demande demander parle parler
    """
)
# What makes a capitalised word a place, a street, a school, a law, an animal: not a person.
THINGS: Final = _words(
    """
    chu chru chr ehpad mas cmp rue avenue av boulevard bd bld place allee quai square impasse
    chemin route cours passage ruelle venelle esplanade parvis terminus arret ligne carrefour
    ecole college lycee creche hopital clinique centre salle mediatheque bibliotheque agence
    site gare station pont passerelle stade piscine gymnase residence foyer maison commune ville
    mairie cite quartier zac hameau tunnel college-lycee amphi batiment amphitheatre collectif
    saint sainte loi prime plan tempete cyclone ouragan lac parc theatre espace musee tour caf
    cpam msa carsat cafe hotel association boite rond-point san santa los fondation
    universite faculte institut point antenne tresorerie prefecture sous-prefecture perception
    operation dispositif logiciel application appli serveur robot chatbot chat chatte chien chienne
    cheval poney vache lapin perroquet programme projet decret ordonnance rapport commission
    bus tram metro ferry bateau navire marque societe entreprise magasin restaurant boulangerie
    canton bassin col mont vallee foret port aeroport cimetiere eglise chapelle cathedrale
    canicule caserne gendarmerie commissariat tribunal pape statue buste portrait disque roman film
    livre chanson fable
    poeme promotion promo prix coupe assistant-virtuel avatar bot algorithme automate
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
    greta adil maif macif matmut laposte airbnb amazon leboncoin vinted uber free sfr bouygues
    engie veolia windows android iphone apple samsung microsoft outlook gmail chrome firefox
    linky linkedin youtube instagram tiktok snapchat twitter michelin peugeot renault citroen
    clio twingo amende internet
    pajemploi cesu ircantec chronopost colissimo mondial-relay cdiscount fnac darty ikea leclerc
    carrefour auchan lidl decathlon boulanger-sa alzheimer parkinson covid-19 visale locapass
    cesoc servigaz totalenergies axa groupama macsf mgen mgefi harmonie swisslife allianz generali
    maaf credit-agricole boursorama revolut paypal visa mastercard gold american express vitale
    navigo blablacar ouigo tgv ter transilien intercites eurostar thalys adp cdg roissy orly
    hello-work hellowork monster pix moodle pronote ent ecole-directe ecoledirecte toutatice
    affelnet admission-post-bac campus izly lokaviz alternant antai amendes histovec simplimmat
    mesaides primerenov renov maprimerenov anah adie ademe agefiph cap-emploi missionlocale
    smic ppa asi aspa aeeh aah pch apa cmg paje asf prepare cej ijss ald arrete kbis insee-sirene
    bodacc inpi guichet-unique infogreffe sacem cipav ircem klesia humanis malakoff-humanis
    pro btp probtp vyv alliade audiens carcdsf enim cnracl crpcen cavec camieg
    haiti caledonie nouvelle-caledonie zelande asie oceanie sahara ghana antilles polynesie
    tahiti nb cad ndlr amo moa mae siv we los-angeles polynesie-francaise
    service-public connect qrcode bicycode cee cert aar ar los angeles york city mr service-publicfr
    express american secure bison open space week end sciences-po po berry chiang mai pass
    chrome edge safari word excel acrobat zoom teams skype messenger telegram signal viber
    coluche asterix obelix cendrillon napoleon moliere kafka ubu godot courteline sisyphe jupiter
    """
)
# Who governs or governed, whose names streets and schools bear: these full names are no personal
# data, while their family name alone may be anyone's.
FIGURES: Final = frozenset(
    " ".join(name.split())
    for name in """
    abbe pierre, agnes buzyn, aime cesaire, alain juppe, albert camus, albert einstein,
    alexandre dumas, anatole france, andre malraux, anne frank, anne hidalgo,
    antoine de saint-exupery, aristide briand, arthur rimbaud, auguste rodin, aurelien rousseau,
    bernard cazeneuve, bill gates, brigitte macron, bruno retailleau, camille claudel,
    catherine vautrin, cedric villani, charles baudelaire, charles de gaulle, christiane taubira,
    claude monet, donald trump, edith cresson, edith piaf, edouard balladur, edouard philippe,
    elisabeth borne, elon musk, emile zola, emmanuel macron, felix eboue, francois bayrou,
    francois fillon, francois hollande, francois mitterrand, franz kafka, frida kahlo,
    gabriel attal, gaston monnerville, george orwell, george sand, georges brassens,
    georges clemenceau, georges pompidou, gerald darmanin, guillaume kasbarian, gustave eiffel,
    gustave flaubert, guy moquet, henri matisse, honore de balzac, irene joliot-curie,
    jacques brel, jacques chirac, jacques prevert, jacques toubon, jean bart, jean castex,
    jean jaures, jean mermoz, jean monnet, jean moulin, jean vilar, jean zay,
    jean-jacques rousseau, jean-luc melenchon, jean-marc ayrault, jean-michel blanquer,
    jean-paul sartre, jean-pierre raffarin, jeanne hachette, joe biden, johnny hallyday,
    jules ferry, jules verne, kylian mbappe, laurent fabius, laurent marcangeli, leon blum,
    leon gambetta, leon jouhaux, leonard de vinci, lionel jospin, louis aragon, louis braille,
    louis pasteur, louise michel, lucie aubrac, manuel valls, marcel pagnol, marcel proust,
    marie curie, marisol touraine, mark zuckerberg, martin luther, mere teresa, michel barnier,
    najat vallaud-belkacem, nelson mandela, nicolas hulot, nicolas sarkozy, olivier dussopt,
    olivier veran, pablo picasso, paul cezanne, paul eluard, paul valery, paul verlaine,
    pierre beregovoy, pierre brossolette, pierre curie, pierre mauroy, pierre mendes,
    pierre mendes-france, rachida dati, raymond poincare, rene cassin, robert badinter,
    robert schuman, romain rolland, rosa parks, roselyne bachelot, salvador allende,
    sebastien lecornu, segolene royal, simone de beauvoir, simone veil, stanislas guerini,
    toussaint louverture, valerie pecresse, victor hugo, victor orban, victor schoelcher,
    vladimir poutine, yves montand, zinedine zidane
    """.split(",")
)
# First names that are words: in lower case, they are words.
AMBIGUOUS: Final = frozenset(
    (
        *("honore", "aurore", "pierre", "blanche", "prudence", "rose", "marguerite", "ange"),
        *("fleur", "grace", "patience", "prune", "olive", "cerise", "clemence", "constance"),
        *("victoire", "gloire", "tresor", "merveille", "fortune", "bienvenu", "parfait"),
        *("constant", "desire", "aime", "modeste", "juste", "mai", "avril", "noel", "reine"),
        *("marine", "capucine", "violette", "iris", "jade", "perle", "colin"),
    )
)
SAINTS: Final = frozenset(("saint", "sainte", "st", "ste", "san", "santa", "los", "new"))

# The first list that holds a word gives its letter.
GROUPS: Final = {
    word: group
    for group, listed in (
        ("E", ENTITIES),
        ("P", PARTICLES),
        ("O", ROLES),
        ("Y", THANKS),
        ("T", THINGS),
        ("K", KIN),
        ("R", RANKS),
        ("Q", CUES),
        ("C", CIVILITIES),
    )
    for word in listed
}
