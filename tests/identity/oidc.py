"""A provider of OpenID Connect that says whatever a test makes it say."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import RSAKey

from infra.identity.oidc.configuration import OidcProvider
from infra.identity.oidc.provider import Provider
from tests.identity.conftest import Site

ISSUER = "https://accounts.google.com"
CLIENT = "cinema-at-google"
KEY = RSAKey.generate_key(2048, {"kid": "k1"}, private=True)

Change = Callable[[dict[str, Any]], Any]


@dataclass
class FakeProvider:
    """``change`` sees each answer, by what was asked, before it is sent."""

    site: Site
    email: str | None = "ann@gmail.com"
    email_verified: bool = True
    subject: str = "1001"
    name: str = "google"
    authoritative: bool = False
    changes: dict[str, Change] = field(default_factory=dict)
    sign: Callable[[dict[str, Any]], str] | None = None
    nonce: str = ""
    asked: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        provider = Provider(
            self.name,
            OidcProvider(
                issuer=ISSUER, client_id=CLIENT, authoritative=self.authoritative
            ),
            self.site.wall_clock,
            httpx2.MockTransport(self.answer),
        )
        journeys = self.site.system.access.open_id
        journeys.providers[self.name] = provider  # type: ignore[index]

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        kind = request.url.path.rpartition("/")[2]
        if kind == "token":
            self.asked = parse_qs(request.content.decode())
        answers: dict[str, Callable[[], dict[str, Any]]] = {
            "openid-configuration": self.metadata,
            "keys": lambda: {"keys": [KEY.as_dict(private=False)]},
            "token": self.token,
            "userinfo": self.user_info,
        }
        content = answers[kind]()
        changed = self.changes.get(kind, same)(content)
        return httpx2.Response(200, json=changed)

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }

    def token(self) -> dict[str, Any]:
        now = int(self.site.wall_clock().timestamp())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": self.subject,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
        }
        if self.email is not None:
            claims |= {"email": self.email, "email_verified": self.email_verified}
        claims = self.changes.get("claims", same)(claims)
        sign = self.sign or signed
        return {
            "access_token": "theirs",
            "token_type": "Bearer",
            "id_token": sign(claims),
        }

    def user_info(self) -> dict[str, Any]:
        return {"sub": self.subject, "email": "ann@gmail.com", "email_verified": True}

    def depart(self) -> dict[str, str]:
        """What the browser would take to the provider."""
        path = f"/auth/v1/oidc/{self.name}/start"
        answer = self.site.client.get(path, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return self.noted(answer.headers["Location"])

    def noted(self, url: str) -> dict[str, str]:
        query = {k: v[0] for k, v in parse_qs(urlsplit(url).query).items()}
        self.nonce = query["nonce"]
        return query

    def arrive(self, **changed: Any) -> Any:
        params = {"code": "c0de"} | changed
        path = f"/auth/v1/oidc/{self.name}/callback"
        return self.site.client.get(path, params=params)

    def round_trip(self, **changed: Any) -> Any:
        return self.arrive(state=self.depart()["state"], **changed)


def same(answer: dict[str, Any]) -> Any:
    return answer


def signed(claims: dict[str, Any], key: Any = KEY, alg: str = "RS256") -> str:
    header = {"alg": alg, "kid": "k1"}
    return jwt.encode(header, claims, key, algorithms=[alg])


def unsigned(claims: dict[str, Any]) -> str:
    return f"{unprotected('none', claims)}."


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    """As if it were a secret that both know."""
    text = unprotected("HS256", claims)
    signature = hmac.digest(KEY.as_pem(private=False), text.encode(), sha256)
    return f"{text}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def unprotected(alg: str, claims: dict[str, Any]) -> str:
    parts = ({"alg": alg, "kid": "k1"}, claims)
    raw = (urlsafe_b64encode(json.dumps(part).encode()) for part in parts)
    return b".".join(part.rstrip(b"=") for part in raw).decode()
