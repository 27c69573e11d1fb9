from datetime import timedelta

from processes.account_letters import Fact, account_letters
from processes.correspondence import order
from tests.examples import NOON
from tests.examples.people import (
    ACCOUNT,
    IDENTITY,
    SESSION,
    email_verified,
    linked,
    password_changed,
    registered,
    registration_repeated,
    reset_requested,
    reuse_detected,
    verification_requested,
)
from tests.scenario import ProcessScenario

given = ProcessScenario(account_letters)


def test_a_newcomer_is_asked_to_confirm_the_address_then_welcomed() -> None:
    verify = order("verify-email", ACCOUNT, (ACCOUNT,), NOON)
    given().when(registered()).then(verify)
    welcome = order("welcome", ACCOUNT, (ACCOUNT,), NOON)
    given(registered()).when(email_verified()).then(welcome)


def test_who_asks_for_a_link_gets_another_letter() -> None:
    verify = order("verify-email", ACCOUNT, (ACCOUNT, NOON), NOON)
    given(registered()).when(verification_requested()).then(verify)
    reset = order("password-reset", ACCOUNT, (ACCOUNT, NOON), NOON)
    given(registered()).when(reset_requested()).then(reset)


def test_whatever_opens_the_account_is_told_to_its_owner() -> None:
    at = {"changed_at": NOON.isoformat()}
    changed = order("password-changed", ACCOUNT, (ACCOUNT, NOON), NOON, at)
    given(registered()).when(password_changed()).then(changed)
    by = {"provider": "google"}
    letter = order("identity-linked", ACCOUNT, (IDENTITY,), NOON, by)
    given(registered()).when(linked()).then(letter)


def test_a_spent_session_key_is_told_to_its_owner() -> None:
    told = {"detected_at": NOON.isoformat()}
    letter = order("token-reuse", ACCOUNT, (SESSION,), NOON, told)
    given(registered()).when(reuse_detected()).then(letter)


def test_nobodys_mailbox_can_be_filled_by_a_stranger() -> None:
    [first] = account_letters.react(registration_repeated(), None)
    soon, tomorrow = NOON + timedelta(minutes=1), NOON + timedelta(days=1)
    [second] = account_letters.react(registration_repeated(repeated_at=soon), None)
    [third] = account_letters.react(registration_repeated(repeated_at=tomorrow), None)
    assert first.letter_id == second.letter_id != third.letter_id


def test_a_story_is_a_day_so_that_none_grows_for_ever() -> None:
    tomorrow = reset_requested(requested_at=NOON + timedelta(days=1))
    stories = [account_letters.correlate(f) for f in (reset_requested(), tomorrow)]
    assert stories == [f"{ACCOUNT}-2026-03-01", f"{ACCOUNT}-2026-03-02"]


def test_letters_of_different_kinds_are_different_letters() -> None:
    facts: list[Fact] = [
        registered(),
        email_verified(),
        registration_repeated(),
        reuse_detected(),
        verification_requested(),
        reset_requested(),
        password_changed(),
        linked(),
    ]
    ids = {letter.letter_id for f in facts for letter in account_letters.react(f, None)}
    assert len(ids) == len(facts)
