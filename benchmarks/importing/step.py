"""One step in a process of its own: STEP FILE URL FOLDER; prints what it took.

JSON: wall-clock and processor seconds of the step, megabytes of the process at its
most, the interpreter and all that is imported included.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

from pydantic import SecretStr

from infra.bootstrap import System, assemble, engines
from infra.eventstore.bulk import Bulk
from infra.eventstore.runner import drain
from infra.legacy.database import TABLES, LegacyDatabase
from infra.legacy.importing import LegacyImport
from infra.legacy.reading import Reading
from infra.legacy.report import Report
from infra.legacy.verifying import deviations
from infra.settings import Settings

LISTS, SEARCH = ("genres", "people", "films"), ("search",)


class Unexpected(Exception):
    """What the step should not have come to."""


def read(database: LegacyDatabase, _: System) -> None:
    """The file alone."""
    for table in TABLES:
        for _page in database.pages(table):
            pass


def first(database: LegacyDatabase, system: System) -> None:
    report = imported(database, system)
    if any(tally.new < tally.read for tally in report.tables.values()):
        raise Unexpected(report)


def again(database: LegacyDatabase, system: System) -> None:
    report = imported(database, system)
    if any(tally.unchanged < tally.read for tally in report.tables.values()):
        raise Unexpected(report)


def imported(database: LegacyDatabase, system: System) -> Report:
    report = Report()
    LegacyImport(Reading(database, report, decides=True), Bulk(system.cinema)).run()
    return report


def verify(database: LegacyDatabase, system: System) -> None:
    stores = {name: model.store for name, model in system.models.items()}
    for deviation in deviations(Reading(database, Report()), stores):
        raise Unexpected(deviation)


def lists(_: LegacyDatabase, system: System) -> None:
    drain([engines(system)[name] for name in LISTS])


def search(_: LegacyDatabase, system: System) -> None:
    drain([engines(system)[name] for name in SEARCH])


STEPS: Mapping[str, Callable[[LegacyDatabase, System], None]] = {
    step.__name__: step for step in (read, first, again, lists, search, verify)
}


@contextmanager
def measured() -> Iterator[dict[str, float]]:
    taken: dict[str, float] = {}
    began, used = perf_counter(), process_time()
    yield taken
    taken["seconds"] = perf_counter() - began
    taken["processor"] = process_time() - used
    taken["megabytes"] = getrusage(RUSAGE_SELF).ru_maxrss / 1024


def main(step: str, file: str, url: str, folder: str) -> None:
    settings = Settings(_env_file=None, database_url=SecretStr(url), data=Path(folder))
    with (
        LegacyDatabase(Path(file)) as database,
        assemble(settings) as system,
        measured() as taken,
    ):
        STEPS[step](database, system)
    print(json.dumps(taken))


if __name__ == "__main__":
    main(*sys.argv[1:])
