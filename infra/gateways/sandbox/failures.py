"""What the API says when it says no."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4


class Failure(Exception):
    """An answer other than 200."""

    def __init__(
        self,
        status: int,
        code: str,
        description: str,
        parameter: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(description)
        self.status = status
        named = {"parameter": parameter} if parameter else {}
        self.body: Mapping[str, Any] = {
            "type": "error",
            "id": str(uuid4()),
            "code": code,
            "description": description,
            **named,
            **more,
        }


def invalid(description: str, parameter: str | None = None) -> Failure:
    return Failure(400, "invalid_request", description, parameter)


def bad_credentials(description: str) -> Failure:
    return Failure(401, "invalid_credentials", description, "Authorization")


def forbidden(description: str) -> Failure:
    return Failure(403, "forbidden", description)


def broken() -> Failure:
    return Failure(
        500, "internal_server_error", "Internal server error. Repeat the request."
    )


def busy() -> Failure:
    return Failure(429, "too_many_requests", "Too many requests", retry_after=1000)


def key_duplicated() -> Failure:
    return invalid("Idempotence key duplicated", "Idempotence-Key")


def no_payment() -> Failure:
    """An unknown id is a bad request here, not 404."""
    return invalid(
        "Incorrect payment_id. Payment doesn't exist or access denied", "payment_id"
    )


def no_method() -> Failure:
    description = (
        "This payment_method_id doesn't exist. "
        "Specify the id of the saved payment_method"
    )
    return invalid(description, "payment_method_id")
