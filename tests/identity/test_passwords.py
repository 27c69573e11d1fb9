from datetime import timedelta
from typing import Any

import pytest

from tests.identity.conftest import Site
from tests.people import PASSWORD, Person

EMAIL = "ann@example.org"
NEW = "velvet 58 harbour onion"


@pytest.fixture
def ann(site: Site) -> Person:
    return site.person(EMAIL)


@pytest.fixture
def token(site: Site, ann: Person) -> str:
    link = site.system.access.links.password_reset(ann.account_id)
    page, _, token = link.partition("#token=")
    assert page == f"{site.system.settings.public_url}/password-reset"
    return token


def change(site: Site, ann: Person, old: str = PASSWORD, new: str = NEW) -> Any:
    body = {"current_password": old, "new_password": new}
    return site.client.post("/auth/v1/password", json=body, headers=ann.headers)


def ask(site: Site, email: str) -> Any:
    return site.client.post("/auth/v1/password/reset-requests", json={"email": email})


def reset(site: Site, token: str, password: str = NEW) -> Any:
    body = {"token": token, "password": password}
    return site.client.post("/auth/v1/password/resets", json=body)


def test_who_knows_the_old_one_may_change_it(site: Site, ann: Person) -> None:
    phone = site.sign_in(EMAIL).json()
    assert change(site, ann).status_code == 204
    assert site.sign_in(EMAIL).status_code == 401
    assert site.sign_in(EMAIL, NEW).status_code == 200
    assert site.refresh(phone["refresh_token"]).status_code == 401
    assert site.refresh(ann.refresh_token).status_code == 200
    assert site.facts(f"account-{ann.account_id}")[-1] == "PasswordChanged"


def test_who_does_not_may_not_and_cannot_guess(site: Site, ann: Person) -> None:
    answers = [change(site, ann, old="not that one 9") for _ in range(6)]
    assert {answer.json()["code"] for answer in answers} == {"invalid-credentials"}
    assert change(site, ann).status_code == 401


def test_a_new_one_is_as_good_as_a_first_one(site: Site, ann: Person) -> None:
    weak = change(site, ann, new="passwordpassword")
    assert (weak.status_code, weak.json()["code"]) == (422, "weak-password")


def test_nobody_learns_who_is_known(site: Site, ann: Person) -> None:
    known, unknown = ask(site, EMAIL), ask(site, "ben@example.org")
    assert known.status_code == unknown.status_code == 202
    assert known.json() == unknown.json()
    assert site.facts(f"account-{ann.account_id}")[-1] == "PasswordResetRequested"


def test_a_reset_ends_all_sessions_and_signs_nobody_in(
    site: Site, ann: Person, token: str
) -> None:
    done = reset(site, token)
    assert (done.status_code, done.content) == (204, b"")
    assert site.refresh(ann.refresh_token).status_code == 401
    assert site.sign_in(EMAIL).status_code == 401
    assert site.sign_in(EMAIL, NEW).status_code == 200
    facts = site.facts(f"account-{ann.account_id}")
    assert facts[1:] == ["PasswordChanged", "EmailVerified"]
    assert reset(site, token).json()["code"] == "invalid-link"


@pytest.mark.usefixtures("ann")
def test_a_link_outlives_a_weak_password_but_not_an_hour(
    site: Site, token: str
) -> None:
    assert reset(site, token, "passwordpassword").json()["code"] == "weak-password"
    site.wall_clock.now += timedelta(hours=1)
    assert reset(site, token).json()["code"] == "invalid-link"


def test_a_link_is_good_for_what_it_was_made_for(
    site: Site, ann: Person, token: str
) -> None:
    body = {"token": token}
    assert site.client.post("/auth/v1/verifications", json=body).status_code == 400
    link = site.system.access.links.verification(ann.account_id)
    assert reset(site, link.rpartition("=")[2]).status_code == 400


def test_another_verification_letter_can_be_had(site: Site, ann: Person) -> None:
    path = "/command/v1/me/verification-requests"
    assert site.client.post(path, headers=ann.headers).status_code == 202
    assert site.facts(f"account-{ann.account_id}")[-1] == "VerificationRequested"


def test_language_and_time_zone_are_chosen(site: Site, ann: Person) -> None:
    for what, value in (("locale", "en"), ("time-zone", "Asia/Omsk")):
        body = {what.replace("-", "_"): value}
        path = f"/command/v1/me/{what}"
        answer = site.client.post(path, json=body, headers=ann.headers)
        assert answer.status_code == 200
        assert answer.json()["id"] == str(ann.account_id)
        assert answer.headers["Location"] == "/query/v1/me"
    addressee = site.system.access.addresses.find(ann.account_id)
    assert addressee
    assert addressee.locale == "en"
