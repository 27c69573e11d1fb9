"""How long a connection waits, at most, for whatever it waits for."""

from collections.abc import Mapping
from typing import Any

#: Nothing that is asked of a pooled connection may take for ever.
LIMITS = (
    "-c timezone=UTC -c statement_timeout=60s -c lock_timeout=10s"
    " -c idle_in_transaction_session_timeout=60s"
)
#: Of a connection that is held for long: a server that is gone is noticed in seconds.
KEPT: Mapping[str, Any] = {
    "autocommit": True,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "options": "-c timezone=UTC -c statement_timeout=10s -c lock_timeout=10s",
}
