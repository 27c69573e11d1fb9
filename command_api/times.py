"""Points of time in bodies."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime


def in_utc(time: datetime) -> datetime:
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("There is no such time in UTC.") from error


#: RFC 3339, with its zone; in UTC from here on.
Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]
