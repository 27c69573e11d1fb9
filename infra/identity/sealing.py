"""Seals the private keys that are kept in the database (AES-256-GCM).

The sealing key is derived from ``CINEMA_IDENTITY_KEY``; on one machine, without that
setting, from a file in the data folder that only its owner can read.
"""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from infra.settings import Settings

NONCE = 12
PURPOSE = b"cinema: signing keys"


class Sealing:
    def __init__(self, secret: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(secret.encode())
        self.cipher = AESGCM(derived)

    def seal(self, plain: bytes, label: str) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self.cipher.encrypt(nonce, plain, label.encode())

    def unseal(self, sealed: bytes, label: str) -> bytes | None:
        """None: it was sealed with another key."""
        nonce, encrypted = sealed[:NONCE], sealed[NONCE:]
        try:
            return self.cipher.decrypt(nonce, encrypted, label.encode())
        except InvalidTag:
            return None


def sealing_for(settings: Settings) -> Sealing:
    secret = settings.identity_key.get_secret_value()
    return Sealing(secret or kept_secret(settings.data / "identity.key"))


def kept_secret(path: Path) -> str:
    """The one in the file; processes that start together agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(token_hex(32))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()
