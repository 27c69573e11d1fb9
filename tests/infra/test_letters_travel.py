"""From a fact to the mail server: through the log, the queue and the postmen."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from domain.mailing.events import LetterHandedOver, LetterUndeliverable
from infra import outgoing
from infra.asgi import command_app
from infra.bootstrap import assemble, conductors
from infra.eventstore.runner import drain
from infra.nats.bus import BusUnavailable
from infra.postroom import reference
from infra.settings import Settings
from infra.smtp.sender import MailServerUnreachable
from tests.conftest import free_port
from tests.examples import NOON, metadata
from tests.examples.mailing import LETTER, order, ordered, repeat
from tests.mail import SITE, scripted
from tests.post import TO, Post, working


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


def test_who_signs_up_is_sent_a_link_that_works_once(
    postgres: Settings, nats_url: str
) -> None:
    with scripted() as script:
        settings = postgres.model_copy(
            update={
                "nats_url": nats_url,
                "public_url": SITE,
                "smtp_host": "127.0.0.1",
                "smtp_port": script.port,
            }
        )
        with assemble(settings) as system:
            client = TestClient(command_app(system))
            person = {"email": TO, "password": "correct horse battery", "locale": "en"}
            assert client.post("/auth/v1/registrations", json=person).is_success
            followers = [*conductors(system), *outgoing.everything(system)]
            drain(followers)
            [message] = script.received
            assert message["To"] == TO
            assert message["Subject"] == "Confirm your e-mail address"
            text = message.get_body(("plain",))
            assert text is not None
            [link] = re.findall(rf"{SITE}(/\S+)", text.get_content())[:1]
            assert "token=" in link
            drain(followers)
    assert len(script.received) == 1
