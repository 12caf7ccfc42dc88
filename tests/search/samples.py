"""A small archive whose answers are known."""

from quotearchive.model import Document, Passage, Quote, Speaker

TEXT = (
    "Take your knife off the people’s throat. The guard took the phone.\n\n"
    "In prison, a prison within the prison. Resign immediately!"
)


def said(number: int, words: str, **known: object) -> Quote:
    passage = Passage(start=number, end=number + len(words), exact=words)
    return Quote(**{"id": number, "document": 1, "passages": (passage,), **known})  # type: ignore[arg-type]


VALUES: list[Document | Quote | Speaker] = [
    Speaker(id=1, name="Zohreh", aliases=("Zora",)),
    Speaker(id=2, name="Nobody"),
    Document(id=1, slug="letter", kind="letter", title="A letter", date="2021-02-12", language="en", text=TEXT),
    Document(id=2, slug="article", title="An article", date="1999", text="Nothing of note. " * 40 + "Prison."),
    said(
        1,
        "the phone in prison, and your knife",
        speaker="Zohreh",
        topics=("prison/phone",),
        said="1979",
        role="teacher",
    ),
    said(2, "your knife", speaker="Hashem Khastar", topics=("prison", "prison/phone"), created="2026-01-02"),
    said(3, "prison phone", speaker="Ali", document=2, created="2026-01-01", said="2020/.."),
    said(4, "a phone, a prison, a phone", topics=("law",), document=2, within=3, speaker="Hashem Khastar"),
]
