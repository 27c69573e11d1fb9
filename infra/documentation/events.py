"""Every event that the log may hold, with its fields, as one page."""

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from importlib import import_module
from itertools import groupby
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from domain.kernel.personal import Erased, is_personal
from domain.registry import EVENTS

HEAD = """\
# Events

What the log may hold, generated from `domain/registry.py` by
`python -m infra.documentation`. Every event travels in an envelope (stream, version,
position, time of recording, actor, reason, correlation, causation): see
`domain/kernel/messages.py`. Their JSON schemas are frozen in
`tests/contracts/schemas/`. What is personal is stored as ciphertext, and read as
`Erased` once its person was erased: [`adr/0032`](adr/0032-keys-of-persons.md).
"""


def events_page() -> str:
    sections = (
        section(module, list(events))
        for module, events in groupby(EVENTS, lambda event: event.__module__)
    )
    return "\n".join([HEAD, *sections, values()])


def values() -> str:
    """What the fields of events are made of, where that is more than one value."""
    found: dict[type, None] = {}
    for event in EVENTS:
        collect(event, found)
    lines = ["## Values", ""]
    for kind in sorted(found, key=lambda kind: kind.__name__):
        lines += [*described(kind), ""]
    return "\n".join(lines)


def collect(kind: type, found: dict[type, None]) -> None:
    for part in (part for field in fields(kind) for part in parts(field.type)):
        if part not in found:
            found[part] = None
            collect(part, found)


def parts(kind: Any) -> Iterator[type]:
    if is_dataclass(kind) and isinstance(kind, type):
        yield kind
    for argument in get_args(kind):
        yield from parts(argument)


def section(module: str, events: Iterable[type]) -> str:
    about = inspect.getdoc(import_module(module)) or ""
    _, aggregate, part = module.split(".")
    words = f"{aggregate}_{part.removesuffix('events')}".replace("_", " ")
    title = words.strip().capitalize()
    lines = [f"## {title}", "", about, ""]
    for event in events:
        lines += [*described(event), ""]
    return "\n".join(lines)


def described(event: type) -> Iterator[str]:
    yield f"### {event.__name__}"
    yield ""
    if about := meaning(event):
        yield about
        yield ""
    yield "| field | type | default |"
    yield "| --- | --- | --- |"
    for field in fields(event):
        yield f"| `{field.name}` | {named(field.type)} | {default(field)} |"


def meaning(event: type) -> str:
    """Its docstring, if somebody wrote one: a dataclass gives itself its signature."""
    text = inspect.cleandoc(event.__doc__ or "")
    text = "" if text.startswith(f"{event.__name__}(") else text
    return text.replace("``", "`")


def default(field: Field[Any]) -> str:
    if field.default is not MISSING:
        return f"`{field.default!r}`"
    return "" if field.default_factory is MISSING else "`…`"


def named(kind: Any) -> str:
    """A type as a reader would write it, on one line of a table."""
    if kind is NoneType:
        return "none"
    if hasattr(kind, "__metadata__"):
        return marked(kind)
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    if get_origin(kind) is tuple:
        return f"list of {named(get_args(kind)[0])}"
    if get_args(kind) and not hasattr(kind, "__supertype__"):
        return " or ".join(named(one) for one in get_args(kind))
    return str(kind.__name__)


def marked(kind: Any) -> str:
    """A field of a person, or the one that says whose it is."""
    whole = named(kind.__origin__)
    if is_personal(kind):
        return f"personal: {whole.removesuffix(f' or {Erased.__name__}')}"
    return f"{whole} (whose the personal fields are)"
