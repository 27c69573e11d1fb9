"""What people do, as the commands that the API would make of it."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid5

from domain.billing_ids import CINEMA, invoice_of, payment_of
from domain.kernel.errors import DomainError
from domain.kernel.messages import Metadata
from domain.kernel.values import PlanId
from domain.payment.commands import RetryPayment
from domain.subscriber.commands import ClaimSubscriber
from domain.subscription.commands import CancelSubscription, SetAutoRenewal
from domain.subscription.standing_commands import PauseSubscription
from infra.bootstrap import System
from infra.plans_on_sale import PLANS
from infra.sales import LogOfSales
from infra.simulation.gateway import CODE
from infra.simulation.people import Intent, account_of, message_of, subscription_of

logger = logging.getLogger(__name__)

PAUSE = timedelta(days=30)


class Deeds:
    def __init__(self, system: System, seed: int) -> None:
        self.system = system
        self.seed = seed
        self.sales = LogOfSales(system.cinema, system.cashier)
        codes = (code for code, *_ in PLANS)
        self.plans = [PlanId(uuid5(CINEMA, f"plan:{code}")) for code in codes]
        self.done = self.refused = 0

    def do(self, intent: Intent) -> None:
        """A refusal is as good as any answer: they come too late, or too early."""
        metadata = Metadata.root(message_of(self.seed, intent), "subscriber")
        try:
            self.dispatch(intent, metadata)
        except DomainError as refusal:
            self.refused += 1
            logger.debug("%s: %s", intent, refusal)
        else:
            self.done += 1

    def dispatch(self, intent: Intent, metadata: Metadata) -> None:
        if intent.deed == "subscribe":
            self.subscribe(intent, metadata)
        else:
            self.system.cinema.dispatch(self.command(intent), metadata)

    def subscribe(self, intent: Intent, metadata: Metadata) -> None:
        account_id, dispatch = account_of(self.seed, intent.person), self.dispatched
        claim = ClaimSubscriber(
            account_id=account_id,
            subscription_id=subscription_of(self.seed, intent),
            terms=self.sales.offer(self.plans[intent.plan]),
            gateway=CODE,
            time_zone=self.sales.time_zone(account_id),
            auto_renew=True,
            now=self.system.clock(),
        )
        claimed = metadata.follow("claim")
        dispatch(claim, claimed)
        dispatch(self.sales.order(account_id, claimed.message_id), metadata)

    @property
    def dispatched(self) -> Callable[[object, Metadata], object]:
        return self.system.cinema.dispatch

    def command(self, intent: Intent) -> object:
        id_, now = subscription_of(self.seed, intent), self.system.clock()
        match intent.deed:
            case "pause":
                resume_at = now + PAUSE
                return PauseSubscription(
                    subscription_id=id_, at="now", resume_at=resume_at, now=now
                )
            case "stop_renewing":
                return SetAutoRenewal(subscription_id=id_, enabled=False, now=now)
            case "retry":
                payment_id = payment_of(invoice_of(id_, 0, "first"))
                account_id = account_of(self.seed, intent.person)
                return RetryPayment(
                    payment_id=payment_id, account_id=account_id, now=now
                )
            case "cancel_now":
                return CancelSubscription(subscription_id=id_, at="now", now=now)
            case _:
                return CancelSubscription(subscription_id=id_, at="period_end", now=now)
