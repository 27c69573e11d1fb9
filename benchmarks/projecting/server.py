"""A PostgreSQL for one run, thrown away afterwards; it flushes as it should."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from infra.embedded.child import Child
from infra.embedded.postgres import Postgres
from infra.migrate import migrate
from infra.settings import Settings

#: No checkpoint in the middle of a measurement.
OPTIONS = {"max_wal_size": "16GB", "checkpoint_timeout": "1h", "autovacuum": "off"}
PATIENCE = 60


@contextmanager
def server() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="cinema-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        postgres = Postgres(folder / "postgres", port, OPTIONS)
        log = folder / "postgres.log"
        postgres.initialise(log)
        child = Child(postgres.program(log))
        try:
            child.wait_for(postgres.answers, PATIENCE)
            yield postgres
        finally:
            child.stop()


def database(postgres: Postgres, name: str, folder: Path) -> Settings:
    postgres.create(name)
    url = SecretStr(postgres.database(name))
    settings = Settings(_env_file=None, database_url=url, data=folder)
    migrate(settings)
    return settings
