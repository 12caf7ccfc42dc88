"""Numbers in sentences."""


def counted(number: int, noun: str) -> str:
    """Return how many there are of something.

    >>> counted(1, "file"), counted(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
