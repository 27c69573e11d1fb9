"""What a provider, or somebody in between, must not get away with."""

from typing import Any

import pytest
from joserfc.jwk import RSAKey

from tests.identity.conftest import Site
from tests.identity.oidc import (
    CLIENT,
    FakeProvider,
    signed,
    signed_with_the_public_key,
    unsigned,
)


@pytest.fixture
def google(site: Site) -> FakeProvider:
    return FakeProvider(site)


def test_somebody_new_comes_home_with_a_session(
    site: Site, google: FakeProvider
) -> None:
    asked = google.depart()
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid email"
    assert asked["redirect_uri"].endswith("/auth/v1/oidc/google/callback")
    answer = google.arrive(state=asked["state"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(google.asked["code_verifier"][0]) >= 43
    caller = site.system.authenticate(answer.json()["access_token"])
    assert caller
    facts = site.facts(f"account-{caller.account_id}")
    assert facts == ["AccountRegistered", "IdentityLinked", "EmailVerified"]
    again = google.round_trip()
    same = site.system.authenticate(again.json()["access_token"])
    assert same
    assert same.account_id == caller.account_id
    assert site.facts(f"account-{caller.account_id}") == facts


def test_a_flow_is_good_once(google: FakeProvider) -> None:
    state = google.depart()["state"]
    assert google.arrive(state=state).status_code == 200
    again = google.arrive(state=state)
    assert (again.status_code, again.json()["code"]) == (400, "invalid-flow")


def test_a_flow_is_good_for_ten_minutes(site: Site, google: FakeProvider) -> None:
    state = google.depart()["state"]
    site.wall_clock.advance(minutes=10)
    assert google.arrive(state=state).json()["code"] == "invalid-flow"


def test_a_flow_is_good_in_its_own_browser(site: Site, google: FakeProvider) -> None:
    mine = google.depart()["state"]
    site.client.cookies.clear()
    assert google.arrive(state=mine).json()["code"] == "invalid-flow"
    google.depart()
    assert google.arrive(state=mine).json()["code"] == "invalid-flow"
    assert google.arrive().json()["code"] == "invalid-flow"


def test_a_flow_is_good_at_its_own_provider(site: Site, google: FakeProvider) -> None:
    other = FakeProvider(site, name="other")
    state = google.depart()["state"]
    assert other.arrive(state=state).json()["code"] == "invalid-flow"


def test_who_says_no_at_the_provider_is_not_signed_in(google: FakeProvider) -> None:
    refused = google.round_trip(error="access_denied")
    assert (refused.status_code, refused.json()["code"]) == (400, "provider-refused")


def test_a_provider_that_is_not_there(site: Site) -> None:
    for path in ("start", "callback"):
        answer = site.client.get(f"/auth/v1/oidc/nobody/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-provider")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["another"], "azp": CLIENT},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"iat": 9_999_999_999},
        {"nbf": 9_999_999_999},
        {"sub": None},
        {"sub": 5},
        {"at_hash": "bm90IGl0"},
    ],
)
def test_claims_that_are_not_right(
    google: FakeProvider, claims: dict[str, Any]
) -> None:
    def change(given: dict[str, Any]) -> dict[str, Any]:
        changed = given | claims
        return {name: value for name, value in changed.items() if value is not None}

    google.changes["claims"] = change
    failed = google.round_trip()
    assert (failed.status_code, failed.json()["code"]) == (502, "provider-failed")


def test_the_clocks_may_be_thirty_seconds_apart(
    site: Site, google: FakeProvider
) -> None:
    now = int(site.wall_clock().timestamp())
    google.changes["claims"] = lambda given: given | {"exp": now - 29}
    assert google.round_trip().status_code == 200
    google.changes["claims"] = lambda given: given | {"exp": now - 31}
    assert google.round_trip().status_code == 502


FOREIGN = RSAKey.generate_key(2048, {"kid": "k1"}, private=True)


@pytest.mark.parametrize(
    "sign",
    [
        unsigned,
        lambda claims: signed(claims, FOREIGN),
        lambda claims: signed(claims, alg="RS512"),
        signed_with_the_public_key,
        lambda _: "nonsense",
        lambda _: None,
    ],
)
def test_signatures_that_are_not_right(google: FakeProvider, sign: Any) -> None:
    google.sign = sign
    assert google.round_trip().json()["code"] == "provider-failed"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("openid-configuration", {"issuer": "https://evil.example"}),
        ("openid-configuration", {"jwks_uri": None}),
        ("token", {"id_token": None}),
        ("token", {"error": "invalid_grant"}),
    ],
)
def test_answers_that_are_not_right(
    google: FakeProvider, kind: str, change: dict[str, Any]
) -> None:
    google.changes[kind] = lambda given: given | change
    state = ""
    if kind == "token":
        state = google.depart()["state"]
        answer = google.arrive(state=state)
    else:
        path = f"/auth/v1/oidc/{google.name}/start"
        answer = google.site.client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.json()["code"]) == (502, "provider-failed")


def test_the_answer_must_be_from_who_was_asked(google: FakeProvider) -> None:
    assert google.round_trip(iss="https://evil.example").status_code == 502
    assert google.round_trip(iss="https://accounts.google.com").status_code == 200


def test_a_provider_that_promises_to_say_who_it_is_must_do_so(
    google: FakeProvider,
) -> None:
    promise = {"authorization_response_iss_parameter_supported": True}
    google.changes["openid-configuration"] = lambda given: given | promise
    assert google.round_trip().status_code == 502
    assert google.round_trip(iss="https://accounts.google.com").status_code == 200


def test_the_user_info_must_be_the_same_persons(
    site: Site, google: FakeProvider
) -> None:
    google.email = None
    google.changes["userinfo"] = lambda given: given | {"sub": "1002"}
    assert google.round_trip().status_code == 502
    del google.changes["userinfo"]
    assert google.round_trip().status_code == 200
    assert site.system.access.directory.account_with("ann@gmail.com")


@pytest.mark.parametrize("path", ["start", "link"])
def test_cookies_and_answers_hold_no_secret_for_long(
    site: Site, google: FakeProvider, path: str
) -> None:
    url = f"/auth/v1/oidc/{google.name}/{path}"
    method = "GET" if path == "start" else "POST"
    headers = site.person().headers if path == "link" else {}
    answer = site.client.request(method, url, headers=headers, follow_redirects=False)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=600" in cookie
    assert answer.headers["Cache-Control"] == "no-store"
