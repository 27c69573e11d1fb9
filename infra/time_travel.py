"""Moves the sandbox's clock so that what falls due does so in its order."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import sleep

from infra import clock
from infra.bootstrap import System
from infra.embedded.payments import tell_time
from infra.eventstore.listener import CHANNEL
from infra.settled import Onlooker
from infra.workers import premiere_clock

NEXT = """
SELECT min(due) FROM read.alarms WHERE due > %s AND due <= %s
"""
DURATION = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
UNITS = ("weeks", "days", "hours", "minutes", "seconds")


class NoDuration(ValueError):
    """A duration is written as 31d, 12h, 90m, 45s, 2w, or together as 1d12h."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r}: {self.__doc__}")


def duration(text: str) -> timedelta:
    """Raises ``NoDuration``."""
    parts = DURATION.fullmatch(text.strip().lower())
    if not text.strip() or parts is None:
        raise NoDuration(text)
    given = zip(UNITS, parts.groups(), strict=True)
    try:
        return timedelta(**{unit: int(number) for unit, number in given if number})
    except OverflowError as error:
        raise NoDuration(text) from error


class TimeTraveller:
    """Every instant at which something is due is lived through, till all is at rest."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.onlooker = Onlooker(system)
        self.premieres = premiere_clock(system)

    def travel(self, to: datetime) -> Iterator[datetime]:
        """Each instant on the way, when all is done that was due then.

        Raises ``ClockRunsForward``, ``Restless``.
        """
        if to < self.system.clock():
            raise clock.ClockRunsForward
        self.onlooker.await_rest()
        while due := self.next_alarm(to):
            yield self.stop_at(due)
        yield self.stop_at(to)

    def next_alarm(self, until: datetime) -> datetime | None:
        with self.system.pool.connection() as connection:
            now = self.system.clock()
            [(due,)] = connection.execute(NEXT, (now, until)).fetchall()
            premiere = self.premieres.next(connection, now, until)
        return min((each for each in (due, premiere) if each), default=None)

    def stop_at(self, moment: datetime) -> datetime:
        with self.system.pool.connection() as connection:
            moment = clock.move(connection, max(moment, self.system.clock()))
            tell_time(self.system.settings.yookassa_url, moment)
            sleep(clock.FRESH * 1.5)  # By then every process has seen it.
            connection.execute(f"NOTIFY {CHANNEL}")
        self.onlooker.await_rest()
        return moment
