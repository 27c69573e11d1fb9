import hypothesis.strategies as st
import pytest
from hypothesis import given

from domain.kernel.values import Money
from domain.money import half_up, vat_inside


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
