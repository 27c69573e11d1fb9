"""Traces: what one cause has set going, through requests, processes and the mail.

A trace crosses from one process to another in the log: an event carries the
``traceparent`` (W3C Trace Context) of the request it came from.
"""

from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from itertools import islice

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.types import AttributeValue

from domain.kernel.messages import Metadata

TRACEPARENT = "traceparent"
#: Of a batch, so many causes are named at most.
MOST_LINKS = 16

#: None until a role has said whether its spans are sent anywhere.
is_collected: bool | None = None

NOTHING: AbstractContextManager[object] = nullcontext()

w3c = TraceContextTextMapPropagator()
tracer = trace.get_tracer("cinema")


@contextmanager
def span(
    name: str,
    *,
    cause: str | None = None,
    causes: Iterable[str | None] = (),
    kind: SpanKind = SpanKind.INTERNAL,
    **attributes: AttributeValue,
) -> Generator[trace.Span, None, None]:
    """Part of what goes on here, or else of what has caused it elsewhere.

    ``causes`` are those of a batch. Of an error only the type is kept: its text may
    name somebody.
    """
    is_part = trace.get_current_span().get_span_context().is_valid
    with tracer.start_as_current_span(
        name,
        context=None if is_part else context_of(cause),
        kind=kind,
        attributes={f"cinema.{key}": value for key, value in attributes.items()},
        links=list(links(causes)),
        record_exception=False,
        set_status_on_exception=False,
    ) as started:
        try:
            yield started
        except Exception as error:
            started.set_attribute("error.type", type(error).__name__)
            started.set_status(StatusCode.ERROR)
            raise


def small_span(name: str, cause: str | None) -> AbstractContextManager[object]:
    """Of what is so frequent that there is none if nobody collects it.

    Where there is no cause there is one all the same: what is recorded has a trace.
    """
    if is_collected or (is_collected is False and not cause):
        return span(name, cause=cause)
    return NOTHING


def links(causes: Iterable[str | None]) -> Iterable[Link]:
    for cause in islice(dict.fromkeys(filter(None, causes)), MOST_LINKS):
        found = trace.get_current_span(context_of(cause)).get_span_context()
        if found.is_valid:
            yield Link(found)


def context_of(traceparent: str | None) -> Context:
    return w3c.extract({TRACEPARENT: traceparent} if traceparent else {})


def current() -> str | None:
    """The traceparent of what is going on here."""
    carrier: dict[str, str] = {}
    w3c.inject(carrier)
    return carrier.get(TRACEPARENT)


def traced(metadata: Metadata) -> Metadata:
    """What is recorded first says which trace it belongs to; the rest follows it."""
    if metadata.traceparent or not (traceparent := current()):
        return metadata
    return replace(metadata, traceparent=traceparent)
