"""What can be asked of a person whom films credit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from domain.kernel.values import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson:
    person_id: PersonId
    name: str
    birth_date: date | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamePerson:
    person_id: PersonId
    name: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePersonBirth:
    person_id: PersonId
    birth_date: date | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePerson:
    person_id: PersonId
    into: PersonId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePerson:
    person_id: PersonId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePerson:
    person_id: PersonId
    now: datetime


PersonCommand: TypeAlias = (
    AddPerson
    | RenamePerson
    | DatePersonBirth
    | MergePerson
    | ArchivePerson
    | RestorePerson
)
