"""What can be wrong with a question to the index."""

from quotearchive.errors import UsageError


class QueryTooLongError(UsageError):
    """A query has more conditions than can be looked up at once."""

    def __init__(self) -> None:
        super().__init__("The query has too many conditions to look up at once. Search for some of them at a time.")
