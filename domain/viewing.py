"""How far somebody has watched something, as a player says it every few seconds.

No event: nobody asks next year where a viewer was at 20:15:05, and there are thousands
of these a second. The last one of a person and film is all that counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.kernel.errors import Invalid
from domain.kernel.values import FilmId

#: How much a player's clock may be ahead of ours; what it says is then said now.
SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """``season`` and ``episode`` are 0 where there are none: of a movie."""

    film_id: FilmId
    season: int = 0
    episode: int = 0
    position_seconds: int
    duration_seconds: int
    at: datetime


class PositionBeyondEnd(Invalid):
    """A position is not after the end: see duration_seconds."""


class WatchedInFuture(Invalid):
    """This has not happened yet: the player's clock is more than 5 minutes ahead."""


def checked(items: Sequence[Watched], now: datetime) -> Sequence[Watched]:
    """As they may be kept. Raises ``PositionBeyondEnd``, ``WatchedInFuture``."""
    for number, item in enumerate(items):
        if item.position_seconds > item.duration_seconds:
            raise PositionBeyondEnd(pointer=f"/items/{number}/position_seconds")
        if item.at > now + SKEW:
            raise WatchedInFuture(pointer=f"/items/{number}/at")
    return [replace(item, at=min(item.at, now)) for item in items]
