"""Find a passage in a text, and find it again when the text has changed.

`take` cuts a passage out of a text. `locate` finds words that someone typed: exactly, folded, by their
two ends, or not at all, and then says what the text has instead. `relocate` finds a stored passage again.
`differences` compares two texts word by word. All of it takes time linear in the text.
"""

from quotearchive.anchoring.comparison import Difference, differences
from quotearchive.anchoring.location import Location, Rung, locate, take
from quotearchive.anchoring.relocation import Outcome, Relocation, relocate

__all__ = [
    "Difference",
    "Location",
    "Outcome",
    "Relocation",
    "Rung",
    "differences",
    "locate",
    "relocate",
    "take",
]
