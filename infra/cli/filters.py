"""The filters that several commands on events share."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

import typer
from typer import Option

from infra.eventstore.selection import Selection


def moment(text: str) -> datetime:
    """ISO 8601; UTC unless it says otherwise."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        example = "2026-03-01T12:00:00Z"
        raise typer.BadParameter(f"{text!r} is not a time like {example}.") from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def moment_or_position(text: str) -> datetime | int:
    return int(text) if text.isdecimal() else moment(text)


def known_type(text: str) -> str:
    from domain.registry import EVENTS
    from infra.eventstore.upcasts import UPCASTS

    known = {kind.__name__ for kind in EVENTS} | set(UPCASTS)
    if text not in known:
        close = get_close_matches(text, known, cutoff=0.5) or sorted(known)
        raise typer.BadParameter(
            f"there is no event {text!r}; there are: {', '.join(close)}."
        )
    return text


def known_category(text: str) -> str:
    from infra.eventstore.replay import UnknownCategory, category_of

    try:
        return category_of(text)
    except UnknownCategory as error:
        raise typer.BadParameter(str(error)) from error


def known_stream(text: str) -> str:
    known_category(text)
    return text


def selection(
    after: Annotated[int | None, Option(min=0, help="Behind this position.")] = None,
    before: Annotated[int | None, Option(min=0, help="Before this position.")] = None,
    since: Annotated[
        datetime | None, Option(parser=moment, metavar="TIME", help="From then on.")
    ] = None,
    until: Annotated[
        datetime | None, Option(parser=moment, metavar="TIME", help="Before then.")
    ] = None,
    type_: Annotated[
        list[str] | None,
        Option("--type", parser=known_type, metavar="EVENT", help="Can be repeated."),
    ] = None,
    stream: Annotated[str | None, Option(help="Of one thing, as film-<id>.")] = None,
    category: Annotated[
        list[str] | None,
        Option(parser=known_category, metavar="CATEGORY", help="Can be repeated."),
    ] = None,
    actor: Annotated[
        str | None, Option(help="An account's id, or a part of the system.")
    ] = None,
    correlation: Annotated[
        UUID | None, Option(help="All that followed from one request.")
    ] = None,
    limit: Annotated[int | None, Option(min=1, help="At most so many.")] = None,
) -> Selection:
    return Selection(
        after=after,
        before=before,
        since=since,
        until=until,
        types=type_ or None,
        stream=stream,
        categories=category or None,
        actor=actor,
        correlation=correlation,
        limit=limit,
    )


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of ``selection``, and it gets the selection."""
    own = dict(inspect.signature(command, eval_str=True).parameters)
    del own["chosen"]
    shared = inspect.signature(selection, eval_str=True).parameters

    @wraps(command)
    def with_filters(**options: Any) -> None:
        filters = {name: options.pop(name) for name in shared}
        command(selection(**filters), **options)

    every = {**own, **shared}
    parameters = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in every.values()
    ]
    with_filters.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_filters.__annotations__ = {
        name: each.annotation for name, each in every.items()
    }
    return with_filters
