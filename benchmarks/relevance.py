"""Whether one finds the film that one is looking for, however one types it

Known-item search: each of the known films (`benchmarks/titles/films.tsv`) is looked for
by its Russian and by its English title, among 36,000 of which the others are made up of
the same words, or are its sequels (`benchmarks/titles`). MRR@10 is the mean of one
through the film's place among the first ten, nought if it is not there; films called
exactly alike count as one. The random seed is fixed, so the queries are the same for
every engine and each time. "Replaced" is what the system before this one asked of
Elasticsearch: `multi_match` with `fuzziness: auto` over six fields. Run alone, this
ends with 1 if an engine is below a bar.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import mean

from benchmarks.report import Options, options, progress, table
from benchmarks.searching.engines import Find, elasticsearch, embedded, films_of
from benchmarks.searching.replaced import replaced
from benchmarks.searching.server import NoServer, elasticsearch_server
from benchmarks.titles import known_films
from benchmarks.titles.asking import WAYS
from benchmarks.titles.catalogue import SIZE, catalogue
from infra.search.words import whole
from projections.search import Document

SEED = 2026
PLACES = 10
LANGUAGES = ("ru", "en")
QUICK_SIZE, QUICK_FILMS = 3_000, 80
BARS = {
    "exact": 0.99,
    "one typo": 0.97,
    "two typos": 0.88,
    "first 60 %": 0.75,
    "other layout": 0.98,
    "transliteration": 0.95,
}
OURS = ("embedded", "Elasticsearch")


@dataclass(frozen=True, slots=True)
class Sought:
    title: str
    typed: str


@dataclass(slots=True)
class Score:
    """Of one way of typing."""

    found: dict[str, list[float]] = field(default_factory=dict)
    missed: list[Sought] = field(default_factory=list)

    def mean(self, language: str | None = None) -> float:
        chosen = LANGUAGES if language is None else (language,)
        each = [one for name in chosen for one in self.found.get(name, ())]
        return mean(each) if each else 0.0


def measure(find: Find, films: int | None = None) -> dict[str, Score]:
    """By way of typing; of so many films, spread over all years."""
    scores: dict[str, Score] = {}
    for way, language, sought in searches(films):
        score = scores.setdefault(way, Score())
        found = one_through_place(find, sought)
        score.found.setdefault(language, []).append(found)
        if found < 1:
            score.missed.append(sought)
    return scores


def searches(films: int | None = None) -> Iterator[tuple[str, str, Sought]]:
    known = known_films()
    chosen = known[:: max(1, len(known) // films)] if films else known
    for way, typed in WAYS.items():
        for language in LANGUAGES:
            random = Random(f"{SEED} {way} {language}")  # noqa: S311 (the same each time)
            for film in chosen:
                title = film.ru if language == "ru" else film.en
                if (text := typed(title, random)) is not None:
                    yield way, language, Sought(title, text)


def one_through_place(find: Find, sought: Sought) -> float:
    name = whole(sought.title)
    for place, film in enumerate(find(sought.typed, PLACES), 1):
        if name in names_of(film):
            return 1 / place
    return 0.0


def names_of(film: Document) -> Iterable[str]:
    titles = (film.title_ru, film.title_en, film.title_original)
    return (whole(title) for title in titles if title)


def below(scores: Mapping[str, Score]) -> list[str]:
    return [way for way, bar in BARS.items() if scores[way].mean() < bar]


def main(chosen: Options) -> str:
    return report(measured(chosen))


def measured(chosen: Options) -> dict[str, dict[str, Score]]:
    documents = catalogue(QUICK_SIZE if chosen.quick else SIZE)
    films = QUICK_FILMS if chosen.quick else None
    scores = {}
    for name, find in engines(documents):
        progress(f"relevance: {name} …")
        scores[name] = measure(find, films)
    progress("")
    return scores


def engines(documents: Sequence[Document]) -> Iterator[tuple[str, Find]]:
    with embedded(documents) as view:
        yield "embedded", films_of(view)
    try:
        with elasticsearch_server() as client:
            with elasticsearch(client, documents) as view:
                yield "Elasticsearch", films_of(view)
            with replaced(client, documents) as find:
                yield "replaced", find
    except NoServer as reason:
        print(f"Elasticsearch is left out: {reason}", file=sys.stderr)


def report(scores: Mapping[str, Mapping[str, Score]]) -> str:
    head = ["MRR@10", "at least", *scores, "queries"]
    rows = []
    for way, bar in BARS.items():
        of_each = [engine[way] for engine in scores.values()]
        number = sum(len(each) for each in of_each[0].found.values())
        rows.append([way, f"{bar}", *map(figure, of_each), f"{number:,}"])
    return f"{table(head, rows)}\nIn brackets: by the Russian title, by the English.\n"


def figure(score: Score) -> str:
    parts = ", ".join(
        f"{score.mean(language):.3f}" if language in score.found else "–"
        for language in LANGUAGES
    )
    return f"{score.mean():.3f} ({parts})"


def gate() -> int:
    """How many bars the engines of this system have missed."""
    scores = measured(options())
    print(report(scores))
    missed = [
        f"{name}: {way} {scores[name][way].mean():.3f}, at least {BARS[way]}"
        for name in OURS
        if name in scores
        for way in below(scores[name])
    ]
    for line in missed:
        print(f"below the bar: {line}", file=sys.stderr)
    return len(missed)


if __name__ == "__main__":
    sys.exit(1 if gate() else 0)
