"""What the words of a query may mean, the best meaning first."""

from collections.abc import Callable, Iterator, Sequence

from tantivy import FieldType, Occur, Query

from infra.projection_engine.tantivy import term
from infra.search.tantivy.layout import SCHEMA, STEMS
from infra.search.words import words_of
from projections.search import Filters, Kind

#: From so many letters on, so many of them may be wrong.
ONE_TYPO, TWO_TYPOS = 4, 8
FAR = 10_000


def tiers(text: str) -> Iterator[Query]:
    """Each is a way to match; a document belongs to the first that it matches."""
    words = words_of(text)
    if not words:
        yield Query.all_query()
        return
    name = " ".join(words)
    yield Query.term_query(SCHEMA, "whole", name)
    yield begins("whole", name)
    yield every(words, in_title)
    yield every(words, lambda word, is_last: near("title", word, is_last, 1))
    yield every(words, lambda word, is_last: near("title", word, is_last, 2))
    yield every(words, in_people)
    yield every(words, lambda word, is_last: near("people", word, is_last, 2))
    yield every(words, in_title_or_people)
    yield every(words, anywhere)


def suggestions(text: str) -> Iterator[Query]:
    words = words_of(text)
    if not words:
        return
    name = " ".join(words)
    yield Query.term_query(SCHEMA, "whole", name)
    yield begins("whole", name)
    yield every(words, in_title)
    yield every(words, lambda word, is_last: near("title", word, is_last, 2))


def every(words: Sequence[str], match: Callable[[str, bool], Query]) -> Query:
    """Each word matches; the last one may still be being typed."""
    last = len(words) - 1
    matches = [match(word, number == last) for number, word in enumerate(words)]
    return Query.boolean_query([(Occur.Must, query) for query in matches])


def either(*queries: Query) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def in_title(word: str, is_last: bool) -> Query:
    exact = Query.term_query(SCHEMA, "title", word)
    alike = either(exact, stem("title_stem", word))
    return either(alike, begins("title", word)) if is_last else alike


def in_people(word: str, is_last: bool) -> Query:
    exact = Query.term_query(SCHEMA, "people", word)
    return either(exact, begins("people", word)) if is_last else exact


def in_title_or_people(word: str, is_last: bool) -> Query:
    return either(
        in_title(word, is_last),
        near("title", word, is_last, 1),
        near("people", word, is_last, 1),
        stem("anywhere", word),
    )


def anywhere(word: str, _: bool) -> Query:
    return stem("anywhere", word)


def stem(field: str, word: str) -> Query:
    stems = STEMS.analyze(word)
    return Query.term_query(SCHEMA, field, stems[0] if stems else word)


def begins(field: str, word: str) -> Query:
    return Query.fuzzy_term_query(SCHEMA, field, word, distance=0, prefix=True)


def near(field: str, word: str, is_last: bool, most_typos: int) -> Query:
    allowed = (len(word) >= ONE_TYPO) + (len(word) >= TWO_TYPOS)
    distance = min(allowed, most_typos)
    alike = Query.fuzzy_term_query(SCHEMA, field, word, distance=distance)
    return either(alike, begins(field, word)) if is_last else alike


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
