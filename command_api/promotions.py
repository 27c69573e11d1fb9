"""What a buyer saves with a promo code: reserved before anything is ordered."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from command_api.dependencies import Desk
from domain.billing_ids import promo_code_of
from domain.kernel.errors import DomainError
from domain.kernel.values import SubscriptionId
from domain.promo_code.commands import ReleasePromoCode, ReservePromoCode
from domain.subscriber.commands import ClaimSubscriber


@contextmanager
def promoted(
    claim: ClaimSubscriber, code: str | None, own: Desk
) -> Generator[ClaimSubscriber, None, None]:
    """The claim with the promotion in its terms; given back if the claim is refused.

    The subscription's id follows from the request, so that to ask again reserves
    nothing again.
    """
    if code is None:
        yield claim
        return
    reserve = ReservePromoCode(
        promo_code_id=promo_code_of(code),
        account_id=claim.account_id,
        subscription_id=SubscriptionId(own.metadata.follow("subscription").message_id),
        plan_id=claim.terms.plan_id,
        price=claim.terms.price,
        now=claim.now,
    )
    own.services.dispatch(
        reserve, own.metadata.follow("promo code"), fingerprint=own.fingerprint
    )
    promotion = own.services.sales.promotion(reserve.promo_code_id)
    try:
        yield replace(
            claim,
            subscription_id=reserve.subscription_id,
            terms=replace(claim.terms, promotion=promotion),
        )
    except DomainError:
        release = ReleasePromoCode(
            promo_code_id=reserve.promo_code_id,
            subscription_id=reserve.subscription_id,
            now=claim.now,
        )
        own.services.dispatch(release, own.metadata.follow("promo code released"))
        raise
