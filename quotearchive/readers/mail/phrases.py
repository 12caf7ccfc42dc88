"""What mail programs write around words that they repeat, in the languages they are used in.

Tables only, in lower case and in the order English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish and
Danish, Polish and Czech, Russian, Turkish, Persian, Arabic, Hebrew, Greek, Chinese, Japanese.
"""

from typing import Final

from quotearchive.text.phrases import phrases

#: What says in a line before repeated words that somebody wrote them: "On 1 March 2021, Omid Rahimi wrote:".
WROTE: Final = phrases("""
    wrote | writes | has written
    schrieb | schrieben | schreibt | hat geschrieben | geschrieben
    a écrit | ont écrit | écrit | écrivait
    escribió | escribio | escribe | ha escrito
    ha scritto | scrisse | scrive
    schreef | heeft geschreven | schrijft
    escreveu | escreve
    skrev | skriver
    napisał | napisała | napisał(a) | pisze | napsal | napsala | napsal(a) | napísal
    написал | написала | написал(а) | пишет | писал | писала | написав | пише
    yazdı | şunları yazdı | kirjoitti | ezt írta | a scris
    نوشت | نوشته | نوشته است | نوشته‌است | نوشتند
    كتب | كتبت | كتبه | تمت كتابة ما يلي بواسطة
    כתב | כתבה | כתב/ה | έγραψε
    写道 | 寫道 | さんは書きました | のメッセージ
""")

#: What stands in such a line and is no part of a name: words before dates and times, zones, halves of the day.
NO_NAME: Final = frozenset(
    phrases("""
    on | at | am | pm | a.m. | p.m. | um | uhr | le | à | h | el | a | las | il | giorno | alle | ore | op | om | em
    às | den | kl | kl. | dnia | o | г. | в | г | gmt | utc | cet | cest | est | edt | pst | pdt | irst | date | dated
    در | تاریخ | ساعت | في | الساعة | م | ص | ق.ظ | ب.ظ | ق.ظ. | ب.ظ. | בתאריך | ב- | στις | 于 | 於
    mr | mrs | the following | folgendes | ce qui suit | lo siguiente
""")
)

#: A line between dashes above a letter that is repeated or passed on as a whole.
ORIGINAL: Final = phrases("""
    original message | forwarded message | original mail | original e-mail | forwarded by | forwarded mail
    begin forwarded message | start of forwarded message | forward message | reply message
    ursprüngliche nachricht | weitergeleitete nachricht | originalnachricht | original-nachricht
    anfang der weitergeleiteten nachricht | anfang der weitergeleiteten e-mail | weitergeleitet von
    message d'origine | message original | message transféré | message initial | début du message réexpédié
    début du message transféré | e-mail d'origine
    mensaje original | mensaje reenviado | inicio del mensaje reenviado
    messaggio originale | messaggio inoltrato | inizio messaggio inoltrato
    oorspronkelijk bericht | oorspronkelijke bericht | doorgestuurd bericht | begin doorgestuurd bericht
    mensagem original | mensagem encaminhada | mensagem reencaminhada
    ursprungligt meddelande | vidarebefordrat meddelande | oprindelig meddelelse | opprinnelig melding
    wiadomość oryginalna | oryginalna wiadomość | wiadomość przekazana dalej | původní zpráva | přeposlaná zpráva
    исходное сообщение | пересылаемое сообщение | переадресованное сообщение | начало переадресованного сообщения
    orijinal mesaj | özgün ileti | iletilen mesaj | yönlendirilen ileti
    پیام اصلی | پیام اولیه | پیام ارسال شده | پیام بازفرستاده | پیام هدایت شده
    الرسالة الأصلية | رسالة أصلية | رسالة معاد توجيهها | رسالة تمت إعادة توجيهها
    ההודעה המקורית | הודעה שהועברה | αρχικό μήνυμα | 原始邮件 | 转发的邮件 | 原始郵件 | 元のメッセージ | 転送メッセージ
""")

#: What such a line begins with where no dashes stand around it: Apple's "Begin forwarded message:".
BEGINS: Final = phrases("""
    begin forwarded message | anfang der weitergeleiteten nachricht | anfang der weitergeleiteten e-mail
    début du message réexpédié | début du message transféré | inicio del mensaje reenviado
    inizio messaggio inoltrato | begin doorgestuurd bericht | начало переадресованного сообщения
""")

#: Before the sender in the header lines that programs put above such a letter.
FROM: Final = phrases("""
    from | von | de | da | van | från | fra | od | от | от кого | gönderen | kimden | feladó | lähettäjä
    از | فرستنده | من | מאת | από | 发件人 | 寄件者 | 差出人
""")

#: Before the other lines of such a header, the date first.
DATE: Final = phrases("""
    sent | date | sent at | gesendet | datum | gesendet am | envoyé | date d'envoi | enviado | enviado el | fecha
    inviato | data | verzonden | enviada em | enviado em | skickat | sendt | dato | wysłano | odesláno
    отправлено | дата | gönderildi | gönderme tarihi | tarih | elküldve | lähetetty
    تاریخ | ارسال شده | ارسال | تاريخ الإرسال | تم الإرسال | التاريخ | נשלח | תאריך | στάλθηκε
    发送时间 | 日期 | 寄件日期 | 送信日時 | 日付
""")
OTHERS: Final = phrases("""
    to | cc | bcc | subject | reply-to | importance | attachments | an | kopie | betreff | antwort an | wichtigkeit
    à | a | objet | pour | para | asunto | cci | oggetto | per | aan | onderwerp | assunto | till | ämne | til | emne
    do | dw | temat | komu | předmět | кому | копия | тема | kime | bilgi | konu | tárgy | címzett | aihe
    به | گیرنده | موضوع | رونوشت | إلى | الى | نسخة | الموضوع | אל | נושא | προς | θέμα
    收件人 | 抄送 | 主题 | 收件者 | 主旨 | 宛先 | 件名
""")

#: How lines begin that a telephone puts below a letter.
SENT_FROM: Final = phrases("""
    sent from my | sent from mail for | sent from yahoo | sent from outlook | get outlook for | sent via
    von meinem | gesendet von | gesendet mit | diese nachricht wurde von meinem | outlook für
    envoyé de mon | envoyé depuis mon | envoyé à partir de | télécharger outlook
    enviado desde mi | enviado desde el | enviado do meu | inviato da | verstuurd vanaf mijn | verzonden met
    skickat från min | sendt fra min | wysłane z | отправлено с | iphone'umdan gönderildi
    ارسال شده از | أرسلت من | מה-iphone שלי
""")
