"""Whatever goes wrong inside, the caller gets an answer and the log the reason."""

import logging

from eventsourcing.persistence import InterfaceError, OperationalError
from psycopg import OperationalError as DriverError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infra.http.problems import problem

logger = logging.getLogger(__name__)

#: The database cannot be reached, or not now.
OUTAGES = (DriverError, OperationalError, InterfaceError)


class Unbroken:
    """Within the common headers, so that this answer has them, too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_answered = False

        async def noticed(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        try:
            await self.app(scope, receive, noticed)
        except Exception as error:
            logger.exception("request failed: %s", scope["path"])
            if is_answered:
                raise
            await apology(scope["path"], error)(scope, receive, send)


def apology(path: str, error: Exception) -> ASGIApp:
    if isinstance(error, OUTAGES):
        detail = "The database cannot be reached; ask again in a moment."
        again = {"Retry-After": "1"}
        return problem(path, 503, "database-unavailable", detail, headers=again)
    detail = "Something went wrong on our side. The trace id tells us what."
    return problem(path, 500, "internal-server-error", detail)
