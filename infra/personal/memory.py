"""Keys of persons for a log that is in memory, too."""

from collections.abc import Collection
from uuid import UUID

from infra.personal.ports import DataKey, SubjectErased, UnreadablePersonalData


class MemoryKeys:
    def __init__(self) -> None:
        self.keys: dict[UUID, DataKey | None] = {}

    def load(self, subjects: Collection[UUID]) -> None:
        pass

    def opening(self, subject: UUID) -> DataKey | None:
        try:
            return self.keys[subject]
        except KeyError:
            raise UnreadablePersonalData(f"there is no key of {subject}") from None

    def sealing(self, subject: UUID) -> DataKey:
        from infra.personal.ciphers import AesKey, new_key

        if subject not in self.keys:
            self.keys[subject] = AesKey(new_key())
        key = self.keys[subject]
        if key is None:
            raise SubjectErased(subject)
        return key

    def shred(self, subject: UUID) -> None:
        self.keys[subject] = None
