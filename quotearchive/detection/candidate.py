"""What detection proposes."""

import msgspec


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation that nobody has accepted yet.

    Offsets are half-open and count code points of the text.
    """

    start: int
    """First code point between the marks."""
    end: int
    """Code point after the last one between the marks."""
    exact: str
    """The words between the marks, as they stand in the text."""
    speaker: str | None = None
    """The fullest name that the text gives the speaker, or a description if it gives none."""
    speaker_span: tuple[int, int] | None = None
    """Where the text says whose the words are."""
    mention: str | None = None
    """How it names the speaker there: `He`, `the teacher`."""
    cue: str | None = None
    """The word that reports the words, or the colon before them."""
    confidence: float = 0.0
    """How likely it is that this is a quotation and that the speaker is right, 0..1; at least one half for what is
    surely a quotation, whoever said it."""
    reason: str = ""
    """One sentence for the user: why it was proposed, and why this speaker."""
    within: int | None = None
    """Index of the candidate that encloses this one."""
    continues: int | None = None
    """Index of the candidate whose next part this is: `"A," he said, "b"`, or the next paragraph of a long quotation.
    Candidates chained by this belong into one quote, as its passages."""
