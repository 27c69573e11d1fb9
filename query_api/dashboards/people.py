"""Rows that belong to accounts: addresses masked, found by the whole address."""

from collections.abc import Sequence

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.fields import StringField
from starlette_admin.filters import FilterGroup
from typing_extensions import override

from query_api.dashboards.ports import Compare, Condition, Either, Every, Row
from query_api.dashboards.tables import TableModel
from query_api.dashboards.wording import both
from query_api.identity import Directory, masked


def email_field() -> StringField:
    return StringField(
        "email",
        label=both("Почта", "E-mail"),
        filters=[],
    )


class OfAccounts(TableModel):
    directory: Directory

    @override
    async def completed(self, rows: Sequence[Row]) -> Sequence[Row]:
        return await run_in_threadpool(self.with_addresses, rows)

    def with_addresses(self, rows: Sequence[Row]) -> Sequence[Row]:
        ids = {row["account_id"] for row in rows}
        emails = {id_: masked(self.directory.email_of(id_)) for id_ in ids}
        return [{**row, "email": emails[row["account_id"]]} for row in rows]

    @override
    def where(
        self, request: Request, q: str | None, filters: FilterGroup | None
    ) -> Condition:
        """An address is in no read model: it is found whole, or not at all."""
        if q is None or "@" not in q:
            return super().where(request, q, filters)
        found = self.directory.account_with(q.strip())
        wanted = Either((Compare("account_id", "eq", found),) if found else ())
        return Every((wanted, super().where(request, None, filters)))
