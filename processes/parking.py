"""Facts that a process could not react to wait in its instance, and the rest goes on.

That is an error of ours, which somebody has to put right; so it is recorded where the
instance's own facts are, in their order, and nothing of them is lost meanwhile.
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
