"""The view of accounts, over its table."""

from uuid import UUID

from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.reader import Reader
from projections.accounts import AccountRow


class PostgresAccounts(Reader[PostgresStore[UUID, AccountRow]]):
    def get(self, account_id: UUID) -> AccountRow | None:
        return self.store.load([account_id]).get(account_id)
