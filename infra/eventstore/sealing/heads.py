"""A root for an auditor to keep: the head of the seal, signed with Ed25519.

Whoever can write to the database can make a log and seal it; nobody but the holder of
the key can sign it, and nobody can make the log fit a root that has left the house.
"""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_pem_public_key,
)

from infra.eventstore.sealing.blocks import Block
from infra.identity.sealing import kept_secret
from infra.settings import Settings

FORMAT, LOG = "cinema-seal-1", "cinema"
KEY_FILE = "seal.key"


class UnusableKey(Exception):
    """An Ed25519 key is 64 hexadecimal digits, or PEM."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not a key: {self.__doc__}")


class UnusableRoot(Exception):
    """It proves nothing, whatever the log is like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One block of the log, by whose hash all that is before it is fixed."""

    format: str = FORMAT
    log: str = LOG
    block: int
    #: Of the last event in it.
    position: int
    head: str
    sealed_at: str
    signed_at: str
    public_key: str
    signature: str = ""

    @property
    def hash(self) -> bytes:
        return bytes.fromhex(self.head)

    @property
    def message(self) -> bytes:
        """What is signed: the values of the file in its order, a line each."""
        values = asdict(self)
        del values["signature"]
        return "\n".join(map(str, values.values())).encode()


def signed(block: Block, key: Ed25519PrivateKey, at: datetime) -> Head:
    draft = Head(
        block=block.no,
        position=block.last,
        head=block.hash.hex(),
        sealed_at=block.sealed_at.astimezone(UTC).isoformat(),
        signed_at=at.astimezone(UTC).isoformat(),
        public_key=key.public_key().public_bytes_raw().hex(),
    )
    return replace(draft, signature=key.sign(draft.message).hex())


def opened(file: Path, pinned: Ed25519PublicKey | None = None) -> Head:
    """Raises ``UnusableRoot``, or ``OSError``."""
    try:
        head = msgspec.json.decode(file.read_bytes(), type=Head)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.public_key))
        bytes.fromhex(head.head)
        if (head.format, head.log) != (FORMAT, LOG):
            raise ValueError(f"it is a {head.format} of {head.log}")
        key.verify(bytes.fromhex(head.signature), head.message)
    except InvalidSignature:
        raise UnusableRoot(
            f"{file}: the signature is not that of its content."
        ) from None
    except ValueError as error:
        raise UnusableRoot(f"{file} is not a root of the log: {error}.") from error
    if pinned and pinned.public_bytes_raw() != key.public_bytes_raw():
        raise UnusableRoot(
            f"{file} was signed with the key {head.public_key}, which is not the one "
            "that --public-key names."
        )
    return head


def private_key(settings: Settings) -> Ed25519PrivateKey:
    """``CINEMA_SEAL_KEY``; without it, one that is kept in the data folder."""
    given = settings.seal_key.get_secret_value()
    text = given or kept_secret(settings.data / KEY_FILE)
    what = "CINEMA_SEAL_KEY" if given else str(settings.data / KEY_FILE)
    try:
        if text.lstrip().startswith("-----"):
            key = load_pem_private_key(text.encode(), None)
        else:
            key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text.strip()))
    except (ValueError, TypeError) as error:
        raise UnusableKey(what) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(what)
    return key


def public_key(text: str) -> Ed25519PublicKey:
    """As hexadecimal digits, or a file with them or with PEM."""
    try:
        if Path(text).is_file():
            text = Path(text).read_text()
        if text.lstrip().startswith("-----"):
            key = load_pem_public_key(text.encode())
        else:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
    except ValueError as error:
        raise UnusableKey(text.strip()[:80]) from error
    if not isinstance(key, Ed25519PublicKey):
        raise UnusableKey(text.strip()[:80])
    return key
