"""Arithmetic with amounts: whole minor units; what rounding there is, is half up."""

from collections.abc import Mapping, Sequence

from domain.kernel.values import Currency, Money, Promotion, Terms

#: How many decimal digits the minor unit has (ISO 4217).
EXPONENTS: Mapping[Currency, int] = {"RUB": 2, "USD": 2, "EUR": 2}


def half_up(numerator: int, denominator: int) -> int:
    """The quotient, rounded to the nearest; a half goes away from zero."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def vat_inside(gross: Money, percent: int) -> Money:
    """The part of a price that is VAT, when the price includes it."""
    return Money(half_up(gross.minor * percent, 100 + percent), gross.currency)


def vat_of_rest(gross: Money, used: Money, percent: int) -> Money:
    """The VAT of what is given back: that of the whole without that of what is kept.

    A charge and the refunds of it so come to nothing, however it is cut.
    """
    kept = vat_inside(used, percent)
    return Money(vat_inside(gross, percent).minor - kept.minor, gross.currency)


def less(amount: Money, deducted: Money) -> Money:
    """Raises ``ValueError`` for another currency, or if more is deducted than is."""
    if amount.currency != deducted.currency:
        raise ValueError(f"{deducted.currency} from {amount.currency}")
    return Money(amount.minor - deducted.minor, amount.currency)


def split(total: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """In proportion, by the largest remainder; of equal ones the first comes first.

    Raises ``ValueError`` if no weight is positive.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError(f"nothing to split by: {weights}")
    parts = [divmod(total.minor * weight, whole) for weight in weights]
    left = total.minor - sum(share for share, _ in parts)
    largest = sorted(range(len(parts)), key=lambda at: -parts[at][1])[:left]
    return tuple(
        Money(share + (at in largest), total.currency)
        for at, (share, _) in enumerate(parts)
    )


def discount_of(price: Money, promotion: Promotion | None) -> Money:
    """What is taken off: never more than there is, and nothing in another currency."""
    if promotion is None:
        return Money(0, price.currency)
    off = half_up(price.minor * promotion.percent, 100)
    if promotion.amount and promotion.amount.currency == price.currency:
        off += promotion.amount.minor
    return Money(min(off, price.minor), price.currency)


def charged(terms: Terms) -> Money:
    """What a whole period costs on these terms."""
    return less(terms.price, discount_of(terms.price, terms.promotion))


def decimal(amount: Money) -> str:
    """As people and gateways write it: ``399.00``."""
    digits = EXPONENTS[amount.currency]
    whole, minor = divmod(amount.minor, 10**digits)
    return f"{whole}.{minor:0{digits}}" if digits else str(whole)
