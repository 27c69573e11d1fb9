"""Whatever is killed while players talk: what was taken is written, none is lost."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from infra.embedded.child import Child
from infra.embedded.nats import Nats
from infra.embedded.parts import probe
from infra.settings import Settings
from tests.conftest import free_port
from tests.e2e.test_roles import ROOT, Installation
from tests.e2e.visitors import Visitor, eventually
from tests.viewing.conftest import PROGRESS, item, rows

PATIENCE = 60.0
BATCH, ROUND = 20, 40


@dataclass
class Player:
    """Posts films nobody has watched before, each batch until it is taken."""

    visitor: Visitor
    taken: set[UUID] = field(default_factory=set)
    refusals: set[int] = field(default_factory=set)
    stopping: Event = field(default_factory=Event)

    def play(self) -> None:
        while not self.stopping.is_set():
            films = [uuid4() for _ in range(BATCH)]
            body = {"items": [item(str(film)) for film in films]}
            while not self.is_taken(body):
                self.stopping.wait(0.05)
            self.taken |= {*films}

    def is_taken(self, body: Mapping[str, Any]) -> bool:
        try:
            answer = self.visitor.send("POST", PROGRESS, json=body)
        except httpx2.TransportError:
            return False
        if answer.status_code != 202:
            self.refusals.add(answer.status_code)
        return bool(answer.status_code == 202)

    def goes_on(self) -> None:
        before = len(self.taken)
        eventually(lambda: len(self.taken) >= before + ROUND, "more progress", PATIENCE)


class Parts:
    """A part that is killed comes up again on what it has left behind."""

    def __init__(self, roles: Mapping[str, Callable[[], Child]]) -> None:
        self.roles = roles
        self.running = {name: begin() for name, begin in roles.items()}

    def kill(self, name: str) -> None:
        child = self.running[name]
        os.killpg(child.process.pid, SIGKILL)
        child.stop()

    def begin(self, name: str) -> None:
        self.running[name] = self.roles[name]()

    def stop(self) -> None:
        for child in self.running.values():
            if child.is_running:
                child.stop()


@dataclass(frozen=True)
class Stage:
    parts: Parts
    player: Player
    settings: Settings


@pytest.fixture
def stage(postgres: Settings, tmp_path: Path) -> Iterator[Stage]:
    nats, port = Nats(tmp_path / "jetstream", free_port()), free_port()
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "CINEMA_DATA": str(tmp_path / "data"),
        "CINEMA_DATABASE_URL": postgres.database_url.get_secret_value(),
        "CINEMA_NATS_URL": nats.url,
        "CINEMA_IDENTITY_KEY": "of this test",
    }
    installation = Installation(tmp_path, environment)

    def bus() -> Child:
        child = Child(nats.program(tmp_path / "nats.log"))
        child.wait_for(nats.answers, PATIENCE)
        return child

    def api() -> Child:
        child = installation.role("serve", "command", "--port", str(port))
        child.wait_for(lambda: probe(port, "/command/v1/health/ready"), PATIENCE)
        return child

    def writer() -> Child:
        return installation.role("run", "viewing")

    with ExitStack() as stack:
        parts = Parts({"bus": bus, "api": api, "writer": writer})
        stack.callback(parts.stop)
        visitor = Visitor(f"http://127.0.0.1:{port}")
        visitor.register()
        player = Player(visitor)
        thread = Thread(target=player.play)
        thread.start()
        stack.callback(thread.join)
        stack.callback(player.stopping.set)
        yield Stage(parts, player, postgres)


def test_nothing_that_was_taken_is_lost(stage: Stage) -> None:
    player, parts = stage.player, stage.parts
    player.goes_on()
    for name in ("writer", "api", "bus"):
        parts.kill(name)
        if name == "bus":
            eventually(lambda: 503 in player.refusals, "refusal", PATIENCE)
        parts.begin(name)
        player.goes_on()
    player.stopping.set()
    eventually(lambda: player.taken <= written(stage.settings), "last row", PATIENCE)
    assert player.refusals == {503}


def written(settings: Settings) -> set[UUID]:
    return {film_id for _, film_id, *_ in rows(settings)}
