"""Find the quotations of a text and who said them, offline and with reasons."""

from quotearchive.detection.proposal import Candidate, detect

__all__ = ["Candidate", "detect"]
