from domain.subscriber.decider import AlreadySubscribed, subscriber
from tests.examples.billing import (
    OTHER_SUBSCRIPTION,
    claim,
    claimed,
    release,
    released,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(subscriber)
other = {"subscription_id": OTHER_SUBSCRIPTION}


def test_there_is_one_place() -> None:
    given().when(claim()).then(claimed())
    given(claimed()).when(claim()).then()
    given(claimed()).when(claim(**other)).then_refused(AlreadySubscribed)


def test_whoever_has_it_gives_it_back() -> None:
    given(claimed()).when(release()).then(released())
    given(claimed()).when(release(**other)).then()
    given(claimed(), released()).when(release()).then()
    given(claimed(), released()).when(claim(**other)).then(claimed(**other))
