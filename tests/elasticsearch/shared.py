"""One server for a whole run of the tests, started by the first test that needs it."""

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.elasticsearch.build import built
from tests.elasticsearch.locks import held
from tests.elasticsearch.server import OWNER, SERVER

#: Ten seconds on a quiet machine.
PATIENCE = 240.0
PAUSE = 0.2
HEALTH = "/_cluster/health?wait_for_status=yellow&timeout=1s"


class NotStarted(Exception):
    """Elasticsearch does not answer; this is what it printed last."""


@contextmanager
def offered(folder: Path) -> Generator[None, None, None]:
    """A server may be started here; when this ends, so does it."""
    folder.mkdir()
    with held(folder / OWNER):
        yield
    with held(folder / SERVER):  # It has ended.
        return


def url(folder: Path, port: int) -> str:
    """Where it answers, once it does; the workers of a run ask one after the other.

    Raises ``CannotBuild`` or ``NotStarted``.
    """
    with held(folder / "starting.lock"):
        known, failure = folder / "url", folder / "failure"
        if failure.exists():
            raise NotStarted(failure.read_text())
        if not known.exists():
            built()
            try:
                known.write_text(start(folder, port))
            except NotStarted as error:
                failure.write_text(str(error))
                raise
        return known.read_text()


def start(folder: Path, port: int) -> str:
    console = folder / "console.log"
    process = spawn(console, "-m", "tests.elasticsearch.server", str(folder), str(port))
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + PATIENCE
    while not answers(url):
        if os.waitpid(process, os.WNOHANG)[0] or time.monotonic() > deadline:
            raise NotStarted(console.read_text()[-2000:])
        time.sleep(PAUSE)
    return url


def spawn(console: Path, *arguments: str) -> int:
    """Unlike ``subprocess``, this expects nobody to wait for the end."""
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return os.posix_spawn(
        sys.executable,
        [sys.executable, *arguments],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(console), write, 0o644),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def answers(url: str) -> bool:
    try:
        with urlopen(f"{url}{HEALTH}", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False
