"""A connection to NATS, kept by a thread of its own; callers are ordinary threads."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeAlias, TypeVar

from nats import errors
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import StreamConfig
from nats.js.errors import NoStreamResponseError, NotFoundError

T = TypeVar("T")
Work: TypeAlias = Callable[[JetStreamContext], Coroutine[Any, Any, T]]

logger = logging.getLogger(__name__)

CONNECT = 2.0
ANSWER = 5.0
#: Longer than the client's own limits, so that theirs are the ones that are met.
PATIENCE = 30.0


class BusUnavailable(ConnectionError):
    """NATS cannot be reached or does not answer; what was asked may be asked again."""


class NoBus(Exception):
    """There is no NATS: set CINEMA_NATS_URL."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Message:
    """Two with the same id, within the stream's window, are one."""

    subject: str
    id: str
    body: bytes


async def failed(error: Exception) -> None:
    logger.warning("NATS: %s", error or type(error).__name__)


async def disconnected() -> None:
    logger.warning("NATS: the connection is lost")


async def reconnected() -> None:
    logger.info("NATS: connected again")


OPTIONS: Mapping[str, Any] = {
    "name": "cinema",
    "connect_timeout": CONNECT,
    "reconnect_time_wait": 1,
    "max_reconnect_attempts": -1,
    "error_cb": failed,
    "disconnected_cb": disconnected,
    "reconnected_cb": reconnected,
}


class Bus:
    """Connects when first used, and again for as long as it takes."""

    def __init__(self, url: str, streams: Sequence[StreamConfig]) -> None:
        if not url:
            raise NoBus
        self.url = url
        self.streams = streams
        self.client: Client | None = None
        self.connecting = asyncio.Lock()
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, name="nats", daemon=True)
        self.thread.start()

    def close(self) -> None:
        if self.client is not None:
            asyncio.run_coroutine_threadsafe(self.hang_up(), self.loop).result(PATIENCE)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def publish(self, messages: Sequence[Message]) -> None:
        """Returns when the stream has all of them. Raises ``BusUnavailable``."""

        async def publish_in_order(stream: JetStreamContext) -> None:
            await asyncio.gather(
                *(
                    stream.publish(
                        message.subject,
                        message.body,
                        timeout=ANSWER,
                        headers={"Nats-Msg-Id": message.id},
                    )
                    for message in messages
                )
            )

        self.run(publish_in_order)

    def run(self, work: Work[T]) -> T:
        """Do this on the connection's thread. Raises ``BusUnavailable``."""
        task = asyncio.run_coroutine_threadsafe(self.connected(work), self.loop)
        try:
            return task.result(PATIENCE)
        except (errors.Error, OSError, TimeoutError) as error:
            task.cancel()
            raise BusUnavailable(f"{type(error).__name__} at {self.url}") from error

    async def connected(self, work: Work[T]) -> T:
        async with self.connecting:
            if self.client is None:
                self.client = await self.connect()
        stream = self.client.jetstream(timeout=ANSWER)
        try:
            return await work(stream)
        except NoStreamResponseError:  # The server has lost its memory.
            await self.ensure_streams(stream)
            raise

    async def connect(self) -> Client:
        """The first time is bounded; a connection that was there is sought for ever."""
        client = Client()
        try:
            await asyncio.wait_for(client.connect(self.url, **OPTIONS), CONNECT)
            await self.ensure_streams(client.jetstream(timeout=ANSWER))
        except BaseException:
            await client.close()
            raise
        return client

    async def ensure_streams(self, stream: JetStreamContext) -> None:
        for config in self.streams:
            try:
                await stream.update_stream(config)
            except NotFoundError:
                await stream.add_stream(config)

    async def hang_up(self) -> None:
        if self.client is not None:
            await self.client.close()
