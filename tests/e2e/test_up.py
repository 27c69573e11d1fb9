"""Everything on one machine, in one command."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGINT, SIGKILL
from typing import Any
from urllib.request import urlopen

import pytest

from infra.bootstrap import assemble
from infra.settings import Settings
from tests.e2e.machine import Machine, alive
from tests.e2e.visitors import eventually
from tests.examples import metadata
from tests.examples.catalogue import add

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """Makes machines, and ends them with the test."""
    made: list[Machine] = []

    def make(name: str = "var", **place: int) -> Machine:
        output = tmp_path / f"{len(made)}.out"
        made.append(Machine(tmp_path / name, output, **place))
        return made[-1]

    yield make
    for each in made:
        each.child.stop()


def get(machine: Machine, path: str) -> int:
    with asked(machine, path) as answer:
        return int(answer.status)


def read(machine: Machine, path: str) -> str:
    with asked(machine, path) as answer:
        return str(answer.read().decode())


def asked(machine: Machine, path: str) -> Any:
    return urlopen(f"http://127.0.0.1:{machine.port}{path}", timeout=5)


def test_one_command_starts_everything_and_one_dead_part_ends_it(
    machine: Callable[..., Machine],
) -> None:
    first = machine().start("--empty").ready()
    assert get(first, "/query/v1/health/ready") == 200
    assert get(first, "/command/v1/health/ready") == 200
    children = first.children()

    second = machine().start()
    assert second.ended() == 2
    [line] = second.lines
    assert str(first.child.process.pid) in line

    neighbour = machine("other", port=first.port - 4).start()
    assert neighbour.ended() == 2
    [line] = neighbour.lines
    assert f"Port {first.port}, wanted for PostgreSQL," in line

    os.kill(first.child_that("run projections"), SIGKILL)
    assert first.ended() == 2
    log = first.folder / "log" / "projections.log"
    assert first.lines[-1] == f"projections stopped (killed by SIGKILL). Its log: {log}"
    assert alive(children) == []


def test_a_restart_keeps_the_data_repairs_the_index_and_kill_9_leaves_nothing_running(
    machine: Callable[..., Machine],
) -> None:
    cinema = machine().start("--empty").ready()
    children = cinema.children()
    servers = json.loads((cinema.folder / "servers.json").read_text())
    with assemble(Settings(_env_file=None, **servers)) as system:
        stream = system.cinema.dispatch(add(), metadata()).stream
    cinema.signal(SIGINT)
    assert (cinema.ended(), cinema.lines[-1]) == (0, "stopped")
    assert alive(children) == []

    for file in (cinema.folder / "search" / "catalogue").glob("*/meta.json"):
        file.write_text("{")
    cinema.start("--empty").ready()
    film = stream.partition("-")[2]
    assert get(cinema, f"/query/v1/films/{film}") == 200
    assert film in read(cinema, "/query/v1/search")

    children = cinema.children()
    cinema.signal(SIGKILL)
    cinema.ended()
    eventually(lambda: not alive(children), "end of the children")


@pytest.mark.parametrize("where", ["a file", "a file/inside"])
def test_a_folder_that_cannot_be_used(
    machine: Callable[..., Machine], tmp_path: Path, where: str
) -> None:
    (tmp_path / "a file").touch()
    cinema = machine(where).start()
    assert cinema.ended() == 2
    [line] = cinema.lines
    assert f"The data folder {cinema.folder} cannot be used" in line
