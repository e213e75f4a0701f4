"""Who sent: resource and scope of a request, parsed once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa
import xxhash
from opentelemetry.proto.common.v1 import common_pb2
from opentelemetry.proto.resource.v1 import resource_pb2

from collector.decode.any_value import Plain, json_text, plain_attributes


@dataclass(frozen=True, slots=True)
class Sender:
    """One resource with one scope: who sent. `key` is the same for the same content, in every process."""

    key: int
    resource: dict[str, Plain]
    resource_json: str
    resource_schema_url: str
    scope_name: str
    scope_version: str
    scope_json: str
    scope_schema_url: str


@lru_cache(maxsize=1024)
def read_sender(resource: bytes, resource_schema_url: str, scope: bytes, scope_schema_url: str) -> Sender:
    """Parse a resource and a scope. Cached: a process sends the same ones with every request."""
    parsed_resource = resource_pb2.Resource.FromString(resource)
    parsed_scope = common_pb2.InstrumentationScope.FromString(scope)
    attributes = plain_attributes(parsed_resource.attributes)
    scope_said = {
        "attributes": plain_attributes(parsed_scope.attributes),
        "dropped_attributes_count": parsed_scope.dropped_attributes_count,
    }
    resource_said: dict[str, object] = {"attributes": attributes}
    if parsed_resource.dropped_attributes_count:
        resource_said["dropped_attributes_count"] = parsed_resource.dropped_attributes_count
    if parsed_resource.entity_refs:
        resource_said["entity_refs"] = [
            {
                "schema_url": r.schema_url,
                "type": r.type,
                "id_keys": list(r.id_keys),
                "description_keys": list(r.description_keys),
            }
            for r in parsed_resource.entity_refs
        ]
    identity = (resource, resource_schema_url.encode(), scope, scope_schema_url.encode())
    return Sender(
        key=xxhash.xxh3_64_intdigest(b"\x00".join(identity)),
        resource=attributes,
        resource_json=json_text(resource_said),
        resource_schema_url=resource_schema_url,
        scope_name=parsed_scope.name,
        scope_version=parsed_scope.version,
        scope_json=json_text({name: value for name, value in scope_said.items() if value}),
        scope_schema_url=scope_schema_url,
    )


def sender_rows(senders: Iterable[Sender]) -> pa.Table:
    """Rows of ledger.resources, one per distinct sender."""
    distinct = list({sender.key: sender for sender in senders}.values())
    return pa.table(
        {
            "resource_key": pa.array([s.key for s in distinct], pa.uint64()),
            "resource": [s.resource_json for s in distinct],
            "resource_schema_url": [s.resource_schema_url or None for s in distinct],
            "scope_name": [s.scope_name or None for s in distinct],
            "scope_version": [s.scope_version or None for s in distinct],
            "scope": [s.scope_json for s in distinct],
            "scope_schema_url": [s.scope_schema_url or None for s in distinct],
        }
    )
