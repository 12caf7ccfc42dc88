"""Texts that are hard to split into words."""

from hypothesis import strategies as st

texts = st.text(st.one_of(st.sampled_from("aA é’' ßﬁی‌ي人権のé\u0301\u064b[]….،क्"), st.characters()), max_size=30)
