"""What to do about a failure on the command line, where its own sentence speaks to scripts too."""

from typing import Final

from quotearchive.errors import QuoteArchiveError

#: By the name of an error's class: a sentence, which may use the error's attributes.
HINTS: Final = {
    "AlreadyUndoneError": "To do it again: quotearchive undo {error.undo}",
    "AmbiguousPassageError": "Choose one with --occurrence N.",
    "ChangeNotFoundError": "List changes with: quotearchive history",
    "ConflictsError": "Choose --ours or --theirs.",
    "DocumentNotFoundError": "List documents with: quotearchive list",
    "MissingWordsError": "Choose other words with --passage or --span.",
    "NoPassageError": "To list the quotations that detection finds: quotearchive quote DOC --detect",
    "NoRecordError": "To remove the name from them: quotearchive edit --where 'speaker:{error.name}' --speaker ''",
    "NotWithinError": "See it with: quotearchive show {error.outer}",
    "OccurrenceError": "Use --occurrence {error.count} at most, or leave it out.",
    "OutsideMainTextError": "To quote it, take the whole page: quotearchive add --replace {error.slug} --whole-page",
    "QuoteNotFoundError": "List quotes with: quotearchive search",
    "SpeakerExistsError": "To merge two speakers: quotearchive speakers merge NAME --into {error.owner}",
    "SpeakerNotFoundError": "List speakers with: quotearchive speakers",
    "TopicExistsError": "To merge the two: quotearchive topics merge {error.merge}",
    "TopicNotFoundError": "List topics with: quotearchive topics",
    "UnreadableReferenceError": "Each quote is listed with its number by: quotearchive search",
    "UnusableOccurrenceError": "Choose places with --span START:END instead.",
}


def explain(error: QuoteArchiveError) -> str:
    """Return an error's sentence, with a hint where there is one."""
    sentence = str(error)
    hint = HINTS.get(type(error).__name__)
    if hint is None:
        return sentence
    between = "\n" if "\n" in sentence else " "
    return sentence + between + hint.format(error=error)
