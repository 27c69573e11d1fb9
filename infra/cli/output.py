"""What the commands print: tables for people, tabs for pipes, JSON for programs."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NoReturn

import typer

#: A table is as wide as its widest row, so it must be complete before it is drawn.
TABLE = 200
NOTHING, WRONG = 1, 2


def fail(message: str, code: int = WRONG) -> NoReturn:
    """Say on stderr what is wrong, and end."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def dumped(value: Any, *, indent: int = -1) -> str:
    """JSON; the members of sets in an order that does not change."""
    import msgspec

    return msgspec.json.format(
        msgspec.json.encode(plain(value)), indent=indent
    ).decode()


def plain(value: Any) -> Any:
    """What JSON makes of it."""
    import msgspec

    return msgspec.to_builtins(
        value, str_keys=True, order="deterministic", enc_hook=str
    )


def document(value: Any) -> None:
    typer.echo(dumped(value, indent=2))


def either(value: Any, as_json: bool) -> None:
    """For programs, or for people."""
    if as_json:
        document(value)
    else:
        record(plain(value))


def record(values: Mapping[str, Any], indent: str = "") -> None:
    """Names and values one below the other, and what is inside them further in."""
    width = max(map(len, values), default=0)
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            typer.echo(f"{indent}{name}")
            record(value, f"{indent}  ")
        else:
            typer.echo(f"{indent}{name:<{width}}  {brief(value)}")


def brief(value: Any) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else dumped(value)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Rows as they come, in tables of a bounded size; how many."""
    if not sys.stdout.isatty():
        return tabbed(columns, rows)
    from rich.console import Console
    from rich.table import Table

    console, number, left = Console(), 0, iter(rows)
    for first in left:
        drawn = Table(box=None, header_style="bold", pad_edge=False)
        for column in columns:
            # What does not fit goes on below: an id must be there in full.
            drawn.add_column(column, overflow="fold")
        for row in chain([first], islice(left, TABLE - 1)):
            drawn.add_row(*map(str, row))
            number += 1
        console.print(drawn)
    return number


def tabbed(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    number = 0
    for row in rows:
        if not number:
            typer.echo("\t".join(columns))
        typer.echo("\t".join(map(str, row)))
        number += 1
    return number
