"""Signing up."""

from typing import Annotated, Literal
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, Field

from command_api.dependencies import Wired
from command_api.devices import Calling
from command_api.emails import Email
from command_api.identity import Application
from command_api.secrets import Password, SecretBody
from command_api.security import Everybody
from domain.kernel.values import Locale

router = APIRouter(prefix="/registrations", tags=["sign-in"])


def known_time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("This is no time zone of the IANA database.")
    return name


TimeZone = Annotated[str, Field(max_length=64), AfterValidator(known_time_zone)]


class RegistrationBody(SecretBody):
    email: Email
    password: Password
    locale: Locale = "ru"
    time_zone: TimeZone = "Europe/Moscow"


class Received(BaseModel):
    """The same for an address that is known and for one that is new."""

    status: Literal["received"] = "received"
    detail: str = "A letter is on its way to this address."


@router.post("", status_code=202, dependencies=[Depends(Everybody())])
def register(body: RegistrationBody, wired: Wired, device: Calling) -> Received:
    application = Application(
        email=body.email,
        password=body.password,
        locale=body.locale,
        time_zone=body.time_zone,
    )
    wired.identity.registration.register(application, device)
    return Received()
