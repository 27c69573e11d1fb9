"""Tells everyone what has happened: each event, once, on the stream CINEMA."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from nats.js.api import StorageType, StreamConfig

from domain.kernel.messages import Recorded
from domain.kernel.personal import personal_fields
from domain.kernel.values import Money, Period
from infra.nats.bus import Message

#: Nothing personal goes out, whatever its type.
#: Text can hold anything, so it stays in the log; whoever needs it asks the query API.
PUBLIC = (UUID, datetime, bool, int, Money, Period)

WEEK, DAY = 7 * 24 * 3600.0, 24 * 3600.0

CINEMA = StreamConfig(
    name="CINEMA",
    subjects=["cinema.>"],
    storage=StorageType.FILE,
    max_age=WEEK,
    duplicate_window=DAY,
)


def announcement(fact: Recorded[Any]) -> Message:
    category, _, _ = fact.originator_id.partition("-")
    kind = type(fact.payload).__name__
    body = {
        "position": fact.position,
        "stream": fact.originator_id,
        "version": fact.originator_version,
        "type": kind,
        "recorded_at": fact.recorded_at,
        "correlation_id": fact.metadata.correlation_id,
        "event": public(fact.payload),
    }
    return Message(
        subject=f"cinema.{category}.{kind}",
        id=str(fact.position),
        body=msgspec.json.encode(body),
    )


def public(payload: Any) -> dict[str, Any]:
    kind: type = type(payload)
    personal = personal_fields(kind)
    told = [each.name for each in fields(payload) if each.name not in personal]
    values = {name: getattr(payload, name) for name in told}
    return {name: value for name, value in values.items() if isinstance(value, PUBLIC)}
