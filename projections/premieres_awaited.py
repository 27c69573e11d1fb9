"""Who waits for which premiere. When it is, is for the film to say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.premiere.events import (
    PremiereAwaited,
    PremiereEvent,
)
from domain.viewing_ids import pair_of
from projections.projection import Lookup, Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiereWait:
    id: UUID
    account_id: UUID
    film_id: UUID
    awaited_at: datetime


def keys(recorded: Recorded[PremiereEvent], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    fact = recorded.payload
    return (pair_of(fact.account_id, fact.film_id),)


def evolve(
    _row: PremiereWait | None,
    recorded: Recorded[PremiereEvent],
    _rows: Mapping[UUID, PremiereWait],
) -> PremiereWait | None:
    fact = recorded.payload
    if not isinstance(fact, PremiereAwaited):
        return None
    return PremiereWait(
        id=pair_of(fact.account_id, fact.film_id),
        account_id=fact.account_id,
        film_id=fact.film_id,
        awaited_at=fact.awaited_at,
    )


premieres_awaited: Projection[UUID, PremiereWait] = Projection(
    name="premieres_awaited",
    facts=members(PremiereEvent),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
