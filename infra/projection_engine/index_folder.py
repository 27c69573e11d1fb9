"""The folder of a search index that can be exchanged while other processes use it.

Each build of the index lies in a folder named by its number; the file ``live`` names
the one that counts. Readers look there each time, which costs less than a search.
A build that is gone or damaged is begun anew, empty: it will be filled from the log.
"""

import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from tantivy import Index, Schema

from infra.projection_engine.index_integrity import verify

logger = logging.getLogger(__name__)

LIVE = "live"
LOCK = "lock"
PASSED = "passed"
META = "meta.json"
UNKNOWN = (0, 0)
BEGUN_ANEW = (
    "the search index in %s is damaged, or of another version of this program; it is"
    " begun anew, and filled from the log: %s"
)


class IndexFolder:
    def __init__(
        self,
        path: Path,
        schema: Schema,
        register: Callable[[Index], None] = lambda _: None,
    ) -> None:
        self.path = path
        self.schema = schema
        self.register = register
        self._lock = RLock()
        self._depth = 0
        self._generation = -1
        self._written = UNKNOWN
        self._index: Index
        with self.locked():
            self.current()

    @staticmethod
    def remove(path: Path) -> None:
        shutil.rmtree(path, ignore_errors=True)

    def current(self) -> tuple[Index, int]:
        """The index as of now, whoever has written to it, and which build it is."""
        with self._lock:
            generation = self.generation()
            written = self.written(generation)
            if generation != self._generation:
                self._index = self.opened(generation)
                self._generation = generation
            elif written == self._written != UNKNOWN:
                return self._index, generation
            try:
                self._index.reload()
            except ValueError:  # Its folder is gone, or is not what it was.
                self._index = self.opened(generation)
            self._written = written
            return self._index, generation

    def written(self, generation: int) -> tuple[int, int]:
        """Another one after each commit, which puts a new file in this one's place."""
        try:
            found = (self.path / str(generation) / META).stat()
        except FileNotFoundError:
            return UNKNOWN
        return found.st_mtime_ns, found.st_ino

    def generation(self) -> int:
        try:
            return int((self.path / LIVE).read_text())
        except FileNotFoundError:
            return 0

    def passed(self, generation: int) -> tuple[int, int]:
        """From which position of the index to which one nothing concerned it."""
        try:
            base, upto = (self.path / f"{generation}.{PASSED}").read_text().split()
        except (FileNotFoundError, ValueError):
            return (0, 0)
        return int(base), int(upto)

    def pass_on(self, generation: int, base: int, upto: int) -> None:
        """A commit of the index would cost thirty times as much.

        What a crash takes from here is read from the log again.
        """
        following = self.path / f"{PASSED}.next"
        following.write_text(f"{base} {upto}")
        os.replace(following, self.path / f"{generation}.{PASSED}")

    def opened(self, generation: int) -> Index:
        folder = self.path / str(generation)
        try:
            return self.open(folder)
        except (ValueError, KeyError, OSError):
            with self.locked():
                return self.made_anew(folder)

    def open(self, folder: Path) -> Index:
        """Raises for whatever is wrong with the files, or with the schema."""
        verify(folder)
        index = Index(self.schema, str(folder))
        self.register(index)
        return index

    def made_anew(self, folder: Path) -> Index:
        """Unless another process has been faster."""
        try:
            return self.open(folder)
        except (ValueError, KeyError, OSError) as error:
            if folder.exists():
                logger.warning(BEGUN_ANEW, folder, error)
            self.remove(folder)
            folder.mkdir(parents=True)
            index = Index(self.schema, str(folder))
            self.register(index)
            return index

    @contextmanager
    def locked(self) -> Generator[None, None, None]:
        """One writer at a time, of all processes; the lock dies with its holder."""
        self.path.mkdir(parents=True, exist_ok=True)
        with self._lock, (self.path / LOCK).open("w") as file:
            if not self._depth:
                fcntl.flock(file, fcntl.LOCK_EX)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def take_over(self, rebuilt: "IndexFolder") -> None:
        """Make that one's index the next build of this one.

        The build before stays until then: somebody may be opening it at this moment.
        """
        generation = self.generation() + 1
        source = rebuilt.path / str(rebuilt.generation())
        self.pass_on(generation, *rebuilt.passed(rebuilt.generation()))
        target = self.path / str(generation)
        self.remove(target)
        source.rename(target)
        following = self.path / f"{LIVE}.next"
        following.write_text(str(generation))
        os.replace(following, self.path / LIVE)
        self.remove(self.path / str(generation - 2))
        (self.path / f"{generation - 2}.{PASSED}").unlink(missing_ok=True)
        self.remove(rebuilt.path)
