"""French: « guillemets », inverted `dit-elle`, elision; `avoir` before a participle is left out of the reading."""

from typing import Final

from quotearchive.detection.languages.language import Language

FRENCH: Final = Language(
    code="fr",
    frequent="le la les de des du et est un une dans que qui pour pas sur au avec il elle ce sont par plus nous vous",
    letters="çèêàœ",
    cues="""
        dit disait dira disent dis déclare déclaré déclara déclarait explique expliqué expliqua expliquait
        affirme affirmé affirma affirmait ajoute ajouté ajouta ajoutait répond répondu répondit répondait écrit
        écrivait écrivit demande demandé demanda raconte raconté raconta précise précisé précisa souligne
        souligné souligna estime estimé estima assure assuré assura confie confié confia conclut conclu rappelle
        rappelé rappela note noté nota observe observé annonce annoncé annonça dénonce dénoncé dénonça lance
        lancé lança rétorque rétorqué rétorqua réplique répliqué répliqua murmure murmuré murmura souffle
        soufflé crie crié cria s'écrie s'écria s'exclame s'exclama insiste insisté insista confirme confirmé
        confirma soutient soutenu poursuit poursuivi poursuivit reprend repris reprit témoigne témoigné promet
        promis prévient prévenu avertit averti reconnaît reconnu admet admis souvient suggère suggéré considère
        considéré juge jugé juge commente commenté résume résumé regrette regretté indique indiqué indiqua
        qualifie qualifié appelle appelé lit lisait proclame proclamé martèle martelé glisse glissé plaide
        plaidé interroge interrogea appris fait-il
    """,
    cue_nouns="""
        lettre communiqué déclaration discours entretien interview message tribune article rapport texte post
        tweet réponse question mot mots phrase propos titre slogan livre
    """,
    attributing="selon d'après d' après",
    male="il",
    female="elle",
    plural="ils elles",
    neuter="on ce cela tu vous",
    first_person="je j' nous",
    objects="lui leur me m' te t' se s' moi toi eux",
    relatives="qui dont lequel laquelle",
    determiners="""
        le la l' les un une des ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos chaque
        plusieurs deux trois quatre cinq quelques tout toute tous toutes aucun aucune autre
    """,
    prepositions="""
        de d' du à au aux en dans par pour sur avec sans sous chez vers entre contre depuis pendant devant
        derrière avant lors malgré parmi
    """,
    conjunctions="et ou mais ni donc or car",
    subordinators="que qu' quand lorsque si comme où puisque alors tandis parce",
    auxiliaries="est était fut sont étaient sera été être doit peut va vont veut faut y",
    adverbs="""
        a ont avait avaient ai as avons avez eut aura t n' ne pas plus aussi encore déjà toujours jamais ensuite
        puis enfin hier aujourd'hui demain ainsi bien très trop alors ici là-bas lundi mardi mercredi jeudi
        vendredi samedi dimanche
    """,
    verbs="""
        vient venait venaient refuse refusé conteste contesté reste arrive arrivé part parti prend pris met mis
        quitte
    """,
    particles="de du des la le von van d'",
    male_titles="monsieur m. mm. sir roi prince père frère",
    female_titles="madame mme mlle mademoiselle reine princesse sœur",
    titles="""
        docteur dr professeur pr maître me président présidente ministre général colonel capitaine juge maire
        député députée sénateur sénatrice pape cardinal imam
    """,
    calendar="""
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre français française
        américain américaine
    """,
    male_nouns="""
        homme garçon père fils frère mari oncle directeur avocat président ministre porte-parole juge gardien
        détenu historien instituteur professeur maire
    """,
    female_nouns="""
        femme fille mère sœur épouse tante directrice avocate présidente ministre gardienne détenue historienne
        institutrice professeure
    """,
    male_names="""
        jean pierre jacques michel philippe alain bernard andré daniel françois louis paul georges antoine
        thomas nicolas laurent patrick éric henri charles victor karim ahmed mohamed ali omar marc luc hugo
        emmanuel gérard rené claude jean-luc jean-claude jean-pierre jean-marie
    """,
    female_names="""
        marie anne claire sophie isabelle catherine nathalie françoise monique hélène jeanne louise julie
        camille amina nadia fatima sylvie valérie martine christine ségolène élisabeth madeleine simone
    """,
    groups="témoins manifestants responsables autorités experts critiques proches avocats policiers",
    labels="""
        dit dits dite nommé nommée intitulé intitulée titre mot terme expression slogan film livre roman chanson
        appelé
    """,
    charges="accusé accusée accusation inculpé inculpée condamné condamnée coupable chef",
    bodies="""
        ministère université association conseil comité banque institut cour tribunal parti union ligue agence
        académie
    """,
    body_links="de du des la l' le et",
    definite="le la l' ce cet cette",
    salutations="cher chère chers chères monsieur madame",
    split=r"\b(?:[ldjmtsncLDJMTSNC]|[Qq]u)['’](?=\w)",
    unjoined=r"(?:t-)?(?:ils?|elles?|on|je|nous|vous|tu|ce)\b",
    abbreviations="M MM Mme Mlle Dr Pr Me St Ste",
)
