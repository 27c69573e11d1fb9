"""The whole way of a letter, for tests: log, queue, postman and mail server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.mailing.decider import CLAIM
from infra import outgoing
from infra.bootstrap import System
from infra.eventstore.follower import Follower
from infra.nats.bus import Bus
from infra.nats.queue import WorkQueue
from infra.postroom import Postman
from processes.ports import Addressee
from processes.posting import Posting
from tests.examples import metadata
from tests.examples.mailing import LETTER, order
from tests.mail import SITE, Script

TO = "reader@example.org"
#: A real second at most, so that a test need not wait for a minute.
ACK_WAIT, PATIENCE, SOON = 0.5, 0.3, 0.05


class People:
    def find(self, _account_id: UUID) -> Addressee | None:
        return Addressee(TO, "en")

    def verification(self, _account_id: UUID) -> str:
        return f"{SITE}/verify?token=secret"

    def password_reset(self, _account_id: UUID) -> str:
        return f"{SITE}/password-reset#token=secret"


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
            posting=Posting(mailer, people, people, self.system.clock),
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
