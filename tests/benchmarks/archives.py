"""Archives of any size, with texts in six languages whose words are as frequent as in real ones.

    python tests/benchmarks/archives.py archive.json 100000

Each document has ten quotes, which are sentences of it. The most frequent words are real; the many rare
ones are made of syllables, so that an index meets as many different words as in letters and articles.
The same number and seed give the same file, in the layout that the store writes.
"""

import hashlib
import random
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Final

import msgspec

from quotearchive.model import CONTEXT, KINDS, Document, Passage, Quote
from quotearchive.store import history

#: Quotes of one document.
QUOTES: Final = 10

#: Sentences of one document: some 3,000 characters, a letter or a short article.
SENTENCES: Final = 27

#: Different words of one language.
VOCABULARY: Final = 12_000

TOPICS: Final = (
    *("prison", "prison/conditions", "prison/conditions/phone", "elections", "elections/1979", "strike"),
    *(
        "law",
        "law/courts",
        "law/courts/appeal",
        "school",
        "family",
        "money",
        "censorship",
        "censorship/books",
    ),
    *("exile", "foreign policy", "health", "hunger strike", "women", "wages", "آزادی", "裁判", "émigration"),
)


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """What the texts of a language are made of."""

    tag: str
    words: str
    syllables: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    space: str = " "
    stop: str = ". "
    marks: str = "“”"


LANGUAGES: Final = (
    Language(
        tag="en",
        words="the of and to in a is that for it was on are as with his they be at one have this from or "
        "had by not but what all were when we there can an your which their said if do will each "
        "about how up out them then she many some so these would other into has more her two like him "
        "see time could no make than first been its who now people my made over did down only way "
        "find use may water long little very after words called just where most know prison phone "
        "letter teacher freedom family guard court",
        syllables="con pre tra men tion ber lor dis ent ing mas ter ven car pol is ton ray shad mer gra fel",
        names=("Hashem Khastar", "Mary O’Neill", "John Arkwright", "Ruth Abara", "Thomas Grey"),
        places=("London", "Mashhad", "New York"),
    ),
    Language(
        tag="fa",
        words="و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می‌شود وی شد دارد ما اما "
        "باید شود کرده بود او من شما مردم زندان آزادی نامه معلم خانواده دادگاه حق هر همه بی پس اگر "
        "هیچ کتاب",
        syllables="زن دان آز می کر دن گو خا نه را ست مر دم شه ری با نو پر سی تا بش کو هش نی مه",
        names=("هاشم خواستار", "نرگس محمدی", "علی رضایی", "شیرین کریمی"),
        places=("تهران", "مشهد", "شیراز"),
        marks="«»",
    ),
    Language(
        tag="ar",
        words="في من على إلى أن عن مع هذا التي الذي ما لا كان هو هي قد كل بعد قال بين ذلك لم أو حتى إذا كما "
        "الناس السجن الحرية الرسالة المعلم العائلة المحكمة الحق عند غير هذه يكون ليس أيضا قبل ثم نحن",
        syllables="ال كت اب مد رس ة مح كم وا لد ين سج ون حر ية شع ب قا نو ن عد لة طا لب نا س",
        names=("ليلى حداد", "أحمد منصور", "سعاد القاسم"),
        places=("القاهرة", "دمشق", "بيروت"),
        marks="«»",
    ),
    Language(
        tag="fr",
        words="de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il "
        "sont avec ou son aux cette ont ses mais comme on tout nous sa été fait être deux même ces "
        "entre leur prison lettre liberté famille tribunal école élève droit grève faim où déjà très "
        "après",
        syllables="pré con tion men té lé ri eur sa gne vou loir cha que fran çais ter re mer ci jour né e",
        names=("Émile Durand", "Françoise Lefèvre", "Aimé Béraud"),
        places=("Paris", "Téhéran", "Genève"),
        marks="«»",
    ),
    Language(
        tag="de",
        words="der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an "
        "werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war "
        "haben nur oder Gefängnis Brief Freiheit Familie Gericht Lehrer Straße Schule Recht Größe "
        "Streik müssen können",
        syllables="ver ge be ung keit lich sch mann haus stra ße fän gnis frei heit ant wort tra gen ler nen",
        names=("Jürgen Weiß", "Käthe Schröder", "Anna Groß"),
        places=("Berlin", "Zürich", "Köln"),
        marks="„“",
    ),
    Language(
        tag="ja",
        words="の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など "
        "なっ ない この ため その あっ よう また もの という あり まで られ なる へ か だ これ "
        "によって により おり より による 刑務所 手紙 自由 家族 裁判所 教師 権利 社会 国民 学校 言葉 "
        "時間 電話 面会 人類 尊厳",
        syllables="人 権 社 会 国 民 自 由 平 等 教 育 法 律 保 護 労 働 家 庭 生 活 思 想 宗 教 表 現 政 治",
        names=("山田太郎", "佐藤花子", "鈴木一郎"),
        places=("東京", "京都", "大阪"),
        space="",
        stop="。",
        marks="「」",
    ),
)


class Writer:
    """Makes the texts of one language.

    Args:
        language: What they are made of.
        dice: The source of chance.
    """

    def __init__(self, language: Language, dice: random.Random) -> None:
        self.language = language
        self._dice = dice
        self._words = [*language.words.split(), *self._rare_words()]
        # Zipf's law: a word's frequency is the inverse of its rank.
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self.names = (*language.names, *(self._name() for _ in range(300)))

    def _rare_words(self) -> Iterator[str]:
        syllables = self.language.syllables.split()
        for _ in range(VOCABULARY):
            yield "".join(self._dice.choices(syllables, k=self._dice.choice((2, 2, 3, 3, 4))))

    def _name(self) -> str:
        first, last = self._dice.choices(self._words[-VOCABULARY:], k=2)
        return f"{first}{self.language.space}{last}".title()

    def sentence(self) -> str:
        words = self._dice.choices(self._words, cum_weights=self._weights, k=self._dice.randint(9, 31))
        sentence = self.language.space.join(words)
        sentence = sentence[0].upper() + sentence[1:]
        marks = self.language.marks if self._dice.random() < 1 / 4 else ""
        return f"{marks[:1]}{sentence}{marks[1:]}"

    def document(self, number: int) -> tuple[Document, list[tuple[int, int]]]:
        """Make a document and say where its sentences stand."""
        sentences = [self.sentence() for _ in range(SENTENCES)]
        text, spans = "", []
        for place, sentence in enumerate(sentences):
            spans.append((len(text), len(text) + len(sentence)))
            text += sentence + ("\n\n" if place % 6 == 5 else self.language.stop)
        document = Document(
            slug=f"{self.language.tag}-{number}",
            kind=self._dice.choice(KINDS),
            title=self.language.space.join(self._dice.choices(self._words, k=6)),
            authors=(self._dice.choice(self.names),),
            date=self._date(),
            place=self._dice.choice(self.language.places),
            publisher=self._dice.choice(("PMOI/MEK", "Reuters", None)),
            language=self.language.tag,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            characters=len(text),
            added="2026-01-05T09:30:00Z",
            text=text,
        )
        return document, spans

    def quote(self, document: Document, number: int, span: tuple[int, int]) -> Quote:
        """Make a quote of one sentence of a document."""
        start, end = span
        passage = Passage(
            start=start,
            end=end,
            exact=document.text[start:end],
            prefix=document.text[max(0, start - CONTEXT) : start],
            suffix=document.text[end : end + CONTEXT],
        )
        return Quote(
            document=number,
            passages=(passage,),
            speaker=self.names[min(int(self._dice.expovariate(0.02)), len(self.names) - 1)],
            topics=tuple(sorted(self._dice.sample(TOPICS, k=self._dice.choice((0, 1, 1, 2))))),
            said=self._date() if self._dice.random() < 1 / 5 else None,
            note="To be checked against the printed edition" if self._dice.random() < 1 / 20 else None,
            created="2026-01-05T09:30:00Z",
        )

    def _date(self) -> str:
        year, month, day = (self._dice.randint(*ends) for ends in ((1930, 2025), (1, 12), (1, 28)))
        dates = (f"{year}-{month:02}-{day:02}", f"{year}-{month:02}", f"{year}", f"{year}~")
        return self._dice.choices(dates, weights=(6, 2, 1, 1))[0]


def make(path: Path, quotes: int, seed: int = 1) -> None:
    """Write an archive.

    Args:
        path: Where; a file that is there is replaced.
        quotes: How many; a tenth as many documents are made, at least one.
        seed: Another one gives another archive.
    """
    dice = random.Random(seed)  # noqa: S311 - no secrets are made here
    writers = [Writer(language, dice) for language in LANGUAGES]
    documents: list[bytes] = []
    rows: list[bytes] = []
    for number in range(1, max(1, quotes // QUOTES) + 1):
        writer = dice.choice(writers)
        document, spans = writer.document(number)
        documents.append(msgspec.json.encode(document))
        chosen = sorted(dice.sample(spans, k=min(QUOTES, quotes - len(rows))))
        rows += [msgspec.json.encode(writer.quote(document, number, span)) for span in chosen]
    last = {"documents": len(documents), "quotes": len(rows), "history": 1}
    own = msgspec.json.encode({"format": 1, "last": last, "tables": ["documents", "quotes", "archive", "history"]})
    tables = {"documents": documents, "quotes": rows, "archive": [own]}
    tables["history"] = [msgspec.json.encode(_change(tables))]
    path.write_bytes(b"{%s\n}\n" % b",".join(_table(name, records) for name, records in tables.items()))


def _change(tables: dict[str, list[bytes]]) -> dict[str, object]:
    """Make the sealed change that added all records."""
    digests = {
        name: {str(number): history.digest(msgspec.json.decode(record)) for number, record in enumerate(records, 1)}
        for name, records in tables.items()
    }
    added = {name: list(range(1, len(tables[name]) + 1)) for name in ("documents", "quotes")}
    change: dict[str, object] = {"when": "2026-01-05T09:30:00Z", "added": added, "digests": digests}
    return {**change, "seal": history.seal(change, "")}


def _table(name: str, records: list[bytes]) -> bytes:
    lines = (b'"%d":%s' % (number, record) for number, record in enumerate(records, start=1))
    return b'\n"%s":{\n%s\n}' % (name.encode(), b",\n".join(lines))


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
