"""Every role in a process of its own, on servers that are started apart from them."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from infra.embedded.child import Child, Program
from infra.embedded.parts import probe
from infra.search.elasticsearch.connection import connect
from infra.settings import Settings
from tests.conftest import free_port
from tests.e2e.visitors import Visitor, eventually

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
EDITOR, PASSWORD = "editor@example.com", "velvet-armchair-7-rows"
SOLARIS = {"titles": {"ru": "Солярис"}, "type": "movie"}


@dataclass(frozen=True)
class Installation:
    """What the roles share: the same settings, and nothing else."""

    folder: Path
    environment: Mapping[str, str]

    def role(self, *command: str, module: str = "infra.cli") -> Child:
        name = "-".join(word for word in command[:2] if not word.startswith("-"))
        return Child(
            Program(
                name=name or module,
                command=(sys.executable, "-m", module, *command),
                log=self.folder / f"{name or module}.log",
                environment=self.environment,
            )
        )

    def run(self, *command: str, typed: str = "") -> None:
        done = subprocess.run(
            [sys.executable, "-m", "infra.cli", *command],
            cwd=self.folder,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(params=["embedded", "elasticsearch"])
def search(request: pytest.FixtureRequest) -> Iterator[Mapping[str, str]]:
    """The settings of the search engine."""
    if request.param == "embedded":
        yield {}
        return
    url, index = request.getfixturevalue("elasticsearch_url"), f"test-{uuid4().hex}"
    yield {"CINEMA_ELASTICSEARCH_URL": url, "CINEMA_ELASTICSEARCH_INDEX": index}
    with connect(url) as client:
        client.indices.delete(index=f"{index}-1")


@pytest.fixture
def smtp_port() -> int:
    return free_port()


@pytest.fixture
def installation(
    postgres: Settings,
    nats_url: str,
    search: Mapping[str, str],
    smtp_port: int,
    tmp_path: Path,
) -> Installation:
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "CINEMA_DATA": str(tmp_path / "data"),
        "CINEMA_DATABASE_URL": postgres.database_url.get_secret_value(),
        "CINEMA_NATS_URL": nats_url,
        "CINEMA_IDENTITY_KEY": "of this test",
        "CINEMA_SMTP_HOST": "127.0.0.1",
        "CINEMA_SMTP_PORT": str(smtp_port),
        **search,
    }
    return Installation(tmp_path, environment)


@dataclass(frozen=True)
class Cinema:
    commands: str
    queries: str
    letters: str


@pytest.fixture
def cinema(installation: Installation, smtp_port: int) -> Iterator[Cinema]:
    installation.run("admin", "create", EDITOR, "--password-stdin", typed=PASSWORD)
    command, query, mail = free_port(), free_port(), free_port()
    sink = ("--smtp-port", str(smtp_port), "--http-port", str(mail))
    folder = ("--folder", str(installation.folder / "mail"))
    with ExitStack() as stack:
        started = [
            installation.role("serve", "command", "--port", str(command)),
            installation.role("serve", "query", "--port", str(query)),
            installation.role("run", "projections"),
            installation.role("run", "processes"),
            installation.role(*sink, *folder, module="infra.smtp.sink"),
        ]
        for child in started:
            stack.callback(child.stop)
        started[0].wait_for(
            lambda: probe(command, "/command/v1/health/ready"), PATIENCE
        )
        started[1].wait_for(lambda: probe(query, "/query/v1/health/ready"), PATIENCE)
        for follower in started[2:4]:
            follower.wait_for(follower.is_ready, PATIENCE)
        here = "http://127.0.0.1"
        yield Cinema(f"{here}:{command}", f"{here}:{query}", f"{here}:{mail}")


def test_what_one_role_is_told_the_others_act_on(cinema: Cinema) -> None:
    one_adds_a_film_and_another_finds_it(cinema)
    who_registers_gets_a_letter(cinema)


def one_adds_a_film_and_another_finds_it(cinema: Cinema) -> None:
    editor = Visitor(cinema.commands, email=EDITOR, password=PASSWORD)
    editor.sign_in()
    added = editor.post("/command/v1/films", **SOLARIS)
    assert added.status_code == 201, added.text

    reader = Visitor(cinema.queries, position=editor.position)
    film = reader.seen(f"/query/v1/films/{added.json()['id']}")
    found = reader.seen("/query/v1/search?q=солярис")
    assert film["title"] == "Солярис"
    assert [each["id"] for each in found["items"]] == [film["id"]]


def who_registers_gets_a_letter(cinema: Cinema) -> None:
    visitor = Visitor(cinema.commands)
    visitor.register()

    def letter() -> Any:
        kept = httpx2.get(f"{cinema.letters}/messages").text
        return visitor.email in kept

    eventually(letter, "letter of welcome")
