"""Work that is shared out: a message goes from worker to worker until one is done."""

from dataclasses import dataclass
from time import monotonic

from nats.aio.msg import Msg
from nats.errors import TimeoutError as NothingCame
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

        async def fetch(stream: JetStreamContext) -> Msg | None:
            if self.ears is None:
                self.ears = await self.listen(stream)
            asked_at = monotonic()
            try:
                [message] = await self.ears.fetch(1, timeout=patience)
            except NothingCame:
                # Too soon to be silence: the server has forgotten this consumer.
                if monotonic() - asked_at < patience / 2:
                    await self.forget()
                return None
            except APIError:
                await self.forget()
                raise
            return message

        message = self.bus.run(fetch)
        return None if message is None else Taken(self.bus, message)

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
