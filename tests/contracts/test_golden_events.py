"""What was ever recorded can be read and folded, in each shape it ever had.

``tests/contracts/golden_files.py`` says where the files come from.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

import projections
from domain.kernel.messages import Recorded
from domain.kernel.names import NameEvent, holder_after
from domain.kernel.unions import members
from domain.registry import DECIDERS, EVENTS
from infra.eventstore.replay import CATEGORIES
from infra.stories import STORIES
from processes.process import Process
from projections.projection import Projection, fold
from tests.contracts.golden_files import (
    DIGESTS,
    ORDERS,
    Golden,
    golden,
    lacking,
    stored,
)
from tests.examples import recorded

ADD = "run: python -m tests.contracts.golden_files"
GOLDEN = golden()
every_one = pytest.mark.parametrize("one", GOLDEN, ids=lambda one: str(one.name))


def every_projection() -> Iterator[Projection[Any, Any]]:
    for module in iter_modules(projections.__path__):
        names = vars(import_module(f"{projections.__name__}.{module.name}"))
        yield from (each for each in names.values() if isinstance(each, Projection))


PROJECTIONS = {each.name: each for each in every_projection()}


def test_nothing_is_recorded_that_has_no_golden_file() -> None:
    assert [kind.__name__ for kind in lacking()] == [], ADD


def test_no_golden_file_was_changed_added_by_hand_or_removed() -> None:
    listed = (line.split("  ") for line in DIGESTS.read_text().splitlines())
    assert {name: digest for digest, name in listed} == {
        one.name: one.digest for one in GOLDEN
    }


@every_one
def test_it_is_read_and_nothing_of_it_is_lost(one: Golden) -> None:
    """A field that today's class does not know would be passed over in silence."""
    payload = one.load()
    assert type(payload).__name__ == one.today
    assert is_within(json.loads(one.meant), json.loads(stored(payload)))


def is_within(old: Any, new: Any) -> bool:
    """What has been added meanwhile has a default."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(name in new and is_within(old[name], new[name]) for name in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(is_within, old, new))
    return bool(old == new)


@pytest.mark.parametrize("category", CATEGORIES)
def test_its_decider_folds_it(category: str) -> None:
    decider = CATEGORIES[category]
    facts = [fact for fact in log() if fact.originator_id == f"{category}-1"]
    states = [decider.initial]
    for fact in facts:
        decider.evolve(decider.initial, fact.payload)
        states.append(decider.evolve(states[-1], fact.payload))
    assert len(set(map(repr, states))) > 1


def test_names_are_folded() -> None:
    kinds = members(NameEvent)
    facts: list[Any] = [f.payload for f in log() if isinstance(f.payload, kinds)]
    assert {type(fact) for fact in facts} == {*kinds}
    assert reduce(holder_after, facts, None) is None


@pytest.mark.parametrize("projection", PROJECTIONS.values(), ids=PROJECTIONS)
def test_every_projection_that_names_it_folds_it(
    projection: Projection[Any, Any],
) -> None:
    facts = [fact for fact in log() if isinstance(fact.payload, projection.facts)]
    assert {type(fact.payload) for fact in facts} == {*projection.facts}
    rows: dict[Any, Any] = {}
    changed = 0
    for fact in facts:
        fold(projection, {}, [fact])
        changed += len(fold(projection, rows, [fact]))
    assert changed > 0


@pytest.mark.parametrize("process", STORIES, ids=lambda each: str(each.name))
def test_every_process_that_names_it_remembers_it(
    process: Process[Any, Any, Any],
) -> None:
    facts = [f.payload for f in log() if isinstance(f.payload, process.facts)]
    assert {type(fact) for fact in facts} == {*process.facts}
    assert any(process.correlate(fact) for fact in facts)
    for fact in facts:
        process.react(fact, process.initial)
    process.fold(facts)


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: str(kind.__name__))
def test_an_order_can_still_be_delivered(kind: type) -> None:
    orders = [each for one in GOLDEN if type(each := one.load()) is kind]
    assert orders
    for order in orders:
        assert DECIDERS[kind].stream(order)


def log() -> Iterator[Recorded[Any]]:
    """All golden events: those of one category are one stream."""
    payloads = [payload for one in GOLDEN if type(payload := one.load()) in EVENTS]
    for fact in recorded(*payloads):
        yield located(fact)


def located(fact: Recorded[Any]) -> Recorded[Any]:
    _, category, *_ = type(fact.payload).__module__.split(".")
    return replace(fact, originator_id=f"{category}-1")
