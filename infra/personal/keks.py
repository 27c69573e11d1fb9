"""Key-encryption keys: what the keys of persons are wrapped with.

They come from ``CINEMA_PERSONAL_KEYS``, or on one machine from a file in the data
folder that only its owner can read. The first is the current one; the others still
unwrap. A key's id is derived from it, so that no id can stand for a wrong key.
"""

import os
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from infra.identity.sealing import kept_secret
from infra.personal.ciphers import AesKey, new_key
from infra.personal.ports import BadKeyEncryptionKey, KeyEncryptionKeyMissing
from infra.settings import Settings

KEY_FILE = "personal.key"
SETTING = "CINEMA_PERSONAL_KEYS"
BYTES = 32
SEPARATORS = re.compile(r"[\s,]+")


class Keks:
    def __init__(self, keys: Iterable[bytes]) -> None:
        self.keys = {id_of(key): AesKey(key) for key in keys}
        self.current = next(iter(self.keys))

    def wrap(self, subject: UUID, key: bytes) -> bytes:
        return self.keys[self.current].seal(key, label(subject))

    def unwrap(self, kek_id: str, subject: UUID, wrapped: bytes) -> bytes:
        """Raises ``KeyEncryptionKeyMissing`` and ``UnreadablePersonalData``."""
        self.check([kek_id])
        return self.keys[kek_id].open(wrapped, label(subject))

    def check(self, wanted: Iterable[str]) -> None:
        """Raises ``KeyEncryptionKeyMissing``."""
        if missing := sorted({*wanted} - {*self.keys}):
            raise KeyEncryptionKeyMissing(
                f"{SETTING} (or the file {KEY_FILE} in the data folder) lacks the "
                f"key-encryption key {', '.join(missing)}: the personal data under it "
                f"cannot be read. There is: {', '.join(self.keys)}. Add the missing "
                "one behind the current one, with a comma."
            )


def id_of(key: bytes) -> str:
    return sha256(b"cinema: id of a key-encryption key" + key).hexdigest()[:16]


def label(subject: UUID) -> bytes:
    return b"key of " + subject.bytes


def read_keks(settings: Settings) -> Keks:
    """Raises ``BadKeyEncryptionKey``."""
    given = settings.personal_keys.get_secret_value()
    path = settings.data / KEY_FILE
    source = SETTING if given else str(path)
    return Keks(parsed(given or kept_secret(path), source))


def parsed(text: str, source: str) -> list[bytes]:
    words = SEPARATORS.split(text.strip())
    try:
        keys = [bytes.fromhex(word) for word in words]
    except ValueError:
        raise BadKeyEncryptionKey(source) from None
    if any(len(key) != BYTES for key in keys):
        raise BadKeyEncryptionKey(source)
    return keys


def put_first(path: Path, settings: Settings) -> Keks:
    """A new current key in the file; those that were there stay behind it."""
    before = kept_secret(path)
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(f"{new_key().hex()}\n{before}")
    os.replace(draft, path)
    return read_keks(settings)
