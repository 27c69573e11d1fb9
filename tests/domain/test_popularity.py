from hypothesis import given as whatever
from hypothesis import strategies as some

from domain.popularity.decider import HIGHEST, ScoreOutOfRange, popularity
from tests.examples.viewing import measure, measured
from tests.scenario import DeciderScenario

given = DeciderScenario(popularity)


def test_a_score_is_recorded_when_it_is_another() -> None:
    given().when(measure(score=0)).then(measured(score=0))
    given(measured(score=300)).when(measure(score=310)).then(measured(score=310))
    given(measured(score=300)).when(measure(score=300)).then()


def test_a_score_that_was_before_is_recorded_again() -> None:
    given(measured(score=1), measured(score=2)).when(measure(score=1)).then(
        measured(score=1)
    )


@whatever(some.integers(-HIGHEST, 3 * HIGHEST))
def test_a_score_is_within_its_scale(score: int) -> None:
    if 0 <= score <= HIGHEST:
        given().when(measure(score=score)).then(measured(score=score))
    else:
        given().when(measure(score=score)).then_refused(ScoreOutOfRange)
