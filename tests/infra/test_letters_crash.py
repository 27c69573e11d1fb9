"""A postman dies at the worst moment."""

from typing import Any

import pytest

from domain.mailing.events import LetterHandedOver
from tests.examples.mailing import LETTER
from tests.post import Post, working


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
