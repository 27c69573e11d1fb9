"""What a change of plan comes to: pure arithmetic, for the preview and the decision."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.billing_time import Calendar, anchored
from domain.kernel.values import Credit, Money, Period, Proration, Terms
from domain.money import charged, less
from domain.proration import credit_of, elapsed, rest
from domain.subscription.refusals import (
    CurrencyDiffers,
    DowngradeNow,
    PlanIsTheSame,
)
from domain.subscription.states import Active


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """``debit`` without ``credit`` is ``amount``: what is to be paid now."""

    from_terms: Terms
    terms: Terms
    credit: Credit
    proration: Proration | None
    debit: Money
    amount: Money
    calendar: Calendar
    period_no: int
    period: Period
    effective_at: datetime


def offer(state: Active, terms: Terms, at: datetime) -> Offer:
    """For a change at this moment, which is inside the period.

    The same interval keeps the anchor, and the rest of the period is paid for; with
    another one a whole period begins. Raises ``PlanIsTheSame``, ``CurrencyDiffers``
    and ``DowngradeNow``.
    """
    old = state.contract.terms
    check(old, terms)
    zone = state.contract.time_zone
    priced = state.priced or state.period
    part = elapsed(priced, at, zone, old.proration)
    credit = credit_of(old, part)
    calendar, number, period = state.calendar, state.period_no, state.period
    share: Proration | None = elapsed(priced, at, zone, terms.proration)
    if terms.interval != old.interval:
        number, share = number + 1, None
        calendar = anchored(at, zone, terms.interval, number)
        period = calendar.period(number)
    debit = rest(charged(terms), share) if share else charged(terms)
    if debit.minor < credit.amount.minor:
        raise DowngradeNow
    return Offer(
        from_terms=old,
        terms=terms,
        credit=credit,
        proration=share,
        debit=debit,
        amount=less(debit, credit.amount),
        calendar=calendar,
        period_no=number,
        period=period,
        effective_at=at,
    )


def check(old: Terms, new: Terms) -> None:
    if new.plan_id == old.plan_id:
        raise PlanIsTheSame
    if new.price.currency != old.price.currency:
        raise CurrencyDiffers


def terms_of(terms: Terms, number: int) -> Terms:
    """A promotion lasts for its first periods; then the price is the plan's own."""
    promotion = terms.promotion
    if promotion and promotion.periods is not None and number >= promotion.periods:
        return replace(terms, promotion=None)
    return terms
