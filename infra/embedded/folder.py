"""The data folder of one ``cinema up``, locked for as long as that runs."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from infra.embedded.errors import FolderUnusable, RunningAlready

LOCK = "cinema.lock"
LOGS = "log"
#: A log that has grown beyond this makes room for a new one at the next start.
LONGEST_LOG = 10 * 2**20


@contextmanager
def locked(folder: Path) -> Generator[Path, None, None]:
    """Make the folder and hold it. Raises ``FolderUnusable``, ``RunningAlready``.

    The lock goes with the process, however that ends.
    """
    try:
        # Passable, not readable: a server may have to run as somebody else.
        folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        (folder / LOGS).mkdir(exist_ok=True, mode=0o700)
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FolderUnusable(folder, error.strerror or str(error)) from error
    try:
        take(lock, folder)
        yield folder.resolve()
    finally:
        os.close(lock)


def take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise RunningAlready(folder, holder(folder)) from None
    os.truncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)


def log_of(folder: Path, name: str) -> Path:
    log = folder / LOGS / f"{name}.log"
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    return log


def holder(folder: Path) -> str:
    """The process that runs on this folder now; nothing if none does."""
    try:
        with (folder / LOCK).open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read().strip()
    except OSError:
        pass
    return ""
