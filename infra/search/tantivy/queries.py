"""The words that a search is put in, as tantivy's queries."""

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query

from infra.projection_engine.tantivy import term
from infra.search.tantivy.layout import SCHEMA, STEMS
from projections.search import Filters, Kind

FAR = 10_000


class Wording:
    def everything(self) -> Query:
        return Query.all_query()

    def word(self, field: str, word: str) -> Query:
        return Query.term_query(SCHEMA, field, word)

    def begins(self, field: str, word: str) -> Query:
        return Query.fuzzy_term_query(SCHEMA, field, word, distance=0, prefix=True)

    def near(self, field: str, word: str, typos: int) -> Query:
        return Query.fuzzy_term_query(SCHEMA, field, word, distance=typos)

    def stem(self, field: str, word: str) -> Query:
        stems = STEMS.analyze(word)
        return Query.term_query(SCHEMA, field, stems[0] if stems else word)

    def either(self, *queries: Query) -> Query:
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    def every(self, queries: Sequence[Query]) -> Query:
        return Query.boolean_query([(Occur.Must, query) for query in queries])


def of_kind(kind: Kind) -> Query:
    return has("kind", kind)


def passing(filters: Filters) -> list[Query]:
    columns = {
        "genre_ids": filters.genre,
        "person_ids": filters.person,
        "type": filters.type,
        "access": filters.access,
        "countries": filters.country,
    }
    found = [has(name, value) for name, value in columns.items() if value is not None]
    if filters.year_from is not None or filters.year_to is not None:
        found.append(between("year", filters.year_from, filters.year_to))
    if filters.age_rating_max is not None:
        found.append(between("age", None, filters.age_rating_max))
    return found


def has(column: str, value: object) -> Query:
    return Query.term_query(SCHEMA, "term", term(column, value))


def between(field: str, least: int | None, most: int | None) -> Query:
    bounds = (least or 0, FAR if most is None else most)
    return Query.range_query(SCHEMA, field, FieldType.Unsigned, *bounds)
