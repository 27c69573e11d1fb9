"""A curated collection: films in the order that an editor gave them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from domain.collection.commands import (
    ArchiveCollection,
    ArrangeCollection,
    CollectionCommand,
    CreateCollection,
    DescribeCollection,
    RestoreCollection,
    RetitleCollection,
)
from domain.collection.events import (
    CollectionArchived,
    CollectionArranged,
    CollectionCreated,
    CollectionDescribed,
    CollectionEvent,
    CollectionRestored,
    CollectionRetitled,
)
from domain.collection.refusals import (
    CollectionArchivedAlready,
    CollectionDescriptionUnwritable,
    CollectionExistsAlready,
    CollectionNotFound,
    CollectionSlugTaken,
    CollectionTitleUnwritable,
    CollectionTooLong,
    CollectionUntitled,
    FilmCollectedTwice,
    SlugUnwritable,
)
from domain.collection.values import (
    UNDESCRIBED,
    CollectionDescription,
    CollectionTitles,
)
from domain.kernel.decider import Decider
from domain.kernel.names import Unique
from domain.kernel.text import is_line, is_prose
from domain.kernel.values import FilmId

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 5_000
LONGEST_SLUG = 100
MOST_FILMS = 500
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    titles: CollectionTitles
    slug: str | None = None
    description: CollectionDescription = UNDESCRIBED
    film_ids: tuple[FilmId, ...] = ()


@dataclass(frozen=True, slots=True)
class Archived:
    """What it was, and will be again if it is restored."""

    collection: Shown


Collection: TypeAlias = Absent | Shown | Archived


def decide(command: CollectionCommand, state: Collection) -> Sequence[CollectionEvent]:
    match command:
        case CreateCollection():
            return create(command, state)
        case RetitleCollection():
            return retitle(command, shown(state))
        case DescribeCollection():
            return describe(command, shown(state))
        case ArrangeCollection():
            return arrange(command, shown(state))
        case ArchiveCollection():
            return archive(command, state)
        case RestoreCollection():
            return restore(command, state)
        case _:
            assert_never(command)


def create(ask: CreateCollection, state: Collection) -> Sequence[CollectionEvent]:
    check_titles(ask.titles)
    check_slug(ask.slug)
    match state:
        case Absent():
            id_, titles, slug = ask.collection_id, ask.titles, ask.slug
            created = CollectionCreated(
                collection_id=id_, titles=titles, slug=slug, created_at=ask.now
            )
            return (created,)
        case Archived():
            raise CollectionArchivedAlready
        case Shown() if state == Shown(titles=ask.titles, slug=ask.slug):
            return ()
        case Shown():
            raise CollectionExistsAlready
        case _:
            assert_never(state)


def retitle(ask: RetitleCollection, its: Shown) -> Sequence[CollectionEvent]:
    check_titles(ask.titles)
    if ask.titles == its.titles:
        return ()
    id_, titles = ask.collection_id, ask.titles
    return (CollectionRetitled(collection_id=id_, titles=titles, retitled_at=ask.now),)


def describe(ask: DescribeCollection, its: Shown) -> Sequence[CollectionEvent]:
    check_description(ask.description)
    if ask.description == its.description:
        return ()
    id_, text, now = ask.collection_id, ask.description, ask.now
    return (CollectionDescribed(collection_id=id_, description=text, described_at=now),)


def arrange(ask: ArrangeCollection, its: Shown) -> Sequence[CollectionEvent]:
    check_films(ask.film_ids)
    if ask.film_ids == its.film_ids:
        return ()
    id_, films = ask.collection_id, ask.film_ids
    return (CollectionArranged(collection_id=id_, film_ids=films, arranged_at=ask.now),)


def archive(ask: ArchiveCollection, state: Collection) -> Sequence[CollectionEvent]:
    if isinstance(state, Archived):
        return ()
    shown(state)
    return (CollectionArchived(collection_id=ask.collection_id, archived_at=ask.now),)


def restore(ask: RestoreCollection, state: Collection) -> Sequence[CollectionEvent]:
    if isinstance(state, Archived):
        id_ = ask.collection_id
        return (CollectionRestored(collection_id=id_, restored_at=ask.now),)
    shown(state)
    return ()


def check_titles(titles: CollectionTitles) -> None:
    for language, title in (("ru", titles.ru), ("en", titles.en)):
        if title is not None and not is_line(title, LONGEST_TITLE):
            raise CollectionTitleUnwritable(pointer=f"/titles/{language}")
    if not any((titles.ru, titles.en)):
        raise CollectionUntitled


def check_description(description: CollectionDescription) -> None:
    for language, text in (("ru", description.ru), ("en", description.en)):
        if text is not None and not is_prose(text, LONGEST_DESCRIPTION):
            raise CollectionDescriptionUnwritable(pointer=f"/description/{language}")


def check_slug(slug: str | None) -> None:
    if slug is not None and not (SLUG.fullmatch(slug) and len(slug) <= LONGEST_SLUG):
        raise SlugUnwritable


def check_films(film_ids: tuple[FilmId, ...]) -> None:
    if len(film_ids) > MOST_FILMS:
        raise CollectionTooLong
    seen = set[FilmId]()
    for place, film_id in enumerate(film_ids):
        if film_id in seen:
            raise FilmCollectedTwice(pointer=f"/film_ids/{place}")
        seen.add(film_id)


def shown(state: Collection) -> Shown:
    match state:
        case Absent():
            raise CollectionNotFound
        case Archived():
            raise CollectionArchivedAlready
        case Shown():
            return state
        case _:
            assert_never(state)


def evolve(state: Collection, event: CollectionEvent) -> Collection:
    match event:
        case CollectionCreated(titles=titles, slug=slug):
            return Shown(titles=titles, slug=slug)
        case CollectionArchived():
            return Archived(state) if isinstance(state, Shown) else state
        case CollectionRestored():
            return state.collection if isinstance(state, Archived) else state
        case _:
            return change(state, event) if isinstance(state, Shown) else state


def change(
    its: Shown, event: CollectionRetitled | CollectionDescribed | CollectionArranged
) -> Shown:
    match event:
        case CollectionRetitled(titles=titles):
            return replace(its, titles=titles)
        case CollectionDescribed(description=description):
            return replace(its, description=description)
        case CollectionArranged(film_ids=film_ids):
            return replace(its, film_ids=film_ids)
        case _:
            assert_never(event)


def names(state: Collection) -> frozenset[str]:
    if not isinstance(state, Shown) or state.slug is None:
        return frozenset()
    return frozenset({f"collection {state.slug}"})


collection: Decider[CollectionCommand, Collection, CollectionEvent] = Decider(
    category="collection",
    key=lambda command: command.collection_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
    unique=Unique(names=names, taken=CollectionSlugTaken),
)
