"""What there is to know of a provider: ``CINEMA_OIDC__<NAME>__ISSUER`` and so on."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def secure(issuer: str) -> str:
    parts = urlsplit(issuer)
    is_local = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (parts.scheme == "https" or is_local) or parts.query or parts.fragment:
        raise ValueError("an issuer is an https:// address without query and fragment")
    return issuer


class OidcProvider(BaseModel):
    model_config = ConfigDict(frozen=True)

    issuer: Annotated[str, AfterValidator(secure)]
    client_id: str
    client_secret: SecretStr = SecretStr("")
    #: The algorithms this provider signs with; whatever it says itself is not asked.
    algorithms: tuple[str, ...] = ("RS256", "ES256")
    #: It gives out the addresses itself, so that a verified one is its user's for sure.
    authoritative: bool = False
