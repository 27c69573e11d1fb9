"""Rings this process's bell when another process has recorded something."""

import logging
from threading import Event, Thread

from psycopg import Connection, Error, connect

from infra.eventstore.bell import Bell

logger = logging.getLogger(__name__)

#: The library notifies on a channel named like the table of events.
CHANNEL = "cinema_events"
PATIENCE = 1.0


class Listener:
    """One listening connection. Losing it costs speed, nothing else: followers poll."""

    def __init__(self, conninfo: str, bell: Bell) -> None:
        self.conninfo = conninfo
        self.bell = bell
        self.stopping = Event()
        self.thread = Thread(target=self.listen, name="listener", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join()

    def listen(self) -> None:
        while not self.stopping.is_set():
            try:
                with connect(self.conninfo, autocommit=True) as connection:
                    self.ring_on_notice(connection)
            except Error as error:
                logger.warning("listening was interrupted: %s", error)
                self.stopping.wait(PATIENCE)

    def ring_on_notice(self, connection: Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        self.bell.ring()
        while not self.stopping.is_set():
            for _ in connection.notifies(timeout=PATIENCE, stop_after=1):
                self.bell.ring()
