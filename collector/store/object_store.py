"""Credentials for lakes in a bucket: the standard AWS environment variables become a DuckDB secret.

DuckDB reads no environment by itself. The variables are those of the AWS SDKs (SDKs and Tools Reference Guide,
"Environment variables support").
"""

from collections.abc import Mapping

import duckdb

from collector.errors import SettingsError

_SCHEME = "s3://"


def use_bucket_credentials(
    connection: duckdb.DuckDBPyConnection, lake_data: str | None, environment: Mapping[str, str]
) -> None:
    """Let the connection reach s3:// with the credentials of the environment; without any, s3:// is refused.

    A lake remembers where its data is, so credentials are taken whenever there are some. Raises SettingsError, which
    never holds a credential.
    """
    statement = secret_statement(environment)
    if statement is None:
        if lake_data and lake_data.startswith(_SCHEME):
            raise SettingsError(
                f"lake_data {lake_data}: no credentials found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            )
        return
    try:
        connection.execute(statement)
    except duckdb.Error:
        # DuckDB may quote the statement, and with it the key: neither its text nor the cause goes further.
        raise SettingsError("the AWS_… variables of the environment make no usable S3 credentials") from None


def secret_statement(environment: Mapping[str, str]) -> str | None:
    """The statement that creates the secret, or None without credentials. It holds the key: never log it."""
    key_id, key = environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")
    if not key_id or not key:
        return None
    said = {
        "key_id": key_id,
        "secret": key,
        "session_token": environment.get("AWS_SESSION_TOKEN"),
        "region": environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION"),
    }
    options = [f"{name} {_literal(value)}" for name, value in said.items() if value]
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL")
    # CREATE SECRET takes no bound parameters.
    return f"create secret (type s3, provider config, {', '.join(options + _endpoint_options(endpoint))})"


def _endpoint_options(endpoint: str | None) -> list[str]:
    if not endpoint:
        return []
    scheme, separator, host = endpoint.rstrip("/").rpartition("://")
    if not separator or scheme not in ("http", "https") or "@" in host:
        raise SettingsError("AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL: expected http://host:port or https://host")
    options = [f"endpoint {_literal(host)}"]
    # A server of one's own without TLS seldom has a name for each bucket.
    return [*options, "use_ssl false", "url_style 'path'"] if scheme == "http" else options


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
