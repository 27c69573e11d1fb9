"""The views of billing, over their tables."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from psycopg.sql import SQL

from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.reader import Reader
from projections.payments import PaymentRow
from projections.plans import PlanRow
from projections.promo_codes import PromoCodeRow
from projections.refunds import RefundRow
from projections.subscription_row import SubscriptionRow

FIRST_IN_NEED = """
refund_id IN (
    SELECT refund_id FROM read.refunds WHERE attention IS NOT NULL
    ORDER BY requested_at LIMIT 200
)
"""


class PostgresPlans(Reader[PostgresStore[UUID, PlanRow]]):
    def get(self, plan_id: UUID) -> PlanRow | None:
        return self.store.load([plan_id]).get(plan_id)

    def on_sale(self) -> Sequence[PlanRow]:
        return sorted(self.store.rows(SQL("on_sale")), key=lambda row: row.price.minor)


class PostgresPromoCodes(Reader[PostgresStore[UUID, PromoCodeRow]]):
    def get(self, promo_code_id: UUID) -> PromoCodeRow | None:
        return self.store.load([promo_code_id]).get(promo_code_id)

    def newest(self) -> Sequence[PromoCodeRow]:
        rows = self.store.rows(SQL("true"))
        return sorted(rows, key=lambda row: row.added_at, reverse=True)


class PostgresSubscriptions(Reader[PostgresStore[UUID, SubscriptionRow]]):
    def get(self, subscription_id: UUID) -> SubscriptionRow | None:
        return self.store.load([subscription_id]).get(subscription_id)

    def of_account(self, account_id: UUID) -> Sequence[SubscriptionRow]:
        rows = self.store.rows(SQL("account_id = %s"), account_id)
        return sorted(rows, key=lambda row: row.started_at, reverse=True)

    def entitling(self, account_id: UUID, now: datetime) -> Sequence[SubscriptionRow]:
        return self.store.rows(
            SQL("account_id = %s AND access_until > %s AND blocked_at IS NULL"),
            account_id,
            now,
        )

    def entitles(
        self, account_id: UUID, now: datetime, plans: Collection[UUID] = ()
    ) -> bool:
        """By a subscription to one of these plans, or to any if there are none."""
        found = self.entitling(account_id, now)
        return any(not plans or row.plan_id in plans for row in found)


class PostgresPayments(Reader[PostgresStore[UUID, PaymentRow]]):
    def get(self, payment_id: UUID) -> PaymentRow | None:
        return self.store.load([payment_id]).get(payment_id)

    def of_account(self, account_id: UUID) -> Sequence[PaymentRow]:
        rows = self.store.rows(SQL("account_id = %s"), account_id)
        return sorted(rows, key=lambda row: row.opened_at, reverse=True)


class PostgresRefunds(Reader[PostgresStore[UUID, RefundRow]]):
    def get(self, refund_id: UUID) -> RefundRow | None:
        return self.store.load([refund_id]).get(refund_id)

    def needing_attention(self) -> Sequence[RefundRow]:
        rows = self.store.rows(SQL(FIRST_IN_NEED))
        return sorted(rows, key=lambda row: row.requested_at)

    def of_account(self, account_id: UUID) -> Sequence[RefundRow]:
        rows = self.store.rows(SQL("account_id = %s"), account_id)
        return sorted(rows, key=lambda row: row.requested_at, reverse=True)

    def of_payment(self, payment_id: UUID) -> Sequence[RefundRow]:
        rows = self.store.rows(SQL("payment_id = %s"), payment_id)
        return sorted(rows, key=lambda row: row.requested_at)
