"""Lets the payment sandbox live in the same time as the cinema."""

from datetime import datetime

import httpx2

PATIENCE = 5.0


class SandboxUnreachable(Exception):
    """The payment sandbox does not take the new time; is `cinema up` running?"""


def set_clock(api_url: str, now: datetime) -> None:
    """``api_url`` is the gateway's, as in the settings. Raises ``SandboxUnreachable``.

    Payments that are not confirmed by then expire, keys of requests are forgotten.
    """
    control = f"{api_url.removesuffix('/').removesuffix('/v3')}/__sandbox/clock"
    body = {"now": now.isoformat()}
    try:
        with httpx2.Client(timeout=PATIENCE, trust_env=False) as client:
            client.post(control, json=body).raise_for_status()
    except httpx2.HTTPError as error:
        raise SandboxUnreachable(str(error)) from error
