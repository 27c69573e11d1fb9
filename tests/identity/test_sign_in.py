from concurrent.futures import ThreadPoolExecutor
from hashlib import pbkdf2_hmac

import pytest

from tests.identity.conftest import Site, within_a_second
from tests.people import PASSWORD

EMAIL = "ann@example.org"
WRONG = "plum gravel 42 lantern"


def test_one_answer_for_unknown_and_wrong_and_locked(site: Site) -> None:
    site.register(EMAIL)
    wrong = [site.sign_in(EMAIL, WRONG) for _ in range(6)]
    locked = site.sign_in(EMAIL)
    unknown = site.sign_in("ben@example.org")
    problems = [answer.json() for answer in (*wrong, locked, unknown)]
    assert {answer.status_code for answer in (*wrong, locked, unknown)} == {401}
    assert all(problem == problems[0] for problem in problems)
    assert problems[0]["code"] == "invalid-credentials"


def test_who_is_locked_out_may_try_again_after_a_while(site: Site) -> None:
    site.register(EMAIL)
    for _ in range(6):
        site.sign_in(EMAIL, WRONG)
    site.wall_clock.advance(seconds=2)
    assert site.sign_in(EMAIL, WRONG).status_code == 401
    site.wall_clock.advance(seconds=1)
    assert site.sign_in(EMAIL).status_code == 401, "the delay has grown"
    site.wall_clock.advance(seconds=3)
    assert site.sign_in(EMAIL).status_code == 200
    assert site.sign_in(EMAIL, WRONG).status_code == 401
    assert site.sign_in(EMAIL).status_code == 200, "forgiven"


def test_guesses_at_once_are_all_counted(site: Site) -> None:
    attempts = site.system.access.attempts
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(lambda _: attempts.begin(EMAIL, "10.0.0.1"), range(40)))
    assert sum(begun) == 6
    assert attempts.begin(EMAIL, "10.0.0.2"), "another network is not locked out"


def test_failures_from_one_address_are_limited(site: Site) -> None:
    for number in range(30):
        assert site.sign_in(f"{number}@example.org", WRONG).status_code == 401
    refused = site.sign_in("another@example.org", WRONG)
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
    assert int(refused.headers["Retry-After"]) in (1, 2)
    site.wall_clock.advance(seconds=2.1)
    assert site.sign_in("another@example.org", WRONG).status_code == 401


def test_signing_in_well_is_not_limited(site: Site) -> None:
    site.register(EMAIL)
    assert {site.sign_in(EMAIL).status_code for _ in range(32)} == {200}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"grant_type": "password", "email": EMAIL}, "/password"),
        ({"grant_type": "password", "password": PASSWORD}, "/email"),
        ({"grant_type": "refresh_token"}, "/refresh_token"),
        ({"grant_type": "implicit"}, "/grant_type"),
        ({"grant_type": "password", "scope": "all"}, "/scope"),
    ],
)
def test_bodies_that_lack_something(
    site: Site, body: dict[str, str], pointer: str
) -> None:
    answer = site.client.post("/auth/v1/tokens", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_password_of_a_kilobyte_is_not_hashed(site: Site) -> None:
    site.register(EMAIL)
    assert site.sign_in(EMAIL, "p" * 1025).status_code == 401


def test_the_eleventh_session_ends_the_first(site: Site) -> None:
    site.register(EMAIL)
    tokens = [site.sign_in(EMAIL).json() for _ in range(11)]
    assert site.refresh(tokens[0]["refresh_token"]).status_code == 401
    assert site.refresh(tokens[1]["refresh_token"]).status_code == 200


def test_signing_out_is_effective_within_a_second(site: Site) -> None:
    ann = site.person()
    authenticate = site.system.authenticate
    signed_in = authenticate(ann.access_token)
    assert signed_in
    out = site.client.delete("/auth/v1/tokens", headers=ann.headers)
    assert out.status_code == 204
    within_a_second(lambda: authenticate(ann.access_token) is None)
    assert site.refresh(ann.refresh_token).status_code == 401
    facts = site.facts(f"session-{signed_in.session_id}")
    assert facts == ["SignedIn", "SignedOut"]


def test_an_old_hash_is_replaced_at_the_first_sign_in(site: Site) -> None:
    site.register(EMAIL)
    key = pbkdf2_hmac("sha256", PASSWORD.encode(), b"salt", 1000)
    set_hash(site, f"pbkdf2:sha256:1000$salt${key.hex()}")
    assert site.sign_in(EMAIL, WRONG).status_code == 401
    assert site.sign_in(EMAIL).status_code == 200
    row = site.system.access.accounts.by_email(EMAIL)
    assert row
    assert str(row.password_hash).startswith("$argon2id$")
    assert site.sign_in(EMAIL).status_code == 200


def set_hash(site: Site, password_hash: str) -> None:
    with site.system.pool.connection() as connection:
        connection.execute(
            "UPDATE identity.account SET password_hash = %s", (password_hash,)
        )
