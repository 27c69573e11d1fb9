"""An HTTP server that can also behave badly: hang up in the middle of an answer."""

import asyncio
import struct
from socket import SO_LINGER, SOL_SOCKET

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

ABORT = "sandbox.abort"


class AbruptProtocol(H11Protocol):
    """Gives the application the means to reset its connection."""

    @override
    def connection_made(  # type: ignore[override]  # As the library has it.
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        application = self.app

        async def with_abort(scope: Scope, receive: Receive, send: Send) -> None:
            scope[ABORT] = lambda: abort(transport)
            await application(scope, receive, send)

        self.app = with_abort


def abort(transport: asyncio.Transport) -> None:
    """With a reset instead of a farewell: nothing more is sent, not even what waits."""
    socket = transport.get_extra_info("socket")
    socket.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Reset(Response):
    """No answer at all: the connection breaks."""

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[ABORT]()
        while (await receive())["type"] != "http.disconnect":
            pass
