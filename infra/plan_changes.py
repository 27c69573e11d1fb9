"""What another plan would cost at this moment, and the promise to charge just that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from command_api.sales import Promise
from domain.kernel.messages import Clock
from domain.kernel.values import AccountId, Money, PlanId, SubscriptionId, Terms
from domain.money import charged, vat_inside
from domain.subscription.changes import PREVIEW_HOLDS, changeable
from domain.subscription.decider import subscription
from domain.subscription.offers import Offer, check, offer
from domain.subscription.refusals import (
    PreviewStale,
    SubscriptionEnding,
    SubscriptionNotFound,
)
from domain.subscription.states import Absent, Active
from infra.eventstore.cinema import Cinema
from infra.sales import LogOfSales
from query_api.previews import CreditShown, Preview, When


@dataclass(frozen=True, slots=True)
class PlanChanges:
    cinema: Cinema
    sales: LogOfSales
    clock: Clock
    key: bytes

    def preview(
        self,
        account_id: UUID,
        subscription_id: UUID,
        plan_id: UUID,
        at: When,
    ) -> Preview:
        """Of the log itself, so that nothing of it is out of date.

        Raises what the change would be refused with.
        """
        state, version = self.found(account_id, subscription_id)
        terms = self.sales.offer(PlanId(plan_id))
        if at == "period_end":
            return with_next_period(state, terms)
        now = self.clock().replace(microsecond=0)
        made = offer(changeable(state), terms, max(now, state.period.start))
        return shown(made, self.sign(account_id, subscription_id, version, made))

    def found(self, account_id: UUID, subscription_id: UUID) -> tuple[Active, int]:
        history = self.cinema.stream(f"{subscription.category}-{subscription_id}")
        state = subscription.fold(event.payload for event in history)
        if isinstance(state, Absent) or state.contract.account_id != account_id:
            raise SubscriptionNotFound
        return changeable(state), history[-1].originator_version

    def sign(
        self, account_id: UUID, subscription_id: UUID, version: int, made: Offer
    ) -> str:
        promised = [
            str(account_id),
            str(subscription_id),
            str(made.terms.plan_id),
            version,
            made.terms.price_version,
            made.amount.minor,
            made.amount.currency,
            made.effective_at.isoformat(),
        ]
        token: str = self.signer().dumps(promised)
        return token

    def promised(
        self,
        token: str,
        account_id: AccountId,
        subscription_id: SubscriptionId,
        plan_id: PlanId,
    ) -> Promise:
        """Raises ``PreviewStale`` for whatever was not promised to this subscriber."""
        try:
            *asked, version, price, minor, currency, at = self.signer().loads(token)
        except (BadSignature, ValueError) as error:
            raise PreviewStale from error
        if asked != [str(account_id), str(subscription_id), str(plan_id)]:
            raise PreviewStale
        terms = self.sales.offer(plan_id)
        if terms.price_version != price:
            raise PreviewStale
        return Promise(
            terms=terms,
            amount=Money(minor, currency),
            effective_at=datetime.fromisoformat(at),
            version=version,
        )

    def signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, salt="plan-change")


def with_next_period(state: Active, terms: Terms) -> Preview:
    if not state.contract.auto_renew:
        raise SubscriptionEnding
    check(state.contract.terms, terms)
    nothing = Money(0, terms.price.currency)
    return Preview(
        at="period_end",
        from_terms=state.contract.terms,
        terms=terms,
        effective_at=state.period.end,
        credit=None,
        debit=nothing,
        amount=nothing,
        vat=nothing,
        next_charge=charged(terms),
        next_charge_at=state.period.end,
        token=None,
        expires_at=None,
    )


def shown(made: Offer, token: str) -> Preview:
    part = made.credit.proration
    return Preview(
        at="now",
        from_terms=made.from_terms,
        terms=made.terms,
        effective_at=made.effective_at,
        credit=CreditShown(
            price=made.credit.price,
            amount=made.credit.amount,
            elapsed=part.elapsed,
            total=part.total,
            mode=part.mode,
        ),
        debit=made.debit,
        amount=made.amount,
        vat=vat_inside(made.amount, made.terms.vat_percent),
        next_charge=charged(made.terms),
        next_charge_at=made.period.end,
        token=token,
        expires_at=made.effective_at + PREVIEW_HOLDS,
    )
