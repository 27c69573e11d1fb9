"""One provider, spoken to by Authlib. What Authlib leaves to its user is done here:

a missing ID token, the leeway of 30 seconds, the pinned algorithms, the audience, the
issuer of the discovery document, of the answer (RFC 9207) and of the user info.
"""

import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx2
import msgspec
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from command_api.openid import ProviderFailed
from domain.kernel.messages import Clock
from infra.identity.fresh import Fresh
from infra.identity.oidc.configuration import OidcProvider
from infra.identity.oidc.flows import Flow

logger = logging.getLogger(__name__)

DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email"
LEEWAY = 30
TIMEOUT = 5.0
#: How long a provider's own description and keys are gone by, in seconds.
HOUR = 3600.0


class Metadata(msgspec.Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    authorization_response_iss_parameter_supported: bool = False


class Claims(msgspec.Struct, frozen=True):
    """Who the provider says it was. ``hd``: of which Google Workspace."""

    iss: str
    sub: str
    email: str | None = None
    email_verified: bool | str = False
    hd: str | None = None


class Untrustworthy(Exception):
    """What a provider has answered cannot be relied upon."""


#: What can go wrong with a provider, as the libraries put it.
WRONG = (
    Untrustworthy,
    OAuthError,
    JoseError,
    httpx2.HTTPError,
    msgspec.ValidationError,
    ValueError,
)


class Provider:
    def __init__(
        self,
        name: str,
        configured: OidcProvider,
        wall_clock: Clock,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self.name = name
        self.configured = configured
        self.wall_clock = wall_clock
        self.transport = transport
        self.metadata: Fresh[None, Metadata] = Fresh(self.discover, HOUR)
        self.keys: Fresh[str, KeySet] = Fresh(self.fetch_keys, HOUR)

    def authorization_url(self, flow: Flow, redirect_uri: str) -> str:
        """Raises ``ProviderFailed``."""
        with self.trouble(), self.client(redirect_uri) as client:
            url, _ = client.create_authorization_url(
                self.metadata(None).authorization_endpoint,
                state=flow.state,
                nonce=flow.nonce,
                code_verifier=flow.verifier,
            )
        return str(url)

    def identify(
        self, code: str, issuer: str | None, flow: Flow, redirect_uri: str
    ) -> Claims:
        """Raises ``ProviderFailed``."""
        with self.trouble(), self.client(redirect_uri) as client:
            self.check_answer(issuer)
            token = client.fetch_token(
                self.metadata(None).token_endpoint,
                code=code,
                code_verifier=flow.verifier,
                grant_type="authorization_code",
            )
            claims = self.claims_of(token, flow.nonce)
            if claims.email is None:
                return self.with_user_info(claims, client)
            return claims

    def check_answer(self, issuer: str | None) -> None:
        is_promised = self.metadata(None).authorization_response_iss_parameter_supported
        if issuer is None and is_promised:
            raise Untrustworthy("the answer does not say who it is from")
        if issuer not in (None, self.configured.issuer):
            raise Untrustworthy("the answer is another provider's")

    def claims_of(self, token: Mapping[str, Any], nonce: str) -> Claims:
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise Untrustworthy("there is no ID token")
        decoded = self.decoded(id_token)
        expected = {
            "iss": {"essential": True, "value": self.configured.issuer},
            "aud": {"essential": True, "value": self.configured.client_id},
        }
        known = {
            "nonce": nonce,
            "client_id": self.configured.client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(decoded.claims, decoded.header, expected, known)
        claims.validate(now=int(self.wall_clock().timestamp()), leeway=LEEWAY)
        return msgspec.convert(dict(claims), Claims)

    def decoded(self, id_token: str) -> jwt.Token:
        registry = JWSRegistry(
            algorithms=list(self.configured.algorithms), strict_check_header=False
        )
        uri = self.metadata(None).jwks_uri
        try:
            return jwt.decode(id_token, self.keys(uri), registry=registry)
        except InvalidKeyIdError:
            self.keys.forget()
            return jwt.decode(id_token, self.keys(uri), registry=registry)

    def with_user_info(self, claims: Claims, client: OAuth2Client) -> Claims:
        endpoint = self.metadata(None).userinfo_endpoint
        if endpoint is None:
            return claims
        told = answered(client.get(endpoint))
        if told.get("sub") != claims.sub:
            raise Untrustworthy("the user info is somebody else's")
        return msgspec.convert({**told, "iss": claims.iss}, Claims)

    def discover(self, _: None) -> Metadata:
        url = self.configured.issuer.rstrip("/") + DISCOVERY
        found = msgspec.convert(self.fetch(url), Metadata)
        if found.issuer != self.configured.issuer:
            raise Untrustworthy(f"{url} describes another issuer")
        return found

    def fetch_keys(self, uri: str) -> KeySet:
        return KeySet.import_key_set(self.fetch(uri))

    def fetch(self, url: str) -> Any:
        with httpx2.Client(transport=self.transport, timeout=TIMEOUT) as client:
            return answered(client.get(url))

    def client(self, redirect_uri: str) -> OAuth2Client:
        return OAuth2Client(
            client_id=self.configured.client_id,
            client_secret=self.configured.client_secret.get_secret_value() or None,
            scope=SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            transport=self.transport,
            timeout=TIMEOUT,
        )

    @contextmanager
    def trouble(self) -> Generator[None, None, None]:
        """Whatever it is, the caller learns no more than that it did not work."""
        try:
            yield
        except WRONG as error:
            logger.warning("provider %s: %r", self.name, error)
            raise ProviderFailed(self.name) from error


def answered(response: httpx2.Response) -> Any:
    return response.raise_for_status().json()
