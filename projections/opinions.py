"""What people think of films."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.opinion.events import (
    OpinionEvent,
    OpinionGiven,
)
from domain.viewing_ids import pair_of
from projections.projection import Lookup, Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    id: UUID
    account_id: UUID
    film_id: UUID
    rating: int
    given_at: datetime


def keys(recorded: Recorded[OpinionEvent], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    fact = recorded.payload
    return (pair_of(fact.account_id, fact.film_id),)


def evolve(
    _row: Opinion | None,
    recorded: Recorded[OpinionEvent],
    _rows: Mapping[UUID, Opinion],
) -> Opinion | None:
    fact = recorded.payload
    if not isinstance(fact, OpinionGiven):
        return None
    return Opinion(
        id=pair_of(fact.account_id, fact.film_id),
        account_id=fact.account_id,
        film_id=fact.film_id,
        rating=fact.rating,
        given_at=fact.given_at,
    )


opinions: Projection[UUID, Opinion] = Projection(
    name="opinions",
    facts=members(OpinionEvent),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
