"""From a fact to the mail server: through the log, the queue and the postmen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.mailing.decider import CLAIM
from domain.mailing.events import LetterHandedOver, LetterUndeliverable
from infra import outgoing
from infra.bootstrap import System, assemble, conductors
from infra.eventstore.follower import Follower
from infra.eventstore.runner import drain
from infra.nats.bus import Bus, BusUnavailable
from infra.nats.queue import WorkQueue
from infra.postroom import Postman, reference
from infra.settings import Settings
from infra.smtp.sender import MailServerUnreachable
from processes.ports import Addressee
from processes.posting import posting
from tests.conftest import free_port
from tests.examples import NOON, metadata
from tests.examples.mailing import LETTER, order, ordered, repeat
from tests.mail import SITE, Script, scripted

TO = "reader@example.org"
#: A real second at most, so that a test need not wait for a minute.
ACK_WAIT, PATIENCE, SOON = 0.5, 0.3, 0.05


class People:
    def find(self, _account_id: UUID) -> Addressee | None:
        return Addressee(TO, "en")

    def verification(self, _account_id: UUID) -> str:
        return f"{SITE}/verify?token=secret"


@dataclass
class Post:
    """The whole way of a letter, with a clock to move."""

    system: System
    bus: Bus
    script: Script
    moment: list[datetime]
    queue: Follower = field(init=False)

    def __post_init__(self) -> None:
        self.queue = outgoing.letter_queue(self.system, self.bus)

    def postman(self, name: str = "postman") -> Postman:
        mailer, people = self.script.mailer(), People()
        return Postman(
            name=name,
            queue=WorkQueue(self.bus, "LETTERS", "postmen", ack_wait=ACK_WAIT),
            mailer=mailer,
            posting=posting(mailer, people, people, self.system.clock),
            cinema=self.system.cinema,
            clock=self.system.clock,
            patience=PATIENCE,
            delay=lambda _attempt: SOON,
            claim=SOON,
        )

    def order(self, **changes: Any) -> None:
        self.system.cinema.dispatch(order(**changes), metadata())
        self.queue.catch_up()

    def later(self, by: timedelta = CLAIM) -> None:
        self.moment.append(self.moment[-1] + by)

    def history(self) -> list[str]:
        events = self.system.cinema.stream(f"mailing-{LETTER}")
        return [type(event.payload).__name__ for event in events]

    def last(self) -> Any:
        return self.system.cinema.stream(f"mailing-{LETTER}")[-1].payload


def working(postman: Postman, until: Callable[[], bool]) -> None:
    """Let the postman work until it is so; the queue gives up its work in time."""
    for _ in range(60):
        if until():
            return
        postman.catch_up()
    raise AssertionError("it never became so")


@pytest.fixture
def answers() -> list[str]:
    return []


@pytest.fixture
def post(postgres: Settings, nats_url: str, answers: list[str]) -> Iterator[Post]:
    moment = [NOON]
    settings = postgres.model_copy(update={"nats_url": nats_url})
    with scripted(*answers) as script, assemble(settings, lambda: moment[-1]) as system:
        yield Post(system, outgoing.bus(system), script, moment)


def test_a_letter_that_is_ordered_arrives(post: Post) -> None:
    post.order()
    postman = post.postman()
    assert postman.catch_up() == 1
    [message] = post.script.received
    assert message["To"] == TO
    assert message["Message-ID"] == f"<{LETTER}@cinema.example>"
    assert post.history() == ["LetterOrdered", "LetterSubmitted", "LetterHandedOver"]
    assert postman.catch_up() == 0


def test_told_again_and_again_it_is_sent_once(post: Post) -> None:
    post.order()
    for number in range(2, 5):
        post.system.cinema.dispatch(order(), metadata(number))
    post.queue.catch_up()
    postman = post.postman()
    while postman.catch_up():
        pass
    assert len(post.script.received) == 1


def test_what_is_queued_twice_is_sent_once(post: Post) -> None:
    post.order()
    first, second = post.postman("one"), post.postman("two")
    assert first.catch_up() == 1
    # Beyond the stream's memory of ids, the letter itself remembers.
    [fact] = post.system.log.read(0, (type(ordered()),), 1).facts
    message = replace(reference(fact), id="another")
    post.bus.publish([message])
    assert second.catch_up() == 1
    assert len(post.script.received) == 1
    assert second.catch_up() == 0


class Killed(BaseException):
    """The process is gone, in the middle of this line."""


def test_a_crash_between_sending_and_recording_costs_one_twin(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.order()
    dying = post.postman("dying")
    send = dying.mailer.send

    def send_and_die(letter: Any) -> Any:
        send(letter)
        raise Killed

    monkeypatch.setattr(dying.mailer, "send", send_and_die)
    with pytest.raises(Killed):
        dying.catch_up()
    assert post.history() == ["LetterOrdered", "LetterSubmitted"]
    monkeypatch.undo()
    post.later()
    working(post.postman("next"), lambda: isinstance(post.last(), LetterHandedOver))
    first, second = post.script.received
    assert first["Message-ID"] == second["Message-ID"]


def test_a_crash_before_sending_loses_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.order()
    dying = post.postman("dying")

    def die(_letter: Any) -> Any:
        raise Killed

    monkeypatch.setattr(dying.mailer, "send", die)
    with pytest.raises(Killed):
        dying.catch_up()
    monkeypatch.undo()
    post.later()
    working(post.postman("next"), lambda: isinstance(post.last(), LetterHandedOver))
    assert len(post.script.received) == 1


def test_a_crash_after_recording_sends_nothing_more(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.order()
    dying = post.postman("dying")
    monkeypatch.setattr("infra.nats.queue.Taken.done", lambda _: raise_killed())
    with pytest.raises(Killed):
        dying.catch_up()
    monkeypatch.undo()
    postman = post.postman("next")
    assert any(postman.catch_up() for _ in range(60)), "it comes once more"
    assert len(post.script.received) == 1


def raise_killed() -> None:
    raise Killed


def test_while_one_has_it_another_leaves_it(post: Post) -> None:
    post.order()
    stuck = post.postman("stuck")
    taken = stuck.queue.take(1.0)
    assert taken is not None
    history = post.system.cinema.stream(f"mailing-{LETTER}")
    intent = next(stuck.posting.react(history[0].payload))
    post.system.cinema.dispatch(intent, history[0].metadata.follow("posting 1 0"))
    other = post.postman("other")
    for _ in range(4):
        other.catch_up()
    assert not post.script.received
    post.later()
    working(other, lambda: isinstance(post.last(), LetterHandedOver))
    assert len(post.script.received) == 1


@pytest.mark.parametrize("answers", [["451 later", "RCPT 450 busy"]])
def test_4xx_is_tried_again(post: Post) -> None:
    post.order()
    working(post.postman(), lambda: isinstance(post.last(), LetterHandedOver))
    assert post.history().count("LetterDeferred") == 2
    assert len(post.script.received) == 1


@pytest.mark.parametrize("answers", [["451 later"] * 5])
def test_after_five_tries_it_is_a_dead_letter_that_can_be_repeated(post: Post) -> None:
    post.order()
    postman = post.postman()
    working(postman, lambda: isinstance(post.last(), LetterUndeliverable))
    assert post.last().reason == "451 later"
    assert postman.catch_up() == 0
    post.system.cinema.dispatch(repeat(), metadata(2))
    post.queue.catch_up()
    working(postman, lambda: isinstance(post.last(), LetterHandedOver))
    assert len(post.script.received) == 1


@pytest.mark.parametrize("answers", [[f"RCPT 550 <{TO}> unknown"]])
def test_5xx_is_a_dead_letter_at_once_and_names_nobody(post: Post) -> None:
    post.order()
    postman = post.postman()
    postman.catch_up()
    assert post.last() == LetterUndeliverable(
        letter_id=LETTER, reason="550 <…> unknown", given_up_at=NOON
    )
    assert postman.catch_up() == 0


def test_while_the_mail_server_is_away_no_try_is_used_up(post: Post) -> None:
    post.order()
    postman = post.postman()
    there = postman.mailer.server
    postman.mailer.server = replace(there, port=free_port(), timeout=0.5)
    for _ in range(7):
        with pytest.raises(MailServerUnreachable):
            postman.catch_up()
    postman.mailer.server = there
    working(postman, lambda: isinstance(post.last(), LetterHandedOver))
    assert post.history() == ["LetterOrdered", "LetterSubmitted", "LetterHandedOver"]


def test_while_nats_is_away_letters_wait_in_the_log(
    postgres: Settings, post: Post
) -> None:
    nowhere = postgres.model_copy(
        update={"nats_url": f"nats://127.0.0.1:{free_port()}"}
    )
    with assemble(nowhere) as system:
        away = outgoing.letter_queue(system, outgoing.bus(system))
        system.cinema.dispatch(order(), metadata())
        with pytest.raises(BusUnavailable):
            away.catch_up()
    post.queue.catch_up()
    working(post.postman(), lambda: isinstance(post.last(), LetterHandedOver))
    assert len(post.script.received) == 1


def test_a_new_start_of_everything_sends_nothing_again(post: Post) -> None:
    post.order()
    working(post.postman(), lambda: isinstance(post.last(), LetterHandedOver))
    with assemble(post.system.settings, lambda: NOON) as system:
        drain([*conductors(system), outgoing.letter_queue(system, post.bus)])
    assert post.postman().catch_up() == 0
    assert len(post.script.received) == 1
