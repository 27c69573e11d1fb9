"""Sends a buyer to a gateway: by the routes of the settings, and by who works."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.kernel.values import AccountId, Terms
from infra.gateways.health import Health
from infra.settings import Settings
from processes import routing
from processes.ports import Capabilities, Gateway
from processes.routing import Route, Sale, by_capability

#: Who may try the cinema out without paying.
STAFF = "subscriptions:manage"


@dataclass(frozen=True, slots=True)
class Cashier:
    gateways: Mapping[str, Gateway]
    health: Health
    settings: Settings

    def route(
        self,
        payer: AccountId,
        terms: Terms,
        *,
        recurring: bool,
        wished: str | None,
        permissions: Collection[str],
    ) -> str | None:
        """None: nobody takes this, or not the one that was wished for."""
        sale = Sale(
            payer=payer,
            plan_id=terms.plan_id,
            price=terms.price,
            recurring=recurring,
            free=self.is_free_for(permissions),
        )
        offers = self.offers()
        routes = [Route(gateway=wished)] if wished else self.routes(offers)
        return routing.route(sale, routes, offers, self.health.state)

    def offers(self) -> Mapping[str, Capabilities]:
        return {code: each.capabilities for code, each in self.gateways.items()}

    def routes(self, offers: Mapping[str, Capabilities]) -> Sequence[Route]:
        given = self.settings.payment_routes
        return [each.route for each in given] or by_capability(offers)

    def is_free_for(self, permissions: Collection[str]) -> bool:
        whom = self.settings.free_payments
        return whom == "everyone" or (whom == "staff" and STAFF in permissions)
