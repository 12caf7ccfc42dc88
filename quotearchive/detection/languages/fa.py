"""Persian: «گیومه»; the verb stands last, so the speaker opens the sentence; names have no capitals."""

from typing import Final

from quotearchive.detection.languages.language import Language

PERSIAN: Final = Language(
    code="fa",
    frequent="و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می‌شود شده او ما",
    letters="پچژگکی",
    cues="""
        گفت گفته گفتند می‌گوید می‌گفت می‌گویند گوید نوشت نوشته می‌نویسد نوشتند افزود افزوده می‌افزاید پرسید
        می‌پرسد پاسخ جواب تأکید تاکید اعلام اظهار تصریح توضیح اضافه خاطرنشان یادآور یادآوری ادامه هشدار تأیید
        تایید فریاد زمزمه سروده سرود آمده خواند نامید خوانده اعتراف ادعا اذعان ابراز بیان عنوان مطرح تکرار شرح
    """,
    cue_nouns="",
    attributing="گفتهٔ گفته‌ی گزارش نقل نوشته‌ی نوشتهٔ قول",
    neuter="آن‌ها آنها ایشان آنان",
    common="او وی",
    first_person="من ما",
    objects="را",
    relatives="",
    determiners="این آن",
    prepositions="در به از با برای بر تا پیش پس بین میان درباره علیه طی بدون روی زیر نزد ضمن اشاره طبق",
    conjunctions="و یا اما ولی بلکه",
    subordinators="که اگر چون وقتی زیرا هنگامی",
    auxiliaries="",
    adverbs="""
        است بود شد شده کرد کرده داد داده زد داشت می‌کند می‌دهد کردند دادند دادم کردم شود هست نیست بوده همچنین
        نیز هم سپس بعد دیروز امروز فردا اکنون هنوز باید خواهد دارد می‌شود گرفت
    """,
    verbs="آورد رفت آمد رسید یافت",
    male_titles="آقای",
    female_titles="خانم",
    titles="دکتر مهندس استاد سردار آیت‌الله حجت‌الاسلام",
    labels="واژه کلمه عنوان کتاب فیلم شعار اصطلاح",
    charges="اتهام جرم اتهامات محکوم",
    definite="این آن",
    salutations="جناب سرکار با دوست",
    cased=False,
)
