"""The run's own PostgreSQL, in a process beside it: ``servers.py FOLDER PORT``.

It starts while pytest still collects, and ends when pytest does, however pytest ends.
"""

import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from threading import Event

from psycopg import connect
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from infra.embedded.child import Child
from infra.embedded.postgres import Postgres
from infra.migrate import migrate
from infra.settings import Settings

TEMPLATE = "cinema_template"
REPORT = "report.json"
PATIENCE = 60.0
#: A test's data need not outlive a crash of the machine.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    ended = Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    postgres = Postgres(folder / "postgres", port, CARELESS)
    log = folder / "postgres.log"
    try:
        postgres.initialise(log)
        child = Child(postgres.program(log))
        child.wait_for(postgres.answers, PATIENCE)
        make_template(postgres.url, folder)
    except Exception as error:
        report(folder, f"{type(error).__name__}: {error}")
        raise
    report(folder, "")
    ended.wait()
    child.stop()
    shutil.rmtree(folder, ignore_errors=True)


def make_template(server: str, folder: Path) -> None:
    with connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(TEMPLATE)))
    url = SecretStr(f"{server.rpartition('/')[0]}/{TEMPLATE}")
    migrate(Settings(_env_file=None, database_url=url, data=folder))


def report(folder: Path, problem: str) -> None:
    draft = folder / "draft"
    draft.write_text(json.dumps({"problem": problem}))
    draft.replace(folder / REPORT)


def await_report(folder: Path) -> None:
    """Raises ``RuntimeError`` if the server did not come up."""
    deadline = time.monotonic() + PATIENCE
    while not (folder / REPORT).exists():
        if time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL is not up; see {folder}")
        time.sleep(0.02)
    problem = json.loads((folder / REPORT).read_text())["problem"]
    if problem:
        raise RuntimeError(problem)


if __name__ == "__main__":
    # Not pytest's: the run's own settings must not reach the servers' start.
    os.environ.pop("CINEMA_DATA", None)
    main()
