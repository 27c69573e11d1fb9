"""Parts of a period that is paid for: each is a difference of what was used by then.

Rounded one by one, parts do not add up to the price; differences always do.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.kernel.values import Credit, Money, Period, Proration, ProrationMode, Terms
from domain.money import charged, half_up, less


def elapsed(
    period: Period, at: datetime, zone: str, mode: ProrationMode = "per_second"
) -> Proration:
    """How much of the period is over at this instant; never less or more than all."""
    if mode == "per_day":
        days = [
            moment.astimezone(ZoneInfo(zone)).date().toordinal()
            for moment in (period.start, at, period.end)
        ]
        start, now, end = days
    else:
        start, now, end = (
            int(moment.timestamp()) for moment in (period.start, at, period.end)
        )
    total = max(end - start, 1)
    over = min(max(now - start, 0), total)
    return Proration(mode=mode, elapsed=over, total=total)


def used(price: Money, part: Proration) -> Money:
    """What has been used by then. Grows with time, from nothing to the price."""
    return Money(half_up(price.minor * part.elapsed, part.total), price.currency)


def rest(price: Money, part: Proration) -> Money:
    """What is left: of the old plan to be credited, of the new one to be paid."""
    return less(price, used(price, part))


def credit_of(terms: Terms, part: Proration) -> Credit:
    """At what the period did cost, never at the price on the list."""
    price = charged(terms)
    return Credit(
        plan_id=terms.plan_id,
        names=terms.names,
        price=price,
        proration=part,
        amount=rest(price, part),
    )
