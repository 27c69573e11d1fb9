from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.kernel.errors import IdempotencyKeyReused, VersionMismatch
from infra.clock import utc_now
from infra.eventstore.bell import Bell
from infra.eventstore.cinema import Cinema
from infra.eventstore.factory import Factory
from infra.personal.memory import MemoryKeys
from infra.settings import Settings
from tests.examples import metadata
from tests.examples.catalogue import SOLARIS, add, added, assign, retitle


@pytest.fixture
def cinema(storage: Settings) -> Iterator[Cinema]:
    with Cinema(storage.library, Bell(), utc_now, MemoryKeys()) as app:
        yield app


def test_the_log_gives_back_what_it_was_given(cinema: Cinema) -> None:
    receipt = cinema.dispatch(add(), metadata())
    [event] = cinema.stream(receipt.stream)
    assert event.payload == added()
    assert event.originator_version == receipt.version == receipt.position == 1
    assert event.metadata.causation_id == metadata().message_id
    assert event.metadata.correlation_id == metadata().correlation_id
    assert event.metadata.actor == "someone"


def test_a_command_sent_twice_gets_the_same_answer(cinema: Cinema) -> None:
    first = cinema.dispatch(add(), metadata(1))
    there = cinema.dispatch(retitle(), metadata(2))
    back = cinema.dispatch(retitle(titles=SOLARIS), metadata(3))
    again = cinema.dispatch(retitle(), metadata(2))
    assert again.replayed
    assert (again.version, again.position) == (there.version, there.position)
    assert (first.position, there.position, back.position) == (1, 2, 3)
    assert len(cinema.stream(there.stream)) == 3


def test_what_is_so_already_is_answered_alike_for_ever(cinema: Cinema) -> None:
    cinema.dispatch(add(), metadata(1))
    nothing = cinema.dispatch(add(), metadata(2))
    cinema.dispatch(retitle(), metadata(3))
    again = cinema.dispatch(add(), metadata(2))
    assert (nothing.version, nothing.position) == (1, 1)
    assert (again.version, again.position) == (1, 1)


def test_the_same_id_for_something_else_is_a_mistake(cinema: Cinema) -> None:
    cinema.dispatch(add(), metadata(1), fingerprint=b"one")
    cinema.dispatch(add(), metadata(1), fingerprint=b"one")
    with pytest.raises(IdempotencyKeyReused):
        cinema.dispatch(retitle(), metadata(1), fingerprint=b"another")
    assert len(cinema.stream(f"film-{add().film_id}")) == 1


def test_a_decision_on_an_old_version_is_refused(cinema: Cinema) -> None:
    cinema.dispatch(add(), metadata(1))
    cinema.dispatch(retitle(), metadata(2), expected_version=1)
    with pytest.raises(VersionMismatch) as caught:
        cinema.dispatch(assign(), metadata(3), expected_version=1)
    assert caught.value.current == 2


def test_writers_that_race_all_get_their_turn(cinema: Cinema) -> None:
    cinema.dispatch(add(), metadata(0))
    messages = [metadata(number) for number in (1, 1, 1, 2)]
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda m: cinema.dispatch(retitle(), m), messages))
    assert {receipt.version for receipt in receipts} == {2}
    assert len(cinema.stream(receipts[0].stream)) == 2


def test_the_function_that_loses_events_is_never_used(postgres: Settings) -> None:
    env = {**postgres.library, "POSTGRES_ENABLE_DB_FUNCTIONS": "y"}
    with Factory(env) as factory, pytest.raises(ValueError, match="loses events"):
        factory.application_recorder()
