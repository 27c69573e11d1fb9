"""The card as it was typed in, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from infra.gateways.sandbox.cards import CARDS

EXPIRY = re.compile(r"(0[1-9]|1[0-2])\s*/?\s*(?:20)?(\d\d)", re.ASCII)
FIELDS = ("card", "expiry", "cvc")
CVC = re.compile(r"\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CardForm:
    card: str = ""
    expiry: str = ""
    cvc: str = ""
    #: Field to the name of a text.
    mistakes: Mapping[str, str] = field(default_factory=dict)

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.card)


BLANK = CardForm()


def read(given: Mapping[str, str], now: datetime) -> CardForm:
    card, expiry, cvc = (given.get(name, "").strip() for name in FIELDS)
    form = CardForm(card, expiry, cvc)
    mistakes = {}
    if form.digits not in CARDS:
        mistakes["card"] = "unknown_card"
    if not in_future(form.expiry, now):
        mistakes["expiry"] = "bad_expiry"
    if not CVC.fullmatch(form.cvc):
        mistakes["cvc"] = "bad_cvc"
    return replace(form, mistakes=mistakes)


def in_future(expiry: str, now: datetime) -> bool:
    """A card is good to the end of its month."""
    found = EXPIRY.fullmatch(expiry)
    if found is None:
        return False
    return (2000 + int(found[2]), int(found[1])) >= (now.year, now.month)
