"""Genres, under their names of today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from domain.genre.events import (
    GenreAdded,
    GenreArchived,
    GenreDescribed,
    GenreEvent,
    GenreMerged,
    GenreRenamed,
    GenreRestored,
)
from domain.kernel.messages import Recorded
from domain.kernel.text import folded
from domain.kernel.unions import members
from projections.projection import Lookup, Projection
from projections.rows import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Genre:
    id: UUID
    name: str
    sort_name: str
    description: str | None
    added_at: datetime
    archived_at: datetime | None = None
    #: Of the genre's stream: what an editor sends as If-Match.
    version: int


def keys(recorded: Recorded[GenreEvent], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.genre_id,)


def evolve(
    row: Genre | None, recorded: Recorded[GenreEvent], _: Mapping[UUID, Genre]
) -> Genre | None:
    version = recorded.originator_version
    match recorded.payload:
        case GenreAdded(genre_id=id_, name=name, description=text, added_at=at):
            return Genre(
                id=id_,
                name=name,
                sort_name=folded(name),
                description=text,
                added_at=at,
                version=version,
            )
        case GenreRenamed(name=name):
            sort_name = folded(name)
            return row and replace(row, name=name, sort_name=sort_name, version=version)
        case GenreDescribed(description=text):
            return row and replace(row, description=text, version=version)
        case GenreArchived(archived_at=at) | GenreMerged(merged_at=at):
            return row and replace(row, archived_at=at, version=version)
        case GenreRestored():
            return row and replace(row, archived_at=None, version=version)
        case _:
            assert_never(recorded.payload)


genres: Projection[UUID, Genre] = Projection(
    name="genres",
    facts=members(GenreEvent),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
