"""What can be asked of a curated collection of films."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.collection.values import CollectionDescription, CollectionTitles
from domain.kernel.values import CollectionId, FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCollection:
    collection_id: CollectionId
    titles: CollectionTitles
    slug: str | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RetitleCollection:
    collection_id: CollectionId
    titles: CollectionTitles
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeCollection:
    collection_id: CollectionId
    description: CollectionDescription
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeCollection:
    collection_id: CollectionId
    film_ids: tuple[FilmId, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCollection:
    collection_id: CollectionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreCollection:
    collection_id: CollectionId
    now: datetime


CollectionCommand: TypeAlias = (
    CreateCollection
    | RetitleCollection
    | DescribeCollection
    | ArrangeCollection
    | ArchiveCollection
    | RestoreCollection
)
