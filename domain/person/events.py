"""What happens to a person whom films credit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from domain.kernel.values import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded:
    person_id: PersonId
    name: str
    birth_date: date | None = None
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRenamed:
    person_id: PersonId
    name: str
    renamed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonBirthDated:
    person_id: PersonId
    birth_date: date | None
    dated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMerged:
    """Gone for good: films that had it have the other one instead."""

    person_id: PersonId
    into: PersonId
    merged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonArchived:
    person_id: PersonId
    archived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRestored:
    """Out of the archive, under its name; films that had it do not get it back."""

    person_id: PersonId
    restored_at: datetime


PersonEvent: TypeAlias = (
    PersonAdded
    | PersonRenamed
    | PersonBirthDated
    | PersonMerged
    | PersonArchived
    | PersonRestored
)
