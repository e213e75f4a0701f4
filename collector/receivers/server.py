"""The HTTP server: receivers and read API in one Starlette app, run by uvicorn in a thread of its own."""

import socket
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from collector.errors import PortTaken, SettingsError
from collector.receivers.auth import BearerMiddleware
from collector.receivers.cors import cors
from collector.receivers.door import Submits
from collector.receivers.hosts import LoopbackHostMiddleware
from collector.receivers.http import routes
from collector.receivers.limits import Limits
from collector.receivers.options import Listen
from collector.receivers.webhook import WEBHOOKS_PATH

# SDKs export every five seconds: a connection that waits for the next export must not be closed just before it.
_KEEP_ALIVE_S = 75
_STOP_S = 10


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """What the HTTP server is told: where it listens, what it takes, which web pages may call it."""

    listen: Listen = field(default_factory=Listen)
    limits: Limits = field(default_factory=Limits)
    base_path: str = ""
    cors_origins: tuple[str, ...] = ()


def build_app(pipeline: Submits, options: HttpOptions, extra_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The app: the receivers' routes and the given ones, behind CORS, and a token or a check of the host name."""
    all_routes = [*routes(pipeline, options.limits, options.base_path), *extra_routes]
    return Starlette(routes=all_routes, middleware=_middleware(options))


def _middleware(options: HttpOptions) -> list[Middleware]:
    """Outermost first: a browser's preflight carries no token."""
    stack = []
    signed_path = options.base_path.rstrip("/") + WEBHOOKS_PATH
    if options.cors_origins:
        stack.append(cors(options.cors_origins))
    if options.listen.token:
        stack.append(Middleware(BearerMiddleware, token=options.listen.token, signed_path=signed_path))
    elif options.listen.is_loopback:
        stack.append(Middleware(LoopbackHostMiddleware, listening_on=options.listen.host, signed_path=signed_path))
    return stack


class HttpServer:
    """Starts and stops the app. `started` is set once it answers; `port` is the real one when 0 was asked for."""

    def __init__(self, pipeline: Submits, options: HttpOptions, extra_routes: Sequence[BaseRoute] = ()) -> None:
        self._listen = options.listen
        self._server = _Server(_config(build_app(pipeline, options, extra_routes), options.listen))
        self._thread: threading.Thread | None = None
        self.port = 0

    @property
    def started(self) -> threading.Event:
        """Set once the server answers."""
        return self._server.is_up

    @property
    def url(self) -> str:
        """Where it answers, without a path."""
        host = f"[{self._listen.host}]" if ":" in self._listen.host else self._listen.host
        return f"{'https' if self._listen.tls else 'http'}://{host}:{self.port}"

    def start(self) -> None:
        """Bind and serve. Raises PortTaken; connections are queued from its return on."""
        listener = _listener(self._listen)
        self.port = listener.getsockname()[1]
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="http-server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more connections, answer what is under way, end."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(_STOP_S + 5)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


def _config(app: Starlette, listen: Listen) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_STOP_S,
        ssl_certfile=listen.tls.cert if listen.tls else None,
        ssl_keyfile=listen.tls.key if listen.tls else None,
    )
    try:
        config.load()
    except ssl.SSLError as error:
        raise SettingsError(f"The TLS certificate or key cannot be used: {error}") from error
    return config


def _listener(listen: Listen) -> socket.socket:
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        return socket.create_server((listen.host, listen.port), family=family, backlog=512)
    except OSError as error:
        raise PortTaken(f"HTTP cannot listen on {listen.host}:{listen.port}: {error.strerror or error}.") from error
