"""What the SDK's exceptions mean: was it declined, refused, or does nobody know?"""

from collections.abc import Mapping
from typing import Any

import stripe

from infra.gateways.stripe.charges import is_of_session
from processes.ports import Absent, Refused, Unknown

#: Of these Stripe says that nothing has been done.
REFUSALS = (
    stripe.InvalidRequestError,
    stripe.AuthenticationError,
    stripe.PermissionError,
    stripe.RateLimitError,
    stripe.CardError,
)
TOO_MUCH = "too_many_requests"
CREDENTIALS = "invalid_credentials"
NO_METHOD = "payment_method_missing"
LONGEST = 300


def refused(error: Exception) -> Refused | Unknown:
    """After a POST. A key that is in use, or was used otherwise, proves nothing."""
    if not isinstance(error, REFUSALS):
        return unknown(error)
    if isinstance(error, stripe.AuthenticationError):
        # Its text has a part of the key.
        return Refused(CREDENTIALS, "Stripe does not know this key.")
    return Refused(code_of(error), message_of(error))


def code_of(error: stripe.StripeError) -> str:
    if isinstance(error, stripe.RateLimitError):
        return TOO_MUCH
    about = getattr(error, "param", None) in ("payment_method", "customer")
    if about and isinstance(error, stripe.InvalidRequestError):
        return NO_METHOD
    return error.code or "invalid_request"


def message_of(error: stripe.StripeError) -> str:
    parameter = getattr(error, "param", None)
    text = error.user_message or type(error).__name__
    return (f"{text} ({parameter})" if parameter else text)[:LONGEST]


def declined(error: Exception) -> Mapping[str, Any] | None:
    """The payment intent that was made and came to nothing, if there is one."""
    if not isinstance(error, stripe.CardError):
        return None
    body = error.json_body
    problem = body.get("error") if isinstance(body, Mapping) else None
    intent = problem.get("payment_intent") if isinstance(problem, Mapping) else None
    if not isinstance(intent, Mapping) or is_of_session(intent):
        return None
    return intent


def absent(error: Exception) -> Absent | Unknown:
    """After a GET."""
    is_missing = isinstance(error, stripe.InvalidRequestError)
    if is_missing and getattr(error, "http_status", None) == 404:
        return Absent()
    return unknown(error)


def unknown(error: Exception) -> Unknown:
    """The kind of failure, in its own words only where they hold no secret."""
    name = type(error).__name__
    if isinstance(error, stripe.AuthenticationError):
        return Unknown(name)
    if isinstance(error, stripe.APIConnectionError):
        cause = error.__cause__ or error.__context__
        return Unknown(type(cause).__name__ if cause else name)
    if isinstance(error, stripe.StripeError) and error.http_status:
        return Unknown(f"{name}: {error.http_status} {error.code or ''}".strip())
    return Unknown(name)
