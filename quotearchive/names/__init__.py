"""Names of people and bodies: how they sound, and whether two of them may be one.

`keys.key` gives the form in which two spellings count as the same name. `likeness.compare` says how likely
it is that two different names are one person's, and why. `duplicates` looks through many names, and
`topic_likeness` compares topics. They are modules of their own because most commands need only keys,
and those that romanize cost time to import. Nothing here knows of archives.
"""
