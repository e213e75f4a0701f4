"""Telemetry of the example: one trace a run, sent to OTEL_EXPORTER_OTLP_ENDPOINT."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.instrumentor import BaseInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


@contextmanager
def recorded(instrumentor: BaseInstrumentor) -> Iterator[None]:
    """What happens inside is one run; its id is printed where it is recorded."""
    provider = TracerProvider(resource=Resource.create({"service.name": "refunds"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    instrumentor.instrument(tracer_provider=provider)
    tracer = provider.get_tracer("refunds")
    try:
        with tracer.start_as_current_span("refund request") as span:
            if span.is_recording():
                print(f"run {trace.format_trace_id(span.get_span_context().trace_id)}")
            yield
    finally:
        provider.shutdown()
