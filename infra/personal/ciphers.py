"""AES-256-GCM, its set-up done once for each key."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.personal.ports import UnreadablePersonalData

NONCE, BITS = 12, 256


def new_key() -> bytes:
    return AESGCM.generate_key(BITS)


class AesKey:
    __slots__ = ("cipher",)

    def __init__(self, key: bytes) -> None:
        self.cipher = AESGCM(key)

    def seal(self, plain: bytes, place: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self.cipher.encrypt(nonce, plain, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        try:
            return self.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place)
        except (InvalidTag, ValueError) as error:
            raise UnreadablePersonalData(
                f"what is stored was changed, or moved from elsewhere ({place!r})"
            ) from error
