"""The set phrases of letters and reports in several languages: how they greet, close, date and name.

Tables only, and the two functions that match them. All phrases are in lower case, in the order English, French,
German, Spanish, Persian, Arabic; a phrase of one language that means nothing in the others needs no mark of
its language.
"""

from collections.abc import Iterable
from typing import Final

from quotearchive.text.phrases import phrases

#: How far into a line a phrase may reach, in characters; all are much shorter.
_REACH: Final = 60


#: Before the one who is greeted: "Dear Mr President,", "Sehr geehrter Herr Doktor!".
SALUTATIONS: Final = phrases("""
    dear | my dear | dearest | hello | greetings
    cher | chère | chers | chères | mon cher | ma chère | mes chers | mes chères | très cher | très chère
    sehr geehrter | sehr geehrte | sehr geehrtes | geehrter | geehrte | verehrter | verehrte | hochverehrter
    hochgeehrter | lieber | liebe | liebster | liebste | werter | werte
    estimado | estimada | estimados | estimadas | querido | querida | queridos | queridas | distinguido
    distinguida | apreciado | apreciada | excelentísimo | excelentísima
    جناب | سرکار خانم | حضور محترم | سلام به | با سلام به | سلام بر
    عزيزي | عزيزتي | أعزائي | سيدي | سيدتي | السيد | السيدة | حضرة | صديقي | سعادة | معالي | فخامة
""")

#: A greeting that is a line by itself and names nobody.
GREETINGS: Final = phrases("""
    hello | greetings | good morning | to whom it may concern
    bonjour | guten tag | grüß gott | buenos días
    muy señor mío | muy señores míos | سلام
    با سلام | با سلام و احترام | با عرض سلام | به نام خدا و با سلام
    السلام عليكم | السلام عليكم ورحمة الله وبركاته | تحية طيبة وبعد | تحية طيبة
""")

#: Forms of address that open a salutation and belong to the person: "Monsieur le Président,".
TITLES: Final = phrases("""
    monsieur | madame | messieurs | mesdames | mademoiselle | sir | madam | excellency | your excellency
    señor | señora | señores | excelencia
""")

#: What may follow a salutation and names nobody: "Dear Sir or Madam", "Cher ami".
NOBODY: Final = phrases("""
    sir | sirs | madam | sir or madam | sir/madam | sir / madam
    all | friend | friends | colleagues | reader | readers
    ami | amie | amis | amies | chers amis
    monsieur | madame | messieurs | madame, monsieur | monsieur, madame
    mesdames, messieurs | mesdames | collègues
    damen und herren | herr | freund | freunde | freundin | freundinnen und freunde
    señor | señora | señores | señor o señora | amigo | amiga | amigos | دوستان | الأصدقاء | العزيز
""")

#: Before the addressee above the salutation: "To: ...", "An den ...", "Open letter to ...".
ADDRESSEES: Final = phrases("""
    to: | to the | addressed to
    open letter to the | open letter to | an open letter to the | an open letter to
    attn: | attention:
    à: | à : | à monsieur | à madame | à l'attention de | à son excellence | lettre ouverte à
    an: | an den | an die | an das | an herrn | an frau | an seine exzellenz | offener brief an den
    offener brief an die | offener brief an
    a: | al señor | al excelentísimo | para: | a la atención de | carta abierta al | carta abierta a
    به: | به : | خطاب به | نامه سرگشاده به | نامهٔ سرگشاده به | إلى: | إلى : | الى: | رسالة مفتوحة إلى
""")

#: Of these, the ones whose last word belongs to the name: "An Herrn Müller" is for "Herrn Müller".
KEPT: Final = phrases("à monsieur | à madame | an herrn | an frau | al señor")

#: Before what a letter is about.
SUBJECTS: Final = phrases("""
    re: | subject: | objet: | objet : | betreff: | betr.: | betrifft: | asunto: | ref.: | موضوع: | الموضوع:
""")

#: Words in a heading that calls the text a letter, or what is signed like one.
HEADINGS: Final = phrases("""
    letter | appeal | petition | lettre | appel
    pétition | brief an | offener brief | aufruf | carta | petición
    نامه | رسالة | نداء
""")

#: Behind which the writer signs.
CLOSINGS: Final = phrases("""
    yours sincerely | sincerely yours | sincerely | yours faithfully | faithfully yours | yours truly
    very truly yours | yours respectfully | respectfully yours
    respectfully | respectfully submitted | yours
    with respect | best regards | kind regards | warm regards | regards | best wishes | with best wishes
    with kind regards | with warm regards | in solidarity | in friendship | with gratitude | with hope
    love | with love | your friend | your obedient servant | cordially | affectionately yours
    cordialement | bien cordialement | respectueusement
    avec mes respects | bien à vous | amitiés | salutations
    hochachtungsvoll | mit freundlichen grüßen | mit freundlichem gruß | mit freundlichen grüssen
    mit besten grüßen | beste grüße | viele grüße | herzliche grüße | herzlichst | mit herzlichen grüßen
    mit solidarischen grüßen | freundliche grüße | in tiefer verehrung | ihr ergebener
    ihre | ihr | dein | deine
    atentamente | le saluda atentamente | cordialmente | un cordial saludo | saludos cordiales | saludos
    respetuosamente | con respeto | un abrazo | su seguro servidor | suyo
    با احترام | با تقدیم احترام | با احترام فراوان | ارادتمند
    با سپاس | با تشکر | با درود | والسلام | با مهر
    مع خالص التحية | مع التحية | مع فائق الاحترام | المخلص | مع التقدير | مع أطيب التحيات | والسلام عليكم
""")

#: Beginnings of a closing that goes on to the end of a sentence: "Veuillez agréer, Monsieur, ...".
LONG_CLOSINGS: Final = phrases("""
    veuillez agréer | veuillez recevoir
    je vous prie d'agréer | je vous prie de croire | mit vorzüglicher hochachtung
    sin otro particular | con la expresión de | با تقدیم احترام
    وتفضلوا بقبول | i remain, | i have the honour to be
""")

#: A line before a list of names.
SIGNATORIES: Final = phrases("""
    signatories | signatories: | the signatories: | signed: | signed by: | the undersigned: | signatures:
    signataires: | signataires : | les signataires: | les signataires : | premiers signataires :
    unterzeichner: | unterzeichnet: | die unterzeichner: | erstunterzeichner: | unterzeichnende:
    firmantes: | firmado: | firmas: | امضاکنندگان: | امضا کنندگان: | امضاءکنندگان: | اسامی امضاکنندگان:
    الموقعون: | الموقّعون:
""")

#: What may be found where a signature is expected.
AFTERWORDS: Final = phrases("p.s. | p.s | ps: | ps. | p.-s. | p. s. | encl | cc: | anlage | postscript | پ.ن")

#: Before a date on a line of its own: "Published on 3 May 2021".
DATE_LABELS: Final = phrases("""
    date: | dated: | published on | published: | published | posted on | posted: | issued on | issued:
    date : | publié le | datum: | veröffentlicht am | fecha: | publicado el | تاریخ: | مورخ | التاريخ:
""")

#: Before the day on which a letter arrived: offices stamp it.
RECEIVED_LABELS: Final = phrases("""
    received on | received: | received | reçu le | reçue le | eingegangen am | eingegangen:
    recibido el | recibida el | تاریخ دریافت: | دریافت: | وصلت في
""")

#: Before whoever reports: "Reporting by PMOI/MEK", "Von Anna Müller".
BYLINES: Final = phrases("reporting by | written by | by | par | von | por | نویسنده: | نوشته: | بقلم | بقلم:")

#: Before a publisher: "Source: Reuters".
SOURCES: Final = phrases("source: | source : | publisher: | published by | quelle: | fuente: | منبع: | المصدر:")

#: Lines of a saved web page that are no words of the document.
FURNITURE: Final = phrases("""
    advertisement | advertising | ad | share | share this
    print | menu | home | search | subscribe | sign in
    log in | skip to content | skip to main content | read more
    comments | related | tweet | email | facebook
    twitter | whatsapp | telegram | copy link | listen | open in app | follow us | newsletter
    partager | publicité | imprimer | anzeige | werbung
    teilen | drucken | publicidad | compartir | anuncio
    چاپ | اشتراک گذاری | مشاركة | طباعة
""")


def behind(words: str, openings: Iterable[str]) -> str | None:
    """Return what follows the opening that a line begins with, in whatever case; None without any.

    >>> behind("Reporting by PMOI/MEK", BYLINES)
    'PMOI/MEK'
    >>> behind("Bystanders", BYLINES) is None
    True
    """
    start = words[:_REACH].lower().replace("’", "'")
    for opening in openings:
        rest = words[len(opening) :]
        if start.startswith(opening) and (rest[:1].isspace() or not opening[-1].isalnum()):
            return rest.strip() or None
    return None


def bare(words: str) -> str:
    """Return a line in lower case and without the punctuation at its end, as the tables hold their phrases.

    >>> bare("Yours sincerely,")
    'yours sincerely'
    """
    return words.lower().rstrip(" ,.!:;،").replace("’", "'")
