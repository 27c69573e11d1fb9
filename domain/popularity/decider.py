"""How much a film is wanted, in a stream of its own: an editor's version of the film
does not move because somebody has watched it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from domain.kernel.decider import Decider
from domain.kernel.errors import Invalid
from domain.popularity.commands import MeasurePopularity, PopularityCommand
from domain.popularity.events import PopularityEvent, PopularityMeasured

HIGHEST = 1000


@dataclass(frozen=True, slots=True)
class Unmeasured: ...


@dataclass(frozen=True, slots=True)
class Measured:
    score: int


Popularity: TypeAlias = Unmeasured | Measured


class ScoreOutOfRange(Invalid):
    """A score of popularity is from 0 to 1000."""

    pointer = "/score"


def decide(command: MeasurePopularity, state: Popularity) -> Sequence[PopularityEvent]:
    if not 0 <= command.score <= HIGHEST:
        raise ScoreOutOfRange
    if state == Measured(command.score):
        return ()
    return (
        PopularityMeasured(
            film_id=command.film_id, score=command.score, measured_at=command.now
        ),
    )


def evolve(_: Popularity, event: PopularityMeasured) -> Popularity:
    return Measured(event.score)


popularity: Decider[PopularityCommand, Popularity, PopularityEvent] = Decider(
    category="popularity",
    key=lambda command: command.film_id,
    initial=Unmeasured(),
    decide=decide,
    evolve=evolve,
)
