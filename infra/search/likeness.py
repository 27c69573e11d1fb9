"""What makes films similar, and how much. The same for all engines."""

from collections.abc import Iterator
from dataclasses import dataclass

from infra.search.words import words_of
from projections.search import Document

GENRE, DIRECTOR, WRITER, ACTOR, WORD = 3, 6, 4, 3, 4
#: Only among those that have something of the above in common.
TYPE, DECADE, YEARS = 1, 1, 1
WEIGHTS = {"director": DIRECTOR, "writer": WRITER}
#: Shorter words of a title say nothing about the film.
TELLING_WORD = 5
MOST_PEOPLE, MOST_WORDS = 20, 8


@dataclass(frozen=True, slots=True)
class Trait:
    """Whoever has ``value`` there, or a number near it, is so much more alike."""

    column: str
    value: str
    weight: int
    within: int | None = None


def essential(film: Document) -> Iterator[Trait]:
    """One of them has to be shared."""
    for genre in film.genre_ids:
        yield Trait("genre_ids", str(genre), GENRE)
    people = zip(film.person_ids, film.roles, strict=True)
    weights: dict[str, int] = {}
    for person, role in people:
        weight = WEIGHTS.get(role, ACTOR)
        weights[str(person)] = max(weights.get(str(person), 0), weight)
    for person_id, weight in list(weights.items())[:MOST_PEOPLE]:
        yield Trait("person_ids", person_id, weight)
    for word in telling_words(film):
        yield Trait("title", word, WORD)


def helpful(film: Document) -> Iterator[Trait]:
    if film.type is not None:
        yield Trait("type", film.type, TYPE)
    if film.year is not None:
        yield Trait("year", str(film.year), DECADE, within=10)
        yield Trait("year", str(film.year), YEARS, within=3)


def telling_words(film: Document) -> list[str]:
    titles = (film.title_ru or "", film.title_en or "")
    words = dict.fromkeys(word for title in titles for word in words_of(title))
    return [word for word in words if len(word) >= TELLING_WORD][:MOST_WORDS]
