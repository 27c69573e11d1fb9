"""What an event costs a read model as the log grows

From 100,000 events to 10,000,000, of subscriptions in the order of one subscriber after
another, ten to each: microseconds an event for the view of `benchmarks.projections` to
catch up from nothing, and to be rebuilt, beside `COPY … TO` of the same rows. Flat is
what they are to be; the last column is what the longest costs beside the shortest.
Every size has a server of its own, filled by COPY.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack

from benchmarks.projecting.logs import Log, prepared, settle
from benchmarks.report import Options, alone, number, progress, spread, table
from benchmarks.servers import postgres

SIZES = (100_000, 1_000_000, 10_000_000)
QUICK = (20_000, 50_000)
WORK: Mapping[str, Callable[[Log], float]] = {
    "catch-up": lambda log: log.catch_up(log.plain),
    "rebuild": lambda log: log.rebuild(log.plain),
    "COPY … TO": lambda log: log.copy_out(),
}


def measured(events: int, rounds: int) -> dict[str, list[float]]:
    """Microseconds an event, of each round."""
    found: dict[str, list[float]] = {name: [] for name in WORK}
    with ExitStack() as stack:
        server = stack.enter_context(postgres())
        progress(f"growth: writing {events:,} events")
        log = prepared("local", events, server, stack)
        settle([])
        for _ in range(rounds):
            for name, work in WORK.items():
                progress(f"growth: {name} of {events:,} events")
                found[name].append(work(log))
    return found


def main(chosen: Options) -> str:
    sizes = QUICK if chosen.quick else SIZES
    #: The longest takes minutes, and says the most of itself.
    rounds = {size: chosen.rounds if size < sizes[-1] else 1 for size in sizes}
    columns = [measured(size, rounds[size]) for size in sizes]
    progress("")
    head = ["µs an event", *(f"{size:,}" for size in sizes), "last / first"]
    rows = [
        [name, *(spread(each[name]) for each in columns), growth(columns, name)]
        for name in WORK
    ]
    return table(head, rows)


def growth(columns: list[dict[str, list[float]]], name: str) -> str:
    first, last = (min(each[name]) for each in (columns[0], columns[-1]))
    return number(last / first)


if __name__ == "__main__":
    alone(main)
