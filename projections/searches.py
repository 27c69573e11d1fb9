"""What people look for, and what they do not find: for staff, and about nobody.

Kept are words and how often they came, by day: neither who asked nor when exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Searched:
    """``films`` is how many were found the last time."""

    words: str
    times: int
    films: int
    last_on: date


class SearchesHeard(Protocol):
    def note(self, words: str, films: int) -> None:
        """Somebody has searched, and so many films matched. Returns at once."""
        ...


class SearchesView(Protocol):
    """The words that came most often first, then by the alphabet."""

    def popular(self, since: date, limit: int) -> Sequence[Searched]: ...

    def fruitless(self, since: date, limit: int) -> Sequence[Searched]:
        """Those that found nothing the last time."""
        ...
