"""The citation of a document: who, what, to whom, where published, when; plain, or in a style."""

from collections.abc import Callable, Sequence

from quotearchive.exporters.context import CITED, QuoteInContext, facts, marked, retrieved
from quotearchive.exporters.errors import MissingStylesError
from quotearchive.model import Description


def citer(style: str | None) -> Callable[[Description], str]:
    """Return the function that cites documents.

    Args:
        style: The name of a citation style; None for the plain citation.

    Raises:
        MissingStylesError: The styles are not installed.
        UnknownStyleError: There is no such style.
    """
    if style is None:
        return citation
    try:
        from quotearchive.exporters import styles  # noqa: PLC0415 - their package is large, and need not be installed
    except ModuleNotFoundError as error:
        raise MissingStylesError(style) from error
    cited = styles.citer(style)
    # Some styles list no letters and no interviews among their sources.
    return lambda document: cited(document) or citation(document)


def citation(document: Description) -> str:
    """Cite a document in one line.

    >>> letter = Description(slug="open-letter", kind="letter", title="Open letter",
    ...     authors=("Hashem Khastar",), recipients=("Ali Khamenei",), place="Iran", date="2021-02-12")
    >>> citation(letter)
    'Hashem Khastar, “Open letter”, letter to Ali Khamenei, Iran, 2021-02-12'
    """
    title = f"“{document.title or document.slug}”"
    parts = (
        listed(document.authors),
        title,
        _form(document),
        document.publisher,
        document.place,
        document.date,
        document.url,
        _retrieval(document),
    )
    return ", ".join(part for part in parts if part)


def at_place(cited: str, locator: str) -> str:
    """Add the place of a quote to the citation of its document.

    >>> at_place("Khastar, H. (2021). Open letter.", "p. 12"), at_place("“Open letter”, 2021", "00:14:05")
    ('Khastar, H. (2021). Open letter, p. 12.', '“Open letter”, 2021, 00:14:05')
    """
    if not locator:
        return cited
    return f"{cited.removesuffix('.')}, {locator}{'.' if cited.endswith('.') else ''}"


def with_place(cited: str, entry: QuoteInContext) -> str:
    """Add the place of a quote, and how an e-mail is found among others, to the citation of its document."""
    found = [f"Message-ID {each}" for each in entry.message_ids]
    return at_place(cited, ", ".join(filter(None, (entry.beside, *found, *marked(entry.document)))))


def particulars(document: Description) -> tuple[str, ...]:
    """List what is known of a document besides its title, as phrases.

    >>> particulars(Description(slug="a", title="A", kind="letter", recipients=("B",), date="2021", language="fa"))
    ('Letter to B', '2021', 'Language: fa')
    """
    kind = "document" if document.kind == "other" else document.kind
    by = f" by {listed(document.authors)}" if document.authors else ""
    to = f" to {listed(document.recipients)}" if document.recipients else ""
    plain = (document.date, document.place, document.publisher, document.url, _retrieval(document))
    return (f"{kind.capitalize()}{by}{to}", *filter(None, plain), *facts(document, CITED), *marked(document))


def listed(names: Sequence[str]) -> str:
    """List names as a sentence does.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    if len(names) < 2:  # noqa: PLR2004
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _retrieval(document: Description) -> str:
    day = retrieved(document)
    return f"retrieved {day}" if day else ""


def _form(document: Description) -> str:
    kind = "" if document.kind == "other" else document.kind
    addressees = f"to {listed(document.recipients)}" if document.recipients else ""
    return " ".join(filter(None, (kind, addressees)))
