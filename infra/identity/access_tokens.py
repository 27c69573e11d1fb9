"""Access tokens: JSON Web Tokens (RFC 9068) that live for ten minutes.

They say who and since when, never what is permitted: roles change while they live.
Their time is the world's, not the sandbox's clock: moving that clock by a month must
not sign everybody out, and a token is no business fact.
"""

import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError

from command_api.dependencies import new_id
from domain.kernel.messages import Clock
from infra.identity.signing_keys import ALGORITHM, SigningKeys

LIFETIME = timedelta(minutes=10)
#: How far the clocks of two machines may be apart.
LEEWAY = timedelta(seconds=5)
TYPE = "at+jwt"
AUDIENCE = "cinema"
LONGEST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Whose session a token stands for, and when they showed who they are."""

    account_id: UUID
    session_id: UUID
    authenticated_at: datetime


class Claims(msgspec.Struct, frozen=True):
    iss: str
    aud: str
    sub: UUID
    sid: UUID
    jti: str
    iat: int
    exp: int
    auth_time: int


class AccessTokens:
    def __init__(self, keys: SigningKeys, issuer: str, wall_clock: Clock) -> None:
        self.keys = keys
        self.issuer = issuer
        self.wall_clock = wall_clock

    def issue(self, holding: Holding) -> str:
        now = self.wall_clock()
        claims = Claims(
            iss=self.issuer,
            aud=AUDIENCE,
            sub=holding.account_id,
            sid=holding.session_id,
            jti=str(new_id()),
            iat=int(now.timestamp()),
            exp=int((now + LIFETIME).timestamp()),
            auth_time=int(holding.authenticated_at.timestamp()),
        )
        signer = self.keys.signer()
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": signer.kid}
        return jwt.encode(
            header, msgspec.to_builtins(claims), signer.key, algorithms=[ALGORITHM]
        )

    def read(self, token: str) -> Holding | None:
        """None for whatever is not exactly a living token of ours."""
        claims = self.verified(token)
        if claims is None or not self.is_current(claims):
            return None
        return Holding(
            account_id=claims.sub,
            session_id=claims.sid,
            authenticated_at=datetime.fromtimestamp(claims.auth_time, UTC),
        )

    def verified(self, token: str) -> Claims | None:
        kid = key_id(header_of(token))
        key = kid and self.keys.verifier(kid)
        if not key:
            return None
        try:
            decoded = jwt.decode(token, key, algorithms=[ALGORITHM])
            return msgspec.convert(decoded.claims, Claims)
        except (JoseError, ValueError, msgspec.ValidationError):
            return None

    def is_current(self, claims: Claims) -> bool:
        now = self.wall_clock().timestamp()
        is_ours = claims.iss == self.issuer and claims.aud == AUDIENCE
        return is_ours and claims.iat - LEEWAY.total_seconds() <= now < claims.exp


def header_of(token: str) -> dict[str, Any]:
    """Empty for what is not a token at all."""
    if len(token) > LONGEST or not token.isascii():
        return {}
    encoded, _, _ = token.partition(".")
    try:
        header = json.loads(urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except ValueError:
        return {}
    return header if isinstance(header, dict) else {}


def key_id(header: dict[str, Any]) -> str | None:
    """Nothing else may be in the header: ``jku``, ``x5u``, ``jwk`` would name a key
    of the sender's choice, ``crit`` a rule that we do not know.
    """
    kid = header.get("kid")
    is_ours = header == {"alg": ALGORITHM, "typ": TYPE, "kid": kid}
    return kid if is_ours and isinstance(kid, str) else None
