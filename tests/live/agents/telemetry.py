"""The SDK set up as an application does it; where the collector is comes from OTEL_EXPORTER_OTLP_ENDPOINT."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind


@contextmanager
def exported(instrumentors: Mapping[str, Any]) -> Iterator[None]:
    """What happens inside, instrumented by those that the command line names, sent when it is over.

    `request` on the command line: inside the span of a web server, as in a service.
    """
    provider = TracerProvider(resource=Resource.create({"service.name": "refunds"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    for name in sys.argv[1:]:
        if name != "request":
            instrumentors[name]().instrument(tracer_provider=provider)
    tracer = provider.get_tracer("service")
    request = tracer.start_as_current_span("POST /refunds", kind=SpanKind.SERVER)
    try:
        with request if "request" in sys.argv else nullcontext():
            yield
    finally:
        provider.shutdown()
