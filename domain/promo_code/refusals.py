"""What a promo code refuses."""

from domain.kernel.errors import Invalid, NotFound, Rejected


class PromoCodeNotFound(NotFound):
    """There is no such promo code."""


class PromoCodeUnknown(Invalid):
    """There is no such promo code: check how it is spelled."""

    pointer = "/promo_code"


class PromoCodeTaken(Rejected):
    """There is such a code already: choose another one."""


class PromoCodeExpired(Rejected):
    """The promo code does not hold any more, or not yet."""


class PromoCodeExhausted(Rejected):
    """The promo code has been used as often as it can be."""


class PromoCodeUsedAlready(Rejected):
    """You have used this promo code as often as one person can."""


class PromoCodeNotForPlan(Rejected):
    """The promo code is for other plans."""


class DiscountOutOfRange(Invalid):
    """A promo code takes off 1 to 100 percent, or an amount: one of the two."""

    pointer = "/percent"


class PeriodsOutOfRange(Invalid):
    """A promo code is for 1 to 36 periods, or for ever."""

    pointer = "/periods"


class LimitOutOfRange(Invalid):
    """A promo code can be used from 1 to 10000 times, and by one person not more."""

    pointer = "/limit"


class ValidityOutOfRange(Invalid):
    """A promo code is valid until after it has begun to be."""

    pointer = "/valid_until"
