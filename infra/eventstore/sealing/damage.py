"""What can be wrong with a log, in words that say where."""

from enum import StrEnum


class Kind(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    BLOCK = "block"
    TRUNCATED = "truncated"
    RESEALED = "resealed"
    STREAM = "stream"


class Damage(Exception):
    """The first bad position. Events before it are as they were sealed."""

    def __init__(self, kind: Kind, position: int, said: str) -> None:
        super().__init__(said)
        self.kind = kind
        self.position = position


def changed(position: int, block: int) -> Damage:
    said = f"The event at position {position} is not the one that was sealed"
    return Damage(Kind.CHANGED, position, f"{said} (block {block}).")


def missing(position: int) -> Damage:
    return Damage(
        Kind.MISSING, position, f"The event at position {position} is missing."
    )


def inserted(position: int) -> Damage:
    said = f"There is an event too many at position {position}."
    return Damage(Kind.INSERTED, position, said)


def block(position: int, no: int, said: str) -> Damage:
    return Damage(Kind.BLOCK, position, f"Block {no}, from position {position}: {said}")


def truncated(position: int, no: int, last: int) -> Damage:
    said = (
        f"The log is cut off at position {position}: the root was made of block {no}, "
        f"which went up to position {last}."
    )
    return Damage(Kind.TRUNCATED, position, said)


def resealed(no: int, first: int, last: int) -> Damage:
    said = (
        f"Block {no} (positions {first} to {last}) is not the one that the root was "
        "made of: it, or something before it, was changed and sealed anew."
    )
    return Damage(Kind.RESEALED, first, said)


def stream(position: int, name: str, version: int) -> Damage:
    said = (
        f"The event at position {position} is version {version} of {name}, and "
        "does not follow the one before (not sealed yet)."
    )
    return Damage(Kind.STREAM, position, said)
