"""What could not be handled waits, and the rest goes on.

That is an error of ours that somebody has to put right, and nothing is lost meanwhile.
Facts that a process could not react to are recorded where the instance's own facts are,
in their order. Of what cannot be read or delivered only the places are.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceParked:
    """The next fact, and those after it, have not been reacted to."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceResumed:
    """They have been now; but for the first, if it was skipped."""

    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamParked:
    """A follower could not handle the message at ``position`` of a log.

    It waits, and so does what comes after it in its stream; recorded in a stream of the
    follower's own, so that nothing of the message need be understood.
    """

    stream: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamHeldBack:
    """The message at ``position`` waits behind another of its stream."""

    stream: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamResumed:
    """What waited up to ``position`` was handled; but for the first, if skipped."""

    stream: str
    position: int
    skipped: bool = False


MARKS = (InstanceParked, InstanceResumed, StreamParked, StreamHeldBack, StreamResumed)
