"""What detection finds, as words and speakers."""

from quotearchive.detection import detect

Said = list[tuple[str, str | None]]


def said(text: str, language: str | None = None) -> Said:
    """Return the words and speakers of what is likelier speech than not."""
    return [(one.exact.strip(), one.speaker) for one in detect(text, language) if one.confidence >= 0.5]
