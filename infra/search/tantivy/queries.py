"""The words that a search is put in, as tantivy's queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from tantivy import FieldType, Occur, Query, Searcher

from infra.projection_engine.tantivy import term
from infra.search.stems import stem
from infra.search.tantivy.layout import NEVER, SCHEMA, SLOTS, microseconds
from projections.search import Facet, Filters, Kind
from projections.visibility import Viewer

FAR = 10_000
INSTANT = timedelta.resolution


class Wording:
    def everything(self) -> Query:
        return Query.all_query()

    def word(self, field: str, word: str) -> Query:
        return term_of(field, word)

    def begins(self, field: str, word: str) -> Query:
        return Query.fuzzy_term_query(SCHEMA, field, word, distance=0, prefix=True)

    def near(self, field: str, word: str, typos: int) -> Query:
        if not typos:
            return term_of(field, word)
        return Query.fuzzy_term_query(SCHEMA, field, word, distance=typos)

    def stem(self, field: str, word: str) -> Query:
        return term_of(field, stem(word))

    def either(self, *queries: Query) -> Query:
        return any_of(queries)

    def every(self, queries: Sequence[Query]) -> Query:
        return all_of(queries)

    def some(self, queries: Sequence[Query], least: int) -> Query:
        return Query.boolean_query(
            [(Occur.Should, query) for query in queries],
            minimum_number_should_match=least,
        )


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: Iterable[Query], exceptions: Iterable[Query] = ()) -> Query:
    musts = [(Occur.Must, query) for query in queries]
    return Query.boolean_query(
        [*musts, *((Occur.MustNot, query) for query in exceptions)]
    )


def silent(query: Query) -> Query:
    """It has to match, and says nothing about how well."""
    return Query.const_score_query(query, 0.0)


def of_kind(kind: Kind) -> Query:
    return has("kind", kind)


def passing(filters: Filters) -> Mapping[Facet, Query]:
    """The condition of each facet that is filtered by."""
    columns: dict[Facet, Sequence[object]] = {
        "genre": filters.genre,
        "person": filters.person,
        "type": filters.type,
        "access": filters.access,
        "country": filters.country,
    }
    found = {
        facet: any_of(term_of(facet, str(value)) for value in values)
        for facet, values in columns.items()
        if values
    }
    if filters.year_from is not None or filters.year_to is not None:
        found["year"] = between("year", filters.year_from, filters.year_to)
    if filters.age_rating or filters.age_rating_max is not None:
        found["age_rating"] = all_of(aged(filters))
    return found


def aged(filters: Filters) -> Iterator[Query]:
    if filters.age_rating:
        yield any_of(between("age", age, age) for age in filters.age_rating)
    if filters.age_rating_max is not None:
        yield between("age", None, filters.age_rating_max)


def shown_to(viewer: Viewer, searcher: Searcher) -> Iterator[Query]:
    """What films have to fulfil to be shown."""
    yield of_kind("film")
    if viewer.age_max is not None:
        yield between("age", None, viewer.age_max)
    open_now = [window_open(slot, viewer) for slot in used_slots(searcher)]
    if open_now:
        yield any_of([has("is_windowed", False), *open_now])


def used_slots(searcher: Searcher) -> Iterator[int]:
    for slot in range(SLOTS):
        opens = f"is_slot_{slot}"
        if not searcher.doc_freq("term", term(opens, True)):
            return
        yield slot


def window_open(slot: int, viewer: Viewer) -> Query:
    now = microseconds(viewer.now)
    later = microseconds(viewer.now + INSTANT)
    return all_of(
        [
            any_of(has(f"slot_{slot}", place) for place in ("", viewer.country)),
            between(f"opens_{slot}", None, now),
            between(f"closes_{slot}", later, NEVER),
        ]
    )


def has(column: str, value: object) -> Query:
    return term_of("term", term(column, value))


def same(id_: UUID) -> Query:
    return term_of("id", str(id_))


def term_of(field: str, text: str) -> Query:
    return Query.term_query(SCHEMA, field, text, index_option="basic")


def between(field: str, least: int | None, most: int | None) -> Query:
    bounds = (least or 0, FAR if most is None else most)
    return Query.range_query(SCHEMA, field, FieldType.Unsigned, *bounds)
