"""What a line can be. Payloads and metadata are the very bytes that are stored."""

from base64 import b64decode, b64encode
from datetime import datetime
from typing import Annotated, Any, ClassVar, TypeAlias
from uuid import UUID

import msgspec

FORMAT, VERSION = "cinema-events", 1

#: What fits into the columns: the driver cuts off what does not.
Int8: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Int2: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**15), le=2**15 - 1)]


class Line(msgspec.Struct, tag_field="kind", omit_defaults=True, gc=False):
    """``log`` is the one that it belongs to, if it belongs to one."""


class Header(Line, tag="header"):
    format: str
    version: int
    exported_at: datetime
    #: How many events there are of each log.
    events: dict[str, int]


class Event(Line, tag="event"):
    log: str
    position: Int8
    stream: str
    version: Int8
    type: str
    recorded_at: datetime
    command_id: UUID
    partition: Int2
    metadata: msgspec.Raw
    payload: msgspec.Raw
    #: Which of the two could not be written as they are.
    base64: tuple[str, ...] = ()

    ENCODED: ClassVar = ("metadata", "payload")


class Receipt(Line, tag="receipt"):
    log: str
    command_id: UUID
    stream: str
    version: Int8
    position: Int8
    fingerprint: bytes
    handled_at: datetime


class Tracking(Line, tag="tracking"):
    log: str
    follower: str
    partition: Int2
    position: Int8


class SealedBlock(Line, tag="block"):
    no: Int8
    first: Int8
    last: Int8
    root: bytes
    previous: bytes
    hash: bytes
    sealed_at: datetime
    marks: bytes


class Row(Line, tag="row"):
    table: str
    values: msgspec.Raw


class Trailer(Line, tag="trailer"):
    """Of all the lines before it, line feeds included."""

    lines: int
    sha256: str


AnyLine: TypeAlias = Header | Event | Receipt | Tracking | SealedBlock | Row | Trailer

ENCODER = msgspec.json.Encoder()
DECODER: msgspec.json.Decoder[AnyLine] = msgspec.json.Decoder(AnyLine)
EVENT = msgspec.json.Decoder(Event)


def event_line(log: str, row: tuple[Any, ...]) -> bytes:
    """Reversible to the same bytes, whatever they are."""
    position, stream, version, type_, at, command_id, partition, *parts = row
    metadata, payload = parts
    event = Event(
        log,
        position,
        stream,
        version,
        type_,
        at,
        command_id,
        partition,
        msgspec.Raw(metadata),
        msgspec.Raw(payload),
    )
    line = ENCODER.encode(event)
    if is_exact(line, metadata, payload):
        return line
    event.metadata, event.payload = encoded(metadata), encoded(payload)
    event.base64 = Event.ENCODED
    return ENCODER.encode(event)


def is_exact(line: bytes, metadata: bytes, payload: bytes) -> bool:
    """Would they be read as they are? Not if they are no JSON, or in several lines."""
    if b"\n" in line:
        return False
    try:
        line.decode()
        again = EVENT.decode(line)
    except ValueError:
        return False
    return bytes(again.metadata) == metadata and bytes(again.payload) == payload


def encoded(value: bytes) -> msgspec.Raw:
    return msgspec.Raw(b'"%b"' % b64encode(value))


def stored(event: Event) -> tuple[Any, ...]:
    """The row again, in the order of its columns."""
    metadata, payload = bytes(event.metadata), bytes(event.payload)
    if event.base64:
        metadata = decoded(metadata) if "metadata" in event.base64 else metadata
        payload = decoded(payload) if "payload" in event.base64 else payload
    return (
        event.position,
        event.stream,
        event.version,
        event.type,
        event.recorded_at,
        event.command_id,
        event.partition,
        metadata,
        payload,
    )


def decoded(value: bytes) -> bytes:
    return b64decode(msgspec.json.decode(value, type=str), validate=True)
