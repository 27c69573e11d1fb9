"""The sandbox's own time: real time, shifted as the control API says."""

from datetime import UTC, datetime, timedelta

from infra.gateways.sandbox.database import Database

SETTING = "clock_offset"


class SandboxClock:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.offset = timedelta(seconds=database.setting(SETTING, 0.0))

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def set(self, now: datetime) -> None:
        self.shift_to(now - datetime.now(UTC))

    def advance(self, by: timedelta) -> None:
        self.shift_to(self.offset + by)

    def shift_to(self, offset: timedelta) -> None:
        self.database.set(SETTING, offset.total_seconds())
        self.offset = offset


def stamp(at: datetime) -> str:
    """As the API writes it: UTC, milliseconds, so that text sorts like time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def moment(text: str) -> datetime:
    """Raises ``ValueError``. Without a zone it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
