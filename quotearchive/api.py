r"""What a script can do with an archive: all that the command line can, under names that stay.

Each function takes an `Archive` and values, and returns values; an archive's `index` answers queries. What a user says
of documents and quotes is a mapping of the names in `FIELDS`. Nothing is read from the environment: a change says when
it was made and by whom, and an archive where its indexes are kept, which is in memory unless it is said. What goes
wrong is a `QuoteArchiveError`, whose text is a sentence for the user.

    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = tempfile.TemporaryDirectory()
    >>> letter = Path(folder.name, "letter.txt")
    >>> _ = letter.write_text("Open letter\n\nTehran, 12 February 2021\n\nWe will not be silent. We resist.\n")

An archive with a document:

    >>> archive = Archive(Path(folder.name, "archive.json"))
    >>> change = Change(when="2026-01-31T12:00:00Z", by="A script")
    >>> report = add(archive, [letter], given={"authors": ("Hashem Khastar",)}, change=change)
    >>> [(each.document.slug, each.document.date) for each in report.added]
    [('open-letter', '2021-02-12')]

A quote is the document's own words, and nothing else is stored:

    >>> khastar = {"speaker": "Hashem Khastar", "topics": ("resistance",)}
    >>> quote(archive, "open-letter", Wording(passages=("we will not be silent",)), khastar, change=change).quote.text
    'We will not be silent'
    >>> try:
    ...     _ = quote(archive, "open-letter", Wording(passages=("We give up",)), khastar, change=change)
    ... except QuoteArchiveError as error:
    ...     print(error)  # doctest: +ELLIPSIS
    Not in open-letter: "We give up"...

It is found by the language of `quotearchive search`, and exported in any of `EXPORTERS`:

    >>> found = archive.index.search(parse("speaker:khastar silent").query, Order(limit=10))
    >>> [(each.quote.id, each.quote.text) for each in found.hits]
    [(1, 'We will not be silent')]
    >>> text = "".join(exporter("markdown").export(selections(archive, parse("topic:resistance").query), Options()))
    >>> [line for line in text.splitlines() if line.startswith("> ")]
    ['> We will not be silent']

What is said of it changes, and comes back:

    >>> edited = edit_quotes(archive, [1], QuoteEdit(values={"note": "From the first page"}), change=change)
    >>> show_quote(archive, "1")[0].note
    'From the first page'
    >>> undo(archive, change=change).change.id
    3
    >>> show_quote(archive, "1")[0].note is None
    True
    >>> verify(archive).has_failed()
    False
    >>> folder.cleanup()
"""

from quotearchive.archive.archive import Archive
from quotearchive.archive.candidates import Decision, Review, accept, review
from quotearchive.archive.documents import Addition, Piped, Report, add
from quotearchive.archive.edits import EditPlan, QuoteEdit, edit_document, edit_quotes
from quotearchive.archive.history import Undone, history, undo
from quotearchive.archive.imports import ImportReport, Request, import_file
from quotearchive.archive.lookup import (
    Page,
    list_documents,
    list_speakers,
    list_topics,
    selections,
    show_document,
    show_quote,
)
from quotearchive.archive.merge import Conflict, Merged, merge
from quotearchive.archive.originals import ListedOriginal, keep_originals, list_originals, locate_original
from quotearchive.archive.quotes import Quoted, Wording, quote
from quotearchive.archive.removal import Removal, remove
from quotearchive.archive.removal import plan as plan_removal
from quotearchive.archive.replacement import NewText, Replacement, replace
from quotearchive.archive.replacement import plan as plan_replacement
from quotearchive.archive.speakers import (
    SpeakerChange,
    add_aliases,
    add_speaker,
    drop_aliases,
    edit_speaker,
    merge_speakers,
    rename_speaker,
)
from quotearchive.archive.topics import TopicChange, describe_topic, merge_topics, move_topic, rename_topic
from quotearchive.archive.values import Values
from quotearchive.archive.verification import verify
from quotearchive.errors import QuoteArchiveError
from quotearchive.exporters import EXPORTERS, exporter
from quotearchive.exporters.interface import Exporter, Options
from quotearchive.fields import FIELDS, Field
from quotearchive.model import Change, Document, Passage, Quote, Selection, Speaker, Topic
from quotearchive.query import Query, parse
from quotearchive.search import Index, Order

__all__ = [
    "EXPORTERS",
    "FIELDS",
    "Addition",
    "Archive",
    "Change",
    "Conflict",
    "Decision",
    "Document",
    "EditPlan",
    "Exporter",
    "Field",
    "ImportReport",
    "Index",
    "ListedOriginal",
    "Merged",
    "NewText",
    "Options",
    "Order",
    "Page",
    "Passage",
    "Piped",
    "Query",
    "Quote",
    "QuoteArchiveError",
    "QuoteEdit",
    "Quoted",
    "Removal",
    "Replacement",
    "Report",
    "Request",
    "Review",
    "Selection",
    "Speaker",
    "SpeakerChange",
    "Topic",
    "TopicChange",
    "Undone",
    "Values",
    "Wording",
    "accept",
    "add",
    "add_aliases",
    "add_speaker",
    "describe_topic",
    "drop_aliases",
    "edit_document",
    "edit_quotes",
    "edit_speaker",
    "exporter",
    "history",
    "import_file",
    "keep_originals",
    "list_documents",
    "list_originals",
    "list_speakers",
    "list_topics",
    "locate_original",
    "merge",
    "merge_speakers",
    "merge_topics",
    "move_topic",
    "parse",
    "plan_removal",
    "plan_replacement",
    "quote",
    "remove",
    "rename_speaker",
    "rename_topic",
    "replace",
    "review",
    "selections",
    "show_document",
    "show_quote",
    "undo",
    "verify",
]
