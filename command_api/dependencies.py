"""What a command route may ask for, and what it answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Annotated, cast
from urllib.parse import unquote
from uuid import UUID, uuid4, uuid5

from fastapi import Depends, Header, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict
from uuid_utils.compat import uuid7

from command_api.identity import Identity
from command_api.letterbox import Letterbox
from command_api.sales import PlanChanges, Sales
from command_api.security import Authenticate, Holder, Principal, SignedIn
from command_api.viewing import ProgressIntake, Screenings, Streams
from domain.kernel.messages import Clock, Dispatch, Metadata, Receipt

#: A message id is made of the caller, the route and the key (draft-ietf-httpapi-
#: idempotency-key-header-07): the same three are the same message.
LONGEST_KEY = 255
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the command side is given by the composition root."""

    dispatch: Dispatch
    clock: Clock
    authenticate: Authenticate
    identity: Identity
    sales: Sales
    plan_changes: PlanChanges
    #: Of a category and an id: is there something to point to?
    is_there: Callable[[str, UUID], bool]
    #: What is missing for commands to be taken, or None.
    lacking: Callable[[], str | None]
    letterbox: Letterbox
    progress: ProgressIntake
    screenings: Screenings
    streams: Streams


class Body(BaseModel):
    """A request's body: nothing but what is asked for."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Accepted(BaseModel):
    id: UUID
    version: int
    position: int


class BadKey(HTTPException):
    code = "bad-idempotency-key"

    def __init__(self) -> None:
        super().__init__(400, "Send an Idempotency-Key of 1 to 255 visible characters.")


class BadReason(HTTPException):
    code = "bad-cinema-reason"

    def __init__(self) -> None:
        super().__init__(400, "A Cinema-Reason is one line of at most 500 characters.")


class BadVersion(HTTPException):
    code = "bad-if-match"

    def __init__(self) -> None:
        super().__init__(400, 'Send the version you have read as: If-Match: "3"')


# Coroutines, though they await nothing: each dependency that is a plain function is
# one more trip to the thread pool for every request.
async def services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


Wired = Annotated[Services, Depends(services)]


async def fingerprint(request: Request) -> bytes:
    """Stands for the body: the same key with another one is a mistake."""
    return sha256(await request.body()).digest()


async def idempotency_key(
    idempotency_key: Annotated[str | None, Header()] = None,
) -> str | None:
    if idempotency_key is None:
        return None
    key = idempotency_key.strip().strip('"')
    if not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        raise BadKey
    return key


async def required_key(key: Annotated[str | None, Depends(idempotency_key)]) -> str:
    if key is None:
        raise BadKey
    return key


async def given_reason(
    cinema_reason: Annotated[
        str | None,
        Header(description="Why, for the record: UTF-8, percent-encoded (RFC 3986)."),
    ] = None,
) -> str | None:
    if cinema_reason is None:
        return None
    reason = unquote(cinema_reason).strip()
    if len(reason) > LONGEST_REASON or not reason.isprintable():
        raise BadReason
    return reason or None


async def expected_version(
    if_match: Annotated[str | None, Header()] = None,
) -> int | None:
    if if_match in (None, "*"):
        return None
    version = if_match.removeprefix("W/").strip('"')
    if not (version.isascii() and version.isdigit()):
        raise BadVersion
    return int(version)


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes one caller's command, and says what became of it."""

    services: Services
    caller: Principal
    metadata: Metadata
    fingerprint: bytes
    expected_version: int | None
    response: Response

    def now(self) -> datetime:
        return self.services.clock()

    def because(self, reason: str) -> "Desk":
        """The same, with the caller's reason for the record."""
        return replace(self, metadata=replace(self.metadata, reason=reason))

    def send(
        self, command: object, collection: str, subject: UUID | None = None
    ) -> Accepted:
        """``collection`` is where in the query API the result can be read.

        ``subject`` is what the command is about, where its stream is not that alone.
        """
        receipt = self.services.dispatch(
            command,
            self.metadata,
            expected_version=self.expected_version,
            fingerprint=self.fingerprint,
        )
        id_ = subject or id_of(receipt)
        headers = self.response.headers
        headers["Cinema-Position"] = str(receipt.position)
        headers["ETag"] = f'"{receipt.version}"'
        headers["Location"] = f"/query/v1/{collection}/{id_}"
        if receipt.replayed:
            headers["Idempotency-Replayed"] = "true"
        return Accepted(id=id_, version=receipt.version, position=receipt.position)


def id_of(receipt: Receipt) -> UUID:
    """Of the thing itself: a repeated request is answered with the first one's."""
    _, _, id_ = receipt.stream.partition("-")
    return UUID(id_)


def desk(
    allowed: SignedIn | Holder, *, needs_key: bool = False
) -> Callable[..., Awaitable[Desk]]:
    """A desk that serves only those who are allowed to.

    ``needs_key``: for what moves money or makes a subscription.
    """
    key_of = required_key if needs_key else idempotency_key

    async def open_desk(
        request: Request,
        response: Response,
        wired: Wired,
        caller: Annotated[Principal, Depends(allowed)],
        key: Annotated[str | None, Depends(key_of)],
        version: Annotated[int | None, Depends(expected_version)],
        body: Annotated[bytes, Depends(fingerprint)],
        reason: Annotated[str | None, Depends(given_reason)],
    ) -> Desk:
        route = f"{request.method} {request.url.path} {key or uuid4()}"
        metadata = Metadata.root(
            uuid5(caller.account_id, route),
            actor=str(caller.account_id),
            reason=reason,
        )
        return Desk(wired, caller, metadata, body, version, response)

    return open_desk


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): ids that are made one after the other sort so."""
    return UUID(int=uuid7().int)
