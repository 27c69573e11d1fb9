"""The asyncio front: what is asked for in one tick of the loop is one statement.

Appends and loads alike: while a statement is in flight its successors gather, and a
lone one goes at once.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar

import psycopg
from eventsourcing.persistence import OperationalError
from psycopg.errors import UniqueViolation
from psycopg.rows import tuple_row

from infra.eventstore import arrays
from infra.eventstore.appends import (
    UNDECIDED,
    Append,
    Outcome,
    answered,
    in_library_terms,
    tell,
)
from infra.eventstore.arguments import Arguments, numbered, plainly
from infra.eventstore.bell import Teller, nobody_else
from infra.eventstore.group_commit import ATTEMPTS, MAX_BATCH, PAUSE
from infra.eventstore.log import Log
from infra.eventstore.recorder import Row

A = TypeVar("A")
B = TypeVar("B")


class Gatherer(Generic[A, B]):
    """Turns many questions into few calls of ``answer`` with a list of them."""

    def __init__(
        self, answer: Callable[[list[A]], Awaitable[Sequence[B | Exception]]]
    ) -> None:
        self.answer = answer
        self.waiting: list[tuple[A, asyncio.Future[B]]] = []
        self.task: asyncio.Task[None] | None = None

    def ask(self, question: A) -> "asyncio.Future[B]":
        future: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self.waiting.append((question, future))
        if self.task is None:
            # A task begins after what is ready now: the rest of this tick.
            self.task = asyncio.create_task(self.work())
        return future

    async def work(self) -> None:
        try:
            while self.waiting:
                batch, self.waiting = self.waiting[:MAX_BATCH], self.waiting[MAX_BATCH:]
                await self.settle(batch)
        finally:
            self.task = None
            for _, future in self.waiting:  # Only when cancelled.
                future.cancel()

    async def settle(self, batch: "list[tuple[A, asyncio.Future[B]]]") -> None:
        answers: Sequence[B | Exception]
        try:
            answers = await self.answer([question for question, _ in batch])
        except Exception as error:
            answers = [error] * len(batch)
        for (_, future), answer in zip(batch, answers, strict=True):
            if future.done():  # Its caller has gone; what was committed stays so.
                continue
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)


class AsyncLog:
    """Append to and load from one log, on one connection for each."""

    def __init__(
        self, conninfo: str, log: Log, committed: Teller = nobody_else
    ) -> None:
        self.conninfo = conninfo
        self.log = log
        self.committed = committed
        self.cursors: dict[str, psycopg.AsyncCursor[tuple[Any, ...]]] = {}
        self.appends: Gatherer[Append, range] = Gatherer(self.commit)
        self.loads: Gatherer[str, list[Row]] = Gatherer(self.select)

    def append(self, append: Append) -> "asyncio.Future[range]":
        """The positions of its events.

        Raises ``IntegrityError``, ``AlreadyHandled`` and ``OperationalError``.
        """
        return self.appends.ask(append)

    def load(self, stream: str) -> "asyncio.Future[list[Row]]":
        """Rows of ``log.FACT``: the stream's events in their order."""
        return self.loads.ask(stream)

    async def close(self) -> None:
        for purpose in [*self.cursors]:
            await self.disconnect(purpose)

    async def commit(self, appends: list[Append]) -> Sequence[Outcome]:
        try:
            return await self.decided(appends)
        except (OperationalError, asyncio.CancelledError):
            raise
        except Exception as error:
            # A command that cannot be stored must not take others with it.
            if len(appends) > 1:
                return [(await self.commit([append]))[0] for append in appends]
            return [in_library_terms(error)]
        finally:
            tell(self.committed, appends)

    async def decided(self, appends: list[Append]) -> Sequence[Outcome]:
        if all(append.is_plain for append in appends):
            head = await self.plainly(appends)
            if head is not None:
                return numbered(appends, head)
        careful = Arguments(appends).careful()
        [(lasts,)] = await self.rows("append", self.log.append, careful, appends)
        return await self.explained(appends, lasts)

    async def plainly(self, appends: Sequence[Append]) -> int | None:
        """The head before them; None if something is in the way."""
        statement, values = plainly(self.log, appends)
        try:
            [(head,)] = await self.rows("append", statement, values, appends)
        except UniqueViolation:
            return None
        return None if head is None else int(head)

    async def explained(
        self, appends: Sequence[Append], lasts: Sequence[int | None]
    ) -> Sequence[Outcome]:
        lost = [a for a, last in zip(appends, lasts, strict=True) if last is None]
        late = [a for a, last in zip(appends, lasts, strict=True) if last == UNDECIDED]
        found: dict[Append, Outcome] = {}
        if lost:
            questions = Arguments(lost).questions()
            rows = await self.rows("append", self.log.reasons, questions)
            found |= zip(lost, map(answered, lost, rows), strict=True)
        if late:
            found |= zip(late, await self.commit(late), strict=True)
        return [
            found[append] if append in found else append.positions(last or 0)
            for append, last in zip(appends, lasts, strict=True)
        ]

    async def select(self, streams: list[str]) -> Sequence[list[Row]]:
        wanted = list(dict.fromkeys(streams))
        rows = await self.rows("load", self.log.streams, [arrays.texts(wanted)])
        found: defaultdict[object, list[Row]] = defaultdict(list)
        for row in rows:
            found[row[0]].append(row)
        return [found[stream] for stream in streams]

    async def rows(
        self,
        purpose: str,
        statement: bytes,
        values: Sequence[Any],
        appends: Sequence[Append] = (),
    ) -> list[tuple[Any, ...]]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                cursor = self.cursors.get(purpose) or await self.connect(purpose)
                await cursor.execute(statement, values, prepare=True)
                return await cursor.fetchall()
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                await self.disconnect(purpose)
                for append in appends:
                    append.was_sent = True  # Committed or not? Its id will tell.
                if attempt == ATTEMPTS:
                    raise OperationalError(str(error)) from error
                await asyncio.sleep(PAUSE * (attempt > 1))
        raise AssertionError("unreachable")

    async def connect(self, purpose: str) -> "psycopg.AsyncCursor[tuple[Any, ...]]":
        connection = await psycopg.AsyncConnection.connect(
            self.conninfo, autocommit=True
        )
        cursor = connection.cursor(row_factory=tuple_row, binary=True)
        self.cursors[purpose] = cursor
        return cursor

    async def disconnect(self, purpose: str) -> None:
        if cursor := self.cursors.pop(purpose, None):
            with suppress(psycopg.Error):
                await cursor.connection.close()
