"""A legacy database of so many films, and what each step on it takes."""

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

from psycopg import Connection, connect
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from benchmarks.report import progress
from infra.embedded.postgres import Postgres
from infra.legacy.database import TABLES, LegacyDatabase
from infra.migrate import migrate
from infra.settings import Settings

ROOT = Path(__file__).parents[2]
STEPS = ("read", "first", "again", "lists", "search", "verify")
#: What an import writes.
WRITTEN = ("cinema_events", "cinema_receipts")
COPY_OUT = SQL("COPY {} TO STDOUT (FORMAT binary)")
COPY_IN = SQL("COPY {} FROM STDIN (FORMAT binary)")
ALIKE = SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)")
BLOCK = 2**20

Taken: TypeAlias = dict[str, float]


class Size:
    def __init__(self, films: int, folder: Path) -> None:
        self.films = films
        self.folder = folder
        self.file = folder / f"{films}.sqlite"
        self.taken: dict[str, list[Taken]] = {}
        run("tests.legacy_database", str(self.file), "--films", str(films))
        with LegacyDatabase(self.file) as database:
            self.rows = sum(map(database.count, TABLES))

    def round(self, server: Postgres, number: int) -> None:
        name = f"import_{self.films}_{number}"
        server.create(name)
        url, folder = server.database(name), self.folder / name
        migrate(Settings(_env_file=None, database_url=SecretStr(url), data=folder))
        for step in STEPS:
            progress(f"legacy_import: {self.films:,} films, {step}")
            words = (step, str(self.file), url, str(folder))
            self.add(step, json.loads(run("benchmarks.importing.step", *words)))
        with connect(url, autocommit=True) as connection:
            seconds = sum(self.copied(connection, table) for table in WRITTEN)
        self.add("copy", {"seconds": seconds})

    def add(self, step: str, taken: Taken) -> None:
        self.taken.setdefault(step, []).append(taken)

    def copied(self, connection: Connection[Any], name: str) -> float:
        """Seconds to put what was imported into an empty table of the same kind."""
        table, copy = Identifier("es", name), Identifier(f"{name}_copied")
        path = self.folder / name
        cursor = connection.execute(ALIKE.format(copy, table))
        with path.open("wb") as file, cursor.copy(COPY_OUT.format(table)) as rows:
            for block in rows:
                file.write(block)
        began = perf_counter()
        with path.open("rb") as file, cursor.copy(COPY_IN.format(copy)) as target:
            while block := file.read(BLOCK):
                target.write(block)
        return perf_counter() - began

    def all(self, step: str, what: str = "seconds") -> list[float]:
        """Of each round."""
        return [each[what] for each in self.taken[step]]

    def rates(self, step: str, number: int) -> list[float]:
        return [number / seconds for seconds in self.all(step)]


def run(module: str, *words: str) -> str:
    command = (sys.executable, "-m", module, *words)
    return subprocess.run(
        command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ).stdout
