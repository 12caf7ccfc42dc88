"""The use cases: what the command line can do, a script can do with these modules.

`adding` takes documents in, `quoting` tags passages, `finding` searches, lists and shows, `removing`
removes. Each takes a `store.Archive` and values, and gives values; the time comes from the caller.
They are modules of their own because a command pays at its start for all that it imports.
"""
