"""Tables of phrases, written as text."""


def phrases(table: str) -> tuple[str, ...]:
    """Split a table at line ends and bars; longer phrases come first, so that "in" doesn't hide "in the".

    >>> phrases("in | on | in the")
    ('in the', 'in', 'on')
    """
    found = {phrase.strip() for line in table.splitlines() for phrase in line.split("|")} - {""}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
