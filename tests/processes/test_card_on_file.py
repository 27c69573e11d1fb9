from domain.billing_ids import method_of
from processes.card_on_file import card_on_file
from tests.examples.billing import METHOD_ID
from tests.examples.payment_methods import attach, attached, detached, invalidated
from tests.examples.payments import CARD, succeeded
from tests.examples.subscriptions import clear_method, set_method
from tests.scenario import ProcessScenario

given = ProcessScenario(card_on_file)


def test_a_saved_card_is_attached_and_charged_for_the_next() -> None:
    saved = attach(payment_method_id=method_of("memory", CARD.ref))
    given().when(succeeded(card=CARD)).then(saved)
    given().when(attached()).then(set_method())


def test_what_is_gone_is_not_charged() -> None:
    given().when(detached()).then(clear_method())
    given().when(invalidated()).then(clear_method(payment_method_id=METHOD_ID))


def test_what_was_not_saved_proves_nothing() -> None:
    unsaved = CARD.__class__(
        ref=CARD.ref, kind=CARD.kind, title=CARD.title, saved=False
    )
    others = (
        succeeded(),
        succeeded(card=unsaved),
        succeeded(card=CARD, off_session=True),
    )
    assert {card_on_file.correlate(fact) for fact in others} == {None}
    given().when(succeeded()).then()
