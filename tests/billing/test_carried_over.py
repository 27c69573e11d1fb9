"""A cinema that goes on in another database as if nothing had happened."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from psycopg import connect

from infra import outgoing
from infra.bootstrap import System, assemble, conductors, engines, everyone
from infra.eventstore.follower import Follower
from infra.eventstore.runner import drain
from infra.eventstore.sealing.sealer import seal_everything
from infra.eventstore.sealing.verification import verify
from infra.nats.bus import Bus, Message
from infra.settings import Settings
from tests.billing.conftest import Shop
from tests.eventstore.carried import content, exported, imported
from tests.eventstore.recorders import rows

SKIPPED = "INSERT INTO read.skipped VALUES ('films', 1, 'plan-1', 'broken', now())"


@dataclass
class Recorder:
    """A bus that only remembers."""

    messages: list[Message] = field(default_factory=list)

    def publish(self, messages: list[Message]) -> None:
        self.messages += messages


def outwards(system: System, bus: Recorder) -> list[Follower]:
    its = cast("Bus", bus)
    return [outgoing.announcer(system, its), outgoing.letter_queue(system, its)]


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """One who was renewed, one whose renewal was declined, one who has not paid yet."""
    boris = shop.buy("boris")
    shop.buy()
    end = datetime.fromisoformat(shop.subscription(boris, "boris")["period"]["end"])
    shop.gateway.declines.append("insufficient_funds")
    shop.step_to(end + timedelta(hours=1))
    shop.post(f"/subscriptions/{boris}/cancellation", "boris", json={"at": "now"})
    shop.drain()
    shop.subscribe("boris")
    drain(outwards(shop.system, bus := Recorder()))
    assert {"letters.post"} < {message.subject for message in bus.messages}
    with connect(shop.system.settings.conninfo, autocommit=True) as connection:
        connection.execute(SKIPPED)
        seal_everything(connection, 7)
    return shop


@pytest.fixture
def moved(busy: Shop, another: Settings) -> Iterator[System]:
    number = imported(another, exported(busy.system.settings))
    assert number > busy.system.log.head() > 0  # Those of the processes, too.
    shops = {busy.gateway.code: busy.gateway}
    with assemble(another, busy.hands, shops=shops) as system:
        yield system


def test_everything_is_there(busy: Shop, moved: System) -> None:
    before = content(busy.system.settings, "es", "work")
    after = content(moved.settings, "es", "work")
    assert after.pop("work.founding") != before.pop("work.founding")
    assert without_own(after) == without_own(before)
    skipped = "SELECT name, position, stream, reason FROM read.skipped"
    assert rows(moved.settings, skipped) == rows(busy.system.settings, skipped)
    heads = []
    for settings in (busy.system.settings, moved.settings):
        with connect(settings.conninfo, autocommit=True) as connection:
            heads.append(verify(connection).head)
    assert heads[0] == heads[1]
    assert heads[0].no > 1
    query = "SELECT command_id, stream, position FROM es.cinema_receipts"
    for command_id, stream, position in rows(busy.system.settings, query):
        kept = moved.cinema.records.find(command_id)
        assert kept is not None
        assert (kept.receipt.stream, kept.receipt.position) == (stream, position)


def without_own(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Claims end with the old house, and invoices are counted anew from the log."""
    own = ("work.charging", "work.numbering")
    return {name: rows for name, rows in tables.items() if name not in own}


def test_read_models_are_the_same(busy: Shop, moved: System) -> None:
    for engine in engines(moved).values():
        drain([engine])
    before = content(busy.system.settings, "read")
    after = content(moved.settings, "read")
    for name in ("read.projection", "read.skipped"):
        del before[name], after[name]
    assert after == before
    assert len(after["read.subscriptions"]) == 3


@pytest.mark.parametrize("batch", [1, 10_000])
def test_nothing_is_charged_announced_or_mailed_again(
    busy: Shop, moved: System, batch: int
) -> None:
    """Not even while the read models are being built, and show what was once so."""
    head, sent = moved.log.head(), dict(busy.gateway.sent)
    bus = Recorder()
    models = [*engines(moved).values()]
    for engine in models:
        engine.batch = batch
    drain([*outwards(moved, bus), *models, *conductors(moved)])
    assert dict(busy.gateway.sent) == sent
    assert bus.messages == []
    assert moved.log.head() == head


def test_life_goes_on(busy: Shop, moved: System) -> None:
    """The next renewal is charged, once, by the new house."""
    here = replace(busy, system=moved, followers=list(everyone(moved).values()))
    here.drain()
    taken = len(busy.gateway.taken)
    here.step_to(busy.hands.now + timedelta(days=32))
    assert len(busy.gateway.taken) == taken + 1
