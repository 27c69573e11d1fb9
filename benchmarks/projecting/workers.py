"""Two processes that share one view, a slice of the streams each."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import perf_counter
from uuid import UUID

from pydantic import SecretStr

from benchmarks.projecting import views
from infra.bootstrap import assemble
from infra.garbage import collect_seldom
from infra.projection_engine.engine import Engine
from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.rebuilding import drain
from infra.projection_engine.store import slices
from infra.settings import Settings

WORKERS = 2
PATIENCE = 600.0


def work(url: str, folder: Path, number: int, barrier: Barrier) -> None:
    collect_seldom()
    settings = Settings(_env_file=None, database_url=SecretStr(url), data=folder)
    with assemble(settings) as system:
        store: PostgresStore[UUID, views.Standing] = PostgresStore(
            system.pool, "standings", views.Standing, "subscription_id"
        )
        part = store.sliced(slices(WORKERS)[number])
        engine = Engine(views.standings, part, system.log)
        barrier.wait(PATIENCE)
        drain(engine, lambda _: None)
        barrier.wait(PATIENCE)


@contextmanager
def workers(url: str, folder: Path) -> Iterator[Barrier]:
    """They begin when somebody waits at the barrier, and are done when all do again."""
    context = get_context("spawn")
    barrier = context.Barrier(WORKERS + 1)
    with ExitStack() as stack:
        for number in range(WORKERS):
            process = context.Process(target=work, args=(url, folder, number, barrier))
            process.start()
            stack.callback(process.join)
        yield barrier


def together(url: str, folder: Path) -> float:
    """Seconds from their start to when both are level."""
    with workers(url, folder) as barrier:
        barrier.wait(PATIENCE)
        began = perf_counter()
        barrier.wait(PATIENCE)
        return perf_counter() - began
