"""Work that is shared out: a message goes from worker to worker until one is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import APIError

from infra.nats.bus import Bus

HOUR = 3600.0
#: Unacknowledged for so long, a message goes to another worker.
ACK_WAIT = 75.0
ANSWER = 5.0

LETTERS = StreamConfig(
    name="LETTERS",
    subjects=["letters.>"],
    storage=StorageType.FILE,
    retention=RetentionPolicy.WORK_QUEUE,
    duplicate_window=HOUR,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A message in this worker's hands. Each way of letting go of it is final."""

    bus: Bus
    message: Msg

    @property
    def body(self) -> bytes:
        return self.message.data

    def done(self) -> None:
        async def acknowledge(_: JetStreamContext) -> None:
            await self.message.ack_sync(timeout=ANSWER)

        self.bus.run(acknowledge)

    def later(self, seconds: float) -> None:
        async def refuse(_: JetStreamContext) -> None:
            await self.message.nak(delay=seconds)

        self.bus.run(refuse)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Several messages in this worker's hands."""

    bus: Bus
    messages: Sequence[Msg]

    @property
    def bodies(self) -> Sequence[bytes]:
        return [message.data for message in self.messages]

    def done(self) -> None:
        """Acknowledge them all; one whose acknowledgement is lost comes again."""

        async def acknowledge(_: JetStreamContext) -> None:
            *others, last = self.messages
            for message in others:
                await message.ack()
            await last.ack_sync(timeout=ANSWER)

        self.bus.run(acknowledge)


class WorkQueue:
    """One worker's end of a queue."""

    def __init__(
        self, bus: Bus, stream: str, group: str, ack_wait: float = ACK_WAIT
    ) -> None:
        self.bus = bus
        self.stream = stream
        self.group = group
        self.ack_wait = ack_wait
        self.ears: JetStreamContext.PullSubscription | None = None

    def take(self, patience: float) -> Taken | None:
        """The next message, or None. Raises ``BusUnavailable``."""
        found = self.take_some(1, patience).messages
        return Taken(self.bus, found[0]) if found else None

    def take_some(self, most: int, patience: float) -> Delivery:
        """What is there, if need be after some patience. Raises ``BusUnavailable``."""

        async def fetch(stream: JetStreamContext) -> Sequence[Msg]:
            if self.ears is None:
                self.ears = await self.listen(stream)
            asked_at = monotonic()
            try:
                return await self.ears.fetch(most, timeout=patience)
            except TimeoutError:  # Of the client, or of asyncio itself.
                # Too soon to be silence: the server has forgotten this consumer.
                if monotonic() - asked_at < patience / 2:
                    await self.forget()
                return ()
            except APIError:
                await self.forget()
                raise

        return Delivery(self.bus, self.bus.run(fetch))

    def is_empty(self) -> bool:
        """No message waits, and none is in a worker's hands."""

        async def count(stream: JetStreamContext) -> int:
            state = (await stream.stream_info(self.stream)).state
            return state.messages

        return not self.bus.run(count)

    async def listen(
        self, stream: JetStreamContext
    ) -> JetStreamContext.PullSubscription:
        config = ConsumerConfig(ack_wait=self.ack_wait, max_deliver=-1)
        return await stream.pull_subscribe(
            subject="", durable=self.group, stream=self.stream, config=config
        )

    async def forget(self) -> None:
        ears, self.ears = self.ears, None
        if ears is not None:
            await ears.unsubscribe()
