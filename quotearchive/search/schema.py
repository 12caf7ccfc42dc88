"""The tables of the index.

Nothing in them is not in the archive. No column that is compared holds NULL, because SQL neither affirms
nor denies what it does not know, and a query does.
"""

from typing import Final

from quotearchive.query.entries import QUOTE_TRAITS
from quotearchive.query.words import VERSION as WORDS

#: Names the tables and what stands in them. An index with another version is made anew.
VERSION: Final = f"2/{WORDS}/{','.join(QUOTE_TRAITS)}"

#: First day, last day and date of what has none: the first is behind all dates, the last before all.
UNDATED: Final = ("~~~", "", "")

#: Columns of folded values hold each value behind a line feed, which stands in none of them.
TABLES: Final = """
CREATE TABLE noted (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL,
    slug TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL,
    earliest TEXT NOT NULL, latest TEXT NOT NULL, dated TEXT NOT NULL,
    added TEXT NOT NULL, paged INTEGER NOT NULL DEFAULT 0,
    document_values TEXT NOT NULL, author_values TEXT NOT NULL, to_values TEXT NOT NULL,
    kind_values TEXT NOT NULL, place_values TEXT NOT NULL, publisher_values TEXT NOT NULL,
    language_values TEXT NOT NULL, description BLOB NOT NULL
);
CREATE TABLE texts (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE quotes (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL, document INTEGER NOT NULL, speaker INTEGER NOT NULL,
    earliest TEXT NOT NULL, latest TEXT NOT NULL, dated TEXT NOT NULL, has_date INTEGER NOT NULL,
    position INTEGER NOT NULL, created TEXT NOT NULL, traits TEXT NOT NULL,
    to_values TEXT NOT NULL, note_values TEXT NOT NULL
);
CREATE TABLE records (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE speakers (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, speaker_values TEXT NOT NULL,
    quotes INTEGER NOT NULL DEFAULT 0, documents INTEGER NOT NULL DEFAULT 0, first TEXT, last TEXT
);
CREATE TABLE topics (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, topic_values TEXT NOT NULL,
    quotes INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE known_speakers (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, name TEXT, record BLOB NOT NULL);
CREATE TABLE known_topics (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, record BLOB NOT NULL);
CREATE TABLE tagged (topic INTEGER, quote INTEGER, PRIMARY KEY (topic, quote)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='ascii');
CREATE VIRTUAL TABLE pages USING fts5(text, content='', tokenize='ascii');
"""

#: Made when the tables are full, which is faster.
INDEXES: Final = (
    "CREATE INDEX quotes_by_document ON quotes (document)",
    "CREATE INDEX quotes_by_speaker ON quotes (speaker, earliest, latest)",
    "CREATE INDEX tagged_by_quote ON tagged (quote)",
    "CREATE INDEX documents_by_slug ON documents (slug)",
)
