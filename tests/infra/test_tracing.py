"""One trace from the request to the mail, and nothing secret in it."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from fastapi.testclient import TestClient
from opentelemetry import trace
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from infra import outgoing, tracing
from infra.asgi import command_app
from infra.bootstrap import System, assemble, everyone
from infra.eventstore.runner import drain
from infra.settings import Settings
from infra.telemetry import Discretion
from infra.telemetry import tracing as tracing_for
from tests.examples import metadata
from tests.examples.catalogue import add
from tests.mail import scripted

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
HEADERS = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
PERSON = {"email": "reader@example.org", "password": "correct horse battery"}


def use(provider: TracerProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """For this test: a process has one provider for ever, otherwise."""
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    monkeypatch.setattr(tracing, "tracer", provider.get_tracer("cinema"))
    monkeypatch.setattr(tracing, "is_collected", True)


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(Discretion())
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    use(provider, monkeypatch)
    return exporter


def of_the_trace(spans: InMemorySpanExporter) -> set[str]:
    return {
        span.name
        for span in spans.get_finished_spans()
        if span.context and trace.format_trace_id(span.context.trace_id) == TRACE
    }


def linked_to_the_trace(spans: InMemorySpanExporter) -> set[str]:
    return {
        span.name
        for span in spans.get_finished_spans()
        for link in span.links
        if trace.format_trace_id(link.context.trace_id) == TRACE
    }


@pytest.fixture
def system(postgres: Settings, nats_url: str) -> Iterator[System]:
    with scripted() as script:
        changes = {
            "nats_url": nats_url,
            "smtp_host": "127.0.0.1",
            "smtp_port": script.port,
        }
        with assemble(postgres.model_copy(update=changes)) as system:
            yield system


def test_a_trace_goes_from_the_request_to_the_mail(
    system: System, spans: InMemorySpanExporter
) -> None:
    client = TestClient(command_app(system))
    answer = client.post("/auth/v1/registrations", json=PERSON, headers=HEADERS)
    assert answer.is_success
    drain([*everyone(system).values(), *outgoing.everything(system)])
    assert of_the_trace(spans) >= {
        "POST /auth/v1/registrations",
        "dispatch RegisterAccount",
        "append",
        "account_letters AccountRegistered",
        "dispatch OrderLetter",
        "post letter",
        "dispatch SubmitLetter",
        "send mail",
        "dispatch ConfirmHandover",
    }
    assert linked_to_the_trace(spans) >= {"publish announcer", "publish letter_queue"}
    told = str([dict(span.attributes or {}) for span in spans.get_finished_spans()])
    for secret in PERSON.values():
        assert secret not in told


def test_what_is_recorded_says_which_trace_it_belongs_to(
    system: System, spans: InMemorySpanExporter
) -> None:
    with tracing.span("somebody asks", cause=HEADERS["traceparent"]):
        receipt = system.cinema.dispatch(add(), metadata())
    drain(everyone(system).values())
    [fact] = system.cinema.stream(receipt.stream)
    assert TRACE in (fact.metadata.traceparent or "")
    assert "project films" in linked_to_the_trace(spans)


def test_the_queries_of_sign_in_are_kept_out(
    system: System, spans: InMemorySpanExporter
) -> None:
    client = TestClient(command_app(system))
    client.get("/auth/v1/verifications?token=very-secret", headers=HEADERS)
    [request] = [s for s in spans.get_finished_spans() if s.name.startswith("GET")]
    assert "very-secret" not in str(dict(request.attributes or {}))


def test_a_failure_is_found_by_its_trace(
    system: System, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_password: object) -> object:
        raise RuntimeError("reader@example.org is in the way")

    monkeypatch.setattr(system.cinema, "handle", fail)
    client = TestClient(command_app(system), raise_server_exceptions=False)
    answer = client.post("/auth/v1/registrations", json=PERSON, headers=HEADERS)
    assert answer.status_code == 500
    assert answer.json()["trace_id"] == TRACE
    failed = [s for s in spans.get_finished_spans() if s.name.startswith("dispatch")]
    assert failed
    assert all(s.attributes == {"error.type": "TypeError"} for s in failed)
    assert not [event for s in failed for event in s.events]


def test_what_is_frequent_has_a_span_only_if_somebody_collects_it(
    spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(cause: str | None) -> tuple[bool, bool]:
        """Whether it was sent, and whether what is recorded has a trace."""
        spans.clear()
        with tracing.small_span("a step", cause):
            is_traced = bool(tracing.current())
        return bool(spans.get_finished_spans()), is_traced

    assert seen(HEADERS["traceparent"]) == seen(None) == (True, True)
    monkeypatch.setattr(tracing, "is_collected", False)
    assert seen(HEADERS["traceparent"]) == (False, False)
    assert seen(None)[1]
    monkeypatch.setattr(tracing, "is_collected", None)
    assert seen(None) == (False, False)


def test_without_a_collector_there_are_ids_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    provider = tracing_for(Settings(_env_file=None), "test")
    use(provider, monkeypatch)
    with tracing.span("anything") as span:
        assert span.get_span_context().is_valid
        assert not span.is_recording()
        assert tracing.current() is not None
    provider.shutdown()


class Collector(BaseHTTPRequestHandler):
    received: list[str]

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        export = ExportTraceServiceRequest.FromString(self.rfile.read(length))
        names = [
            span.name
            for resource in export.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]
        self.received += [f"{self.path} {name}" for name in names]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_a_collector_is_sent_the_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = type("Handler", (Collector,), {"received": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        listening = Thread(target=server.serve_forever)
        listening.start()
        endpoint = f"http://127.0.0.1:{server.server_port}/"
        settings = Settings(_env_file=None, otlp_endpoint=endpoint)
        provider = tracing_for(settings, "test")
        use(provider, monkeypatch)
        with tracing.span("something"):
            pass
        provider.shutdown()
        server.shutdown()
        listening.join()
    assert handler.received == ["/v1/traces something"]  # type: ignore[attr-defined]


def test_of_a_batch_each_cause_is_linked_once(spans: InMemorySpanExporter) -> None:
    causes = [HEADERS["traceparent"], None, HEADERS["traceparent"], "nonsense"]
    with tracing.span("batch", causes=causes):
        pass
    [batch] = spans.get_finished_spans()
    assert len(batch.links) == 1
