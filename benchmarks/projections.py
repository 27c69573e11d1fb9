"""How fast read models are brought level

A view of subscriptions, ten events to each of them, of which four carry the terms: in
the order of one subscriber after another (local), and so that every event is another
row's (scattered). Catch-up is the live engine with batches of 5,000, from nothing;
rebuild folds in memory and copies; "a tenth" is over the log's first tenth; "of
subscriptions" is the cinema's own view, with three times the columns. "Written alone"
are the same rows and positions without any events. The library: its `ProjectionRunner`
with a view of the same columns, one statement and its tracking for each event, over
fewer events. Its replay, like ours, makes an object of each event; `COPY … TO` sends
the same columns and makes nothing of them. Our positions are committed without waiting
for the disk, since what a crash takes is read again; the library's runner waits.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from benchmarks.projecting import library
from benchmarks.projecting.logs import Log, prepared, settle
from benchmarks.report import Options, alone, progress, ratios, spread, table
from benchmarks.servers import postgres

ORDERS = ("local", "scattered")
EVENTS, QUICK = 1_000_000, 50_000
OF_LIBRARY = 4_000
SCHEMA = "lib"

#: What is divided by what, and what it is to be at least.
BARS = (
    ("local, catch-up", "library", ""),
    ("local, catch-up by two processes", "library", "100"),
    ("local, rebuild", "library", "100"),
    ("scattered, catch-up", "library", "25"),
    ("scattered, rebuild", "library", "25"),
    ("scattered, catch-up", "scattered, written alone", "0.6"),
    ("local, catch-up of subscriptions", "library", ""),
    ("local, rebuild of subscriptions", "library", ""),
    ("scattered, catch-up of subscriptions", "library", ""),
    ("scattered, rebuild of subscriptions", "library", ""),
    ("replay", "replay by the library", "4"),
    ("replay", "COPY … TO", "0.5"),
    ("local, catch-up", "local, catch-up of a tenth", "flat"),
    ("local, rebuild", "local, rebuild of a tenth", "flat"),
    ("scattered, catch-up", "scattered, catch-up of a tenth", "flat"),
)


class Rates:
    """Events a second, of each round."""

    def __init__(self) -> None:
        self.found: dict[str, list[float]] = {}

    def add(self, name: str, microseconds: float) -> None:
        self.found.setdefault(name, []).append(1e6 / microseconds)
        progress(f"projections: {name} {1e6 / microseconds:,.0f} events/s")


def measure(rates: Rates, logs: Sequence[Log], env: dict[str, str], few: int) -> None:
    logs[0].forget_library(SCHEMA)
    rates.add("library", library.project(env, few) * 1e6 / few)
    seconds, number = library.replay(env)
    rates.add("replay by the library", seconds * 1e6 / number)
    for each in logs:
        tenth = each.events // 10
        rates.add(f"{each.name}, written alone", each.write_alone())
        rates.add(f"{each.name}, catch-up", each.catch_up(each.plain))
        rates.add(f"{each.name}, rebuild", each.rebuild(each.plain))
        rates.add(f"{each.name}, catch-up by two processes", each.share())
        rates.add(f"{each.name}, catch-up of a tenth", each.catch_up(each.plain, tenth))
        rates.add(f"{each.name}, rebuild of a tenth", each.rebuild(each.plain, tenth))
        rates.add(f"{each.name}, catch-up of subscriptions", each.catch_up(each.real))
        rates.add(f"{each.name}, rebuild of subscriptions", each.rebuild(each.real))
    rates.add("replay", logs[0].replay())
    rates.add("COPY … TO", logs[0].copy_out())


def compared(found: dict[str, list[float]]) -> Iterator[Sequence[str]]:
    for ours, theirs, bar in BARS:
        yield f"{ours} / {theirs}", spread(ratios(found[ours], found[theirs])), bar


def main(chosen: Options) -> str:
    events = chosen.events or (QUICK if chosen.quick else EVENTS)
    few = OF_LIBRARY // (4 if chosen.quick else 1)
    rates = Rates()
    with ExitStack() as stack:
        server = stack.enter_context(postgres())
        progress(f"projections: writing {events:,} events, in two orders")
        logs = [prepared(name, events, server, stack) for name in ORDERS]
        env = library.environment(server.database(ORDERS[0]), SCHEMA)
        library.write(env, few)
        settle(logs)
        for _ in range(chosen.rounds):
            measure(rates, logs, env, few)
    progress("")
    rows = [(name, spread(each)) for name, each in rates.found.items()]
    return (
        table(["ratio", "", "at least"], compared(rates.found))
        + "\n"
        + table([f"events/s, of {events:,} (the library: of {few:,})", ""], rows)
    )


if __name__ == "__main__":
    alone(main)
