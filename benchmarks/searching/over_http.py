"""Searches over HTTP, and how soon they find what a command has just added."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import perf_counter
from uuid import uuid4

from benchmarks.report import Options, number, progress, table
from benchmarks.searching.served import Visitor, asked_all_the_time, cinema
from benchmarks.searching.timing import places, timed
from benchmarks.titles.catalogue import catalogue
from projections.search import Document

CLIENTS = 8
SERVED, ADDED, A_SECOND = 5_000, 200, 50.0
QUICK_SERVED, QUICK_ADDED = 50, 10


def over_http(
    chosen: Options, documents: Sequence[Document], queries: Sequence[str], url: str
) -> str:
    films = documents[: QUICK_SERVED if chosen.quick else SERVED]
    engines = {"embedded": {}, "Elasticsearch": {"CINEMA_ELASTICSEARCH_URL": url}}
    rows = []
    for name, settings in engines.items():
        if settings and not url:
            continue
        progress(f"search: {name} over HTTP, adding {len(films):,} films")
        with cinema(films, **settings) as visitor:
            rows += [
                [f"{name}, {what}", *cells]
                for what, cells in asked(visitor, queries, chosen)
            ]
    head = [f"over HTTP, {len(films):,} films, ms", "p50", "p95", "p99", "a second"]
    return table(head, rows)


def asked(
    visitor: Visitor, queries: Sequence[str], chosen: Options
) -> Iterator[tuple[str, list[str]]]:
    timed(visitor.search, queries)
    yield "one client", places([timed(visitor.search, queries)])
    began = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        each = [*clients.map(lambda words: timed(visitor.search, [words])[0], queries)]
    rate = len(each) / (perf_counter() - began)
    yield f"{CLIENTS} clients", [*places([each])[:3], number(rate)]
    with asked_all_the_time(visitor, queries, A_SECOND) as meanwhile:
        films = made_up(QUICK_ADDED if chosen.quick else ADDED)
        seconds = [visitor.until_found(film) for film in films]
    yield f"until found, {A_SECOND:.0f} searches/s", places([seconds])
    yield "those searches", [*places([meanwhile])[:3], number(A_SECOND)]


def made_up(size: int) -> Iterator[Document]:
    [film] = catalogue(1)
    for _ in range(size):
        yield replace(film, title_ru=f"Фильм {uuid4().hex}", title_en=None)
