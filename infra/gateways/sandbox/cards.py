"""The provider's test cards, and what each of them does."""

from dataclasses import dataclass
from typing import Any

SUCCEEDED = "succeeded"
#: Who cancels, when it is not the payment network.
PARTIES = {
    "canceled_by_merchant": "merchant",
    "expired_on_confirmation": "yoo_money",
    "expired_on_capture": "yoo_money",
    "country_forbidden": "yoo_money",
    "internal_timeout": "yoo_money",
    "permission_revoked": "yoo_money",
}


@dataclass(frozen=True, slots=True)
class Card:
    number: str
    outcome: str = SUCCEEDED
    party: str = ""
    three_d_secure: bool = False

    @property
    def brand(self) -> str:
        return {"5": "MasterCard", "4": "Visa", "2": "Mir"}.get(self.number[0], "Card")

    @property
    def spaced(self) -> str:
        return " ".join(self.number[at : at + 4] for at in range(0, 16, 4))

    def details(self) -> dict[str, Any]:
        """Of a payment method made of this card."""
        return {
            "type": "bank_card",
            "title": f"Bank card *{self.number[-4:]}",
            "card": {
                "first6": self.number[:6],
                "last4": self.number[-4:],
                "expiry_year": "2032",
                "expiry_month": "12",
                "card_type": self.brand,
                "issuer_country": "RU",
                "issuer_name": "Sandbox Bank",
            },
        }


CARDS = {
    card.number: card
    for card in (
        Card("5555555555554444"),
        Card("5555555555554477", three_d_secure=True),
        Card("4111111111111111"),
        Card("4793128161644804"),
        Card("2200000000000004"),
        Card("2202474301322987"),
        Card("5555555555554592", "3d_secure_failed", three_d_secure=True),
        Card("5555555555554535", "call_issuer"),
        Card("5555555555554543", "card_expired"),
        Card("5555555555554568", "fraud_suspected"),
        Card("5555555555554527", "general_decline"),
        Card("5555555555554600", "insufficient_funds"),
        Card("2200000000000053", "insufficient_funds"),
        Card("5555555555554618", "invalid_card_number"),
        Card("5555555555554626", "invalid_csc"),
        Card("5555555555554501", "issuer_unavailable"),
        Card("5555555555554576", "payment_method_limit_exceeded"),
        Card("5555555555554550", "payment_method_restricted"),
        Card("5555555555554584", "country_forbidden"),
        Card("5555555555554634", "fraud_suspected", "yoo_money"),
    )
}
ORDINARY = CARDS["5555555555554444"]


def party(reason: str, card: Card = ORDINARY) -> str:
    return card.party or PARTIES.get(reason, "payment_network")
