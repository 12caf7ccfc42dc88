"""The use cases: what the command line can do, a script can do with these modules; `quotearchive.api` lists them.

Each takes an `Archive` and values, and returns values; the time comes from the caller. They are modules of their
own because a command pays at its start for all that it imports.
"""
