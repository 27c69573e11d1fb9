"""Search on both engines, through the cinema and without it

Queries are those of the relevance gate, all ways of typing mixed, over 36,000 films.
"Bare" is the same index asked by the engine's own means, with the best query that one
writes by hand (`benchmarks/searching/bare.py`): it knows no other layout, no sound, no
visibility and no order among equals. "Through the view" is what the query API calls.
Over HTTP is a whole `cinema up` on this machine, clients included, with fewer films,
each added by a command. Indexing is from rows, in batches of 5,000; bare is from the
engine's own documents, made before. "Until found" is from sending a command to a search
that answers with the film, while 50 others are searched for each second. A rebuild is
from the log of the films, their genres and their people, until the new index is in use;
after it Elasticsearch merges what it has, and so it has here before it is asked.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from random import Random
from statistics import median
from time import perf_counter
from typing import TypeAlias

from elasticsearch import Elasticsearch

from benchmarks.relevance import searches
from benchmarks.report import Options, alone, progress, ratios, spread, table
from benchmarks.searching import bare, rebuilt
from benchmarks.searching.engines import (
    BATCH,
    elasticsearch_store,
    fill,
    films_of,
    merge,
    tantivy_store,
)
from benchmarks.searching.over_http import over_http
from benchmarks.searching.server import NoServer, elasticsearch_server
from benchmarks.searching.timing import Ask, places, timed
from benchmarks.titles.catalogue import SIZE, catalogue
from infra.search.elasticsearch.view import ElasticsearchSearch
from infra.search.tantivy.view import TantivySearch
from projections.search import Document

SEED = 1926
LIMIT = 10
QUERIES = 400
QUICK_SIZE, QUICK_QUERIES = 2_000, 40

#: Seconds of each query, of each round.
Seconds: TypeAlias = dict[str, list[list[float]]]


@dataclass(frozen=True, slots=True)
class Contender:
    view: Ask
    bare: Ask


def main(chosen: Options) -> str:
    documents = catalogue(QUICK_SIZE if chosen.quick else SIZE)
    queries = mixed(QUICK_QUERIES if chosen.quick else QUERIES)
    with ExitStack() as stack:
        client = available(stack)
        rates = indexing(chosen, documents, client)
        seconds = answering(chosen, documents, queries, client)
        url = str(
            next(iter(client.transport.node_pool.all())).base_url if client else ""
        )
        served = over_http(chosen, documents, queries, url)
    progress("search: rebuilding")
    again = rebuilt.report(documents, chosen.rounds)
    progress("")
    return "\n".join((of_search(seconds), of_indexing(rates), again, served))


def available(stack: ExitStack) -> Elasticsearch | None:
    try:
        return stack.enter_context(elasticsearch_server())
    except NoServer as reason:
        print(f"Elasticsearch is left out: {reason}", file=sys.stderr)
        return None


def mixed(size: int) -> list[str]:
    every = [sought.typed for _, _, sought in searches()]
    return Random(SEED).sample(every, size)  # noqa: S311 (the same each time)


def answering(
    chosen: Options,
    documents: Sequence[Document],
    queries: Sequence[str],
    client: Elasticsearch | None,
) -> Seconds:
    found: Seconds = {}
    with ExitStack() as stack:
        contenders = {}
        for name, each in filled(documents, client, stack):
            contenders[name] = each
            timed(each.bare, queries)
            timed(each.view, queries)
        for _ in range(chosen.rounds):
            for name, each in contenders.items():
                progress(f"search: {name}")
                found.setdefault(f"{name}, bare", []).append(timed(each.bare, queries))
                found.setdefault(name, []).append(timed(each.view, queries))
    return found


def filled(
    documents: Sequence[Document], client: Elasticsearch | None, stack: ExitStack
) -> Iterator[tuple[str, Contender]]:
    local = stack.enter_context(tantivy_store())
    fill(local, documents)
    find = films_of(TantivySearch(local))
    yield (
        "embedded",
        Contender(
            lambda words: find(words, LIMIT),
            lambda words: bare.ask_tantivy(local, words, LIMIT),
        ),
    )
    if client is None:
        return
    remote = stack.enter_context(elasticsearch_store(client))
    fill(remote, documents)
    merge(client, remote.name)
    look = films_of(ElasticsearchSearch(remote))
    yield (
        "Elasticsearch",
        Contender(
            lambda words: look(words, LIMIT),
            lambda words: bare.ask_elasticsearch(client, remote.name, words, LIMIT),
        ),
    )


def indexing(
    chosen: Options, documents: Sequence[Document], client: Elasticsearch | None
) -> dict[str, list[float]]:
    """Documents a second."""
    found: dict[str, list[float]] = {}
    for _ in range(chosen.rounds):
        for name, index in indexers(documents, client):
            progress(f"search: indexing, {name}")
            began = perf_counter()
            index()
            rate = len(documents) / (perf_counter() - began)
            found.setdefault(name, []).append(rate)
    return found


def indexers(
    documents: Sequence[Document], client: Elasticsearch | None
) -> Iterator[tuple[str, Callable[[], None]]]:
    with tantivy_store() as ours, tantivy_store() as theirs:
        made = bare.tantivy_documents(theirs, documents)
        index, _ = theirs.folder.current()
        yield "embedded, bare", lambda: bare.fill_tantivy(index, made, BATCH)
        yield "embedded", lambda: fill(ours, documents)
    if client is None:
        return
    with elasticsearch_store(client, "ours") as here:
        sources = bare.elasticsearch_sources(here, documents)
        client.indices.create(index="bare-1", **here.shape.definition())
        yield (
            "Elasticsearch, bare",
            lambda: bare.fill_elasticsearch(client, "bare-1", sources, BATCH),
        )
        client.indices.delete(index="bare-1")
        yield "Elasticsearch", lambda: fill(here, documents)


def of_search(seconds: Seconds) -> str:
    rows = []
    for name in seconds:
        if name.endswith(", bare"):
            continue
        ours, theirs = seconds[name], seconds[f"{name}, bare"]
        of_medians = ratios([median(one) for one in ours], list(map(median, theirs)))
        whole = ratios([sum(one) for one in ours], [sum(one) for one in theirs])
        rows.append([f"{name}: view / bare", spread(of_medians), spread(whole)])
    head = ["ratio of times", "median", "all queries"]
    absolute = [[name, *places(runs)] for name, runs in seconds.items()]
    columns = ["one caller, ms", "p50", "p95", "p99", "queries/s"]
    return f"{table(head, rows)}\n{table(columns, absolute)}"


def of_indexing(rates: Mapping[str, Sequence[float]]) -> str:
    rows = [
        [f"{name} / {name}, bare", spread(ratios(found, rates[f"{name}, bare"]))]
        for name, found in rates.items()
        if not name.endswith(", bare")
    ]
    absolute = [[name, spread(found)] for name, found in rates.items()]
    ratio = table(["ratio of documents/s", ""], rows)
    return f"{ratio}\n{table(['documents/s', ''], absolute)}"


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        alone(main)
