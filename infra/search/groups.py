"""Suggestions come in groups."""

from collections.abc import Sequence
from typing import TypeVar

from projections.search import Kind

T = TypeVar("T")

KINDS: Sequence[Kind] = ("film", "person", "genre")


def shared_out(groups: Sequence[Sequence[T]], limit: int) -> list[T]:
    """Some of each group, in the order of the groups; more of one if others lack."""
    sizes = [0] * len(groups)
    while sum(sizes) < min(limit, sum(map(len, groups))):
        for number, group in enumerate(groups):
            if sizes[number] < len(group) and sum(sizes) < limit:
                sizes[number] += 1
    return [
        each for group, size in zip(groups, sizes, strict=True) for each in group[:size]
    ]
