"""Other people's event stores, installed when a benchmark asks for them."""

import os
import shutil
import subprocess
from pathlib import Path

from benchmarks.report import progress
from infra.embedded.postgres import Postgres, binaries

HERE = Path(__file__).parent
DRIVER = HERE / "driver.mjs"
SCRIPTS = HERE / "node_modules" / "@eventide" / "message-db" / "database"


class NoPeers(Exception):
    """Why none of them runs here."""


def install() -> None:
    """From the lock file, once. Raises ``NoPeers``."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NoPeers("there is no Node here")
    if SCRIPTS.exists():
        return
    progress("installing Emmett and Message DB from npm (once) …")
    command = [npm, "ci", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True)
    if done.returncode:
        raise NoPeers(f"npm ci failed: {done.stderr.strip().splitlines()[-1:]}")


def create_message_db(server: Postgres, database: str) -> None:
    """By its own scripts. Of its extension (pgcrypto) it uses a function only that
    PostgreSQL has had of its own since version 13.
    """
    server.create(database)
    environment = {
        **os.environ,
        "PATH": f"{binaries()}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(server.port),
        "PGUSER": "postgres",
        "DATABASE_NAME": database,
        "PGOPTIONS": "-c client_min_messages=warning",
    }
    psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", database, "-f"]
    for command in (
        [*psql, str(SCRIPTS / "roles" / "message-store.sql")],
        [*psql, str(SCRIPTS / "schema" / "message-store.sql")],
        [*psql, str(SCRIPTS / "tables" / "messages.sql")],
        ["bash", str(SCRIPTS / "install-functions.sh")],
        ["bash", str(SCRIPTS / "install-indexes.sh")],
    ):
        subprocess.run(command, env=environment, check=True, capture_output=True)
