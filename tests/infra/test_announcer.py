"""Everything that happens is told on the bus, once, and names nobody."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from nats.errors import TimeoutError as NothingCame
from nats.js import JetStreamContext

from domain.kernel.messages import Recorded
from infra import outgoing
from infra.bootstrap import System, assemble
from infra.eventstore.feed import Unreadable
from infra.eventstore.follower import Follower
from infra.eventstore.runner import drain
from infra.nats.announcer import announcement, public
from infra.nats.bus import Bus, Message
from infra.nats.publisher import Unspeakable
from infra.settings import Settings
from tests.contracts.test_retrying import OTHER
from tests.eventstore.recorders import execute
from tests.examples import metadata, recorded
from tests.examples.catalogue import FILM, GENRE, add, assigned, retitle
from tests.examples.mailing import ACCOUNT, LETTER, ordered
from tests.examples.subscriber import PERIOD, activated, announced


@pytest.fixture
def system(postgres: Settings, nats_url: str) -> Iterator[System]:
    settings = postgres.model_copy(update={"nats_url": nats_url})
    with assemble(settings) as system:
        yield system


def heard(bus: Bus, subject: str = "cinema.>") -> list[tuple[str, Any, Any]]:
    """What a newcomer who reads the stream from its beginning hears."""

    async def listen(stream: JetStreamContext) -> list[tuple[str, Any, Any]]:
        ears = await stream.pull_subscribe(subject, stream="CINEMA")
        try:
            messages = await ears.fetch(100, timeout=1.0)
        except NothingCame:
            return []
        return [
            (m.subject, (m.headers or {})["Nats-Msg-Id"], json.loads(m.data))
            for m in messages
        ]

    return bus.run(listen)


def test_every_event_is_announced_in_order_and_once(system: System) -> None:
    bus = outgoing.bus(system)
    announcer: Follower = outgoing.announcer(system, bus)
    for number, command in enumerate((add(), retitle())):
        system.cinema.dispatch(command, metadata(number))
    assert announcer.catch_up() == 2
    assert announcer.catch_up() == 0
    first, second = heard(bus)
    assert first[:2] == ("cinema.film.FilmAdded", "1")
    assert second[:2] == ("cinema.film.FilmRetitled", "2")
    body = second[2]
    assert body["event"]["film_id"] == str(FILM)
    assert (body["position"], body["stream"]) == (2, f"film-{FILM}")
    assert len(heard(bus, "cinema.film.FilmAdded")) == 1


def test_a_page_that_was_published_but_not_noted_is_not_heard_twice(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = outgoing.bus(system)
    announcer = outgoing.announcer(system, bus)
    system.cinema.dispatch(add(), metadata())

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(announcer, "move", die)
    with pytest.raises(KeyboardInterrupt):
        announcer.catch_up()
    monkeypatch.undo()
    drain([announcer])
    assert len(heard(bus)) == 1


def test_what_cannot_be_read_waits_and_the_others_are_announced(
    system: System,
) -> None:
    announcer = outgoing.announcer(system, outgoing.bus(system))
    for number, command in enumerate((add(), retitle(), add(film_id=OTHER))):
        system.cinema.dispatch(command, metadata(number))
    change = "UPDATE es.cinema_events SET type = %s WHERE position = 1"
    execute(system.settings, change, "FilmFramed")
    drain([announcer])
    assert [id_ for _, id_, _ in heard(announcer.bus)] == ["3"]
    assert announcer.is_at_rest()
    [parked] = announcer.parked()
    assert (parked.stream, parked.waiting) == (f"announcer-film-{FILM}", 2)
    assert "FilmFramed" in parked.reason
    with pytest.raises(Unreadable):
        announcer.resume(parked.stream, metadata(9))
    execute(system.settings, change, "FilmAdded")
    assert announcer.resume(parked.stream, metadata(9))
    assert announcer.parked() == []
    assert [id_ for _, id_, _ in heard(announcer.bus)] == ["3", "1", "2"]


def test_what_cannot_be_put_into_words_waits(
    system: System, caplog: pytest.LogCaptureFixture
) -> None:
    announcer = outgoing.announcer(system, outgoing.bus(system))
    compose = announcer.compose

    def speechless(fact: Recorded[Any]) -> Message:
        if fact.position == 1:
            raise KeyError("no words")
        return compose(fact)

    announcer.compose = speechless
    for number, command in enumerate((add(), add(film_id=OTHER), retitle())):
        system.cinema.dispatch(command, metadata(number))
    drain([announcer])
    assert "no words" in caplog.text
    assert [id_ for _, id_, _ in heard(announcer.bus)] == ["2"]
    with pytest.raises(Unspeakable):
        announcer.resume(f"announcer-film-{FILM}", metadata(9))
    assert announcer.resume(f"announcer-film-{FILM}", metadata(9), skip=True)
    assert [id_ for _, id_, _ in heard(announcer.bus)] == ["2", "3"]


def test_ids_and_instants_are_public_and_text_is_not() -> None:
    assert public(assigned()).keys() == {"film_id", "genre_id", "assigned_at"}
    assert public(assigned())["genre_id"] == GENRE
    letter = public(ordered())
    assert (letter["letter_id"], letter["account_id"]) == (LETTER, ACCOUNT)
    assert "variables" not in letter
    assert public(activated())["period"] == PERIOD
    assert "method" not in public(announced())


def test_an_announcement_is_found_by_category_and_type() -> None:
    fact: Recorded[Any]
    [fact] = recorded(ordered(), stream=f"mailing-{LETTER}")
    message = announcement(fact)
    assert message.subject == "cinema.mailing.LetterOrdered"
    assert message.id == "1"
