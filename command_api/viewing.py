"""What routes about watching need that is no fact of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel.values import FilmId
from domain.viewing import Watched


class ProgressIntake(Protocol):
    """Where players' progress goes: it is kept, though not written down yet."""

    def take(self, account_id: UUID, batch_id: UUID, items: Sequence[Watched]) -> None:
        """All of it or nothing; the same batch a second time is no other.

        Raises whatever says that it cannot be taken now.
        """
        ...


class Screenings(Protocol):
    """What films say of themselves, up to the last word."""

    def is_listed(self, film_id: FilmId) -> bool:
        """It has been added, and not been archived since."""
        ...

    def premieres_at(self, film_id: FilmId) -> datetime | None:
        """None: it has no release date."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A device's leave to play, until ``expires_at`` if it is not heard of again."""

    stream_id: UUID
    expires_at: datetime
    #: How many the person may have at once.
    limit: int


class Streams(Protocol):
    """On which devices people watch now. One person's are changed one at a time."""

    def start(
        self, account_id: UUID, stream_id: UUID, film_id: FilmId, device: str
    ) -> Stream:
        """Again with the same id, it is the same. Raises ``TooManyStreams``."""
        ...

    def beat(self, account_id: UUID, stream_id: UUID) -> Stream:
        """It still plays. Raises ``StreamEnded``, ``TooManyStreams``."""
        ...

    def stop(self, account_id: UUID, stream_id: UUID) -> None: ...
