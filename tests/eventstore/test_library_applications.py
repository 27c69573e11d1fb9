"""The library's own applications and projections work on our recorders."""

from typing import Any

from eventsourcing.application import Application, ProcessingEvent
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import (
    EventSourcedProjection,
    EventSourcedProjectionRunner,
    Projection,
    ProjectionRunner,
)
from psycopg import connect
from typing_extensions import override

from domain.kernel.messages import Recorded
from infra.eventstore.log import Log
from infra.eventstore.mapper import MessageMapper, opened
from infra.settings import Settings
from tests.examples import NOON, metadata
from tests.examples.catalogue import added


class Films(Application[str]):
    name = "films"

    @override
    def construct_mapper(self) -> Mapper[str]:
        return self.factory.mapper(mapper_class=MessageMapper)


class Copies(EventSourcedProjection[str]):
    name = "copies"

    @override
    def construct_mapper(self) -> Mapper[str]:
        return self.factory.mapper(mapper_class=MessageMapper)

    @override
    def policy(
        self,
        domain_event: DomainEventProtocol[str],
        processing_event: ProcessingEvent[str],
    ) -> None:
        fact = opened(domain_event)
        processing_event.collect_events(film(f"copy-of-{fact.originator_id}"))


class Counter(PostgresTrackingRecorder):
    """A view that only counts, and moves its position with what it has counted."""

    seen = 0


class Count(Projection[Counter]):
    topics = ()

    @override
    def process_event(
        self, domain_event: DomainEventProtocol[str], tracking: Tracking
    ) -> None:
        self.view.seen += 1
        self.view.insert_tracking(tracking)


def film(stream: str) -> Recorded[Any]:
    return Recorded(
        originator_id=stream,
        originator_version=1,
        recorded_at=NOON,
        metadata=metadata(),
        payload=added(),
    )


def environment(settings: Settings) -> dict[str, str]:
    with connect(settings.conninfo) as connection:
        for name in ("films", "copies"):
            Log("es", f"{name}_events").create(connection)
    return settings.library


def test_an_event_sourced_projection_of_the_library(postgres: Settings) -> None:
    env = environment(postgres)
    with EventSourcedProjectionRunner(
        application_class=Films, projection_class=Copies, env=env
    ) as runner:
        for n in range(3):
            recordings = runner.app.save(film(f"film-{n}"))
        runner.wait(recordings[-1].notification.id, timeout=10)
        copies = runner.projection
        assert [event.originator_id for event in copies.events.get("copy-of-film-2")]
        assert copies.recorder.max_tracking_id("films") == 3


def test_a_projection_of_the_library(postgres: Settings) -> None:
    env = {**environment(postgres), "CREATE_TABLE": "y"}
    with ProjectionRunner(
        application_class=Films, projection_class=Count, view_class=Counter, env=env
    ) as runner:
        for n in range(3):
            recordings = runner.app.save(film(f"film-{n}"))
        runner.wait(recordings[-1].notification.id, timeout=10)
        assert runner.projection.view.seen == 3
