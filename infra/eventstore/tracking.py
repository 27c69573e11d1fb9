"""How far a follower has come, kept beside the log that it follows."""

from dataclasses import dataclass
from typing import Protocol

from eventsourcing.persistence import IntegrityError, Tracking

from infra.eventstore.recorder import LogRecorder


class Tracker(Protocol):
    """What a follower that takes one message at a time needs of the library's."""

    def max_tracking_id(self, application_name: str) -> int | None: ...

    def insert_tracking(self, tracking: Tracking) -> None:
        """Raises ``IntegrityError`` if another instance was faster."""
        ...


@dataclass(frozen=True, slots=True)
class Beside:
    """In the table of positions of the log."""

    recorder: LogRecorder
    follower: str

    def max_tracking_id(self, application_name: str) -> int | None:
        del application_name  # There is one log here.
        return self.recorder.position_of(self.follower) or None

    def insert_tracking(self, tracking: Tracking) -> None:
        before = self.recorder.position_of(self.follower)
        position = tracking.notification_id
        if before >= position or not self.recorder.move(
            self.follower, position, before
        ):
            raise IntegrityError(f"{self.follower} has been moved beyond {before}")


def has_come_to(tracker: Tracker, log: str, position: int) -> bool:
    return (tracker.max_tracking_id(log) or 0) >= position
