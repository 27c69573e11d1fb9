"""Progress on the bus: taken from players, kept until it is written down."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from uuid import UUID

import msgspec
from nats import errors
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig

from command_api.viewing import ProgressIntake
from domain.viewing import Watched
from infra.nats.bus import Bus, BusUnavailable
from projections.projection import Unavailable

WEEK, MINUTES = 7 * 24 * 3600.0, 300.0
GIBIBYTE = 2**30
ANSWER = 2.0

#: What is written down is gone from it. Full, it refuses what comes: nothing that was
#: taken is pushed out.
PROGRESS = StreamConfig(
    name="PROGRESS",
    subjects=["progress.>"],
    storage=StorageType.FILE,
    retention=RetentionPolicy.WORK_QUEUE,
    discard=DiscardPolicy.NEW,
    max_age=WEEK,
    max_bytes=GIBIBYTE,
    duplicate_window=MINUTES,
)
SUBJECT = "progress.watched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Ids, places and times: nothing else of a person is on the bus."""

    account_id: UUID
    items: Sequence[Watched]


ENCODER = msgspec.msgpack.Encoder()
DECODER = msgspec.msgpack.Decoder(Batch)


class ProgressNotTaken(Unavailable):
    """Progress cannot be taken at the moment, and none of this was: send it again."""


class Intake:
    """Batches become messages, one each: the server has all of one, or nothing."""

    def __init__(self, bus: Bus | None) -> None:
        self.bus = bus

    def take(self, account_id: UUID, batch_id: UUID, items: Sequence[Watched]) -> None:
        """Returns when the stream has them. Raises ``ProgressNotTaken``."""
        bus = self.bus
        if bus is None:  # CINEMA_NATS_URL is not set.
            raise ProgressNotTaken
        body = ENCODER.encode(Batch(account_id=account_id, items=items))
        headers = {"Nats-Msg-Id": str(batch_id)}

        async def publish(stream: JetStreamContext) -> None:
            # Else it would wait in the client, and we for an answer.
            if bus.client is None or not bus.client.is_connected:
                raise errors.NoServersError
            await stream.publish(SUBJECT, body, timeout=ANSWER, headers=headers)

        try:
            bus.run(publish)
        except BusUnavailable as error:
            raise ProgressNotTaken from error


def intake(url: str, stack: ExitStack) -> ProgressIntake:
    """Connects when the first batch comes."""
    if not url:
        return Intake(None)
    bus = Bus(url, [PROGRESS])
    stack.callback(bus.close)
    return Intake(bus)
