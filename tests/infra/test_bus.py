"""NATS as we use it: nothing is lost, nothing is said twice, an outage heals."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from nats.js import JetStreamContext

from infra.embedded.child import Child
from infra.embedded.nats import Nats
from infra.nats.announcer import CINEMA
from infra.nats.bus import Bus, BusUnavailable, Message
from infra.nats.queue import LETTERS, Taken, WorkQueue
from tests.conftest import free_port

ACK_WAIT = 1.0
SOON, PATIENCE = 0.2, 20.0


@pytest.fixture
def bus(nats_url: str) -> Iterator[Bus]:
    bus = Bus(nats_url, [CINEMA, LETTERS])
    yield bus
    bus.close()


@pytest.fixture
def queue(bus: Bus) -> WorkQueue:
    return WorkQueue(bus, "LETTERS", "postmen", ack_wait=ACK_WAIT)


def work(number: int) -> Message:
    return Message("letters.post", f"letter {number}", str(number).encode())


def stored(bus: Bus, stream: str) -> int:
    async def count(context: JetStreamContext) -> int:
        return (await context.stream_info(stream)).state.messages

    return bus.run(count)


def taken_from(queue: WorkQueue) -> Taken:
    """The next one, however long a redelivery takes."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        if taken := queue.take(SOON):
            return taken
    raise AssertionError("nothing came")


def test_what_is_published_again_is_there_once(bus: Bus) -> None:
    messages = [work(1), work(2)]
    bus.publish(messages)
    bus.publish(messages)
    assert stored(bus, "LETTERS") == 2


def test_work_comes_in_order_and_is_gone_when_done(bus: Bus, queue: WorkQueue) -> None:
    bus.publish([work(number) for number in range(20)])
    for number in range(20):
        taken = taken_from(queue)
        assert taken.body == str(number).encode()
        taken.done()
    assert queue.take(SOON) is None
    assert stored(bus, "LETTERS") == 0


def test_each_piece_of_work_goes_to_one_worker(bus: Bus, queue: WorkQueue) -> None:
    bus.publish([work(1), work(2)])
    other = WorkQueue(bus, "LETTERS", "postmen", ack_wait=ACK_WAIT)
    bodies = {taken_from(queue).body, taken_from(other).body}
    assert bodies == {b"1", b"2"}


def test_the_work_of_a_dead_worker_comes_back(bus: Bus, queue: WorkQueue) -> None:
    bus.publish([work(1)])
    assert taken_from(queue).body == b"1"
    other = WorkQueue(bus, "LETTERS", "postmen", ack_wait=ACK_WAIT)
    again = taken_from(other)
    assert again.body == b"1"
    again.done()
    assert stored(bus, "LETTERS") == 0


def test_work_that_is_put_off_comes_back_then(bus: Bus, queue: WorkQueue) -> None:
    bus.publish([work(1)])
    taken_from(queue).later(0.3)
    assert queue.take(0.1) is None
    taken_from(queue).done()


def test_a_server_that_is_not_there_is_said_so_quickly() -> None:
    bus = Bus(f"nats://127.0.0.1:{free_port()}", [LETTERS])
    began = monotonic()
    with pytest.raises(BusUnavailable):
        bus.publish([work(1)])
    assert monotonic() - began < 10
    bus.close()


@pytest.fixture
def server(tmp_path: Path) -> Nats:
    return Nats(tmp_path / "jetstream", free_port())


def started(server: Nats) -> Child:
    child = Child(server.program(server.folder.parent / "nats.log"))
    child.wait_for(server.answers, 10)
    return child


def insist(bus: Bus, message: Message) -> None:
    """As followers do: again and again until it is through."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            bus.publish([message])
        except BusUnavailable:
            assert monotonic() < deadline
        else:
            return


def test_an_outage_heals_and_nothing_is_lost(server: Nats) -> None:
    first = started(server)
    bus = Bus(server.url, [LETTERS])
    bus.publish([work(1)])
    first.process.kill()
    first.process.wait()
    publishing = Thread(target=insist, args=(bus, work(2)))
    publishing.start()
    second = started(server)
    publishing.join()
    queue = WorkQueue(bus, "LETTERS", "postmen")
    assert [taken_from(queue).body for _ in range(2)] == [b"1", b"2"]
    bus.close()
    second.stop()


def test_a_server_that_has_lost_its_memory_is_told_again(
    bus: Bus, queue: WorkQueue
) -> None:
    bus.publish([work(1)])
    taken_from(queue).done()

    async def forget(context: JetStreamContext) -> None:
        await context.delete_stream("LETTERS")

    bus.run(forget)
    insist(bus, work(2))
    deadline = monotonic() + PATIENCE
    while True:
        try:
            assert taken_from(queue).body == b"2"
        except BusUnavailable:
            assert monotonic() < deadline
        else:
            return
