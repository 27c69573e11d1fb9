"""A catalogue whose rows are put there directly, and a walk along its lists."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from infra.bootstrap import System, assemble
from infra.projection_engine.store import Changes
from infra.read_models import catalogue_view
from infra.settings import Settings
from projections.catalogue import CatalogueView, Place, Sort
from projections.collections import Collection
from projections.genres import Genre
from projections.people import Person
from projections.search import Filters
from projections.visibility import Viewer
from tests.contracts.catalogue_model import GENRES, PEOPLE, Model, some_films
from tests.examples import NOON

VIEWER = Viewer(now=NOON, country="RU")
EVERYTHING = Filters()


@dataclass(repr=False)
class Shop:
    system: System
    view: CatalogueView
    model: Model

    def put(self, name: str, *rows: Any) -> None:
        store: Any = self.system.models[name].store
        checkpoint = store.checkpoint()
        place = (checkpoint.position, checkpoint.position + 1)
        changes = Changes(*place, {row.id: row for row in rows})
        store.write(changes)

    def list_anew(self, id_: UUID, **fields: Any) -> None:
        row = replace(self.model.listings[id_], **fields)
        self.model.listings[id_] = row
        self.put("listings", row)


def genre(id_: UUID, **fields: Any) -> Genre:
    name = f"Genre {id_.int}"
    usual: dict[str, Any] = {"name": name, "sort_name": name, "description": None}
    return Genre(id=id_, added_at=NOON, version=1, **(usual | fields))


def person(id_: UUID, **fields: Any) -> Person:
    name = f"Somebody {id_.int}"
    usual: dict[str, Any] = {"name": name, "sort_name": name, "birth_date": None}
    return Person(id=id_, added_at=NOON, version=1, **(usual | fields))


def collection(*film_ids: UUID) -> Collection:
    return Collection(
        id=UUID(int=77),
        title_ru="Лучшее",
        title_en=None,
        sort_title="лучшее",
        slug=None,
        film_ids=film_ids,
        created_at=NOON,
        changed_at=NOON,
        version=1,
    )


def walked(
    shop: Shop,
    sort: Sort,
    limit: int,
    filters: Filters = EVERYTHING,
    viewer: Viewer = VIEWER,
    role: str | None = None,
    between: Callable[[], None] = lambda: None,
) -> list[UUID]:
    """All pages, one after the other."""
    found: list[UUID] = []
    place: Place | None = None
    while True:
        page = shop.view.films(filters, viewer, sort, limit, place, role)
        assert len(page.rows) <= limit
        found += [row.id for row in page.rows]
        if page.next is None:
            return found
        value, id_ = page.next
        place = (value if value is None else str(value), id_)
        between()


@contextmanager
def opened(settings: Settings) -> Iterator[Shop]:
    with assemble(settings) as system:
        shop = Shop(system, catalogue_view(system.models), some_films(150))
        shop.put("films", *shop.model.films.values())
        shop.put("listings", *shop.model.listings.values())
        shop.put("genres", *(genre(id_) for id_ in GENRES))
        shop.put("people", *(person(id_) for id_ in PEOPLE))
        yield shop
