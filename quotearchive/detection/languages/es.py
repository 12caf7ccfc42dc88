"""Spanish: «comillas» or “comillas”; the subject may follow its verb or be left out."""

from typing import Final

from quotearchive.detection.languages.language import Language

SPANISH: Final = Language(
    code="es",
    frequent="el la los las de y que en un una es por con para del se no al lo su más como pero sus le ya o este",
    letters="¿¡ñóí",
    cues="""
        dice dijo decía dicen dijeron dicho declara declaró declarado explica explicó explicado afirma afirmó
        afirmado añade añadió añadido agrega agregó agregado responde respondió respondido contesta contestó
        escribe escribió escribía pregunta preguntó cuenta contó contaba relata relató señala señaló señalado
        subraya subrayó asegura aseguró sostiene sostuvo confiesa confesó concluye concluyó recuerda recordó
        nota notó observa observó anuncia anunció denuncia denunció lanza lanzó replica replicó murmura murmuró
        susurra susurró grita gritó exclama exclamó insiste insistió confirma confirmó precisa precisó prosigue
        prosiguió continúa continuó promete prometió advierte advirtió reconoce reconoció admite admitió sugiere
        sugirió considera consideró opina opinó comenta comentó resume resumió lamenta lamentó indica indicó
        expresa expresó manifiesta manifestó apunta apuntó destaca destacó reitera reiteró llama llamó califica
        calificó lee leía reza proclama proclamó
    """,
    cue_nouns="""
        carta comunicado declaración discurso entrevista mensaje artículo texto tuit respuesta pregunta palabra
        palabras frase título lema libro
    """,
    attributing="según acuerdo",
    male="él",
    female="ella",
    plural="ellos ellas",
    neuter="usted ustedes tú esto eso",
    first_person="yo nosotros nosotras",
    objects="lo le les me te se nos mí ti",
    relatives="quien quienes cual cuyo",
    determiners="""
        el la los las un una unos unas este esta estos estas ese esa su sus mi mis nuestro nuestra cada varios
        varias dos tres cuatro cinco algunos algunas todo toda todos todas ningún ninguna otro otra
    """,
    prepositions="""
        de del a al en con por para sin sobre entre contra desde hasta durante ante bajo tras hacia según
    """,
    conjunctions="y e o u pero ni sino",
    subordinators="que cuando si como donde porque mientras aunque pues",
    auxiliaries="es era fue son eran será sido ser está estaba están puede debe va quiere quiso",
    adverbs="""
        ha han había habían he hemos hubo no ya también aún todavía siempre nunca después luego ayer hoy mañana
        así muy más lunes martes miércoles jueves viernes sábado domingo aquí allí
    """,
    verbs="rechaza rechazó viene vino llega llegó sale salió pone puso queda quedó hace hizo",
    particles="de del la las los y",
    male_titles="señor sr sr. don rey príncipe padre hermano",
    female_titles="señora sra sra. señorita srta doña reina princesa",
    titles="""
        doctor doctora dr dr. dra profesor profesora presidente presidenta ministro ministra general coronel
        capitán juez jueza alcalde alcaldesa senador senadora diputado diputada papa cardenal
    """,
    calendar="""
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    """,
    male_nouns="""
        hombre niño padre hijo hermano marido director abogado presidente ministro portavoz juez guardia preso
        historiador maestro profesor alcalde
    """,
    female_nouns="""
        mujer niña madre hija hermana esposa directora abogada presidenta ministra jueza presa historiadora
        maestra profesora alcaldesa
    """,
    male_names="""
        josé juan antonio manuel francisco pedro miguel luis carlos jesús javier pablo jorge tomás salvador
        benito ahmed fernando diego andrés alberto rafael ángel ramón mariano gabriel simón
    """,
    female_names="""
        maría carmen ana isabel lucía elena rosa luisa pilar teresa laura marta cristina dolores mercedes
        gabriela sofía fátima juana eva
    """,
    groups="testigos manifestantes responsables autoridades expertos críticos abogados policías vecinos",
    labels="""
        llamado llamada titulado titulada término palabra lema película libro novela canción denominado
        denominada
    """,
    charges="acusado acusada acusación condenado condenada culpable cargos cargo delito",
    bodies="""
        ministerio universidad asociación consejo comité banco instituto corte tribunal partido unión agencia
        academia
    """,
    body_links="de del la los las y",
    definite="el la este esta ese esa",
    salutations="querido querida estimado estimada señor señora",
    abbreviations="Sr Sra Srta Dr Dra Ud Uds St",
)
