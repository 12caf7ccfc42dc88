"""What the readers of talk make of a file, in a form that tests compare."""

from quotearchive.readers import Reading, read


def read_talk(content: str, name: str) -> Reading:
    return read(content.encode(), name=name)


def times(reading: Reading) -> list[tuple[object, str]]:
    """Return each time with the words from there to the next."""
    return _stretches(reading, "time")


def turns(reading: Reading) -> list[tuple[object, str]]:
    """Return each speaker with what is said, white space folded."""
    return _stretches(reading, "turn")


def _stretches(reading: Reading, kind: str) -> list[tuple[object, str]]:
    found = [segment for segment in reading.segments if segment.kind == kind]
    ends = [segment.start for segment in found[1:]] + [len(reading.text)]
    return [
        (segment.label if kind == "turn" else segment.ref, " ".join(reading.text[segment.start : end].split()))
        for segment, end in zip(found, ends, strict=True)
    ]
