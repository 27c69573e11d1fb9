"""One clock, and everybody who lives by it: from one thing that is due to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import Random

from domain.kernel.values import Period
from infra.bootstrap import System
from infra.simulation.deeds import Deeds
from infra.simulation.people import Intent
from infra.simulation.turns import Turns

#: What is due within so much time happens together.
STRIDE = timedelta(hours=2)
OUTAGES, JUMPS = 6, 2
#: What is in doubt at the end is not for longer.
AFTERMATH = timedelta(days=3)

NEXT = """
SELECT least(
    (SELECT min(due) FROM read.alarms AS alarm WHERE NOT EXISTS (
        SELECT FROM work.rung
        WHERE (subject, kind, due) = (alarm.subject, alarm.kind, alarm.due)
    )),
    (SELECT min(due) FROM read.charges_due)
)
"""


@dataclass
class StillClock:
    """It stands until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def windows(
    chance: Random, number: int, start: datetime, end: datetime, longest: timedelta
) -> list[Period]:
    """Some stretches of time, of at least a fifth of the longest."""
    found = []
    for _ in range(number):
        begin = start + (end - start) * chance.random()
        found.append(Period(begin, begin + longest * chance.uniform(0.2, 1)))
    return found


class World:
    """``jumps``: nothing of ours runs then; what was due happens afterwards."""

    def __init__(
        self,
        system: System,
        clock: StillClock,
        deeds: Deeds,
        intents: Sequence[Intent],
        jumps: Sequence[Period],
    ) -> None:
        self.system = system
        self.clock = clock
        self.deeds = deeds
        self.intents = intents
        self.jumps = jumps
        self.turns = Turns(system)
        self.begun = clock.now
        self.next_intent = 0

    def live(self, until: datetime) -> Iterator[datetime]:
        """Each moment at which something was done, when all of it is done."""
        while (moment := self.moment(until)) < until:
            yield self.at(moment)
        yield self.at(until)
        end = until + AFTERMATH
        while self.clock.now < end:
            yield self.at(self.clock.now + 6 * STRIDE)
        self.turns.tell_all()

    def at(self, moment: datetime) -> datetime:
        self.clock.now = moment
        while self.next_intent < len(self.intents):
            intent = self.intents[self.next_intent]
            if intent.at > moment:
                break
            self.deeds.do(intent)
            self.next_intent += 1
        self.turns.drain()
        return moment

    def moment(self, until: datetime) -> datetime:
        """The next one at which something is due, or somebody means to do something."""
        soonest = self.clock.now + STRIDE
        due = [each for each in (self.due(), self.intended()) if each]
        wanted = max(min(due, default=until), soonest)
        for jump in self.jumps:
            if jump.start <= wanted < jump.end:
                wanted = jump.end
        strides = ceil((wanted - self.begun) / STRIDE)
        return min(self.begun + strides * STRIDE, until)

    def due(self) -> datetime | None:
        with self.system.pool.connection() as connection:
            row = connection.execute(NEXT).fetchone()
        due: datetime | None = row[0] if row else None
        return due

    def intended(self) -> datetime | None:
        left = self.intents[self.next_intent : self.next_intent + 1]
        return left[0].at if left else None
