"""Find a passage in a text, and find it again when the text has changed.

`location.take` cuts a passage out of a text. `location.locate` finds words that someone typed: exactly, folded, by
their two ends, or not at all, and then says what the text has instead. `relocation.relocate` finds a stored passage
again. `comparison.differences` compares two texts word by word. All of it takes time linear in the text.
"""
