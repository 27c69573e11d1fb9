"""What a line of the log says, and what none ever does."""

import json
import logging
import sys
from typing import Any

import pytest
from opentelemetry.sdk.trace import TracerProvider

from infra import tracing
from infra.logs import JsonLine, request_id


def line(message: str, *values: object, **extra: object) -> dict[str, Any]:
    record = logging.LogRecord(
        "cinema.test", logging.WARNING, "", 0, message, values, sys.exc_info()
    )
    vars(record).update(extra)
    written: dict[str, Any] = json.loads(JsonLine().format(record))
    return written


def test_a_line_says_when_where_and_what() -> None:
    said = line("%s waits", "projection", position=7)
    assert said["message"] == "projection waits"
    assert (said["level"], said["logger"]) == ("warning", "cinema.test")
    assert said["time"].endswith("+00:00")
    assert said["position"] == 7
    assert "trace_id" not in said


def test_a_line_leads_to_its_request_and_its_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tracing, "tracer", TracerProvider().get_tracer("test"))
    token = request_id.set("the request")
    with tracing.span("work") as span:
        said = line("here")
        context = span.get_span_context()
    request_id.reset(token)
    assert said["request_id"] == "the request"
    assert int(said["trace_id"], 16) == context.trace_id
    assert int(said["span_id"], 16) == context.span_id


@pytest.mark.parametrize(
    "text",
    [
        "connecting to postgresql://cinema:s3cr3t@db/cinema failed",
        "Authorization: Bearer s3cr3t",
        "Authorization: Basic s3cr3t==",
        'GET /auth/v1/verifications?token=s3cr3t&x=1 "404"',
        "password='s3cr3t', next",
        '{"secret": "s3cr3t"}',
        "api_key = s3cr3t",
        "mail for s3cr3t@example.org came back",
    ],
)
def test_no_line_holds_a_secret(text: str) -> None:
    assert "s3cr3t" not in line(text)["message"]
    try:
        raise ValueError(text)
    except ValueError:
        said = line("failed", note=text)
    assert "s3cr3t" not in json.dumps(said)
    assert "ValueError" in said["exception"]


def test_what_is_no_secret_stays() -> None:
    text = "exit code: 2; projection catalogue parks film-7 at 12: KeyError('title')"
    assert line(text)["message"] == text
