from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.identity.conftest import Site
from tests.people import PASSWORD

EMAIL = "Ann@Example.org"


def test_who_has_registered_can_sign_in_at_once(site: Site) -> None:
    registered = site.register(EMAIL)
    assert registered.status_code == 202
    answer = site.sign_in(EMAIL)
    tokens = answer.json()
    assert answer.status_code == 200
    assert set(tokens) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Cinema-Position"]) == 2


def test_addresses_differ_by_more_than_case(site: Site) -> None:
    site.register(EMAIL)
    assert site.sign_in("aNN@exAMPLE.org").status_code == 200


def test_nobody_learns_whose_address_is_known(site: Site) -> None:
    first = site.register(EMAIL)
    again = site.register(EMAIL.lower(), password="another lantern 77 mosaic")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert set(again.headers) == set(first.headers)
    assert site.sign_in(EMAIL, "another lantern 77 mosaic").status_code == 401
    caller = site.system.authenticate(site.sign_in(EMAIL).json()["access_token"])
    assert caller
    facts = site.facts(f"account-{caller.account_id}")
    assert facts == ["AccountRegistered", "RegistrationRepeated"]


def test_registrations_that_race_make_one_account(site: Site) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: site.register(EMAIL), range(8)))
    assert {answer.status_code for answer in answers} == {202}
    with site.system.pool.connection() as connection:
        [row] = connection.execute("SELECT account_id FROM identity.account").fetchall()
    assert site.facts(f"account-{row[0]}")[0] == "AccountRegistered"


def test_a_crash_before_the_log_knew_heals_at_the_next_sign_in(site: Site) -> None:
    site.register(EMAIL)
    with site.system.pool.connection() as connection:
        connection.execute(
            "UPDATE identity.account SET recorded_at = NULL, account_id = %s",
            ("00000000-0000-7000-8000-000000000001",),
        )
    assert site.sign_in(EMAIL).status_code == 200
    stream = "account-00000000-0000-7000-8000-000000000001"
    assert site.facts(stream) == ["AccountRegistered"]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("plum 41", "at least 12"),
        ("p" * 129, "at most 128"),
        ("ё" * 600, "at most 128"),
        ("passwordpassword", "too easy to guess"),
        ("ann@example.org", "too easy to guess"),
    ],
)
def test_weak_passwords(site: Site, password: str, why: str) -> None:
    answer = site.register(EMAIL, password)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "weak-password")
    assert why in problem["detail"]
    assert problem["errors"][0]["pointer"] == "/password"


@pytest.mark.parametrize("email", ["ann", "ann@", "a b@c.de", "a@b", "a@b..de", "a@-"])
def test_bad_addresses(site: Site, email: str) -> None:
    answer = site.register(email)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"][0]["pointer"] == "/email"


def test_a_time_zone_is_one_of_the_world(site: Site) -> None:
    body = {"email": EMAIL, "password": PASSWORD, "time_zone": "Mars/Base"}
    answer = site.client.post("/auth/v1/registrations", json=body)
    assert answer.json()["errors"][0]["pointer"] == "/time_zone"
