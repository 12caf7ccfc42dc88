"""German: „Gänsefüßchen“ or »Guillemets«; all nouns are capitalised; `haben` before a participle is left out."""

from typing import Final

from quotearchive.detection.languages.language import Language

GERMAN: Final = Language(
    code="de",
    frequent="der die das und ist in den von zu mit sich des auf für nicht ein eine als auch es an er sie wir dass dem",
    letters="ßäöü„",
    cues="""
        sagt sagte sagten gesagt erklärt erklärte erklärten schreibt schrieb schrieben geschrieben meint meinte
        meinten betont betonte berichtet berichtete erzählt erzählte antwortet antwortete fragt fragte entgegnet
        entgegnete erwidert erwiderte ergänzt ergänzte fügt fügte warnt warnte fordert forderte kritisiert
        kritisierte bestätigt bestätigte behauptet behauptete verspricht versprach kündigt kündigte teilt teilte
        bekräftigt bekräftigte versichert versicherte räumt räumte gesteht gestand ruft rief flüstert flüsterte
        murmelt murmelte schreit schrie stellt stellte nennt nannte bezeichnet bezeichnete spricht sprach lautet
        lautete heißt hieß zitiert zitierte argumentiert argumentierte vermutet vermutete glaubt glaubte findet
        fand mahnt mahnte urteilt urteilte resümiert resümierte bilanziert twitterte twittert beteuert beteuerte
        klagt klagte lobt lobte hofft hoffte weist wies äußert äußerte gibt gab bemerkt bemerkte
    """,
    cue_nouns="""
        brief erklärung rede interview gespräch mitteilung stellungnahme artikel bericht botschaft antwort frage
        wort worte satz titel buch text beitrag
    """,
    attributing="laut zufolge gemäß angaben so aussage aussagen",
    male="er",
    female="sie",
    plural="",
    neuter="es man du ihr",
    first_person="ich wir",
    objects="ihn ihm ihnen mich mir dich dir uns euch sich",
    relatives="welcher welche welches",
    determiners="""
        der die das den dem des ein eine einen einem einer eines dieser diese dieses jener jene sein seine
        seiner seinem seinen ihre ihrer ihrem ihren mein meine meiner unser unsere kein keine mehrere viele
        einige zwei drei vier fünf alle beide jeder jede
    """,
    prepositions="""
        in im an am auf aus bei beim mit nach von vom vor zu zum zur für gegen ohne über unter um durch seit
        während wegen zwischen neben hinter trotz bis
    """,
    conjunctions="und oder aber sondern doch denn",
    subordinators="dass daß wenn weil als obwohl ob wie wo während nachdem bevor da",
    auxiliaries="""
        ist war sind waren wird wurde wurden werden sei seien wäre kann konnte muss musste will wollte soll
        sollte
    """,
    adverbs="""
        hat haben hatte hatten habe nicht auch schon noch nur dann danach später heute gestern morgen bereits
        immer nie jetzt hier dort sehr zu hinzu mehr dazu daraufhin schließlich allerdings jedoch
    """,
    verbs="""
        widerspricht widersprach erinnert erinnerte kommt kam geht ging macht machte steht stand bleibt blieb
        wollte
    """,
    particles="von van der zu de den",
    male_titles="herr herrn könig prinz graf bruder vater",
    female_titles="frau königin prinzessin gräfin schwester",
    titles="""
        dr dr. prof prof. professor professorin präsident präsidentin minister ministerin kanzler kanzlerin
        bundeskanzler bundeskanzlerin bürgermeister bürgermeisterin general oberst richter richterin bischof
        kardinal papst abgeordnete abgeordneter senator
    """,
    calendar="""
        montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli
        august september oktober november dezember
    """,
    male_nouns="""
        mann junge vater sohn bruder sprecher direktor anwalt präsident minister richter wärter häftling
        historiker lehrer vorsitzender bürgermeister chef leiter
    """,
    female_nouns="""
        frau mädchen mutter tochter schwester sprecherin direktorin anwältin präsidentin ministerin richterin
        historikerin lehrerin vorsitzende bürgermeisterin chefin leiterin
    """,
    male_names="""
        hans klaus peter jürgen wolfgang michael thomas andreas stefan markus martin frank uwe heinrich willy
        karl friedrich paul max mehmet ahmed ali wilhelm helmut gerhard olaf christian bernd dieter rolf werner
        johann johannes
    """,
    female_names="""
        anna petra sabine ursula monika claudia angela renate karin gisela brigitte maria luise rosa fatima
        julia katrin susanne andrea birgit heike martina annalena eva lena lisa sarah
    """,
    labels="sogenannte sogenannten titel begriff wort film buch roman lied slogan namens genannt",
    charges="wegen anklage angeklagt verurteilt vorwurf",
    definite="der die das dieser diese dieses",
    salutations="liebe lieber sehr geehrte geehrter verehrte",
    abbreviations="Dr Prof Hr Fr St z.B bzw usw Nr",
    nouns_cased=True,
)
