"""What people say of themselves."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from command_api.dependencies import Accepted, Body, Desk, Wired, desk
from command_api.registrations import TimeZone
from command_api.security import Principal, SignedIn
from domain.account.commands import (
    AccountCommand,
    ChooseLocale,
    ChooseTimeZone,
    NameProfile,
)
from domain.kernel.values import AccountId, Locale

router = APIRouter(prefix="/me", tags=["me"])

Owner = Annotated[Desk, Depends(desk(SignedIn()))]


class LocaleBody(Body):
    locale: Locale


class TimeZoneBody(Body):
    time_zone: TimeZone


class NameBody(Body):
    name: Annotated[str, Field(min_length=1, max_length=100)]


@router.post("/name")
def name_profile(body: NameBody, owner: Owner) -> Accepted:
    """How to be called; encrypted in the log, and gone when the account is erased."""
    account_id = AccountId(owner.caller.account_id)
    command = NameProfile(
        account_id=account_id, name=body.name, now=owner.services.clock()
    )
    return sent(command, owner)


@router.post("/locale")
def choose_locale(body: LocaleBody, owner: Owner) -> Accepted:
    account_id = AccountId(owner.caller.account_id)
    command = ChooseLocale(
        account_id=account_id, locale=body.locale, now=owner.services.clock()
    )
    return sent(command, owner)


@router.post("/time-zone")
def choose_time_zone(body: TimeZoneBody, owner: Owner) -> Accepted:
    account_id = AccountId(owner.caller.account_id)
    command = ChooseTimeZone(
        account_id=account_id, time_zone=body.time_zone, now=owner.services.clock()
    )
    return sent(command, owner)


@router.post("/verification-requests", status_code=202)
def request_verification(
    caller: Annotated[Principal, Depends(SignedIn())], wired: Wired
) -> None:
    """Another letter with a link, at most one a minute."""
    wired.identity.passwords.request_verification(caller.account_id)


def sent(command: AccountCommand, owner: Desk) -> Accepted:
    accepted = owner.send(command, "accounts")
    owner.response.headers["Location"] = "/query/v1/me"
    return accepted
