"""Who may ask: a shop is known by the key it came with first."""

import hmac
from base64 import b64decode
from binascii import Error
from dataclasses import dataclass
from hashlib import sha256

from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.failures import bad_credentials

WRONG_FORMAT = (
    "Incorrect password format in the Authorization header. "
    "Use Secret key issued in Merchant Profile as the password"
)
WRONG = "Basic authentication failed. Check the shopId and the Secret key"
KNOWN = "SELECT digest, recurring, saving FROM shop WHERE id = ?"
REMEMBER = "INSERT INTO shop (id, digest) VALUES (?, ?)"
ALLOW = """
UPDATE shop SET recurring = coalesce(?, recurring), saving = coalesce(?, saving)
WHERE id = ?
"""


@dataclass(frozen=True, slots=True)
class Shop:
    id: str
    #: May charge saved methods; may save them.
    recurring: bool = True
    saving: bool = True


def authenticate(database: Database, authorization: str) -> Shop:
    """Raises ``Failure``. A live shop's key has no business here."""
    id_, secret = credentials(authorization)
    if not id_.isdigit() or not secret.startswith("test_"):
        raise bad_credentials(WRONG_FORMAT)
    digest = sha256(secret.encode()).hexdigest()
    row = database.row(KNOWN, id_)
    if row is None:
        database.execute(REMEMBER, id_, digest)
        return Shop(id_)
    if not hmac.compare_digest(row["digest"], digest):
        raise bad_credentials(WRONG)
    return Shop(id_, bool(row["recurring"]), bool(row["saving"]))


def credentials(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise bad_credentials(WRONG_FORMAT)
    try:
        decoded = b64decode(encoded, validate=True).decode()
    except (Error, UnicodeDecodeError) as error:
        raise bad_credentials(WRONG_FORMAT) from error
    id_, _, secret = decoded.partition(":")
    return id_, secret


def allow(
    database: Database, id_: str, recurring: bool | None, saving: bool | None
) -> bool:
    return database.execute(ALLOW, recurring, saving, id_).rowcount > 0
