"""Who writes down what is watched."""

import logging

from infra.bootstrap import System
from infra.eventstore.follower import Follower
from infra.nats.bus import Bus
from infra.nats.queue import WorkQueue
from infra.viewing.progress_stream import PROGRESS
from infra.viewing.progress_writer import ProgressWriter

logger = logging.getLogger(__name__)


def viewing(system: System) -> list[Follower]:
    """Nobody, as long as there is no bus from which progress could come."""
    if not system.settings.nats_url:
        logger.warning("Progress is not taken: CINEMA_NATS_URL is not set.")
        return []
    bus = Bus(system.settings.nats_url, [PROGRESS])
    system.stack.callback(bus.close)
    queue = WorkQueue(bus, "PROGRESS", "writers")
    return [ProgressWriter(queue, system.pool)]
