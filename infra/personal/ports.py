"""Who has the keys, as those see it who write and read events."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID


class UnreadablePersonalData(LookupError):
    """A ciphertext that is not where it was written, or whose key is not here."""


class KeyEncryptionKeyMissing(Exception):
    """``CINEMA_PERSONAL_KEYS`` lacks a key that keys of persons are wrapped with."""


class BadKeyEncryptionKey(ValueError):
    def __init__(self, source: str) -> None:
        super().__init__(
            f"{source} must hold keys of 64 hexadecimal digits each, with "
            "commas or line breaks between them, the current one first: make one with "
            "openssl rand -hex 32"
        )


class SubjectErased(Exception):
    """Nothing personal can be recorded of somebody who was erased."""

    def __init__(self, subject: UUID) -> None:
        super().__init__(f"{subject} was erased: nothing personal can be recorded")


class DataKey(Protocol):
    def seal(self, plain: bytes, place: bytes) -> bytes: ...

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Raises ``UnreadablePersonalData``: changed, or sealed for another place."""
        ...


class Keys(Protocol):
    def load(self, subjects: Collection[UUID]) -> None:
        """Fetch the keys of many at once, because all of them will be asked for."""
        ...

    def opening(self, subject: UUID, /) -> DataKey | None:
        """None: erased. Raises ``UnreadablePersonalData`` if there never was a key."""
        ...

    def sealing(self, subject: UUID, /) -> DataKey:
        """Made at the first call, and durable before it returns.

        Raises ``SubjectErased``.
        """
        ...


class Withheld:
    """For those who may read the log but not what is personal in it."""

    def load(self, subjects: Collection[UUID]) -> None:
        pass

    def opening(self, _: UUID) -> DataKey | None:
        return None

    def sealing(self, subject: UUID) -> DataKey:
        raise SubjectErased(subject)


WITHHELD = Withheld()
