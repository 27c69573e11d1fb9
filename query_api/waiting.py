"""Waiting until a view has read so far: whoever waits for the same one asks together.

A caller's own writes are there within milliseconds, as a rule, so that is how often it
is asked at first, by one task for all. Nobody holds a thread while they wait.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from fastapi.concurrency import run_in_threadpool

#: Seconds between two questions, the first so long after somebody has come.
EAGER, LATER, AT_FIRST = 0.002, 0.02, 0.1


class Readable(Protocol):
    def position(self) -> int: ...


@dataclass(frozen=True, slots=True, eq=False)
class Waiter:
    position: int
    reached: asyncio.Future[int]


class Watch:
    """Of one view."""

    def __init__(self, view: Readable) -> None:
        self.view = view
        self.waiters: set[Waiter] = set()
        self.arrival = asyncio.Event()
        self.eager_until = 0.0
        self.looking: asyncio.Task[None] | None = None

    async def until(self, position: int, seconds: float) -> int:
        """How far it has read, at least ``position``; raises ``TimeoutError``."""
        waiter = Waiter(position, asyncio.get_running_loop().create_future())
        self.waiters.add(waiter)
        self.eager_until = monotonic() + AT_FIRST
        self.arrival.set()
        if self.looking is None:
            self.looking = asyncio.create_task(self.look())
        try:
            async with asyncio.timeout(seconds):
                return await waiter.reached
        finally:
            self.waiters.discard(waiter)

    async def look(self) -> None:
        try:
            while self.waiters:
                self.arrival.clear()
                self.tell(await run_in_threadpool(self.view.position))
                await self.pause()
        except Exception as error:
            for waiter in self.left():
                waiter.reached.set_exception(error)
        finally:
            self.looking = None

    def tell(self, reached: int) -> None:
        for waiter in self.left():
            if waiter.position <= reached:
                waiter.reached.set_result(reached)

    def left(self) -> list[Waiter]:
        return [waiter for waiter in self.waiters if not waiter.reached.done()]

    async def pause(self) -> None:
        if self.left():
            if monotonic() < self.eager_until:
                await asyncio.sleep(EAGER)
            else:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LATER):
                        await self.arrival.wait()


class Waiting:
    """A watch for each view that is waited for."""

    def __init__(self) -> None:
        self.watches: dict[Readable, Watch] = {}

    async def until(self, view: Readable, position: int, seconds: float) -> int:
        """How far the view has read, at least ``position``; raises ``TimeoutError``."""
        reached = await run_in_threadpool(view.position)
        if reached >= position:
            return reached
        if view not in self.watches:
            self.watches[view] = Watch(view)
        try:
            return await self.watches[view].until(position, seconds)
        finally:
            if view in self.watches and not self.watches[view].waiters:
                del self.watches[view]
