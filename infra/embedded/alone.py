"""The database of a data folder on which no cinema is running, for one command."""

from collections.abc import Generator
from contextlib import contextmanager

from pydantic import SecretStr

from infra.embedded import leftovers, ports
from infra.embedded.child import Child
from infra.embedded.folder import locked, log_of
from infra.embedded.postgres import Postgres
from infra.embedded.up import DATABASE
from infra.settings import Settings

PATIENCE = 60.0


@contextmanager
def database_alone(settings: Settings) -> Generator[Settings, None, None]:
    """The settings with its address. Raises ``CannotRun``.

    The folder is held meanwhile, so that no ``cinema up`` starts on it.
    """
    with locked(settings.data) as folder:
        leftovers.sweep(folder)
        server = Postgres(folder / "postgres", ports.any_free())
        log = log_of(folder, "postgres")
        server.initialise(log)
        child = Child(server.program(log))
        try:
            child.wait_for(server.answers, PATIENCE)
            server.create(DATABASE)
            url = SecretStr(server.database(DATABASE))
            yield settings.model_copy(update={"database_url": url})
        finally:
            child.stop()
