"""How far a follower has come: a table of its own for each, kept by the library."""

from collections.abc import Mapping
from contextlib import ExitStack

from eventsourcing.persistence import InfrastructureFactory, TrackingRecorder
from eventsourcing.utils import Environment


def tracking(name: str, env: Mapping[str, str], stack: ExitStack) -> TrackingRecorder:
    factory: InfrastructureFactory[TrackingRecorder]
    factory = InfrastructureFactory.construct(Environment(name, dict(env)))
    stack.callback(factory.close)
    return factory.tracking_recorder()
