"""The options --dry-run, --yes and --json, with which a change is planned, shown, agreed to, and reported."""

import msgspec

from quotearchive.cli.session import Session


class ChangeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a command makes a change.

    Attributes:
        dry_run: Whether it is only shown.
        yes: Whether nothing is asked.
        as_json: Whether the result is printed as JSON.
    """

    dry_run: bool = False
    yes: bool = False
    as_json: bool = False

    def agree(self, session: Session, question: str) -> bool:
        """Ask whether to make a change that was shown, unless that is settled; return whether to make it.

        Raises:
            UsageError: There is no terminal to ask on.
            QuoteArchiveError: The answer is no.
        """
        session.confirm(question, is_agreed=self.dry_run or self.yes)
        return not self.dry_run
