"""What happens to a curated collection of films."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.collection.values import CollectionDescription, CollectionTitles
from domain.kernel.values import CollectionId, FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionCreated:
    """``slug`` is its name in addresses."""

    collection_id: CollectionId
    titles: CollectionTitles
    slug: str | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRetitled:
    collection_id: CollectionId
    titles: CollectionTitles
    retitled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionDescribed:
    collection_id: CollectionId
    description: CollectionDescription
    described_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionArranged:
    """All films that are in it, in their order."""

    collection_id: CollectionId
    film_ids: tuple[FilmId, ...]
    arranged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionArchived:
    collection_id: CollectionId
    archived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRestored:
    """Out of the archive, as it went in."""

    collection_id: CollectionId
    restored_at: datetime


CollectionEvent: TypeAlias = (
    CollectionCreated
    | CollectionRetitled
    | CollectionDescribed
    | CollectionArranged
    | CollectionArchived
    | CollectionRestored
)
