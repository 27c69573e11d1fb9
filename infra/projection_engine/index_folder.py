"""The folder of a search index that can be exchanged while other processes use it.

Each build of the index lies in a folder named by its number; the file ``live`` names
the one that counts. Readers look there each time, which costs less than a search.
"""

import fcntl
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from tantivy import Index, Schema

LIVE = "live"
LOCK = "lock"


class IndexFolder:
    def __init__(self, path: Path, schema: Schema) -> None:
        self.path = path
        self.schema = schema
        self._lock = RLock()
        self._generation = -1
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
            if generation != self._generation:
                self._index = self.opened(generation)
                self._generation = generation
            self._index.reload()
            return self._index, generation

    def generation(self) -> int:
        try:
            return int((self.path / LIVE).read_text())
        except FileNotFoundError:
            return 0

    def opened(self, generation: int) -> Index:
        folder = self.path / str(generation)
        folder.mkdir(parents=True, exist_ok=True)
        return Index(self.schema, str(folder))

    @contextmanager
    def locked(self) -> Generator[None, None, None]:
        """One writer at a time, of all processes; the lock dies with its holder."""
        self.path.mkdir(parents=True, exist_ok=True)
        with self._lock, (self.path / LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def take_over(self, rebuilt: "IndexFolder") -> None:
        """Make that one's index the next build of this one.

        The build before stays until then: somebody may be opening it at this moment.
        """
        generation = self.generation() + 1
        source = rebuilt.path / str(rebuilt.generation())
        target = self.path / str(generation)
        self.remove(target)
        source.rename(target)
        following = self.path / f"{LIVE}.next"
        following.write_text(str(generation))
        os.replace(following, self.path / LIVE)
        self.remove(self.path / str(generation - 2))
        self.remove(rebuilt.path)
