"""What a command does to the streams of unique names, beside its own stream."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from domain.kernel.decider import Decider
from domain.kernel.messages import Recorded
from domain.kernel.names import (
    NameClaimed,
    NameEvent,
    NameReleased,
    Unique,
    holder_after,
    stream_of,
)


@dataclass(frozen=True, slots=True)
class NameFact:
    stream: str
    version: int
    event: NameEvent


def name_facts(
    decider: Decider[Any, Any, Any],
    stream: str,
    state: Any,
    events: Sequence[object],
    read: Callable[[str], Sequence[Recorded[Any]]],
) -> Iterator[NameFact]:
    """Raises the decider's refusal if another stream holds a name that is wanted."""
    if decider.unique is None or not events:
        return
    held, wanted = names(decider.unique, decider, state, events)
    for name in sorted(wanted ^ held):
        history = read(stream_of(name))
        holder = reduce(holder_after, (fact.payload for fact in history), None)
        if name in wanted and holder not in (None, stream):
            raise decider.unique.taken
        event = NameClaimed if name in wanted else NameReleased
        yield NameFact(
            stream_of(name), len(history) + 1, event(name=name, holder=stream)
        )


def name_streams(
    decider: Decider[Any, Any, Any], state: Any, events: Sequence[object]
) -> Iterable[str]:
    """Which of them ``name_facts`` will read."""
    if decider.unique is None or not events:
        return ()
    held, wanted = names(decider.unique, decider, state, events)
    return map(stream_of, wanted ^ held)


def names(
    unique: Unique[Any],
    decider: Decider[Any, Any, Any],
    state: Any,
    events: Sequence[object],
) -> tuple[frozenset[str], frozenset[str]]:
    """Before and after."""
    return unique.names(state), unique.names(decider.fold(events, state))
