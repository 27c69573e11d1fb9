"""Which account an identity at a provider belongs to."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.errors import UniqueViolation
from psycopg.rows import class_row

from command_api.dependencies import new_id
from domain.kernel.messages import Clock
from infra.projection_engine.postgres import Pool

BY_KEY = """
SELECT identity_id, account_id, provider FROM identity.identity
WHERE issuer = %s AND subject = %s
"""
LINK = """
INSERT INTO identity.identity
(issuer, subject, identity_id, account_id, provider, linked_at)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (issuer, subject) DO NOTHING
"""
CREATE = """
INSERT INTO identity.account (account_id, email, locale, time_zone, created_at)
VALUES (%s, %s, %s, %s, %s)
"""
#: Whoever set this password had never shown that the address was theirs.
TAKE_OVER = "UPDATE identity.account SET password_hash = NULL WHERE account_id = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow:
    identity_id: UUID
    account_id: UUID
    provider: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, as one provider knows them."""

    provider: str
    issuer: str
    subject: str


class Identities:
    def __init__(self, pool: Pool, wall_clock: Clock) -> None:
        self.pool = pool
        self.wall_clock = wall_clock

    def find(self, subject: Subject) -> IdentityRow | None:
        with self.pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(IdentityRow))
            key = (subject.issuer, subject.subject)
            return cursor.execute(BY_KEY, key).fetchone()

    def link(self, subject: Subject, account_id: UUID) -> IdentityRow | None:
        """The identity as it is linked now, perhaps by another request meanwhile."""
        with self.pool.connection() as connection:
            connection.execute(LINK, self.values(subject, account_id))
        return self.find(subject)

    def take_over(self, subject: Subject, account_id: UUID) -> IdentityRow | None:
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(TAKE_OVER, (account_id,))
            connection.execute(LINK, self.values(subject, account_id))
        return self.find(subject)

    def create(self, subject: Subject, email: str | None) -> IdentityRow | None:
        """With an account of its own; None: the address has become somebody's."""
        account_id = new_id()
        account = (account_id, email, "ru", "Europe/Moscow", self.wall_clock())
        try:
            with self.pool.connection() as connection, connection.transaction():
                connection.execute(CREATE, account)
                if not connection.execute(
                    LINK, self.values(subject, account_id)
                ).rowcount:
                    raise LinkedMeanwhile
        except (UniqueViolation, LinkedMeanwhile):
            return self.find(subject)
        return self.find(subject)

    def values(self, subject: Subject, account_id: UUID) -> tuple[object, ...]:
        return (
            subject.issuer,
            subject.subject,
            new_id(),
            account_id,
            subject.provider,
            self.wall_clock(),
        )


class LinkedMeanwhile(Exception):
    """Another request has linked the identity: the new account is not needed."""
