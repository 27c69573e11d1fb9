"""What the SDK's exceptions mean: was it refused, or does nobody know?"""

from typing import Any

from requests import HTTPError
from yookassa.domain.exceptions import (
    ApiError,
    BadRequestError,
    ForbiddenError,
    GoneError,
    NotFoundError,
    TooManyRequestsError,
    UnauthorizedError,
)

from processes.ports import Absent, Refused, Unknown

#: The provider says of these that nothing has been done.
REFUSALS = (
    BadRequestError,
    UnauthorizedError,
    ForbiddenError,
    NotFoundError,
    GoneError,
    TooManyRequestsError,
)
#: Nor of these, for which the SDK has no exceptions of their own.
OTHER_REFUSALS = {405, 415}
#: Our request has changed since it was first sent: the first may well have worked.
KEY_REUSED = "Idempotence-Key"
NO_SUCH_OBJECT = ("payment doesn't exist", "refund doesn't exist")
LONGEST = 300
SAVING_FORBIDDEN = "forbidden to save payment method"
METHOD = "payment_method_id"
NO_METHOD = "payment_method_missing"


def refused(error: Exception) -> Refused | Unknown:
    """After a POST."""
    content = content_of(error)
    is_refusal = isinstance(error, REFUSALS) or status_of(error) in OTHER_REFUSALS
    if not is_refusal or is_about_the_key(content):
        return unknown(error)
    code = str(content.get("code", type(error).__name__))
    detail = str(content.get("description", ""))
    if parameter := content.get("parameter"):
        detail = f"{detail} ({parameter})"
    if parameter == METHOD and isinstance(error, BadRequestError):
        code = NO_METHOD
    return Refused(code, detail[:LONGEST])


def is_saving_forbidden(outcome: object) -> bool:
    """The whole request is refused for that."""
    return (
        isinstance(outcome, Refused)
        and outcome.code == "forbidden"
        and SAVING_FORBIDDEN in outcome.detail.lower()
    )


def absent(error: Exception) -> Absent | Unknown:
    """After a GET, where an unknown id is as often 400 as 404."""
    description = str(content_of(error).get("description", "")).lower()
    is_said = any(text in description for text in NO_SUCH_OBJECT)
    is_bad = isinstance(error, BadRequestError) and is_said
    if is_bad or isinstance(error, NotFoundError):
        return Absent()
    return unknown(error)


def is_about_the_key(content: dict[str, Any]) -> bool:
    duplicated = "duplicated" in str(content.get("description", ""))
    return content.get("parameter") == KEY_REUSED and duplicated


def unknown(error: Exception) -> Unknown:
    """The kind of failure, in its own words only where they hold no secret.

    The SDK hides a broken connection behind an AttributeError of its own.
    """
    if isinstance(error, ApiError):
        content = content_of(error)
        said = content.get("description") or content.get("type") or "no explanation"
        return Unknown(f"{type(error).__name__}: {said}"[:LONGEST])
    cause = error
    if isinstance(error, AttributeError) and isinstance(error.__context__, Exception):
        cause = error.__context__
    return Unknown(type(cause).__name__)


def status_of(error: Exception) -> int | None:
    """What the SDK keeps of it: the exception in whose place it put its own."""
    cause = error.__context__
    if not isinstance(error, ApiError) or not isinstance(cause, HTTPError):
        return None
    return cause.response.status_code


def content_of(error: Exception) -> dict[str, Any]:
    content = error.content if isinstance(error, ApiError) else None
    return content if isinstance(content, dict) else {}
