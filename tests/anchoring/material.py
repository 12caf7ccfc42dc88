"""Texts for the tests of anchoring."""

from hypothesis import strategies as st

from quotearchive.text import canonical

texts = st.text(alphabet="ab éß…—\n“”\u0301\u200c", max_size=60).map(canonical)
