"""Genres and people that are gone, and who stands for them: films are to follow.

There is a row as long as one is gone, and a film that gets it all the same (a command
may have been under way) asks again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from domain.film.events import CreditGiven, GenreAssigned
from domain.genre.events import GenreArchived, GenreMerged, GenreRestored
from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.person.events import PersonArchived, PersonMerged, PersonRestored
from projections.projection import Lookup, Projection
from projections.rows import replace

Kind: TypeAlias = Literal["genre", "person"]
OfGenre: TypeAlias = GenreMerged | GenreArchived | GenreRestored | GenreAssigned
OfPerson: TypeAlias = PersonMerged | PersonArchived | PersonRestored | CreditGiven
Fact: TypeAlias = OfGenre | OfPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """``asked`` is the position of the last fact that makes films follow."""

    id: UUID
    kind: Kind
    into: UUID | None
    asked: int
    #: Of the fact that made it gone: what films do is caused by that.
    message_id: UUID
    correlation_id: UUID


def keys(recorded: Recorded[Fact], _: Lookup[UUID]) -> Iterable[UUID]:
    event = recorded.payload
    return (event.genre_id if isinstance(event, OfGenre) else event.person_id,)


def evolve(
    row: Succession | None, recorded: Recorded[Fact], _: Mapping[UUID, Succession]
) -> Succession | None:
    match recorded.payload:
        case GenreMerged(genre_id=id_, into=into):
            return begin("genre", id_, into, recorded)
        case PersonMerged(person_id=id_, into=into):
            return begin("person", id_, into, recorded)
        case GenreArchived(genre_id=id_):
            return begin("genre", id_, None, recorded)
        case PersonArchived(person_id=id_):
            return begin("person", id_, None, recorded)
        case GenreRestored() | PersonRestored():
            return None
        case GenreAssigned() | CreditGiven():
            return row and replace(row, asked=recorded.position)
        case _:
            assert_never(recorded.payload)


def begin(
    kind: Kind, id_: UUID, into: UUID | None, recorded: Recorded[Fact]
) -> Succession:
    return Succession(
        id=id_,
        kind=kind,
        into=into,
        asked=recorded.position,
        message_id=recorded.metadata.message_id,
        correlation_id=recorded.metadata.correlation_id,
    )


def heir(gone: Succession, find: Callable[[UUID], Succession | None]) -> UUID | None:
    """Who is there at the end of a chain of mergers; nobody, if it is a circle."""
    seen = {gone.id}
    into = gone.into
    while into is not None and (successor := find(into)) is not None:
        if into in seen:
            return None
        seen.add(into)
        into = successor.into
    return into


successions: Projection[UUID, Succession] = Projection(
    name="successions",
    facts=members(Fact),
    keys=keys,
    evolve=evolve,
    locality="row",
)
