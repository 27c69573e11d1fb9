"""Where a request comes from."""

from typing import Annotated

from fastapi import Depends, Header, Request

from command_api.identity import Device

LONGEST_NAME = 256


def device(request: Request, user_agent: Annotated[str, Header()] = "") -> Device:
    """The address is the server's word: it alone knows which proxies to believe."""
    address = request.client.host if request.client else "unknown"
    return Device(address, user_agent[:LONGEST_NAME])


Calling = Annotated[Device, Depends(device)]
