"""What a buyer is offered and has ordered, folded from the streams themselves."""

from collections.abc import Collection
from uuid import UUID

from domain.account.events import AccountRegistered
from domain.kernel.values import (
    AccountId,
    MethodOnFile,
    PaymentMethodId,
    PlanId,
    PromoCodeId,
    Promotion,
    Terms,
)
from domain.payment_method.decider import (
    PaymentMethodNotFound,
    PaymentMethodNotUsable,
    Usable,
    payment_method,
)
from domain.payment_method.events import PaymentMethodAttached
from domain.plan.decider import OnSale, offered, plan
from domain.promo_code.decider import promo_code
from domain.promo_code.refusals import PromoCodeUnknown
from domain.promo_code.states import Offered, promotion
from domain.subscriber.events import SubscriberClaimed
from domain.subscription.commands import StartSubscription
from infra.cashier import Cashier
from infra.eventstore.cinema import Cinema

#: Where the cinema is: for an account whose own is not known.
HOME = "Europe/Moscow"


class LogOfSales:
    def __init__(self, cinema: Cinema, cashier: Cashier) -> None:
        self.cinema = cinema
        self.gateways: Collection[str] = cashier.gateways
        self.gateway = cashier.route

    def offer(self, plan_id: PlanId) -> Terms:
        history = self.cinema.stream(f"{plan.category}-{plan_id}")
        return offered(plan.fold(event.payload for event in history))

    def trial_days(self, plan_id: PlanId) -> int:
        history = self.cinema.stream(f"{plan.category}-{plan_id}")
        state = plan.fold(event.payload for event in history)
        return state.trial_days if isinstance(state, OnSale) else 0

    def method(
        self, account_id: AccountId, payment_method_id: PaymentMethodId
    ) -> MethodOnFile:
        stream = f"{payment_method.category}-{payment_method_id}"
        facts = [event.payload for event in self.cinema.stream(stream)]
        on_file = [fact for fact in facts if isinstance(fact, PaymentMethodAttached)]
        if not on_file or on_file[0].account_id != account_id:
            raise PaymentMethodNotFound
        if not isinstance(payment_method.fold(facts), Usable):
            raise PaymentMethodNotUsable
        return MethodOnFile(
            payment_method_id=payment_method_id,
            gateway=on_file[0].gateway,
            ref=on_file[0].ref,
            title=on_file[0].title,
        )

    def promotion(self, promo_code_id: PromoCodeId) -> Promotion:
        stream = f"{promo_code.category}-{promo_code_id}"
        state = self.cinema.state(promo_code, stream)
        if not isinstance(state, Offered):
            raise PromoCodeUnknown
        return promotion(state.terms)

    def time_zone(self, account_id: AccountId) -> str:
        for event in self.cinema.stream(f"account-{account_id}"):
            if isinstance(event.payload, AccountRegistered):
                return event.payload.time_zone
        return HOME

    def order(self, account_id: AccountId, claim_id: UUID) -> StartSubscription:
        for event in self.cinema.stream(f"subscriber-{account_id}"):
            claim = event.payload
            is_this = event.metadata.causation_id == claim_id
            if is_this and isinstance(claim, SubscriberClaimed):
                return ordered(claim)
        raise LookupError(f"nothing was claimed by {claim_id}")


def ordered(claim: SubscriberClaimed) -> StartSubscription:
    return StartSubscription(
        subscription_id=claim.subscription_id,
        account_id=claim.account_id,
        terms=claim.terms,
        gateway=claim.gateway,
        time_zone=claim.time_zone,
        auto_renew=claim.auto_renew,
        trial_days=claim.trial_days,
        granted=claim.granted,
        now=claim.claimed_at,
    )
