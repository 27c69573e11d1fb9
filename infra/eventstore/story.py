"""The story of one thing: each event, and what it changed of the thing's state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from infra.eventstore.audit import AuditLog, Entry, entry
from infra.eventstore.replay import CATEGORIES, category_of, without_personal
from infra.eventstore.selection import Selection


@dataclass(frozen=True, slots=True)
class Chapter:
    entry: Entry
    #: By the name of what changed: before and after.
    changes: Mapping[str, tuple[Any, Any]]


def story(log: AuditLog, stream: str) -> Iterator[Chapter]:
    """Raises ``UnknownCategory``."""
    decider = CATEGORIES[category_of(stream)]
    state = decider.initial
    before = flat(state)
    for stored in log.stored(Selection(stream=stream)):
        state = decider.evolve(state, without_personal(stored))
        after = flat(state)
        yield Chapter(entry(stored), differences(before, after))
        before = after


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys([*before, *after])
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {
        name: (old, new)
        for name, (old, new) in pairs.items()
        if old != new and not (is_nothing(old) and is_nothing(new))
    }


def is_nothing(value: Any) -> bool:
    return value is None or value == []


def flat(state: object) -> dict[str, Any]:
    """A state by its name and its members, those of members included: ``titles.ru``."""
    plain = msgspec.to_builtins(
        state, str_keys=True, order="deterministic", enc_hook=str
    )
    return {"state": type(state).__name__, **dict(leaves("", plain))}


def leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield path, value
        return
    for name, member in value.items():
        yield from leaves(f"{path}.{name}" if path else name, member)
