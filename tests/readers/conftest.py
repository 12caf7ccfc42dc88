"""Reading in this process, where its coverage is measured and nothing has to be started.

What the processes of readers are for is tested with them: in `test_batches`, `test_hostile` and `test_processes`.
"""

import io
from collections.abc import Iterator

import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import Reading, Refused
from quotearchive.readers.errors import WordlessError
from quotearchive.readers.extracts import Member
from quotearchive.readers.isolation.child import answer
from quotearchive.readers.isolation.frames import FAILED, NAME, WORDLESS, Request, receive
from quotearchive.readers.isolation.limits import ANSWER
from quotearchive.readers.isolation.processes import Child, outcome_of

#: Tests of what is read in processes of their own.
APART = frozenset({"test_batches", "test_hostile", "test_processes"})


@pytest.fixture(autouse=True)
def _reading_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.stem not in APART:
        monkeypatch.setattr(Child, "ask", ask_here)


def ask_here(_: Child, request: Request, content: bytes) -> Iterator[Reading | Refused | Member]:
    """Answer as a process does, frame by frame."""
    answers = io.BytesIO()
    answer(request, content, answers)
    answers.seek(0)
    name = ""
    while frame := receive(answers, ANSWER):
        kind, payload = frame
        if kind in {FAILED, WORDLESS}:
            raise (WordlessError if kind == WORDLESS else QuoteArchiveError)(payload.decode())
        if kind == NAME:
            name = payload.decode()
        else:
            yield outcome_of(kind, payload, name)
