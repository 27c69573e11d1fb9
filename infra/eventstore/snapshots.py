"""What a long stream comes to, kept so that not all of it need be read again.

A snapshot is believed only if this very program made it: it names the digest of every
source that has a say in what a fold gives, so that nobody has to remember a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, get_origin
from uuid import UUID

import msgspec

import domain
from domain.account.decider import account
from domain.account.states import Account
from domain.kernel.personal import Erased
from domain.kernel.unions import members
from domain.promo_code.decider import promo_code
from domain.promo_code.states import PromoCode
from domain.staff.decider import staff
from domain.subscription.decider import subscription
from domain.subscription.states import Subscription
from infra.eventstore import upcasts
from infra.eventstore.recorder import Row
from infra.personal.ports import Keys

#: The categories whose streams can grow long, and the situations of their things.
KINDS: Mapping[str, tuple[Any, ...]] = {
    account.category: members(Account),
    promo_code.category: members(PromoCode),
    staff.category: (Mapping[UUID, frozenset[str]],),
    subscription.category: members(Subscription),
}
DECODERS: Mapping[tuple[str, str], msgspec.json.Decoder[Any]] = {
    (category, kind.__name__): msgspec.json.Decoder(kind)
    for category, kinds in KINDS.items()
    for kind in kinds
}
#: What holds something personal is kept under its person's key, as that is in events.
SEALED = {
    place
    for place, decoder in DECODERS.items()
    if Erased.__name__ in msgspec.json.schema(decoder.type).get("$defs", {})
}
ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Start:
    """Where the events that are at hand begin: after ``version``, in this state."""

    version: int = 0
    state: Any = None


BEGINNING = Start()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    stream: str
    version: int
    position: int
    kind: str
    state: bytes

    @property
    def checksum(self) -> bytes:
        place = f"{self.stream} {self.version} {self.position} {self.kind} "
        return sha256(place.encode() + self.state).digest()


def is_kept(stream: str) -> bool:
    return category_of(stream) in KINDS


def category_of(stream: str) -> str:
    return stream.partition("-")[0]


@cache
def program() -> bytes:
    """Another one for each version of the domain, and of what it is read through."""
    sources = sorted(Path(*domain.__path__).rglob("*.py"))
    digest = sha256()
    for source in (*sources, Path(upcasts.__file__), Path(__file__)):
        digest.update(sha256(source.read_bytes()).digest())
    return digest.digest()


def taken(
    stream: str, version: int, position: int, state: Any, keys: Keys
) -> Snapshot | None:
    """None for a state that JSON would not give back as it is.

    Raises ``SubjectErased``.
    """
    kind = name_of(category_of(stream), state)
    raw = ENCODER.encode(state)
    if DECODERS[category_of(stream), kind].decode(raw) != state:
        return None
    if (category_of(stream), kind) in SEALED:
        raw = keys.sealing(person_of(stream)).seal(raw, place_of(stream, version))
    return Snapshot(
        stream=stream, version=version, position=position, kind=kind, state=raw
    )


def name_of(category: str, state: Any) -> str:
    found = (
        kind.__name__
        for kind in KINDS[category]
        if isinstance(state, get_origin(kind) or kind)
    )
    return str(next(found))


def is_snapshot(row: Row) -> bool:
    """Of ``log.FACT``: nothing was recorded at any time."""
    *_, moment = row
    return moment is None


def person_of(stream: str) -> UUID:
    return UUID(stream.partition("-")[2])


def place_of(stream: str, version: int) -> bytes:
    return f"snapshot {version} {stream}".encode()


def opened(row: Row, keys: Keys) -> Start | None:
    """None if it is damaged, or its person was erased."""
    stream, version, kind, state, position, checksum, _ = row
    kept = Snapshot(
        stream=stream, version=version, position=position, kind=kind, state=state
    )
    decoder = DECODERS.get((category_of(stream), kind))
    if decoder is None or kept.checksum != checksum:
        return None
    try:
        if (category_of(stream), kind) in SEALED:
            key = keys.opening(person_of(stream))
            state = key.open(state, place_of(stream, version)) if key else b""
        return Start(version, decoder.decode(state))
    except (LookupError, msgspec.MsgspecError):
        return None
