"""One PostgreSQL for the whole run; a database of its own for each test."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from psycopg import connect
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from infra.bootstrap import utc_now
from infra.embedded.postgres import Postgres, as_whom
from infra.migrate import migrate
from infra.settings import Settings

SERVER = "CINEMA_TEST_SERVER"
TEMPLATE = "cinema_template"
#: A test's data need not outlive a crash of the machine.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PATIENCE = 30.0


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # A worker: its parent has started the server.
        return
    folder = Path(mkdtemp(prefix="cinema-tests-"))
    folder.chmod(0o755)
    server = Postgres(folder / "postgres", free_port(), CARELESS)
    server.initialise()
    with (folder / "postgres.log").open("wb") as log:
        process = subprocess.Popen(
            server.command(), stdout=log, stderr=log, cwd="/", **as_whom()
        )

    def stop() -> None:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    config.add_cleanup(stop)
    deadline = time.monotonic() + PATIENCE
    while not server.answers():
        assert process.poll() is None, (folder / "postgres.log").read_text()
        assert time.monotonic() < deadline, "PostgreSQL does not answer"
        time.sleep(0.05)
    os.environ[SERVER] = server.url
    with connect(server.url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(TEMPLATE)))
    migrate(settings_for(TEMPLATE, folder), utc_now)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def settings_for(database: str, folder: Path) -> Settings:
    url = os.environ[SERVER].rpartition("/")[0]
    return Settings(
        _env_file=None, database_url=SecretStr(f"{url}/{database}"), data=folder
    )


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Settings]:
    """A database of its own for each test, so that they can run side by side."""
    name = f"test_{uuid4().hex}"
    create = SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name))
    with connect(os.environ[SERVER], autocommit=True) as connection:
        connection.execute(create.format(Identifier(name), Identifier(TEMPLATE)))
        yield settings_for(name, tmp_path)
        connection.execute(drop)


@pytest.fixture
def memory() -> Settings:
    return Settings(_env_file=None, storage="memory")


@pytest.fixture(params=["memory", "postgres"])
def storage(request: pytest.FixtureRequest) -> Settings:
    """What is about the log alone runs on each kind of storage."""
    found: Settings = request.getfixturevalue(request.param)
    return found
