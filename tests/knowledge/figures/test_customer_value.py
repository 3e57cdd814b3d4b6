"""A, B or C by turnover: the few that bring most are A, and nothing is said of small numbers."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures.customer_value import FEWEST, proposed_class

TURNOVER = {"a": Decimal(600), "b": Decimal(250), "c": Decimal(80), "d": Decimal(50), "e": Decimal(20)}
"""Shares 60, 25, 8, 5, 2 %; what those above bring: 0, 60, 85, 93, 98 %."""


def test_the_first_four_fifths_are_a_up_to_95_per_cent_b_the_rest_c() -> None:
    assert [proposed_class(TURNOVER, key) for key in "abcde"] == ["A", "A", "B", "B", "C"]


def test_nothing_is_proposed_of_few_customers_or_of_one_without_orders() -> None:
    few = {key: TURNOVER[key] for key in "abcd"}
    assert proposed_class(few, "a") is None
    assert proposed_class({**few, "e": Decimal(0)}, "a") is None
    assert proposed_class(TURNOVER, "nobody") is None


AMOUNTS = st.lists(st.integers(1, 10**7).map(Decimal), min_size=FEWEST, max_size=40)


@given(AMOUNTS)
def test_more_turnover_is_never_a_lower_class_and_the_largest_is_a(amounts: list[Decimal]) -> None:
    turnover = dict(enumerate(amounts))
    ranked = sorted(turnover, key=lambda key: -turnover[key])
    classes = [proposed_class(turnover, key) or "" for key in ranked]
    assert classes == sorted(classes)
    assert classes[0] == "A"


@given(AMOUNTS)
def test_equal_turnover_is_an_equal_class(amounts: list[Decimal]) -> None:
    turnover = dict(enumerate([*amounts, amounts[0]]))
    assert proposed_class(turnover, 0) == proposed_class(turnover, len(amounts))
