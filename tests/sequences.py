"""Any commands in any order: what holds of every archive holds after each of them, and nothing is lost.

The invariants are written out here once more, without the project's own code, so that the two can't be wrong
together. A new command that changes an archive gets a rule here; `test_sequences.py` misses it otherwise.
"""

import contextlib
import hashlib
import itertools
import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quotearchive.cli import main

#: Versions of two letters: words come, go, move, and occur twice; marks hold marks.
TEXTS = (
    "Open letter\n\nWe will not be silent. He said: “We told them ‘no’ and they said ‘why’.” We will resist.\n",
    "Open letter\n\nDear friends! We will not be silent. He said: “We told them ‘no’ and they said ‘why’.”\n",
    "Open letter\n\nWe will not be silenced. They say: we give up. We will not be silent, ever.\n",
    "An answer\n\nYou wrote “We will not be silent”. So will we: we told them ‘no’ too. You will resist.\n",
    "An answer\n\nYou wrote: “We will not be silent”. So will we. We told them ‘no’ too. You resist.\n",
)

WORDS = (
    "We will not be silent", "not be silent", "silent", "We told them ‘no’ and they said ‘why’", "We told them",
    "no", "We will resist", "will ... resist", "we give up", "So will we",
)  # fmt: skip

NAMES = ("Hashem Khastar", "هاشم خواستار", "Ann", "ann")
TOPICS = ("prison", "prison/food", "Prison", "silence")

#: What is said of a quote, and of a document, by options.
OF_QUOTES = st.sampled_from(
    [("--speaker", name) for name in NAMES]
    + [("--to", name) for name in NAMES]
    + [("--topic", topic) for topic in TOPICS]
    + [("--note", "to be checked"), ("--note", ""), ("--said", "1943~"), ("--within", ""), ("--role", "teacher")]
)
OF_DOCUMENTS = st.sampled_from(
    [
        ("--author", NAMES[0]),
        ("--recipient", NAMES[2]),
        ("--date", "1943"),
        ("--title", "Open letter"),
        ("--kind", "letter"),
    ]
)

TEXT = st.integers(0, len(TEXTS) - 1)
NUMBER = st.integers(1, 6)
PASSAGE = st.sampled_from(WORDS)
NAME = st.sampled_from(NAMES)
TOPIC = st.sampled_from(TOPICS)

#: How commands ended, by their first words; for those who want to know what was tried.
ENDINGS: Counter[tuple[str, int]] = Counter()


class Commands(RuleBasedStateMachine):
    """An archive in a folder of its own, another beside it, and every command that changes one."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.archive = self.folder / "archive.json"
        self.history: list[Any] = []
        self.kept: set[str] = set()
        for number, text in enumerate(TEXTS):
            (self.folder / f"{number}.txt").write_text(text, encoding="utf-8")

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def run(self, *arguments: object, expects: tuple[int, ...] = (0, 1, 2)) -> str:
        """Run a command and return what it prints; an exception or an unexpected exit code fails."""
        words = [*map(str, arguments)]
        environment = {"QUOTEARCHIVE_CACHE": "", "QUOTEARCHIVE_BY": "", "COLUMNS": "100"}
        with contextlib.chdir(self.folder):
            runner = CliRunner(env=environment)
            ended = runner.invoke(main, ["-a", str(self.archive), *words], catch_exceptions=False)
        ENDINGS[words[0], ended.exit_code] += 1
        assert ended.exit_code in expects, (words, ended.exit_code, ended.stderr)
        return ended.stdout

    # Documents and quotes

    @initialize(text=TEXT)
    def begin(self, text: int) -> None:
        self.run("add", f"{text}.txt")

    @rule(text=TEXT, said=OF_DOCUMENTS)
    def add(self, text: int, said: tuple[str, str]) -> None:
        self.run("add", f"{text}.txt", *said)

    @rule(text=TEXT, document=NUMBER, option=st.sampled_from(["--replies-to", "--enclose"]))
    def add_related(self, text: int, document: int, option: str) -> None:
        self.run("add", f"{text}.txt", option, self.one_of("documents", document))

    @rule(text=TEXT, document=NUMBER)
    def add_replacing(self, text: int, document: int) -> None:
        self.run("add", "--replace", self.one_of("documents", document), f"{text}.txt", "--yes")

    @rule(text=TEXT, keeps=st.sampled_from(["--keep", "--no-keep"]))
    def add_keeping(self, text: int, keeps: str) -> None:
        self.run("add", f"{text}.txt", keeps)

    @rule(document=NUMBER)
    def add_again(self, document: int) -> None:
        """Read the original of a document once more."""
        self.run("add", "--replace", self.one_of("documents", document), "--yes")

    @rule(keeps=st.sampled_from(["--keep", "--no-keep"]))
    def originals(self, keeps: str) -> None:
        self.run("originals", keeps)

    @rule(document=NUMBER, words=PASSAGE, said=st.lists(OF_QUOTES, max_size=2))
    def quote(self, document: int, words: str, said: list[tuple[str, str]]) -> None:
        self.run("quote", self.one_of("documents", document), words, *itertools.chain(*said))

    @rule(document=NUMBER, words=PASSAGE, outer=NUMBER)
    def quote_within(self, document: int, words: str, outer: int) -> None:
        self.run("quote", self.one_of("documents", document), words, "--within", self.one_of("quotes", outer))

    @rule(document=NUMBER, numbers=st.sampled_from(["all", "1", "2,1"]))
    def quote_accept(self, document: int, numbers: str) -> None:
        self.run("quote", self.one_of("documents", document), "--accept", numbers, "--min-confidence", "0")

    @rule(quote=NUMBER, said=st.lists(OF_QUOTES, min_size=1, max_size=3))
    def edit(self, quote: int, said: list[tuple[str, str]]) -> None:
        self.run("edit", self.one_of("quotes", quote), *itertools.chain(*said))

    @rule(quote=NUMBER, outer=NUMBER)
    def edit_within(self, quote: int, outer: int) -> None:
        self.run("edit", self.one_of("quotes", quote), "--within", self.one_of("quotes", outer))

    @rule(quote=NUMBER, words=PASSAGE, option=st.sampled_from(["--passage", "--start", "--end"]))
    def edit_words(self, quote: int, words: str, option: str) -> None:
        self.run("edit", self.one_of("quotes", quote), option, words)

    @rule(query=st.sampled_from(["silent", "is:missing", "speaker:ann"]), topic=TOPIC)
    def edit_where(self, query: str, topic: str) -> None:
        self.run("edit", "--where", query, "--add-topic", topic, "--yes")

    @rule(document=NUMBER, other=NUMBER, option=st.sampled_from(["--replies-to", "--enclose"]))
    def edit_related(self, document: int, other: int, option: str) -> None:
        self.run("edit", self.one_of("documents", document), "--document", option, self.one_of("documents", other))

    @rule(document=NUMBER, said=OF_DOCUMENTS)
    def edit_document(self, document: int, said: tuple[str, str]) -> None:
        self.run("edit", self.one_of("documents", document), "--document", *said)

    @rule(number=NUMBER, kind=st.sampled_from([[], ["--document"]]))
    def remove(self, number: int, kind: list[str]) -> None:
        self.run("remove", self.one_of("documents" if kind else "quotes", number), *kind, "--yes")

    # People and topics

    @rule(name=NAME, other=NAME, command=st.sampled_from(["add", "alias", "rename"]))
    def speakers(self, name: str, other: str, command: str) -> None:
        self.run("speakers", command, name, other)

    @rule(name=NAME, other=NAME)
    def speakers_merge(self, name: str, other: str) -> None:
        self.run("speakers", "merge", name, "--into", other)

    @rule(name=NAME)
    def speakers_remove(self, name: str) -> None:
        self.run("speakers", "remove", name, "--yes")

    @rule(topic=TOPIC, other=TOPIC, command=st.sampled_from(["rename", "describe"]))
    def topics(self, topic: str, other: str, command: str) -> None:
        self.run("topics", command, topic, other)

    @rule(topic=TOPIC, other=TOPIC)
    def topics_merge(self, topic: str, other: str) -> None:
        self.run("topics", "merge", topic, "--into", other)

    @rule(topic=TOPIC)
    def topics_remove(self, topic: str) -> None:
        self.run("topics", "remove", topic, "--yes")

    # Other archives

    @precondition(lambda self: self.archive.exists())
    @rule(name=st.sampled_from(["other", "third"]))
    def keep(self, name: str) -> None:
        """Keep the archive as it is, and its export, to come back to later."""
        self.kept.add(name)
        shutil.copy(self.archive, self.folder / f"{name}.json")
        self.run("export", "--format", "jsonl", "--output", f"{name}.jsonl", "--force")

    @precondition(lambda self: self.kept)
    @rule(name=st.sampled_from(["other", "third"]), side=st.sampled_from(["--ours", "--theirs"]))
    def merge(self, name: str, side: str) -> None:
        self.run("merge", f"{name if name in self.kept else min(self.kept)}.json", side)

    @precondition(lambda self: self.kept)
    @rule(name=st.sampled_from(["other", "third"]))
    def import_(self, name: str) -> None:
        self.run("import", f"{name if name in self.kept else min(self.kept)}.jsonl")

    # The history

    @rule()
    def undo(self) -> None:
        self.run("undo", "--yes")

    @rule(change=st.integers(1, 12))
    def undo_any(self, change: int) -> None:
        self.run("undo", self.one_of("history", change), "--yes")

    @rule()
    def redo(self) -> None:
        """Undo the last undo."""
        undos = [number for number, change in self.tables().get("history", {}).items() if "undoes" in change]
        if undos:
            self.run("undo", undos[-1], "--yes")

    @rule()
    def verify_repair(self) -> None:
        before = self.archive.read_bytes() if self.archive.exists() else b""
        self.run("verify", "--repair", "--yes", expects=(0, 1, 3))
        assert (self.archive.read_bytes() if self.archive.exists() else b"") == before

    # What must hold

    def one_of(self, table: str, choice: int) -> int:
        """Return the number of a record that is there, or the choice itself where there is none."""
        numbers = sorted(map(int, self.tables().get(table, {})))
        return numbers[choice % len(numbers)] if numbers else choice

    def tables(self) -> dict[str, Any]:
        return json.loads(self.archive.read_text(encoding="utf-8")) if self.archive.exists() else {}

    @invariant()
    def holds(self) -> None:
        tables = self.tables()
        documents, quotes = tables.get("documents", {}), tables.get("quotes", {})
        slugs = [document["slug"] for document in documents.values()]
        assert len(set(slugs)) == len(slugs)
        for number, document in documents.items():
            assert hashlib.sha256(document["text"].encode()).hexdigest() == document["sha256"]
            related = {*map(str, document.get("encloses", ())), str(document.get("replies_to", ""))} - {""}
            assert related <= documents.keys() - {number}
            starts = [segment["start"] for segment in document.get("segments", ())]
            assert starts == sorted(starts)
            assert all(0 <= start <= len(document["text"]) for start in starts)
        for quote in quotes.values():
            self._quote_holds(quote, documents, quotes)
        names = [{each["name"], *each.get("aliases", ())} for each in tables.get("speakers", {}).values()]
        for each in (names, [{topic["path"]} for topic in tables.get("topics", {}).values()]):
            called = Counter(itertools.chain(*({name.casefold() for name in of_one} for of_one in each)))
            assert max(called.values(), default=1) == 1

    def _quote_holds(self, quote: dict[str, Any], documents: dict[str, Any], quotes: dict[str, Any]) -> None:
        text = documents[str(quote["document"])]["text"]
        for passage in quote["passages"]:
            assert quote.get("missing") or text[passage["start"] : passage["end"]] == passage["exact"]
        seen, outer = [], quote
        while "within" in outer:
            inner, outer = outer, quotes[str(outer["within"])]
            assert outer["document"] == quote["document"]
            assert outer not in seen
            seen.append(outer)
            assert {inner.get("missing"), outer.get("missing")} != {None} or all(
                any(around["start"] <= each["start"] and each["end"] <= around["end"] for around in outer["passages"])
                for each in inner["passages"]
            )

    @invariant()
    def originals_are_there(self) -> None:
        """What a record says is kept is there, also if only undo can bring the record back."""
        tables = self.tables()
        records = [*tables.get("documents", {}).values()]
        for change in tables.get("history", {}).values():
            for kind in ("changed", "removed"):
                records += [each.get("fields", {}) for each in change.get(kind, {}).get("documents", {}).values()]
        for original in filter(None, (record.get("original") for record in records)):
            kept = list(self.folder.glob(f"archive.files/{original['sha256'][:2]}/{original['sha256']}*"))
            assert [hashlib.sha256(each.read_bytes()).hexdigest() for each in kept] in ([], [original["sha256"]])
            assert kept or not original.get("kept")
        assert not list(self.folder.glob("archive.files/.*"))

    @invariant()
    def nothing_is_lost(self) -> None:
        history = list(self.tables().get("history", {}).items())
        assert history[: len(self.history)] == self.history
        self.history = history

    @invariant()
    def verify_agrees(self) -> None:
        if self.archive.exists():
            found = json.loads(self.run("verify", "--json", expects=(0, 1)))
            is_missing = [bool(quote.get("missing")) for quote in self.tables().get("quotes", {}).values()]
            assert found["problems"] == []
            assert [each["outcome"] == "missing" for each in found["quotes"]] == is_missing
            assert found["failed"] == any(is_missing)
