"""A message with personal fields of several kinds, and one without."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel.personal import Personal, Subject

WHOSE = UUID(int=7)
NAME = "Анна Unforgettable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    street: str
    house: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    account_id: Subject[UUID]
    name: Personal[str]
    address: Personal[Address | None]
    moved_at: datetime
    note: Personal[str | None] = None
    parcels: int = 0
