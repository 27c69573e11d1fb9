"""Carries the bell's ring to other processes, and theirs to ours.

NOTIFY inside an append would serialise all commits of the cluster, so it goes out
afterwards, on a connection of its own, at most once in five milliseconds. It says which
types of events were recorded, so that whom they do not concern may sleep on.
"""

import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Collection
from threading import Event, Lock, Thread

from psycopg import Connection, Error, connect

from infra.eventstore.bell import Bell

logger = logging.getLogger(__name__)

CHANNEL = "cinema"
NOTIFY = "SELECT pg_notify(%s, %s)"
#: What the server carries at most, in bytes; types' names are ASCII.
LONGEST = 7_999
#: Seconds.
INTERVAL = 0.005
PATIENCE = 1.0


class Worker(ABC):
    """One thread with one connection. Losing it costs speed, nothing else."""

    def __init__(self, name: str, conninfo: str) -> None:
        self.conninfo = conninfo
        self.stopping = Event()
        self.thread = Thread(target=self.run, name=name, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        if self.thread.is_alive():
            self.thread.join()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                with connect(self.conninfo, autocommit=True) as connection:
                    self.work(connection)
            except Error as error:
                logger.warning("%s was interrupted: %s", self.thread.name, error)
                self.stopping.wait(PATIENCE)

    @abstractmethod
    def work(self, connection: Connection) -> None:
        """Until it is told to stop, or the connection is lost."""


class Listener(Worker):
    """Wakes this process when another one has recorded something."""

    def __init__(self, conninfo: str, bell: Bell) -> None:
        super().__init__("listener", conninfo)
        self.bell = bell

    def work(self, connection: Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        self.bell.wake()
        while not self.stopping.is_set():
            for heard in connection.notifies(timeout=PATIENCE, stop_after=1):
                self.bell.wake(heard.payload.split())


class Notifier(Worker):
    """Wakes the others. It connects when there is something to tell."""

    def __init__(self, conninfo: str) -> None:
        super().__init__("notifier", conninfo)
        self.news = Event()
        self.untold: deque[Collection[str]] = deque()
        self.starting = Lock()

    def tell(self, kinds: Collection[str] = (), /) -> None:
        """Never blocks, and nobody waits for it."""
        self.untold.append(kinds)
        self.news.set()
        if self.thread.ident is None:
            with self.starting:
                if self.thread.ident is None and not self.stopping.is_set():
                    self.start()

    def stop(self) -> None:
        self.stopping.set()
        self.news.set()
        super().stop()

    def work(self, connection: Connection) -> None:
        # Nobody needs a hint after a crash.
        connection.execute("SET synchronous_commit = off")
        while not self.stopping.is_set():
            self.news.wait()
            self.news.clear()
            connection.execute(NOTIFY, (CHANNEL, self.message()))
            self.stopping.wait(INTERVAL)

    def message(self) -> str:
        """The types that nobody was told of yet; nothing if not all are known."""
        untold = [self.untold.popleft() for _ in range(len(self.untold))]
        if not all(untold):
            return ""
        kinds = " ".join({kind: None for each in untold for kind in each})
        return kinds if len(kinds) <= LONGEST else ""


def connected(bell: Bell, conninfo: str) -> Callable[[], None]:
    """Let the bell be heard elsewhere; answers with what ends that."""
    notifier = Notifier(conninfo)
    bell.tell_others = notifier.tell
    return notifier.stop
