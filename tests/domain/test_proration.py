"""Parts of periods: the reference cases, and what holds for any of them."""

from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from domain.kernel.values import Money, Period, Proration
from domain.money import half_up, less, vat_inside, vat_of_rest
from domain.proration import credit_of, elapsed, rest, used
from tests.examples.billing import TERMS

MOSCOW = "Europe/Moscow"


def at(day: str) -> datetime:
    """At ten in the morning in Moscow."""
    return datetime.fromisoformat(day).replace(hour=7, tzinfo=UTC)


def part(start: str, end: str, now: str) -> Proration:
    return elapsed(Period(at(start), at(end)), at(now), MOSCOW)


@pytest.mark.parametrize(
    ("start", "end", "now", "price", "is_used"),
    [
        ("2026-01-31", "2026-02-28", "2026-02-14", 399_00, 199_50),
        ("2026-03-15", "2026-04-15", "2026-03-25", 399_00, 128_71),
        ("2026-03-15", "2026-04-15", "2026-03-25", 599_00, 193_23),
        ("2026-03-15", "2026-04-15", "2026-03-25", 3499_00, 1128_71),
        ("2026-01-31", "2027-01-31", "2026-07-31", 3499_00, 1735_12),
        ("2028-02-29", "2029-02-28", "2028-08-29", 3499_00, 1744_71),
        ("2026-06-01", "2026-07-01", "2026-06-11", 399_00, 133_00),
    ],
)
def test_what_is_used_and_what_is_left(
    start: str, end: str, now: str, price: int, is_used: int
) -> None:
    share = part(start, end, now)
    assert used(Money(price), share) == Money(is_used)
    assert rest(Money(price), share) == Money(price - is_used)


@pytest.mark.parametrize(
    ("price", "is_used", "is_left"),
    [(399_00, 133_27, 265_73), (599_00, 200_07, 398_93)],
)
def test_it_is_counted_to_the_second(price: int, is_used: int, is_left: int) -> None:
    period = Period(at("2026-02-28"), at("2026-03-31"))
    share = elapsed(period, datetime(2026, 3, 10, 15, 30, 17, tzinfo=UTC), MOSCOW)
    assert (share.elapsed, share.total) == (894_617, 2_678_400)
    assert used(Money(price), share) == Money(is_used)
    assert rest(Money(price), share) == Money(is_left)


def test_several_changes_in_one_period() -> None:
    prices = [Money(399_00), Money(599_00), Money(799_00)]
    moments = [0, 7, 21, 28]
    shares = [Proration(elapsed=day, total=28) for day in moments]
    segments = [
        less(used(price, end), used(price, begin)).minor
        for price, begin, end in zip(prices, shares, shares[1:], strict=False)
    ]
    assert segments == [99_75, 299_50, 199_75]
    assert sum(segments) == 599_00
    first = less(rest(prices[1], shares[1]), rest(prices[0], shares[1]))
    second = less(rest(prices[2], shares[2]), rest(prices[1], shares[2]))
    assert (first, second) == (Money(150_00), Money(50_00))


def test_another_interval_is_paid_for_in_full() -> None:
    left = rest(Money(399_00), part("2026-06-01", "2026-07-01", "2026-06-11"))
    charge = less(Money(3499_00), left)
    assert charge == Money(3233_00)
    assert vat_inside(charge, 22) == Money(583_00)


def test_what_is_left_of_a_year_buys_months() -> None:
    left = rest(Money(3499_00), part("2026-01-31", "2027-01-31", "2026-07-31"))
    assert divmod(left.minor, 399_00) == (4, 167_88)


def test_a_discounted_period_is_credited_at_what_it_did_cost() -> None:
    share = part("2026-02-01", "2026-03-01", "2026-02-15")
    assert rest(Money(299_25), share) == Money(149_62)


def test_the_part_between_two_moments() -> None:
    """Suspended from the 3rd to the 6th of March."""
    begin = used(Money(399_00), part("2026-02-28", "2026-03-31", "2026-03-03"))
    end = used(Money(399_00), part("2026-02-28", "2026-03-31", "2026-03-06"))
    assert less(end, begin) == Money(38_62)


def test_a_pause_leaves_what_is_left() -> None:
    share = part("2026-01-31", "2026-02-28", "2026-02-10")
    assert share.total - share.elapsed == 1_555_200
    assert rest(Money(399_00), share) == Money(256_50)


def test_vat_of_a_part_that_is_given_back() -> None:
    price = Money(399_00)
    share = part("2026-03-15", "2026-04-15", "2026-03-25")
    assert vat_inside(price, 22) == Money(71_95)
    assert vat_inside(used(price, share), 22) == Money(23_21)
    assert vat_of_rest(price, used(price, share), 22) == Money(48_74)


def test_whole_days_are_those_of_the_zone() -> None:
    period = Period(at("2026-01-31"), at("2026-02-28"))
    late = datetime(2026, 2, 14, 20, 59, tzinfo=UTC)
    share = elapsed(period, late, MOSCOW, "per_day")
    assert (share.elapsed, share.total) == (14, 28)
    next_day = elapsed(period, late + timedelta(minutes=1), MOSCOW, "per_day")
    assert next_day.elapsed == 15


def test_before_and_after_its_period_there_is_nothing_to_measure() -> None:
    assert part("2026-01-31", "2026-02-28", "2026-01-01").elapsed == 0
    after = part("2026-01-31", "2026-02-28", "2026-04-01")
    assert after.elapsed == after.total


def test_a_credit_is_of_what_was_charged() -> None:
    half = Proration(elapsed=1, total=2)
    credit = credit_of(TERMS, half)
    assert credit.price == Money(399_00)
    assert credit.amount == Money(399_00 - half_up(399_00, 2))


prices = st.integers(0, 10**8).map(Money)


@given(prices=st.lists(prices, min_size=1, max_size=6), data=st.data())
def test_parts_add_up_for_any_sequence_of_changes(
    prices: list[Money], data: st.DataObject
) -> None:
    """What was charged and credited is what the time on each plan did cost."""
    total = data.draw(st.integers(1, 366 * 86_400))
    inner = st.lists(
        st.integers(0, total), min_size=len(prices) - 1, max_size=len(prices) - 1
    )
    moments = [0, *sorted(data.draw(inner)), total]
    shares = [Proration(elapsed=each, total=total) for each in moments]
    net = prices[0].minor
    for old, new, share in zip(prices, prices[1:], shares[1:], strict=False):
        net += rest(new, share).minor - rest(old, share).minor
    segments = [
        used(price, end).minor - used(price, begin).minor
        for price, begin, end in zip(prices, shares, shares[1:], strict=False)
    ]
    assert net == sum(segments)
    assert all(segment >= 0 for segment in segments)
    assert used(prices[-1], shares[-1]) == prices[-1]


@given(price=prices, percent=st.integers(0, 99), data=st.data())
def test_vat_of_a_charge_and_its_refunds_nets(
    price: Money, percent: int, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, price.minor), max_size=5)))
    left, returned = price, 0
    for cut in reversed(cuts):
        returned += vat_of_rest(left, Money(cut), percent).minor
        left = Money(cut)
    kept = vat_inside(left, percent)
    assert returned + kept.minor == vat_inside(price, percent).minor


@given(total=st.integers(1, 10**8), price=prices, data=st.data())
def test_what_is_used_only_grows(total: int, price: Money, data: st.DataObject) -> None:
    first, second = sorted(
        data.draw(st.tuples(st.integers(0, total), st.integers(0, total)))
    )
    before, after = (
        used(price, Proration(elapsed=e, total=total)) for e in (first, second)
    )
    assert before.minor <= after.minor <= price.minor
