"""Lists of 100,000 films: our view, and over HTTP, beside the bare statement.

The bare statement is the page's own, on the same indexes, over a connection that is
held: no rows made of it, no total, no cursor, no names of genres. Questions of a kind
differ in all else; each is put to every contender before the next. A page is of 20
films, where nothing else is said; a tenth of the films is limited to a window.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep
from typing import Any

from psycopg import Connection, connect
from psycopg.sql import SQL, Composed, Identifier, Literal
from pydantic import SecretStr

from benchmarks.listing.films import NOW, Catalogue, furnish
from benchmarks.listing.questions import Question, kinds
from benchmarks.report import Options, alone, number, progress, ratios, spread, table
from benchmarks.servers import free_port, postgres
from infra.bootstrap import System, assemble
from infra.migrate import migrate
from infra.postgres.catalogue import PostgresCatalogue, order_of
from infra.postgres.visibility import passing
from infra.projection_engine.store import Changes
from infra.read_models import catalogue_view
from infra.settings import Settings
from projections.visibility import Viewer

FILMS, QUESTIONS = 100_000, 100
PATIENCE = 60.0
CARD = "id title_ru title_en title_original type access release_date rating age_rating"
BARE = """
SELECT {card} FROM read.listings WHERE {conditions}
ORDER BY {column} {direction}, id {direction} LIMIT {limit}
"""
#: What each contender is called; the last is what others are compared with.
NAMES = {"view": "view", "http": "HTTP", "bare": "bare statement"}
BATCH, BATCHES = 500, 20

#: Of each contender, seconds.
Times = dict[str, list[float]]


@dataclass
class Contenders:
    view: PostgresCatalogue
    connection: Connection[Any]
    http: HTTPConnection

    def ask(self, question: Question, times: Times) -> None:
        viewer = Viewer(now=NOW, country="RU", age_max=question.age_max)
        statement = bare(question, viewer).as_string(self.connection)
        asked: Mapping[str, Callable[[], object]] = {
            "view": lambda: self.view.films(
                question.filters, viewer, question.sort, question.limit
            ),
            "http": lambda: self.get(question.address),
            "bare": lambda: self.connection.execute(statement).fetchall(),
        }
        for name, ask in asked.items():
            began = perf_counter()
            ask()
            times[name].append(perf_counter() - began)

    def get(self, address: str) -> None:
        self.http.request("GET", address)
        answer = self.http.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status} {body.decode()}")


def bare(question: Question, viewer: Viewer) -> Composed:
    order = order_of(question.sort)
    conditions = [*passing(question.filters, viewer), next(order.from_here(None))]
    return SQL(BARE).format(
        card=SQL(", ").join(map(Identifier, CARD.split())),
        conditions=SQL(" AND ").join(conditions),
        limit=Literal(question.limit + 1),
        **order.parts,
    )


@contextmanager
def served(url: str, folder: Path) -> Iterator[HTTPConnection]:
    port = free_port()
    environment = {**os.environ, "CINEMA_DATABASE_URL": url, "CINEMA_DATA": str(folder)}
    command = [sys.executable, "-m", "infra.cli", "serve", "query", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            connection = HTTPConnection("127.0.0.1", port)
            await_answer(connection)
            yield connection
        finally:
            child.terminate()


def await_answer(connection: HTTPConnection) -> None:
    deadline = monotonic() + PATIENCE
    while True:
        try:
            connection.request("GET", "/query/v1/health/ready")
            if connection.getresponse().read():
                return
        except OSError:
            connection.close()
            if monotonic() > deadline:
                raise
            sleep(0.1)


@dataclass
class Results:
    #: By kind of question, of each round.
    rounds: dict[str, list[Times]] = field(default_factory=dict)
    #: Microseconds for each row.
    writes: list[float] = field(default_factory=list)


def measured(chosen: Options) -> Results:
    results = Results()
    films, questions = (5_000, 10) if chosen.quick else (FILMS, QUESTIONS)
    with ExitStack() as stack:
        url = stack.enter_context(postgres()).url
        folder = Path(stack.enter_context(TemporaryDirectory()))
        settings = Settings(_env_file=None, database_url=SecretStr(url), data=folder)
        migrate(settings)
        system = stack.enter_context(assemble(settings))
        progress(f"lists: {films} films")
        shop = furnish(system.models, films)
        connection = stack.enter_context(connect(settings.conninfo, autocommit=True))
        connection.execute("VACUUM ANALYZE")
        http = stack.enter_context(served(url, folder))
        contenders = Contenders(catalogue_view(system.models), connection, http)
        ask_all(contenders, shop, questions, chosen, results)
        results.writes += write(system, shop)
    progress("")
    return results


def ask_all(
    contenders: Contenders,
    shop: Catalogue,
    questions: int,
    chosen: Options,
    results: Results,
) -> None:
    for number_ in range(chosen.rounds):
        for kind, asked in kinds(shop, questions, seed=number_).items():
            progress(f"lists, round {number_ + 1}: {kind}")
            times: Times = {name: [] for name in NAMES}
            for question in asked:
                contenders.ask(question, times)
            results.rounds.setdefault(kind, []).append(times)


def write(system: System, shop: Catalogue) -> Iterator[float]:
    """Batches of rows whose rating has changed, as the engine writes them."""
    store: Any = system.models["listings"].store
    for batch in range(min(BATCHES, len(shop.films) // BATCH)):
        ids = shop.films[batch * BATCH : (batch + 1) * BATCH]
        rows = store.load(ids)
        changed = {id_: replace(row, rating=batch) for id_, row in rows.items()}
        position = store.position()
        began = perf_counter()
        store.write(Changes(position, position + 1, changed))
        yield (perf_counter() - began) * 1e6 / len(changed)


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def main(chosen: Options) -> str:
    results = measured(chosen)
    compared = [
        [kind, *(spread(against_bare(name, found)) for name in ("view", "http"))]
        for kind, found in results.rounds.items()
    ]
    absolute = [
        [kind, *(figures([times[name] for times in found]) for name in NAMES)]
        for kind, found in results.rounds.items()
    ]
    head = [f"{NAMES[name]} / bare, p50" for name in ("view", "http")]
    milliseconds = [f"{name}: p50, p95 ms" for name in NAMES.values()]
    written = f"{spread(results.writes)} µs"
    return "\n".join(
        (
            table(["", *head], compared),
            table(["", *milliseconds], absolute),
            f"A row of a batch of {BATCH} that has changed is written in {written}.\n",
        )
    )


def against_bare(name: str, rounds: Sequence[Times]) -> list[float]:
    ours, theirs = ([median(each[n]) for each in rounds] for n in (name, "bare"))
    return ratios(ours, theirs)


def figures(rounds: Sequence[Sequence[float]]) -> str:
    found = [[summary(each) * 1e3 for each in rounds] for summary in (median, p95)]
    return ", ".join(number(median(each)) for each in found)


if __name__ == "__main__":
    alone(main)
