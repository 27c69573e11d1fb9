"""How long answers took, and how that is told."""

from collections.abc import Callable, Sequence
from statistics import quantiles
from time import perf_counter
from typing import TypeAlias

from benchmarks.report import spread

Ask: TypeAlias = Callable[[str], object]


def timed(ask: Ask, queries: Sequence[str]) -> list[float]:
    seconds = []
    for words in queries:
        began = perf_counter()
        ask(words)
        seconds.append(perf_counter() - began)
    return seconds


def places(runs: Sequence[Sequence[float]]) -> list[str]:
    cuts = [quantiles([one * 1e3 for one in run], n=100) for run in runs]
    rate = [len(run) / sum(run) for run in runs]
    return [spread([each[at] for each in cuts]) for at in (49, 94, 98)] + [spread(rate)]
