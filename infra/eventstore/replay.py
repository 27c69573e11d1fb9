"""The state of one thing as of any moment: its own events, folded by its decider."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.registry import DECIDERS
from infra.eventstore.audit import AuditLog, Stored
from infra.eventstore.mapper import decode
from infra.eventstore.selection import Selection
from infra.personal.ports import WITHHELD

CATEGORIES = {decider.category: decider for decider in DECIDERS.values()}


class UnknownCategory(LookupError):
    """No aggregate has streams of this category."""

    def __init__(self, category: str) -> None:
        known = ", ".join(sorted(CATEGORIES))
        super().__init__(f"There is no category {category!r}. There are: {known}.")


class UnknownStream(LookupError):
    """Nothing was ever recorded in this stream, or not by then."""

    def __init__(self, stream: str, moment: datetime | int | None = None) -> None:
        by_then = "" if moment is None else f" as of {moment}"
        super().__init__(f"There is no stream {stream!r}{by_then}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a thing was, and the last event that had made it so."""

    stream: str
    version: int
    position: int
    recorded_at: datetime
    state: Any


def category_of(stream: str) -> str:
    """Raises ``UnknownCategory``."""
    category = stream.partition("-")[0]
    if category not in CATEGORIES:
        raise UnknownCategory(category)
    return category


def replay(log: AuditLog, stream: str, as_of: datetime | int | None = None) -> Moment:
    """An event at that very position or time counts.

    Raises ``UnknownCategory`` and ``UnknownStream``.
    """
    decider = CATEGORIES[category_of(stream)]
    before = as_of + 1 if isinstance(as_of, int) else None
    moment: Moment | None = None
    for stored in log.stored(Selection(stream=stream, before=before)):
        if isinstance(as_of, datetime) and stored.recorded_at > as_of:
            break
        state = moment.state if moment else decider.initial
        moment = Moment(
            stream=stream,
            version=stored.version,
            position=stored.position,
            recorded_at=stored.recorded_at,
            state=decider.evolve(state, without_personal(stored)),
        )
    if moment is None:
        raise UnknownStream(stream, as_of)
    return moment


def without_personal(stored: Stored) -> Any:
    """The event as an auditor sees it, who has the keys of nobody."""
    return decode(stored.type, stored.payload, stored.stream, stored.version, WITHHELD)
