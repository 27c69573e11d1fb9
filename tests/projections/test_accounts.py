from datetime import timedelta

from projections.accounts import AccountRow, accounts
from tests.examples import NOON, example
from tests.examples.people import (
    ACCOUNT,
    OTHER_ACCOUNT,
    blocked,
    email_verified,
    granted,
    linked,
    locale_chosen,
    registered,
    registration_repeated,
    revoked,
    signed_in,
    time_zone_chosen,
    unblocked,
)
from tests.scenario import ProjectionScenario

given = ProjectionScenario(accounts)
row = example(
    AccountRow,
    account_id=ACCOUNT,
    locale="ru",
    time_zone="Europe/Moscow",
    registered_at=NOON,
)


def test_an_account_appears_when_it_is_registered() -> None:
    given(registered()).then(row())
    given(registered(), registration_repeated()).then(row())


def test_it_shows_what_is_so_of_it_now() -> None:
    given(registered(), email_verified(), blocked()).then(
        row(verified=True, blocked=True)
    )
    given(registered(), blocked(), unblocked()).then(row())
    given(registered(), linked()).then(row(providers=("google",)))
    given(registered(), locale_chosen(), time_zone_chosen()).then(
        row(locale="en", time_zone="Asia/Omsk")
    )


def test_it_shows_the_roles_its_owner_has() -> None:
    both = granted(), granted(role="finance")
    given(registered(), *both).then(row(roles=("support", "finance")))
    given(registered(), *both, revoked()).then(row(roles=("finance",)))


def test_it_shows_the_last_sign_in() -> None:
    later = NOON + timedelta(days=1)
    given(registered(), signed_in(), signed_in(signed_in_at=later)).then(
        row(last_signed_in_at=later)
    )


def test_facts_about_an_account_that_is_not_there_change_nothing() -> None:
    given(granted(account_id=OTHER_ACCOUNT), signed_in(), blocked()).then()
