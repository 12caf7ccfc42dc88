"""Texts for the tests of text."""

from hypothesis import strategies as st

#: Words, marks and spaces that folding treats each in its own way, so that they meet often.
MATERIAL = (
    *"aZéßŁøæıİ",
    *"“”’‘'\"«—-…",
    *" \n\t\u00a0\u2028",
    *"\u0301\u0316\u200c\u200d\u200b\u00ad\u202e\ufeff\x00\x1b",
    *"يیىكکةهأؤـَ۱٢",
    *"がカﾞｶ한가कि्ﷺﬁ①Ａ",
    "\ud800",
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(MATERIAL)).map("".join))
