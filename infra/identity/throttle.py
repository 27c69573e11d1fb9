"""How often passwords may be guessed: exact across processes, kept as rows.

An attempt is counted as a failure before the password is looked at, and forgiven when
it was right: so a hundred guesses at once are a hundred, not one.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from domain.kernel.messages import Clock
from infra.projection_engine.postgres import Pool

FREE = 5
LONGEST_DELAY = 900
FORGOTTEN = timedelta(days=1)

#: Delays grow as 1, 2, 4 … seconds once the free attempts are used up.
ATTEMPT = """
INSERT INTO identity.attempt AS a (key, failures, last_at, locked_until)
VALUES (%(key)s, 1, %(now)s, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    failures = a.failures + 1,
    last_at = %(now)s,
    locked_until = CASE WHEN a.failures < %(free)s THEN %(now)s ELSE
        %(now)s + least(%(longest)s, power(2, least(a.failures, 30) - %(free)s))
        * interval '1 second' END
WHERE a.locked_until <= %(now)s
"""
FORGIVE = "DELETE FROM identity.attempt WHERE key = %s"
FORGET = "DELETE FROM identity.attempt WHERE last_at < %s"
#: The generic cell rate algorithm; no row comes back from who is too early.
TAKE = """
INSERT INTO identity.rate AS r (key, due) VALUES (%(key)s, %(now)s + %(step)s)
ON CONFLICT (key) DO UPDATE SET due = greatest(r.due, %(now)s) + %(step)s
WHERE r.due <= %(now)s + %(burst)s
"""
DUE = "SELECT due FROM identity.rate WHERE key = %s"
GIVE_BACK = "UPDATE identity.rate SET due = due - %s WHERE key = %s"
EXPIRE = "DELETE FROM identity.rate WHERE due < %s"


def network_of(address: str) -> str:
    """Who holds one IPv6 address holds its whole /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)


class Attempts:
    """At one account from one network: five are free, then each costs time."""

    def __init__(self, pool: Pool, wall_clock: Clock) -> None:
        self.pool = pool
        self.wall_clock = wall_clock

    def begin(self, email: str, address: str) -> bool:
        """False: it is too early for another one."""
        now = self.wall_clock()
        with self.pool.connection() as connection:
            connection.execute(FORGET, (now - FORGOTTEN,))
            values = {
                "key": key_of(email, address),
                "now": now,
                "free": FREE,
                "longest": LONGEST_DELAY,
            }
            return connection.execute(ATTEMPT, values).rowcount == 1

    def forgive(self, email: str, address: str) -> None:
        with self.pool.connection() as connection:
            connection.execute(FORGIVE, (key_of(email, address),))


def key_of(email: str, address: str) -> bytes:
    """A digest, so that no row tells who was tried from where."""
    return sha256(f"{email.lower()} {network_of(address)}".encode()).digest()


class Rate:
    """So many a minute from one network, a minute's worth of them at once."""

    def __init__(self, pool: Pool, wall_clock: Clock, name: str, minute: int) -> None:
        self.pool = pool
        self.wall_clock = wall_clock
        self.name = name
        self.step = timedelta(minutes=1) / minute
        self.burst = timedelta(minutes=1) - self.step

    def take(self, address: str) -> int:
        """How many seconds to wait first; 0: go on."""
        key, now = self.key(address), self.wall_clock()
        values = {"key": key, "now": now, "step": self.step, "burst": self.burst}
        with self.pool.connection() as connection:
            connection.execute(EXPIRE, (now - FORGOTTEN,))
            if connection.execute(TAKE, values).rowcount:
                return 0
            row = connection.execute(DUE, (key,)).fetchone()
        return wait(row[0] if row else now, now + self.burst)

    def give_back(self, address: str) -> None:
        with self.pool.connection() as connection:
            connection.execute(GIVE_BACK, (self.step, self.key(address)))

    def key(self, address: str) -> str:
        return f"{self.name} {network_of(address)}"


def wait(due: datetime, allowed: datetime) -> int:
    return max(1, ceil((due - allowed).total_seconds()))
