from dataclasses import replace
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import given

from domain.kernel.values import Money, PromoCodeId, Promotion
from domain.money import (
    charged,
    decimal,
    discount_of,
    half_up,
    less,
    split,
    vat_inside,
)
from tests.examples.billing import TERMS


@pytest.mark.parametrize(
    ("gross", "percent", "vat"),
    [(399_00, 22, 71_95), (100_00, 22, 18_03), (99_00, 0, 0), (1, 20, 0), (3, 20, 1)],
)
def test_vat_is_a_part_of_the_price(gross: int, percent: int, vat: int) -> None:
    assert vat_inside(Money(gross), percent) == Money(vat)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (-1, 2, -1), (3, 2, 2), (1, 3, 0), (2, 3, 1), (0, 5, 0)],
)
def test_a_half_goes_up(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


@given(st.integers(1, 10**9), st.integers(0, 99))
def test_net_and_vat_are_the_price(gross: int, percent: int) -> None:
    vat = vat_inside(Money(gross), percent).minor
    net = gross - vat
    assert 0 <= vat < gross
    assert abs(vat * 100 - net * percent) <= 100 + percent


def promotion(**off: object) -> Promotion:
    kind: Any = Promotion
    made: Promotion = kind(promo_code_id=PromoCodeId(UUID(int=1)), **off)
    return made


@pytest.mark.parametrize(
    ("price", "percent", "cost"),
    [
        (399_00, 25, 299_25),
        (399_00, 33, 267_33),
        (999_00, 15, 849_15),
        (399_99, 50, 199_99),
        (399_00, 100, 0),
    ],
)
def test_a_percentage_off(price: int, percent: int, cost: int) -> None:
    terms = replace(TERMS, price=Money(price), promotion=promotion(percent=percent))
    assert charged(terms) == Money(cost)


def test_an_amount_off_is_never_more_than_the_price() -> None:
    assert discount_of(Money(399_00), promotion(amount=Money(100_00))) == Money(100_00)
    assert discount_of(Money(50_00), promotion(amount=Money(100_00))) == Money(50_00)
    dollars = promotion(amount=Money(1_00, "USD"))
    assert discount_of(Money(399_00), dollars) == Money(0)
    assert discount_of(Money(399_00), None) == Money(0)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100_00, [1, 1, 1], [33_34, 33_33, 33_33]),
        (270_29, [399_00, 99_00], [216_56, 53_73]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_lines_share_by_the_largest_remainder(
    total: int, weights: list[int], parts: list[int]
) -> None:
    assert split(Money(total), weights) == tuple(map(Money, parts))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_shares_add_up(total: int, weights: list[int]) -> None:
    if not sum(weights):
        with pytest.raises(ValueError, match="nothing to split by"):
            split(Money(total), weights)
        return
    shares = [share.minor for share in split(Money(total), weights)]
    assert sum(shares) == total
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    assert all(abs(a - b) <= 1 + 1e-6 * b for a, b in zip(shares, exact, strict=True))


def test_less_of_another_currency_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="USD from RUB"):
        less(Money(2), Money(1, "USD"))


def test_amounts_are_written_by_their_currency() -> None:
    assert decimal(Money(399_00)) == "399.00"
    assert decimal(Money(5, "EUR")) == "0.05"
