"""Keep quotations with their speakers, sources and dates, word for word, in one local file."""

__version__ = "0.1.0"
