"""Events with personal fields as JSON, where ciphertext stands for these.

A field is stored as ``p1:`` and the base64 of nonce, ciphertext and tag. Sealed along
with it is its place: a ciphertext under another stream, version or field is refused.
"""

from binascii import Error, a2b_base64, b2a_base64
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from domain.kernel.personal import ERASED, Erased, personal_fields, subject_field
from infra.personal.ports import DataKey, Keys, UnreadablePersonalData

PREFIX = "p1:"
ENCODER = msgspec.json.Encoder()


class Codec:
    """Of one type of message, which has personal fields."""

    def __init__(self, kind: type) -> None:
        self.kind = kind
        self.names = [field.name for field in fields(kind)]
        self.subject = subject_field(kind)
        self.personal = {
            name: msgspec.json.Decoder(value)
            for name, value in personal_fields(kind).items()
        }
        self.form = stored_form(kind)
        self.decoder = msgspec.json.Decoder(self.form)
        whose = msgspec.defstruct("Whose", [(self.subject, UUID)])
        self.whose = msgspec.json.Decoder(whose)

    def subject_of(self, raw: bytes) -> UUID:
        found: UUID = getattr(self.whose.decode(raw), self.subject)
        return found

    def encode(self, message: Any, stream: str, version: int, keys: Keys) -> bytes:
        """Raises ``SubjectErased``."""
        values = {name: getattr(message, name) for name in self.names}
        key = keys.sealing(values[self.subject])
        for name in self.personal:
            if values[name] is not ERASED:
                place = place_of(stream, version, name)
                values[name] = sealed(key, ENCODER.encode(values[name]), place)
        return ENCODER.encode(self.form(**values))

    def decode(self, raw: bytes, stream: str, version: int, keys: Keys) -> Any:
        """Raises ``UnreadablePersonalData`` and ``msgspec.MsgspecError``."""
        form = self.decoder.decode(raw)
        values = {name: getattr(form, name) for name in self.names}
        key = keys.opening(values[self.subject])
        for name, decoder in self.personal.items():
            stored = values[name]
            if stored is UNSET:
                del values[name]
            elif key is None or isinstance(stored, Erased):
                values[name] = ERASED
            else:
                plain = opened(key, stored, place_of(stream, version, name))
                values[name] = decoder.decode(plain)
        return self.kind(**values)


def codecs(kinds: Iterable[type]) -> Mapping[str, Codec]:
    """Of those that need one, by the names of their types."""
    return {kind.__name__: Codec(kind) for kind in kinds if personal_fields(kind)}


def stored_form(kind: type) -> type[Struct]:
    personal = personal_fields(kind)
    hidden: Any = str | Erased | UnsetType
    members = [
        (each.name, hidden, UNSET)
        if each.name in personal
        else (each.name, each.type, *default(each))
        for each in fields(kind)
    ]
    return msgspec.defstruct(f"Stored{kind.__name__}", members, kw_only=True)


def default(field: Field[Any]) -> tuple[Any, ...]:
    if field.default is not MISSING:
        return (field.default,)
    if field.default_factory is not MISSING:
        return (msgspec.field(default_factory=field.default_factory),)
    return ()


def place_of(stream: str, version: int, field: str) -> bytes:
    return f"{field} {version} {stream}".encode()


def sealed(key: DataKey, plain: bytes, place: bytes) -> str:
    return PREFIX + b2a_base64(key.seal(plain, place), newline=False).decode()


def opened(key: DataKey, stored: str, place: bytes) -> bytes:
    if not stored.startswith(PREFIX):
        raise UnreadablePersonalData(
            f"a personal field is stored as {PREFIX}…, and this one is not ({place!r})"
        )
    try:
        raw = a2b_base64(stored[len(PREFIX) :], strict_mode=True)
    except Error as error:
        raise UnreadablePersonalData(f"this is no base64 ({place!r})") from error
    return key.open(raw, place)
