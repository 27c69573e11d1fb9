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
from infra.eventstore.follower import Follower
from infra.eventstore.runner import drain
from infra.nats.announcer import announcement, public
from infra.nats.bus import Bus
from infra.settings import Settings
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
