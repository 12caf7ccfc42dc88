import pytest

from quotearchive.readers.languages import guess_language

SAMPLES = [
    ("en", "All human beings are born free and equal in dignity and rights. They are endowed with reason."),
    ("en", "I write to you from prison. It is cold here and the people of this country know it."),
    (
        "fr",
        "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison.",
    ),
    ("fr", "Je vous écris de ma prison pour que vous n’oubliiez pas ceux qui sont ici avec moi."),
    ("de", "Alle Menschen sind frei und gleich an Würde und Rechten geboren."),
    ("de", "Ich schreibe Ihnen aus dem Gefängnis, damit Sie die nicht vergessen, die hier bei mir sind."),
    (
        "es",
        "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están.",
    ),
    ("pt", "Todas as pessoas nascem livres e iguais em dignidade e em direitos e devem agir em espírito de"),
    (
        "it",
        "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti e devono agire gli uni",
    ),
    ("tr", "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar ve bir kardeşlik zihniyeti ile"),
    ("ku", "Hemû mirov azad û di weqar û mafan de wekhev tên dinyayê. Ew xwedî hiş û şuûr in"),
    ("ckb", "هەموو مرۆڤەکان بە ئازادی و یەکسانی لە کەرامەت و مافدا لەدایک دەبن و ئاوەز و ویژدانیان پێدراوە"),
    ("fa", "من این نامه را از زندان برای شما می‌نویسم و از شما می‌خواهم که به حرف مردم گوش دهید"),
    (
        "ar",
        "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وعليهم أن يعامل بعضهم بعضا من كل",
    ),
    (
        "ur",
        "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل ودیعت ہوئی ہے",
    ),
    ("ru", "Все люди рождаются свободными и равными в своем достоинстве и правах."),
    ("uk", "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом"),
    ("el", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα."),
    ("he", "כל אדם זכאי לזכויות ולחירויות שנקבעו בהכרזה זו ללא הפליה. לא יהיה אדם עבד, ועל כל אחד הזכות"),
    ("hi", "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।"),
    ("ja", "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"),
    ("zh", "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心。"),
]

UNSURE = [
    "",
    "728 x 90",
    "Iranian political prisoner Hashem Khastar",
    "Gallia est omnis divisa in partes tres quarum unam incolunt Belgae aliam Aquitani",
    "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
]


@pytest.mark.parametrize(("tag", "text"), SAMPLES)
def test_running_text_shows_its_language(tag: str, text: str) -> None:
    assert guess_language(text) == tag


@pytest.mark.parametrize("text", UNSURE)
def test_too_few_or_strange_words_are_no_evidence(text: str) -> None:
    assert guess_language(text) is None


def test_words_of_another_language_do_not_change_the_guess() -> None:
    assert guess_language(f"{SAMPLES[0][1]} {SAMPLES[1][1]} هاشم خواستار سلام") == "en"
