"""What the dashboards need of the rest; the composition root brings it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol, TypeAlias
from uuid import UUID

from projections.finance import FinanceView
from projections.projection import Standing, View
from projections.searches import SearchesView
from query_api.dashboards.health import GatewayHealth
from query_api.identity import Directory
from query_api.security import Authenticate

Operator: TypeAlias = Literal[
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "in",
    "not_in",
    "contains",
    "not_contains",
    "begins",
    "ends",
    "has",
    "has_not",
    "is_null",
    "is_not_null",
]


@dataclass(frozen=True, slots=True)
class Compare:
    """A column with a value; ``has`` is any of several in a column of arrays."""

    column: str
    operator: Operator
    value: Any = None


@dataclass(frozen=True, slots=True)
class Every:
    """All of these; of none, always."""

    parts: "tuple[Condition, ...]" = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: "tuple[Condition, ...]" = ()


Condition: TypeAlias = Compare | Every | Either
ALWAYS = Every()

#: A row by its columns; a column and whether it descends.
Row: TypeAlias = Mapping[str, Any]
Order: TypeAlias = Sequence[tuple[str, bool]]


class TableView(View, Protocol):
    """Any read model that is kept in a table."""

    def find(
        self,
        where: Condition,
        order: Order,
        skip: int,
        limit: int | None,
        *,
        backwards: bool = False,
    ) -> Sequence[Row]:
        """What is empty comes last. ``backwards``: the last ones, in the same order."""
        ...

    def count(self, where: Condition, most: int | None = None) -> int:
        """Counts no further than ``most``."""
        ...

    def get(self, key: str) -> Row | None:
        """None as well for what cannot be a key."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """Of the thing's state, by the name of what changed."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event of one thing, for people to read."""

    position: int
    version: int
    type: str
    recorded_at: datetime
    actor: str
    reason: str | None
    correlation: UUID
    changes: Sequence[Change]


class History(Protocol):
    def of(self, stream: str) -> Sequence[Happened]:
        """Everything that happened to it, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    gained: int = 0
    lost: int = 0
    #: In minor units, less what was paid back; of the currency that is asked for.
    revenue: int = 0


@dataclass(frozen=True, slots=True)
class Follower:
    """A process, or who delivers its commands: how far it has read, what it parked."""

    name: str
    position: int
    lag: int
    parked: int = 0
    #: Why, of the oldest that is parked.
    reason: str | None = None


class Figures(Protocol):
    """Numbers about the whole, for the overview."""

    def active_subscriptions(self) -> int: ...

    def days(self, number: int, currency: str) -> Sequence[Day]:
        """The last of them, up to today, those included on which nothing was."""
        ...

    def events_per_minute(self, minutes: int) -> Sequence[tuple[datetime, int]]: ...

    def standings(self) -> Sequence[Standing]: ...

    def followers(self) -> Sequence[Follower]: ...

    def gateways(self) -> Sequence[GatewayHealth]: ...


@dataclass(frozen=True, slots=True)
class Tokens:
    access: str
    refresh: str


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's browser, signed in. ``email`` is what they signed in with."""

    tokens: Tokens
    email: str
    #: How far readers must have read for this person to see what they did.
    position: int = 0


class Sessions(Protocol):
    """Kept where a stolen copy of the store is of no use without the browser's key."""

    def open(self, session: Session) -> str:
        """The key that the browser is to bring back."""
        ...

    def find(self, key: str) -> Session | None: ...

    def keep(self, key: str, session: Session) -> None:
        """What it has become."""
        ...

    def close(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What the command API says; ``body`` is problem details if it refuses."""

    status: int
    body: Mapping[str, Any]
    version: int | None = None
    position: int | None = None

    @property
    def is_refusal(self) -> bool:
        return self.status >= 400


class CommandsUnreachable(Exception):
    """The command API does not answer; try again in a moment."""


class CommandApi(Protocol):
    """The command side over HTTP, as any frontend sees it."""

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        token: str | None = None,
        version: int | None = None,
        reason: str | None = None,
        key: str | None = None,
    ) -> Answer:
        """``version`` is the one that was read. Raises ``CommandsUnreachable``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboards:
    """Everything the dashboards are given."""

    authenticate: Authenticate
    commands: CommandApi
    sessions: Sessions
    #: Signs what a browser must not be able to forge.
    secret: str
    tables: Mapping[str, TableView]
    directory: Directory
    history: History
    figures: Figures
    finance: FinanceView
    searched: SearchesView
    #: By which days are counted.
    clock: Callable[[], datetime]
