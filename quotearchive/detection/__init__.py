"""Find the quotations of a text and say whose they are, offline and with reasons."""

from quotearchive.detection.candidate import Candidate
from quotearchive.detection.proposal import detect

__all__ = ["Candidate", "detect"]
