"""One stored payload of each shape that was ever recorded, byte for byte.

``python -m tests.contracts.golden_files`` adds those of messages whose shape of today
has none; what is there is never written again.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.kernel.messages import Metadata
from domain.registry import EVENTS
from infra.eventstore.mapper import CODECS, ENCODER, METADATA, decode
from infra.eventstore.upcasts import UPCASTS
from infra.stories import STORIES
from processes.parking import MARKS
from tests import examples
from tests.contracts.golden_keys import FixedKeys
from tests.examples import NOON

FOLDER = Path(__file__).parent / "golden"
#: As ``sha256sum --check`` reads it.
DIGESTS = FOLDER / "SHA256SUMS"

ORDERS = tuple(dict.fromkeys(each for story in STORIES for each in story.orders))
#: All that stands in a log: of the cinema, and of its processes.
STORED = (*EVENTS, *ORDERS, *MARKS, Metadata)
SAMPLES = {datetime: NOON, date: NOON.date(), UUID: UUID(int=9), int: 6, bool: True}


#: Where an event with personal fields was stored, and under whose key.
PLACE, KEYS = ("golden", 1), FixedKeys()


@dataclass(frozen=True, slots=True)
class Golden:
    """``kind`` is the name under which it was stored; ``version`` counts its shapes."""

    kind: str
    version: int
    raw: bytes

    @property
    def name(self) -> str:
        return f"{self.kind}.v{self.version}.json"

    @property
    def digest(self) -> str:
        return sha256(self.raw).hexdigest()

    @property
    def today(self) -> str:
        """The name of its class."""
        upcast = UPCASTS.get(self.kind)
        return upcast.to if upcast else self.kind

    @property
    def meant(self) -> bytes:
        """The payload that today's class is made from."""
        upcast = UPCASTS.get(self.kind)
        return upcast.change(self.raw) if upcast else self.raw

    def load(self) -> Any:
        """As the log does; raises what ``decode`` raises."""
        if self.kind == Metadata.__name__:
            return METADATA.decode(self.raw)
        return decode(self.kind, self.raw, *PLACE, KEYS)


def stored(message: Any) -> bytes:
    codec = CODECS.get(type(message).__name__)
    return codec.encode(message, *PLACE, KEYS) if codec else ENCODER.encode(message)


def golden() -> list[Golden]:
    """In the order of the registry, which is about the order of a life."""
    places = {kind.__name__: place for place, kind in enumerate(STORED)}
    found = [read(path) for path in FOLDER.glob("*.json")]
    last = len(places)
    return sorted(
        found, key=lambda g: (places.get(g.today, last), g.kind != g.today, g.version)
    )


def read(path: Path) -> Golden:
    kind, version, _ = path.name.split(".")
    return Golden(kind, int(version.removeprefix("v")), path.read_bytes())


def digests() -> dict[str, str]:
    lines = DIGESTS.read_text().splitlines() if DIGESTS.exists() else []
    return {
        name: digest for digest, _, name in (line.partition("  ") for line in lines)
    }


def is_of_today(one: Golden) -> bool:
    """It would be written today as it was then."""
    return one.kind == one.today and stored(one.load()) == one.raw


def lacking() -> Iterator[type]:
    """What may be recorded today in a shape that no file has."""
    covered = {one.kind for one in golden() if is_of_today(one)}
    yield from (kind for kind in STORED if kind.__name__ not in covered)


def add() -> list[str]:
    """Raises what ``decode`` raises: then an upcast is missing, not a file."""
    known = golden()
    added = [
        Golden(
            kind.__name__,
            1 + sum(one.kind == kind.__name__ for one in known),
            stored(full(good(kind))),
        )
        for kind in lacking()
    ]
    FOLDER.mkdir(exist_ok=True)
    for one in added:
        (FOLDER / one.name).write_bytes(one.raw)
    listed = digests() | {one.name: one.digest for one in added}
    lines = (f"{digest}  {name}\n" for name, digest in sorted(listed.items()))
    DIGESTS.write_text("".join(lines))
    return [one.name for one in added]


def good(kind: type) -> Any:
    """Our example of it, or one that is made up."""
    for module in iter_modules(examples.__path__):
        import_module(f"{examples.__name__}.{module.name}")
    maker = examples.MAKERS.get(kind)
    return maker() if maker else sample(kind.__name__, kind)


def full(value: Any) -> Any:
    """The same with everything filled in that may be missing."""
    hints = get_type_hints(type(value))
    return replace(
        value,
        **{
            field.name: filled(
                field.name, hints[field.name], getattr(value, field.name)
            )
            for field in fields(value)
        },
    )


def filled(name: str, hint: Any, value: Any) -> Any:
    if value is None or value in ((), frozenset()):
        return sample(name, hint)
    return full(value) if is_dataclass(value) else value


def sample(name: str, hint: Any) -> Any:
    kind = getattr(hint, "__supertype__", hint)
    if kind is str:
        return name
    if kind in SAMPLES:
        return SAMPLES[kind]
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        made: Any = kind
        return made(**{each: sample(each, hint) for each, hint in hints.items()})
    of, *_ = (each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is Literal:
        return of
    return (sample(name, of),) if get_origin(kind) is tuple else sample(name, of)


if __name__ == "__main__":
    sys.stdout.writelines(f"added {name}\n" for name in add())
