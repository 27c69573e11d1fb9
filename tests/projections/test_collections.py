from typing import Any
from uuid import UUID

from domain.collection import events
from domain.collection.values import CollectionDescription, CollectionTitles
from domain.kernel.values import CollectionId, FilmId
from projections.collections import Collection, collections
from tests.examples import NOON, example
from tests.scenario import ProjectionScenario

ID = CollectionId(UUID(int=8))
FILMS = (FilmId(UUID(int=2)), FilmId(UUID(int=1)))
given = ProjectionScenario(collections)
collection = example(
    Collection,
    id=ID,
    title_ru="Ёлки",
    title_en="Trees",
    sort_title="елки",
    slug="trees",
    created_at=NOON,
    changed_at=NOON,
    version=2,
)


def of(kind: type, **fields: Any) -> Any:
    return kind(collection_id=ID, **fields)


CREATED = of(
    events.CollectionCreated,
    titles=CollectionTitles(ru="Ёлки", en="Trees"),
    slug="trees",
    created_at=NOON,
)


def test_a_collection_is_shown_as_it_is_today() -> None:
    text = CollectionDescription(ru="Зелёные.", en="Green.")
    english = CollectionTitles(en="Woods")
    changes: list[tuple[Any, dict[str, Any]]] = [
        (
            of(events.CollectionRetitled, titles=english, retitled_at=NOON),
            {"title_ru": None, "title_en": "Woods", "sort_title": "woods"},
        ),
        (
            of(events.CollectionDescribed, description=text, described_at=NOON),
            {"description_ru": "Зелёные.", "description_en": "Green."},
        ),
        (
            of(events.CollectionArranged, film_ids=FILMS, arranged_at=NOON),
            {"film_ids": FILMS},
        ),
        (of(events.CollectionArchived, archived_at=NOON), {"archived_at": NOON}),
    ]
    for event, fields in changes:
        given(CREATED, event).then(collection(**fields))


def test_it_comes_back_as_it_went() -> None:
    gone = of(events.CollectionArchived, archived_at=NOON)
    back = of(events.CollectionRestored, restored_at=NOON)
    given(CREATED, gone, back).then(collection(version=3))


def test_facts_about_what_was_never_created_change_nothing() -> None:
    given(of(events.CollectionArranged, film_ids=FILMS, arranged_at=NOON)).then()
