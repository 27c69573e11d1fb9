"""What every role does first: JSON logs, and traces if anybody collects them."""

import os
from collections.abc import Generator
from contextlib import contextmanager

from opentelemetry import metrics, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from typing_extensions import override

from infra import tracing as spans
from infra.logs import write_json
from infra.settings import Settings

STANDARD = "OTEL_EXPORTER_OTLP_ENDPOINT"
#: Codes and tokens come as queries of these.
SECRETIVE = "/auth/"


@contextmanager
def observed(settings: Settings, role: str) -> Generator[None, None, None]:
    write_json()
    provider, meters = tracing(settings, role), measuring(settings, role)
    spans.is_collected = provider.sampler is not ALWAYS_OFF
    trace.set_tracer_provider(provider)
    metrics.set_meter_provider(meters)
    try:
        yield
    finally:
        provider.shutdown()
        meters.shutdown()


def tracing(settings: Settings, role: str) -> TracerProvider:
    """Without a collector nothing is recorded, but everything still has a trace id."""
    resource = Resource.create({SERVICE_NAME: f"cinema-{role}"})
    endpoint = settings.otlp_endpoint
    if not (endpoint or os.environ.get(STANDARD)):
        return TracerProvider(sampler=ALWAYS_OFF, resource=resource)
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(Discretion())
    url = f"{endpoint.rstrip('/')}/v1/traces" if endpoint else None
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
    return provider


def measuring(settings: Settings, role: str) -> MeterProvider:
    """Without a collector nothing is counted."""
    resource = Resource.create({SERVICE_NAME: f"cinema-{role}"})
    endpoint = settings.otlp_endpoint
    if not (endpoint or os.environ.get(STANDARD)):
        return MeterProvider(resource=resource)
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import (
        OTLPMetricExporter,
    )

    url = f"{endpoint.rstrip('/')}/v1/metrics" if endpoint else None
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(endpoint=url))
    return MeterProvider([reader], resource=resource)


class Discretion(SpanProcessor):
    """Keeps the queries of sign-in and verification out of the traces."""

    @override
    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        told = span.attributes or {}
        if "url.query" in told and str(told.get("url.path", "")).startswith(SECRETIVE):
            span.set_attribute("url.query", "REDACTED")
