"""Arithmetic with amounts: whole minor units; what rounding there is, is half up."""

from domain.kernel.values import Money


def half_up(numerator: int, denominator: int) -> int:
    """The quotient, rounded to the nearest; a half goes away from zero."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def vat_inside(gross: Money, percent: int) -> Money:
    """The part of a price that is VAT, when the price includes it."""
    return Money(half_up(gross.minor * percent, 100 + percent), gross.currency)
