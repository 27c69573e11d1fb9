import pytest

from domain.opinion.decider import OpinionOutOfRange, opinion
from tests.examples import viewing
from tests.examples.viewing import give, withdraw, withdrawn
from tests.scenario import DeciderScenario

given = DeciderScenario(opinion)


def test_one_opinion_at_a_time() -> None:
    given().when(give()).then(viewing.given())
    given(viewing.given()).when(give()).then()
    given(viewing.given()).when(give(rating=3)).then(viewing.given(rating=3))


def test_an_opinion_is_taken_back() -> None:
    given().when(withdraw()).then()
    given(viewing.given()).when(withdraw()).then(withdrawn())
    given(viewing.given(), withdrawn()).when(give()).then(viewing.given())


@pytest.mark.parametrize("rating", [0, 11, -1])
def test_a_rating_is_from_one_to_ten(rating: int) -> None:
    given().when(give(rating=rating)).then_refused(OpinionOutOfRange)
    given(viewing.given()).when(give(rating=rating)).then_refused(OpinionOutOfRange)
