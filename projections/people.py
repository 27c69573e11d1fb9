"""People whom films credit, under their names of today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.text import folded
from domain.kernel.unions import members
from domain.person.events import (
    PersonAdded,
    PersonArchived,
    PersonBirthDated,
    PersonEvent,
    PersonMerged,
    PersonRenamed,
    PersonRestored,
)
from projections.projection import Lookup, Projection
from projections.rows import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: UUID
    name: str
    sort_name: str
    birth_date: date | None
    added_at: datetime
    archived_at: datetime | None = None
    #: Of the person's stream: what an editor sends as If-Match.
    version: int


def keys(recorded: Recorded[PersonEvent], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.person_id,)


def evolve(
    row: Person | None, recorded: Recorded[PersonEvent], _: Mapping[UUID, Person]
) -> Person | None:
    version = recorded.originator_version
    match recorded.payload:
        case PersonAdded(person_id=id_, name=name, birth_date=born, added_at=at):
            return Person(
                id=id_,
                name=name,
                sort_name=folded(name),
                birth_date=born,
                added_at=at,
                version=version,
            )
        case PersonRenamed(name=name):
            sort_name = folded(name)
            return row and replace(row, name=name, sort_name=sort_name, version=version)
        case PersonBirthDated(birth_date=born):
            return row and replace(row, birth_date=born, version=version)
        case PersonArchived(archived_at=at) | PersonMerged(merged_at=at):
            return row and replace(row, archived_at=at, version=version)
        case PersonRestored():
            return row and replace(row, archived_at=None, version=version)
        case _:
            assert_never(recorded.payload)


people: Projection[UUID, Person] = Projection(
    name="people",
    facts=members(PersonEvent),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
