"""How a gateway does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class GatewayHealth:
    """Whether payers are sent to a gateway, and what it last failed with."""

    name: str
    state: Literal["closed", "half-open", "open"] = "closed"
    failures: int = 0
    failed_at: datetime | None = None
    cause: str = ""
