"""How agents say what they did: one module per OTLP dialect, the same step in its words."""

from types import ModuleType

from sample_data.dialects import openinference, otel_genai, otel_genai_old

DIALECTS: dict[str, ModuleType] = {
    "otel_genai": otel_genai,
    "otel_genai_old": otel_genai_old,
    "openinference": openinference,
}
