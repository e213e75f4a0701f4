"""Ports, looked at before they are used: a taken one is said plainly, with the flag that chooses another."""

import socket
from contextlib import suppress

from collector.errors import PortTaken

_PORTS_TRIED = 100


def check_port(host: str, port: int, who: str, flag: str) -> int:
    """The port, or the one chosen for 0. Raises PortTaken: who wanted it, and which flag chooses another."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as listener:
            return int(listener.getsockname()[1])
    except OSError as error:
        raise PortTaken(
            f"{who} cannot listen on {host}:{port}: {error.strerror or error}. Stop what uses the port, or choose "
            f"another with {flag}."
        ) from error


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one that is free; any free one for 0."""
    for port in range(wanted, min(wanted + _PORTS_TRIED, 65536)):
        with suppress(PortTaken):
            return check_port(host, port, "", "")
    raise PortTaken(f"no port is free from {wanted} to {wanted + _PORTS_TRIED - 1} on {host}")
