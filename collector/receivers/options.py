"""How a server listens."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from collector.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificate chain and private key, both PEM."""

    cert: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Listen:
    """Where and how a server listens: port 0 takes a free one, a token or TLS is asked for where it is given."""

    host: str = "127.0.0.1"
    port: int = 0
    token: str | None = None
    tls: Tls | None = None

    def __post_init__(self) -> None:
        for path in (self.tls.cert, self.tls.key) if self.tls else ():
            if not path.is_file():
                raise SettingsError(f"The TLS file {path} does not exist.")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can connect."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False
