"""One PostgreSQL for the whole run; a database of its own for each test."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from signal import SIGTERM
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from psycopg import connect
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from infra.embedded.child import Child, Program
from infra.embedded.nats import Nats
from infra.embedded.payments import PaymentSandbox
from infra.settings import Settings
from tests import servers
from tests.e2e.machine import Machine
from tests.elasticsearch import shared
from tests.elasticsearch.build import CannotBuild
from tests.payments import SandboxProcess
from tests.stripe import server as stripe
from tests.stripe.server import StripeServer

SERVER = "CINEMA_TEST_SERVER"
FOLDER = "CINEMA_TEST_FOLDER"
ELASTICSEARCH = "elasticsearch"
ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # A worker: its parent has started the server.
        return
    folder = Path(mkdtemp(prefix="cinema-tests-"))
    folder.chmod(0o755)
    port = free_port()
    program = Program(
        name="servers",
        command=(sys.executable, "-m", "tests.servers", str(folder), str(port)),
        log=folder / "servers.log",
        environment={"PYTHONPATH": str(ROOT)},
        last_will=SIGTERM,
    )
    config.add_cleanup(Child(program).stop)
    owner = ExitStack()
    owner.enter_context(shared.offered(folder / ELASTICSEARCH))
    config.add_cleanup(owner.close)
    os.environ[FOLDER] = str(folder)
    os.environ[SERVER] = f"postgresql://postgres@127.0.0.1:{port}/postgres"


@pytest.fixture(scope="session")
def server() -> str:
    """The address of the run's PostgreSQL."""
    servers.await_report(Path(os.environ[FOLDER]))
    return os.environ[SERVER]


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
def postgres(server: str, tmp_path: Path) -> Iterator[Settings]:
    """A database of its own for each test, so that they can run side by side."""
    with database(server, tmp_path) as settings:
        yield settings


@pytest.fixture
def another(server: str, tmp_path: Path) -> Iterator[Settings]:
    """One more, as empty as the first was."""
    with database(server, tmp_path / "another") as settings:
        yield settings


@contextmanager
def database(server: str, folder: Path) -> Iterator[Settings]:
    name = f"test_{uuid4().hex}"
    create = SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name))
    with connect(server, autocommit=True) as connection:
        connection.execute(
            create.format(Identifier(name), Identifier(servers.TEMPLATE))
        )
        yield settings_for(name, folder)
        connection.execute(drop)


@pytest.fixture
def nats_url(tmp_path: Path) -> Iterator[str]:
    """A NATS server with JetStream for this one test: it is up in a moment."""
    nats = Nats(tmp_path / "jetstream", free_port())
    child = Child(nats.program(tmp_path / "nats.log"))
    child.wait_for(nats.answers, 10)
    yield nats.url
    child.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "elasticsearch_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(shared.PATIENCE + 60))


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """A real server, the same for every test of the run; started when first needed."""
    try:
        return shared.url(Path(os.environ[FOLDER], ELASTICSEARCH), free_port())
    except CannotBuild as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def sandbox_process(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SandboxProcess]:
    folder = tmp_path_factory.mktemp("payments")
    place = PaymentSandbox(folder, free_port())
    process = SandboxProcess(place, folder / "sandbox.log")
    yield process
    process.stop()


@pytest.fixture
def payment_sandbox(sandbox_process: SandboxProcess) -> SandboxProcess:
    """The payment provider, as if nothing had ever been paid there."""
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture(scope="session")
def stripe_process() -> Iterator[StripeServer]:
    with stripe.running() as server:
        yield server


@pytest.fixture
def stripe_server(stripe_process: StripeServer) -> StripeServer:
    """An account at Stripe, as if nothing had ever been paid there."""
    stripe_process.reset()
    return stripe_process


@pytest.fixture
def memory() -> Settings:
    return Settings(_env_file=None, storage="memory")


@pytest.fixture(params=["memory", "postgres"])
def storage(request: pytest.FixtureRequest) -> Settings:
    """What is about the log alone runs on each kind of storage."""
    found: Settings = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One cinema for every story that does not break it."""
    folder = tmp_path_factory.mktemp("cinema")
    machine = Machine(folder / "var", folder / "output").start()
    try:
        yield machine.ready()
    finally:
        machine.child.stop()
