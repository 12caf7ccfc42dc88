"""Pictures of pages: the words that tesseract recognises in them, which is called as a program if it is there.

What is recognised helps to find a page; it is never the document's words for certain.
"""

import html
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final

import msgspec

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.builder import TextBuilder
from quotearchive.readers.errors import WordlessError
from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.pdf.heads import without_heads
from quotearchive.readers.pdf.layout import paragraphs_of
from quotearchive.readers.pdf.lines import Line, Page
from quotearchive.readers.plain_text import describe

#: Where the program is if the environment doesn't say.
_PLACES: Final = os.pathsep.join(
    ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin", r"C:\Program Files\Tesseract-OCR")
)

#: What the program may take for one picture, in seconds, and for a question about itself.
_TIME: Final = 110
_SHORT_TIME: Final = 20

#: How many languages are tried at once; each costs time, and more confuse.
_MOST_LANGUAGES: Final = 4

#: Points of a picture's dot at 300 dots an inch, which pictures are taken to have.
_POINT: Final = 72 / 300

#: How much the sizes of letters in one picture may differ and be the same.
_SAME_SIZE: Final = 0.2

#: By the tag of a language, what tesseract calls it where the two differ by more than their length.
_LANGUAGES: Final = {
    "ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fa": "fas",
    "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "ku": "kmr",
    "nl": "nld", "no": "nor", "pl": "pol", "ps": "pus", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "tr": "tur",
    "uk": "ukr", "ur": "urd", "zh": "chi_sim",
}  # fmt: skip

#: By a script as tesseract names it, the languages that are written in it.
_SCRIPTS: Final = {
    "Arabic": frozenset(("ara", "fas", "urd", "pus", "kur_ara")),
    "Hebrew": frozenset(("heb", "yid")),
    "Cyrillic": frozenset(("rus", "ukr", "bul", "bel", "srp", "mkd")),
    "Greek": frozenset(("ell", "grc")),
    "Han": frozenset(("chi_sim", "chi_tra", "jpn")),
    "Japanese": frozenset(("jpn",)),
    "Korean": frozenset(("kor",)),
    "Devanagari": frozenset(("hin", "mar", "nep", "san")),
}
_OTHER_SCRIPTS: Final = frozenset(code for codes in _SCRIPTS.values() for code in codes)

_SCRIPT: Final = re.compile(r"^Script: (\w+)", re.MULTILINE)
_PAGE: Final = re.compile(r"<div class='ocr_page'[^>]*?bbox \d+ \d+ (\d+) (\d+)")
_LINE: Final = re.compile(
    r"<span class='ocr_(?:line|header|caption|textfloat)'[^>]*?title=\"bbox (\d+) (\d+) (\d+) (\d+)"
    r"(?:; baseline (-?[\d.]+) (-?[\d.]+))?[^\"]*?(?:x_size ([\d.]+))?[^\"]*\"[^>]*>"
)
_WORD: Final = re.compile(r"<span class='ocrx_word'[^>]*>(.*?)</span>(?=\s*(?:<span|</span>|$))", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_BACKWARD: Final = re.compile("[\u0590-\u08ff]")
_HYPHENS: Final = ("-", "‐", "\u00ad", "¬")

#: What to do without the program.
ABSENT: Final = (
    "Install tesseract and its language (for instance the packages tesseract-ocr and tesseract-ocr-eng), and add it "
    "again; its words are recognised then."
)


class NotRecognisedError(QuoteArchiveError):
    """A picture of which no words can be had."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name!r} is a picture, whose words must be recognised. {problem}")


class Recognised(msgspec.Struct, frozen=True):
    """What was recognised.

    Attributes:
        pages: By their index, the pages in which words were found.
        engine: What recognised them, with its version and languages.
        problem: What went wrong, as sentences for the user; empty if nothing did.
    """

    pages: dict[int, Page] = {}
    engine: str = ""
    problem: str = ""


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:
    """Recognise the words of a picture.

    Args:
        content: Its bytes.
        name: Its name.
        options: How to read it; its language is that of the words.

    Raises:
        NotRecognisedError: tesseract is not there.
        WordlessError: It finds no words.
    """
    recognised = recognise([(0, content)], options.language)
    if not recognised.pages:
        if not recognised.problem:
            none = f"{name!r} is a picture in which no words were recognised."
            raise WordlessError(none)
        raise NotRecognisedError(name, recognised.problem)
    pages = [recognised.pages.get(index, Page([], 0.0)) for index in range(max(recognised.pages) + 1)]
    labels = [str(index + 1) for index in range(len(pages))]
    rests, _ = without_heads(pages, labels)
    builder = TextBuilder()
    page = -1
    for paragraph in paragraphs_of(rests, [each.height for each in pages]):
        for piece in paragraph.pieces:
            if piece.page != page:
                page = piece.page
                builder.mark("page", labels[page], page + 1)
            builder.add(piece.words)
        builder.end_paragraph()
    remark = f"The words were recognised in a picture ({recognised.engine}): compare what you quote with it."
    yield Extract(
        text=builder.text,
        extracted=describe(builder.text),
        remarks=(remark, recognised.problem) if recognised.problem else (remark,),
        segments=builder.segments,
        reader=recognised.engine,
        is_recognised=True,
    )


def recognise(pictures: Iterable[tuple[int, bytes]], language: str | None) -> Recognised:
    """Recognise the words of pictures.

    Args:
        pictures: Each with its page's index; one of several pages fills the indices from there.
        language: The tag of the language of the words, or several with `+`; None if nobody knows.

    Returns:
        The pages in which words were found; none, and why, if tesseract isn't there.
    """
    program = shutil.which("tesseract") or shutil.which("tesseract", path=_PLACES)
    if program is None:
        return Recognised(problem=ABSENT)
    tesseract = _Tesseract(program)
    missing = tesseract.missing(language)
    if missing:
        return Recognised(problem=f"tesseract lacks the language {missing!r}. {ABSENT}")
    pages: dict[int, Page] = {}
    used: dict[str, None] = {}
    failed = ""
    for index, picture in pictures:
        chosen = tesseract.choose(picture, language)
        answer = tesseract.ask(picture, "-l", "+".join(chosen), "-c", "tessedit_create_hocr=1", time=_TIME)
        if answer is None:
            failed = "tesseract could not read every picture, or took too long over one."
            continue
        for shift, page in enumerate(_pages(answer, index)):
            if page.lines:
                pages[index + shift] = page
                used.update(dict.fromkeys(chosen))
    return Recognised(pages, f"{tesseract.version} {'+'.join(used)}", failed)


class _Tesseract:
    """The program, what it is called, and which languages it has."""

    def __init__(self, program: str) -> None:
        self._program = program
        told = self.ask(b"", "--version", time=_SHORT_TIME, is_question=True) or "tesseract"
        self.version = told.split("\n", 1)[0].strip()
        listed = (self.ask(b"", "--list-langs", time=_SHORT_TIME, is_question=True) or "").splitlines()[1:]
        self._installed = [code.strip() for code in listed if code.strip()]

    def missing(self, language: str | None) -> str | None:
        """Return the language that was asked for and isn't installed, or None."""
        return next((code for code in _codes(language) if code not in self._installed), None)

    def choose(self, picture: bytes, language: str | None) -> list[str]:
        """Return the languages to try on a picture: the one that is given, or those of its script."""
        if codes := _codes(language):
            return codes
        known = [code for code in self._installed if code not in {"osd", "equ", "snum"}]
        told = self.ask(picture, "--psm", "0", "-l", "osd", time=_SHORT_TIME) if "osd" in self._installed else None
        found = _SCRIPT.search(told or "")
        if found:
            wanted = _SCRIPTS.get(found[1])
            fitting = [code for code in known if (code in wanted if wanted else code not in _OTHER_SCRIPTS)]
            known = fitting or known
        return sorted(known, key=lambda code: code != "eng")[:_MOST_LANGUAGES] or ["eng"]

    def ask(self, picture: bytes, *words: str, time: int, is_question: bool = False) -> str | None:
        """Call the program with a picture; None if it fails or takes too long."""
        call = [self._program, *words] if is_question else [self._program, "stdin", "stdout", "--dpi", "300", *words]
        try:
            # The words of the call are ours, and the picture is only read.
            done = subprocess.run(  # noqa: S603
                call, input=picture, capture_output=True, timeout=time, check=False, env={"OMP_THREAD_LIMIT": "1"}
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _codes(language: str | None) -> list[str]:
    """Return what tesseract calls languages.

    >>> _codes("de+en"), _codes("fas"), _codes("pt-BR"), _codes(None)
    (['deu', 'eng'], ['fas'], ['por'], [])
    """
    tags = [tag.strip() for tag in (language or "").split("+") if tag.strip()]
    return [_LANGUAGES.get(tag.split("-", 1)[0].lower(), tag.lower()) for tag in tags]


def _pages(answer: str, index: int) -> Iterator[Page]:
    """Read the pages of an answer in hOCR (https://kba.github.io/hocr-spec/1.2/)."""
    found = list(_PAGE.finditer(answer))
    ends = [each.start() for each in found[1:]] + [len(answer)] * bool(found)
    for shift, (each, end) in enumerate(zip(found, ends, strict=True)):
        height = int(each[2]) * _POINT
        lines = list(_lines(answer[each.end() : end], height, index + shift))
        yield Page(_evened(lines), height, is_recognised=True)


def _lines(answer: str, height: float, page: int) -> Iterator[Line]:
    found = list(_LINE.finditer(answer))
    ends = [each.start() for each in found[1:]] + [len(answer)] * bool(found)
    for each, end in zip(found, ends, strict=True):
        recognised = (html.unescape(_TAG.sub("", word)) for word in _WORD.findall(answer[each.end() : end]))
        words = " ".join(" ".join(recognised).split())
        if not words:
            continue
        left, top, right, bottom = (int(number) * _POINT for number in each.groups()[:4])
        baseline = height - bottom - float(each[6] or 0) * _POINT
        size = float(each[7]) * _POINT if each[7] else bottom - top
        is_backward = bool(_BACKWARD.search(words))
        is_broken = words.endswith(_HYPHENS) and words[-2:-1].isalpha()
        start, stop = (-right, -left) if is_backward else (left, right)
        yield Line(words[:-1] if is_broken else words, start, stop, baseline, size, page, is_broken, is_backward)


def _evened(lines: Sequence[Line]) -> list[Line]:
    """Make lines of about one size the same size: it is measured on each, and never quite the same."""
    if not lines:
        return []
    usual = median(line.size for line in lines)
    evened: list[Line] = []
    for line in lines:
        sizes = (usual, evened[-1].size if evened else usual)
        size = next((size for size in sizes if abs(line.size - size) < _SAME_SIZE * size), line.size)
        evened.append(msgspec.structs.replace(line, size=size))
    return evened
