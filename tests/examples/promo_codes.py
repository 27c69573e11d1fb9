"""Promo codes, and who uses them."""

from domain.billing_ids import promo_code_of
from domain.kernel.values import Promotion
from domain.promo_code.commands import (
    AddPromoCode,
    ArchivePromoCode,
    HoldPromoCode,
    RedeemPromoCode,
    ReleasePromoCode,
    ReservePromoCode,
)
from domain.promo_code.events import (
    PromoCodeAdded,
    PromoCodeArchived,
    PromoCodeRedeemed,
    PromoCodeReleased,
    PromoCodeReserved,
)
from tests.examples import NOON, example
from tests.examples.billing import ACCOUNT, PLAN, PRICE, SUBSCRIPTION, after

CODE = "SPRING-25"
PROMO_CODE = promo_code_of(CODE)
A_QUARTER = Promotion(promo_code_id=PROMO_CODE, percent=25, periods=3)

ONE = {"promo_code_id": PROMO_CODE}
OFFER = ONE | {
    "code": CODE,
    "percent": 25,
    "amount": None,
    "periods": 3,
    "plans": (PLAN,),
    "limit": 2,
    "limit_per_person": 1,
    "valid_from": NOON,
    "valid_until": after(days=30),
}
USE = ONE | {"account_id": ACCOUNT, "subscription_id": SUBSCRIPTION}

add_code = example(AddPromoCode, **OFFER, now=NOON)
code_added = example(PromoCodeAdded, **OFFER, added_at=NOON)
reserve_code = example(ReservePromoCode, **USE, plan_id=PLAN, price=PRICE, now=NOON)
code_reserved = example(
    PromoCodeReserved, **USE, held_until=after(hours=1), reserved_at=NOON
)
hold_code = example(HoldPromoCode, **USE, now=NOON)
code_held = example(PromoCodeReserved, **USE, held_until=None, reserved_at=NOON)
redeem_code = example(RedeemPromoCode, **USE, now=NOON)
code_redeemed = example(PromoCodeRedeemed, **USE, redeemed_at=NOON)
release_code = example(
    ReleasePromoCode, promo_code_id=PROMO_CODE, subscription_id=SUBSCRIPTION, now=NOON
)
code_released = example(PromoCodeReleased, **USE, started=False, released_at=NOON)
archive_code = example(ArchivePromoCode, **ONE, now=NOON)
code_archived = example(PromoCodeArchived, **ONE, archived_at=NOON)
