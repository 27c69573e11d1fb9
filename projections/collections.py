"""Curated collections: films in the order that somebody has put them in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from domain.collection.events import (
    CollectionArchived,
    CollectionArranged,
    CollectionCreated,
    CollectionDescribed,
    CollectionEvent,
    CollectionRestored,
    CollectionRetitled,
)
from domain.collection.values import CollectionTitles
from domain.kernel.messages import Recorded
from domain.kernel.text import folded
from domain.kernel.unions import members
from projections.projection import Lookup, Projection
from projections.rows import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    id: UUID
    title_ru: str | None
    title_en: str | None
    #: What the title is sorted by.
    sort_title: str
    #: Its name in addresses.
    slug: str | None
    description_ru: str | None = None
    description_en: str | None = None
    film_ids: tuple[UUID, ...] = ()
    created_at: datetime
    changed_at: datetime
    archived_at: datetime | None = None
    #: Of the collection's stream: what an editor sends as If-Match.
    version: int


def keys(recorded: Recorded[CollectionEvent], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.collection_id,)


def evolve(
    row: Collection | None,
    recorded: Recorded[CollectionEvent],
    _: Mapping[UUID, Collection],
) -> Collection | None:
    event, version = recorded.payload, recorded.originator_version
    if isinstance(event, CollectionCreated):
        return begin(event, version)
    return row and change(row, event, version)


def begin(event: CollectionCreated, version: int) -> Collection:
    return Collection(
        id=event.collection_id,
        **titles(event.titles),
        slug=event.slug,
        created_at=event.created_at,
        changed_at=event.created_at,
        version=version,
    )


def titles(titles: CollectionTitles) -> dict[str, Any]:
    return {
        "title_ru": titles.ru,
        "title_en": titles.en,
        "sort_title": folded(titles.ru or titles.en or ""),
    }


def change(row: Collection, event: CollectionEvent, version: int) -> Collection:
    def changed(at: datetime, **fields: Any) -> Collection:
        return replace(row, changed_at=at, version=version, **fields)

    match event:
        case CollectionRetitled(retitled_at=at):
            return changed(at, **titles(event.titles))
        case CollectionDescribed(description=text, described_at=at):
            return changed(at, description_ru=text.ru, description_en=text.en)
        case CollectionArranged(film_ids=film_ids, arranged_at=at):
            return changed(at, film_ids=film_ids)
        case CollectionArchived(archived_at=at):
            return changed(at, archived_at=at)
        case CollectionRestored(restored_at=at):
            return changed(at, archived_at=None)
        case CollectionCreated():
            return row
        case _:
            assert_never(event)


collections: Projection[UUID, Collection] = Projection(
    name="collections",
    facts=members(CollectionEvent),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
