from datetime import timedelta

import pytest

from domain.account.decider import account
from domain.account.refusals import (
    AccountNotFound,
    AdministratorCannotBeBlocked,
    AdministratorCannotBeErased,
    ProfileNameUnwritable,
)
from domain.kernel.personal import ERASED
from tests.examples import NOON
from tests.examples.people import (
    block,
    blocked,
    choose_locale,
    choose_time_zone,
    email_verified,
    erase,
    erased,
    link,
    linked,
    locale_chosen,
    name_profile,
    named,
    password_changed,
    record_password_change,
    register,
    registered,
    registration_repeated,
    repeat_registration,
    request_reset,
    request_verification,
    reset_requested,
    time_zone_chosen,
    unblock,
    unblocked,
    verification_requested,
    verify_email,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(account)
LATER = NOON + timedelta(hours=1)


def test_an_account_is_registered_once() -> None:
    given().when(register()).then(registered())
    given(registered()).when(register()).then()


def test_its_owner_learns_of_a_repeated_registration_once_an_hour() -> None:
    was = registered(), registration_repeated()
    given(registered()).when(repeat_registration()).then(registration_repeated())
    given(*was).when(repeat_registration()).then()
    again = registration_repeated(repeated_at=LATER)
    given(*was).when(repeat_registration(now=LATER)).then(again)


def test_an_address_is_verified_once_even_if_blocked() -> None:
    given(registered()).when(verify_email()).then(email_verified())
    given(registered(), email_verified()).when(verify_email()).then()
    given(registered(), blocked()).when(verify_email()).then(email_verified())
    given(registered(), blocked(), email_verified()).when(verify_email()).then()


def test_an_identity_is_linked_once() -> None:
    given(registered()).when(link()).then(linked())
    given(registered(), linked()).when(link()).then()


def test_another_link_is_sent_once_a_minute_until_it_was_used() -> None:
    asked, soon = verification_requested(), NOON + timedelta(minutes=1)
    given(registered()).when(request_verification()).then(asked)
    given(registered(), asked).when(request_verification()).then()
    given(registered(), asked).when(request_verification(now=soon)).then(
        verification_requested(requested_at=soon)
    )
    given(registered(), email_verified()).when(request_verification()).then()


def test_a_reset_is_sent_once_a_minute_unless_blocked() -> None:
    asked, soon = reset_requested(), NOON + timedelta(minutes=1)
    given(registered()).when(request_reset()).then(asked)
    given(registered(), asked).when(request_reset()).then()
    given(registered(), asked).when(request_reset(now=soon)).then(
        reset_requested(requested_at=soon)
    )
    given(registered(), blocked()).when(request_reset()).then()


def test_every_change_of_a_password_is_on_record() -> None:
    given(registered(), password_changed()).when(record_password_change()).then(
        password_changed()
    )


def test_language_and_time_zone_are_chosen() -> None:
    given(registered()).when(choose_locale()).then(locale_chosen())
    given(registered(), locale_chosen()).when(choose_locale()).then()
    given(registered()).when(choose_time_zone()).then(time_zone_chosen())
    given(registered(), time_zone_chosen()).when(choose_time_zone()).then()


def test_an_account_is_blocked_and_unblocked() -> None:
    given(registered()).when(block()).then(blocked())
    given(registered(), blocked()).when(block()).then()
    given(registered(), blocked()).when(unblock()).then(unblocked())
    given(registered()).when(unblock()).then()


def test_an_administrator_cannot_be_blocked() -> None:
    command = block(is_administrator=True)
    given(registered()).when(command).then_refused(AdministratorCannotBeBlocked)


def test_nothing_can_be_asked_of_an_account_that_is_not_there() -> None:
    for command in (
        repeat_registration(),
        verify_email(),
        request_verification(),
        request_reset(),
        record_password_change(),
        choose_locale(),
        choose_time_zone(),
        link(),
        block(),
        unblock(),
    ):
        given().when(command).then_refused(AccountNotFound)


def test_any_order_of_facts_can_be_read() -> None:
    for history in [
        (email_verified(), linked(), blocked(), unblocked(), registration_repeated()),
        (registered(), blocked(), linked(), blocked(), unblocked(), unblocked()),
    ]:
        account.fold(history)


def test_a_profile_is_named_and_named_anew() -> None:
    given(registered()).when(name_profile()).then(named())
    given(registered()).when(name_profile(name=" Анна ")).then(named())
    given(registered(), named()).when(name_profile()).then()
    given(registered(), named()).when(name_profile(name="Ann")).then(named(name="Ann"))


def test_a_profile_whose_name_was_erased_can_be_named() -> None:
    given(registered(), named(name=ERASED)).when(name_profile()).then(named())


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
def test_a_name_is_one_line(name: str) -> None:
    given(registered()).when(name_profile(name=name)).then_refused(
        ProfileNameUnwritable
    )


def test_nothing_more_happens_to_an_erased_account() -> None:
    given(registered(), named()).when(erase()).then(erased())
    given(registered(), blocked()).when(erase()).then(erased())
    given(registered(), erased()).when(erase()).then()
    given(registered(), erased()).when(name_profile()).then_refused(AccountNotFound)
    given(registered(), erased(), unblocked()).when(block()).then_refused(
        AccountNotFound
    )
    given().when(erase()).then_refused(AccountNotFound)


def test_an_administrator_is_not_erased() -> None:
    erasing = given(registered()).when(erase(is_administrator=True))
    erasing.then_refused(AdministratorCannotBeErased)
