"""Logs as JSON lines on stderr: one object a line, for whoever collects them."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

from opentelemetry import trace
from typing_extensions import override

#: What every record has; what else is there was given as ``extra``.
USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

#: Of the request that is being served in this context, if one is.
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

HIDDEN = "…"
CREDENTIALS = re.compile(
    r"""(?ix)
    (://[^:/@\s]*:) [^@/\s]+ (?=@)                      # of a URL
    | (\b(?:bearer|basic)\s+) [\w.~+/=-]+               # of a header
    | (\b(?:code=|(?:password|secret|token|authorization|api_?key)
       ["']?\s*[=:]\s*["']?)) (?:(?:bearer|basic)\s+)? [^\s"'&,;}]+  # by name
    """
)
MAILBOX = re.compile(r"(?<!:)\b[\w.+-]+@(?=[\w-]+\.[\w.-]+)")


class JsonLine(logging.Formatter):
    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **whereabouts(),
        }
        line |= {k: v for k, v in vars(record).items() if k not in USUAL}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        safe = {key: discreet(value) for key, value in line.items()}
        return json.dumps(safe, ensure_ascii=False, default=str)


def whereabouts() -> dict[str, object]:
    """What leads from a line to the request and the trace it is about."""
    found: dict[str, object] = {}
    if (asked := request_id.get()) is not None:
        found["request_id"] = asked
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        found["trace_id"] = trace.format_trace_id(context.trace_id)
        found["span_id"] = trace.format_span_id(context.span_id)
    return found


def discreet(value: object) -> object:
    """No password, no token, and nobody's address, wherever a text came from."""
    if not isinstance(value, str):
        return value
    text = CREDENTIALS.sub(lambda m: f"{m[1] or m[2] or m[3]}{HIDDEN}", value)
    return MAILBOX.sub(f"{HIDDEN}@", text)


def write_json(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine())
    logging.basicConfig(level=level, handlers=[handler], force=True)
