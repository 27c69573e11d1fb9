"""Leader and followers: threads that append at the same time share one commit.

A command that meets nobody commits at once, in its own thread. Those that arrive while
a commit is in flight go together in the next one: flush, lock and round trip are paid
per batch. One leader at a time: a second would wait for the log's lock only.
"""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock
from time import sleep
from typing import Any, TypeAlias

import psycopg
from eventsourcing.persistence import OperationalError
from psycopg.errors import UniqueViolation
from psycopg.rows import tuple_row

from infra.eventstore.appends import (
    UNDECIDED,
    Append,
    Outcome,
    answered,
    in_library_terms,
    tell,
)
from infra.eventstore.arguments import Arguments, numbered, plainly
from infra.eventstore.bell import Teller
from infra.eventstore.log import Log

#: Commands; more would only make the first of them wait.
MAX_BATCH = 512
#: The library's own numbers for a lost connection; seconds.
ATTEMPTS, PAUSE = 10, 0.2

Cursor: TypeAlias = psycopg.Cursor[tuple[Any, ...]]
Connect: TypeAlias = Callable[[], psycopg.Connection[Any]]


class Waiting:
    """A thread that waits for another one to commit for it, or to hand it the lead."""

    __slots__ = ("appends", "leads", "outcomes", "turn")

    def __init__(self, appends: Sequence[Append]) -> None:
        self.appends = appends
        self.turn = Lock()
        self.turn.acquire()
        self.leads = False
        self.outcomes: Sequence[Outcome] = ()


class GroupCommit:
    """``committed`` is told after each batch what was in it."""

    def __init__(self, connect: Connect, log: Log, committed: Teller) -> None:
        self.connect = connect
        self.log = log
        self.committed = committed
        self.mutex = Lock()
        self.queue: deque[Waiting] = deque()
        self.is_led = False
        self.cursor: Cursor | None = None

    def append(self, append: Append) -> range:
        """The positions of its events.

        Raises ``IntegrityError``, ``AlreadyHandled`` and ``OperationalError``.
        """
        [outcome] = self.append_many([append])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def append_many(self, appends: Sequence[Append]) -> Sequence[Outcome]:
        """What becomes of each, in their order; raises ``OperationalError``.

        Nothing is committed for none, and nobody woken: who wakes up to nothing would
        wake up for ever.
        """
        if not appends:
            return []
        me = Waiting(appends)
        with self.mutex:
            me.leads = not self.is_led
            if me.leads:
                self.is_led = True
            else:
                self.queue.append(me)
        if not me.leads:
            me.turn.acquire()
        if me.leads:
            self.lead(me)
        return me.outcomes

    def lead(self, me: Waiting) -> None:
        batch = [me, *self.companions(len(me.appends))]
        appends = [append for waiting in batch for append in waiting.appends]
        try:
            outcomes = iter(self.commit(appends))
            for waiting in batch:
                waiting.outcomes = [next(outcomes) for _ in waiting.appends]
        except BaseException as error:  # Nobody may be left hanging.
            reason = error if isinstance(error, Exception) else in_short(error)
            for waiting in batch:
                waiting.outcomes = [reason] * len(waiting.appends)
            if not isinstance(error, Exception):
                raise
        finally:
            # First of all: the next commit is what all others wait for.
            self.hand_over()
            for waiting in batch[1:]:
                waiting.turn.release()
            tell(self.committed, appends)

    def companions(self, size: int) -> list[Waiting]:
        found = []
        with self.mutex:
            while self.queue and size < MAX_BATCH:
                found.append(self.queue.popleft())
                size += len(found[-1].appends)
        return found

    def hand_over(self) -> None:
        with self.mutex:
            successor = self.queue.popleft() if self.queue else None
            self.is_led = successor is not None
        if successor is not None:
            successor.leads = True
            successor.turn.release()

    def commit(self, appends: Sequence[Append]) -> Sequence[Outcome]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self.cursor = cursor = self.cursor or self.opened()
                return self.decided(cursor, appends)
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                self.close()
                for append in appends:
                    append.was_sent = True  # Committed or not? Its id will tell.
                if attempt == ATTEMPTS:
                    raise OperationalError(str(error)) from error
                sleep(PAUSE * (attempt > 1))
            except Exception as error:
                # A command that cannot be stored must not take others with it.
                if len(appends) > 1:
                    return [self.commit([append])[0] for append in appends]
                return [in_library_terms(error)]
        raise AssertionError("unreachable")

    def decided(self, cursor: Cursor, appends: Sequence[Append]) -> Sequence[Outcome]:
        if all(append.is_plain for append in appends):
            head = self.plainly(cursor, appends)
            if head is not None:
                return numbered(appends, head)
        careful = Arguments(appends).careful()
        execute = cursor.execute(self.log.append, careful, prepare=True)
        [(lasts,)] = execute.fetchall()
        return self.explained(cursor, appends, lasts)

    def plainly(self, cursor: Cursor, appends: Sequence[Append]) -> int | None:
        """The head before them; None if something is in the way."""
        try:
            execute = cursor.execute(*plainly(self.log, appends), prepare=True)
            [(head,)] = execute.fetchall()
        except UniqueViolation:
            return None
        return None if head is None else int(head)

    def explained(
        self, cursor: Cursor, appends: Sequence[Append], lasts: Sequence[int | None]
    ) -> Sequence[Outcome]:
        lost = [a for a, last in zip(appends, lasts, strict=True) if last is None]
        late = [a for a, last in zip(appends, lasts, strict=True) if last == UNDECIDED]
        found: dict[Append, Outcome] = {}
        if lost:
            execute = cursor.execute(
                self.log.reasons, Arguments(lost).questions(), prepare=True
            )
            found |= zip(lost, map(answered, lost, execute.fetchall()), strict=True)
        if late:
            found |= zip(late, self.commit(late), strict=True)
        return [
            found[append] if append in found else append.positions(last or 0)
            for append, last in zip(appends, lasts, strict=True)
        ]

    def opened(self) -> Cursor:
        return self.connect().cursor(row_factory=tuple_row, binary=True)

    def close(self) -> None:
        if self.cursor is not None:
            with suppress(psycopg.Error):
                self.cursor.connection.close()
            self.cursor = None


def in_short(error: BaseException) -> Exception:
    return OperationalError(repr(error))
