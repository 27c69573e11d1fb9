"""What is not exactly a living token of ours is refused (RFC 8725)."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.identity.conftest import Site
from tests.people import Person


@pytest.fixture
def ann(site: Site) -> Person:
    return site.person()


def part(token: str, number: int) -> dict[str, Any]:
    encoded = token.split(".")[number]
    content: dict[str, Any] = json.loads(urlsafe_b64decode(encoded + "=="))
    return content


def encoded(content: Any) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def resigned(site: Site, token: str, header: Any = (), **claims: Any) -> str:
    """With our own key, but not what we would have signed."""
    signer = site.system.access.keys.signer()
    return jwt.encode(
        part(token, 0) | dict(header),
        part(token, 1) | claims,
        signer.key,
        algorithms=["ES256"],
    )


def test_it_says_who_and_nothing_of_what_is_permitted(site: Site, ann: Person) -> None:
    header, claims = part(ann.access_token, 0), part(ann.access_token, 1)
    assert (header["alg"], header["typ"]) == ("ES256", "at+jwt")
    assert set(header) == {"alg", "typ", "kid"}
    assert claims["sub"] == str(ann.account_id)
    assert claims["exp"] - claims["iat"] == 600
    expected = {"iss", "aud", "sub", "sid", "jti", "iat", "exp", "auth_time"}
    assert set(claims) == expected
    assert site.system.authenticate(resigned(site, ann.access_token))


def test_the_published_keys_verify_it(site: Site, ann: Person) -> None:
    answer = site.client.get("/.well-known/jwks.json")
    [key] = answer.json()["keys"]
    assert (key["kty"], key["crv"], key["use"]) == ("EC", "P-256", "sig")
    assert "d" not in key
    assert key["kid"] == part(ann.access_token, 0)["kid"]
    jwt.decode(ann.access_token, ECKey.import_key(key), algorithms=["ES256"])


def test_an_unsigned_one(site: Site, ann: Person) -> None:
    claims = ann.access_token.split(".")[1]
    for algorithm in ("none", "None", "ES256"):
        header = part(ann.access_token, 0) | {"alg": algorithm}
        assert site.system.authenticate(f"{encoded(header)}.{claims}.") is None


def test_one_signed_with_the_public_key_as_a_secret(site: Site, ann: Person) -> None:
    [public] = site.client.get("/.well-known/jwks.json").json()["keys"]
    key = ECKey.import_key(public)
    header = part(ann.access_token, 0) | {"alg": "HS256"}
    signed = f"{encoded(header)}.{ann.access_token.split('.')[1]}"
    for secret in (key.as_pem(private=False), json.dumps(public).encode()):
        signature = urlsafe_b64encode(hmac.digest(secret, signed.encode(), sha256))
        forged = f"{signed}.{signature.rstrip(b'=').decode()}"
        assert site.system.authenticate(forged) is None


def test_one_signed_with_a_foreign_key(site: Site, ann: Person) -> None:
    foreign = ECKey.generate_key("P-256")
    header, claims = part(ann.access_token, 0), part(ann.access_token, 1)
    public = foreign.as_dict(private=False)
    for extra in (
        {},
        {"kid": "theirs"},
        {"jwk": public},
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/cert"},
    ):
        forged = jwt.encode(header | extra, claims, foreign, algorithms=["ES256"])
        assert site.system.authenticate(forged) is None


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/cert"},
        {"cty": "JWT"},
    ],
)
def test_a_header_that_is_not_ours(
    site: Site, ann: Person, header: dict[str, Any]
) -> None:
    assert site.system.authenticate(resigned(site, ann.access_token, header)) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["cinema"]},
        {"exp": 1},
        {"exp": "never"},
        {"iat": 9_999_999_999},
        {"sub": "root"},
        {"sub": "00000000-0000-7000-8000-000000000001"},
        {"sid": "00000000-0000-7000-8000-000000000001"},
        {"sid": None},
    ],
)
def test_claims_that_are_not_right(
    site: Site, ann: Person, claims: dict[str, Any]
) -> None:
    assert site.system.authenticate(resigned(site, ann.access_token, **claims)) is None


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", "é.b.c", "bnVsbA..", "a" * 5000]
)
def test_what_is_no_token_at_all(site: Site, text: str) -> None:
    assert site.system.authenticate(text) is None


def test_an_expired_one(site: Site, ann: Person) -> None:
    site.wall_clock.advance(minutes=10)
    assert site.system.authenticate(ann.access_token) is None
    answer = site.client.get("/query/v1/films", headers=ann.headers)
    assert answer.status_code in (401, 404)


def test_two_keys_are_good_while_one_is_replaced(site: Site, ann: Person) -> None:
    kid = site.system.access.keys.rotate()
    assert site.system.authenticate(ann.access_token)
    newer = site.refresh(ann.refresh_token).json()["access_token"]
    assert part(newer, 0)["kid"] == kid
    published = site.client.get("/.well-known/jwks.json").json()["keys"]
    assert [key["kid"] for key in published] == [kid, part(ann.access_token, 0)["kid"]]
