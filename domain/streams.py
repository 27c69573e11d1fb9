"""On how many devices a person may watch at once, and for how long a device counts.

A device that says nothing any more stops to count by itself, so nobody is locked out by
a player that was switched off.
"""

from datetime import timedelta

from domain.kernel.errors import NotFound, Rejected

#: How long a device counts that was heard of, and how often a player is to be heard.
LASTS = timedelta(seconds=90)
HEARTBEAT = timedelta(seconds=30)
#: Of who has no plan: for films that need none.
WITHOUT_PLAN = 1


class TooManyStreams(Rejected):
    """You watch on as many devices as your plan allows; stop on one of them first."""


class StreamEnded(NotFound):
    """There is no such stream of yours, or it has ended; start another."""
