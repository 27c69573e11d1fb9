"""What every benchmark tells: medians, ranges, and ratios of what ran side by side.

A benchmark is a module here with ``main(options)``, which answers with Markdown. It can
be run alone (``python -m benchmarks.event_store``); ``python -m benchmarks`` runs all
and writes docs/benchmarks.md. Rounds alternate the contenders, since a machine is
not as fast in one minute as in the next; a ratio is taken within each round.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Options:
    #: Less of everything: to see that it works, not how fast it is.
    quick: bool = False
    rounds: int = 3
    #: In the log, where that is what matters; as the benchmark sees fit if 0.
    events: int = 0
    #: The benchmarks that are run; all if none is named.
    only: Sequence[str] = ()


def options(arguments: Sequence[str] | None = None) -> Options:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a look, not a figure")
    parser.add_argument("--rounds", type=int, help="how often each contender runs")
    parser.add_argument("--events", type=int, default=0, help="how long a log is read")
    parser.add_argument("--only", nargs="+", default=(), help="some of them")
    found = parser.parse_args(arguments)
    rounds = found.rounds or (1 if found.quick else 3)
    return Options(found.quick, rounds, found.events, tuple(found.only))


def alone(main: Callable[[Options], str]) -> None:
    print(main(options()))


def progress(text: str) -> None:
    """One line that is written over, on a terminal; in a log, nothing."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def number(value: float) -> str:
    """Three digits that matter, thousands with commas."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values: Sequence[float]) -> str:
    """The median, and how far the rounds lie apart."""
    if len(values) == 1:
        return number(values[0])
    return f"{number(median(values))} [{number(min(values))}–{number(max(values))}]"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Of each round; a round with nothing to compare with is left out."""
    return [a / b for a, b in zip(ours, theirs, strict=True) if b]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
