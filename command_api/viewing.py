"""What routes about watching need that is no fact of the log."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from domain.viewing import Watched


class ProgressIntake(Protocol):
    """Where players' progress goes: it is kept, though not written down yet."""

    def take(self, account_id: UUID, batch_id: UUID, items: Sequence[Watched]) -> None:
        """All of it or nothing; the same batch a second time is no other.

        Raises whatever says that it cannot be taken now.
        """
        ...
