"""What people watch, want to watch and think of it."""

from domain.popularity.commands import MeasurePopularity
from domain.popularity.events import PopularityMeasured
from tests.examples import NOON, example
from tests.examples.catalogue import FILM

measure = example(MeasurePopularity, film_id=FILM, score=420, now=NOON)
measured = example(PopularityMeasured, film_id=FILM, score=420, measured_at=NOON)
