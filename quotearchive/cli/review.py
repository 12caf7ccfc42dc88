"""The review of a document's candidates: one question after another."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from prompt_toolkit import prompt
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, WordCompleter
from prompt_toolkit.document import Document as Line
from prompt_toolkit.validation import ValidationError, Validator

from quotearchive.archive import candidates, removal
from quotearchive.archive.candidates import Decision, Review
from quotearchive.archive.edits import QuoteEdit, edit_quotes, locate_near, plan
from quotearchive.archive.quotes import Wording
from quotearchive.archive.topics import written
from quotearchive.cli.candidates import tell
from quotearchive.cli.session import Session
from quotearchive.errors import QuoteArchiveError, UsageError
from quotearchive.model import Proposal, Quote, Span
from quotearchive.store import Snapshot
from quotearchive.views.candidates import candidate_page
from quotearchive.views.quotes import quote_page

#: What can be answered to a proposal: the letter that is typed, and what it does.
ANSWERS: Final = {
    "y": "accept",
    "e": "edit its boundaries",
    "s": "skip",
    "b": "back",
    "q": "stop and keep what is accepted",
}

_QUESTION: Final = "[y] accept  [e]dit  [s]kip  [b]ack  [q] stop and keep: "

#: What can be answered to one that was accepted and is gone back to.
REVISIONS: Final = {
    "k": "keep",
    "e": "edit",
    "r": "remove",
    "b": "back",
    "q": "stop",
}

_AGAIN: Final = "[k]eep  [e]dit  [r]emove  [b]ack  [q] stop and keep: "


def ask(session: Session, reference: str) -> None:
    """Go through the proposals on a terminal; what is accepted is stored at once, so that a hang-up loses none."""
    reviewed = candidates.review(session.archive, reference)
    open_ones = [each for each in reviewed.proposals if each.quote is None]
    for known in reviewed.proposals:
        if known.quote is not None:
            session.remark(f"Candidate {known.number} is already quote {known.quote}.")
    if not open_ones:
        session.remark("Nothing left to review.")
        return
    interview = Interview(session, reviewed)
    try:
        interview.run(open_ones)
    finally:
        tell(session, interview.stored)


class Interview:
    """The questions of a review. Each answer is a change of its own, which is stored before the next question.

    Args:
        session: Where it is shown.
        reviewed: The document and its proposals.
    """

    def __init__(self, session: Session, reviewed: Review) -> None:
        self._session = session
        self._review = reviewed
        self._known = {each.number for each in reviewed.proposals if each.quote is not None}
        self._speakers = list(reviewed.speakers)
        self._topics = list(reviewed.topics)

    @property
    def stored(self) -> list[int]:
        """The numbers of the quotes that were stored, in reading order."""
        return [each.quote for each in self._review.proposals if each.quote and each.number not in self._known]

    def run(self, proposals: Sequence[Proposal]) -> None:
        """Ask about each proposal, forward and back, until the last one or until it is stopped."""
        place = 0
        while place < len(proposals):
            try:
                answer = self._answer(proposals[place].number)
            except EOFError:
                return
            if answer == "q":
                return
            place = max(0, place - 1) if answer == "b" else place + 1

    def _answer(self, number: int) -> str:
        """Ask about a proposal, and do what is answered."""
        proposal = self._review.proposals[number - 1]
        snapshot = self._session.archive.read()
        quote = snapshot.find_quote(proposal.quote) if proposal.quote else None
        return self._propose(proposal) if quote is None else self._revise(proposal, snapshot, quote)

    def _propose(self, proposal: Proposal) -> str:
        page = candidate_page(proposal, self._review.document, len(self._review.proposals))
        self._session.show(page)
        answer = _choose(_QUESTION, ANSWERS)
        if answer in {"y", "e"}:
            spans = self._ask_words(proposal.spans) if answer == "e" else ()
            speaker, topics = self._ask_attribution(proposal.speaker, ())
            decision = Decision(proposal=proposal, spans=spans, speaker=speaker, topics=topics)
            change = self._session.next_change
            (quote,) = candidates.accept(self._session.archive, self._review, [decision], change=change)
            self._note(proposal, quote.id, f"Stored quote {quote.id}.")
        return answer

    def _revise(self, proposal: Proposal, snapshot: Snapshot, quote: Quote) -> str:
        self._session.remark(f"Candidate {proposal.number} is stored as quote {quote.id}.")
        self._session.show(quote_page(quote, self._review.document, (quote.speaker,)))
        answer = _choose(_AGAIN, REVISIONS)
        if answer == "e":
            self._edit(snapshot, quote)
        elif answer == "r":
            planned = removal.plan(snapshot, quotes=[str(quote.id)])
            removal.remove(self._session.archive, planned, change=self._session.next_change)
            self._note(proposal, None, f"Removed quote {quote.id}.")
        return answer

    def _edit(self, snapshot: Snapshot, quote: Quote) -> None:
        spans = self._ask_words([(passage.start, passage.end) for passage in quote.passages])
        speaker, topics = self._ask_attribution(quote.speaker, quote.topics)
        edit = QuoteEdit(values={"speaker": speaker, "topics": topics}, wording=Wording(spans=spans))
        agreed = plan(snapshot, [quote.id], edit)
        change = self._session.next_change
        edition = edit_quotes(self._session.archive, [quote.id], edit, change=change, agreed=agreed)
        self._session.remark_all(edition.remarks)

    def _note(self, proposal: Proposal, quote: int | None, sentence: str) -> None:
        self._review = candidates.noted(self._review, proposal.number, quote)
        self._session.remark(sentence)

    def _ask_attribution(self, speaker: str | None, topics: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        said_by = self._ask("Speaker: ", self._speakers, speaker or "")
        on = self._ask("Topics, separated by commas: ", self._topics, ", ".join(topics), separator=",")
        self._remember(said_by, on)
        return said_by, tuple(_split(on))

    def _ask(self, question: str, known: Sequence[str], default: str, separator: str | None = None) -> str:
        completer: Completer = WordCompleter(list(known), ignore_case=True, match_middle=True, sentence=True)
        validator = _Check(lambda typed: list(map(written, _split(typed)))) if separator else None
        if separator:
            completer = _LastOf(completer, separator)
        typed: str = self._session.unicode(prompt(question, default=default, completer=completer, validator=validator))
        return typed

    def _ask_words(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Ask for each passage's words, or its two ends; they are sought in the document."""
        text = self._review.document.text
        return tuple(self._ask_passage(text, start, end) for start, end in spans)

    def _ask_passage(self, text: str, start: int, end: int) -> tuple[int, int]:
        words = " ".join(text[start:end].split())
        answer = prompt(
            "Words, or first words ... last words: ",
            default=words,
            completer=None,
            validator=_Check(lambda typed: locate_near(text, typed, start)),
        )
        return (start, end) if answer == words else locate_near(text, answer, start)

    def _remember(self, speaker: str, topics: str) -> None:
        """Offer what was typed for the next proposals too."""
        self._speakers = list(dict.fromkeys([*self._speakers, *filter(None, [speaker.strip()])]))
        self._topics = list(dict.fromkeys([*self._topics, *_split(topics)]))


def _choose(question: str, answers: Mapping[str, str]) -> str:
    """Ask until one of the letters is typed; Enter is the first of them."""

    def check(typed: str) -> None:
        if typed.strip().lower()[:1] not in {"", *answers}:
            wrong = f"Type {', '.join(answers)}, or Enter to {next(iter(answers.values()))}."
            raise UsageError(wrong)

    return prompt(question, validator=_Check(check)).strip().lower()[:1] or next(iter(answers))


def _split(topics: str) -> list[str]:
    return [topic for part in topics.split(",") if (topic := part.strip())]


class _Check(Validator):
    """Takes what a function takes, and shows the sentence of its error for anything else."""

    def __init__(self, check: Callable[[str], object]) -> None:
        self._check = check

    def validate(self, document: Line) -> None:
        try:
            self._check(document.text)
        except QuoteArchiveError as error:
            raise ValidationError(message=str(error)) from error


class _LastOf(Completer):
    """Completes the last of several values."""

    def __init__(self, completer: Completer, separator: str) -> None:
        self._completer = completer
        self._separator = separator

    def get_completions(self, document: Line, complete_event: CompleteEvent) -> Iterable[Completion]:
        last = document.text_before_cursor.rpartition(self._separator)[2].lstrip()
        return self._completer.get_completions(Line(last), complete_event)
