// Sends one trace of two spans: node send.mjs grpc|proto|json ENDPOINT gzip|none. Prints the trace id.
import { SpanKind, SpanStatusCode, context, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as GrpcExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtoExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

const [transport, url, compression] = process.argv.slice(2);
const Exporter = { grpc: GrpcExporter, json: JsonExporter, proto: ProtoExporter }[transport];
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": "node-checkout" }),
  spanProcessors: [new SimpleSpanProcessor(new Exporter({ url, compression }))],
});
const tracer = provider.getTracer("tests");

const root = tracer.startSpan("invoke_agent refunds");
const child = tracer.startSpan("execute_tool lookup", { kind: SpanKind.CLIENT }, trace.setSpan(context.active(), root));
child.setAttributes({
  "gen_ai.operation.name": "execute_tool",
  "gen_ai.tool.name": "lookup_order",
  // A length limit that cuts an emoji in two leaves a lone surrogate.
  cut: "refund \u{1F600}".slice(0, -1),
  large: 9007199254740991,
  texts: ["ä", ""],
});
child.setStatus({ code: SpanStatusCode.ERROR, message: "not found" });
child.end();
root.end();
await provider.forceFlush();
await provider.shutdown();
console.log(root.spanContext().traceId);
