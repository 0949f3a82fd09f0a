"""HTTP for a service: uvicorn inside its loop, on a port that is taken before anything else is begun."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from typing import Any

import uvicorn

from dateline_kernel.errors import Misconfigured
from dateline_kernel.requesthead import BoundedHead
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.telemetry import Asgi

ANSWERING = 5
"""Whole seconds that those who wait for an answer get at the end."""
TAKING = 60.0
"""Seconds for which whoever asked may take nothing of the answer: else it would hold its connection for ever."""


class HttpServer:
    """uvicorn without its signal handlers: the service decides what a signal means."""

    def __init__(self, settings: ServiceSettings, app: Asgi) -> None:
        """Listen; who connects waits until ``start``. Raises Misconfigured when the port cannot be had."""
        self._socket = _listen(settings.http_host, settings.http_port)
        host, port = self._socket.getsockname()[:2]
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        config = uvicorn.Config(
            app,
            http=BoundedHead,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=ANSWERING,
            # Nobody looks at who sent a request or by which proxies, so nothing is worked out about it.
            proxy_headers=False,
            server_header=False,
            ws="none",
        )
        self._server = _Quiet(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Answer, from now on."""
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]), name="http")
        while not self._server.started:
            if self._task.done():
                await self._task
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Answer what was asked, within ``ANSWERING``, with 503 what was not done then; and let the port go."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task
        self._socket.close()


class _Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "linux":  # connections have it from here
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(TAKING * 1000))
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise Misconfigured(f"http_port: cannot listen on {host}:{port}: {error.strerror or error}") from error
    listening.setblocking(False)
    return listening
