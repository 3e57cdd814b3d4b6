"""The price room: what a lower price leaves, and how far the floors are."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.accounting.costing import Costing, FullCost, calculate
from knowledge.accounting.exact import number, percent
from knowledge.accounting.faults import Impossible
from knowledge.accounting.price_room import Light, light, price_room
from knowledge.accounting.selling import Terms
from tests.knowledge.accounting.costings import costing

MACHINE = {"full_cost": "16248", "variable_cost": "12900", "profit_rate": "2652/16248"}
"""Planned at 18,900."""


def test_eight_per_cent_less_leaves_1140() -> None:
    room = price_room(costing(**MACHINE), number("18900") * Fraction(92, 100))
    assert [room.list_price, room.profit] == [17388, 1140]
    assert room.profit_rate is not None
    assert percent(room.profit_rate, 1) == "7.0"
    assert [room.long_term.cost, room.long_term.distance] == [16248, 1140]
    assert room.short_term is not None
    assert [room.short_term.cost, room.short_term.distance] == [12900, 4488]
    assert room.light is Light.YELLOW  # 1140 is less than half of 2652


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("18900", Light.GREEN),
        ("17574", Light.GREEN),
        ("17573.99", Light.YELLOW),
        ("16248", Light.YELLOW),
        ("16247", Light.RED),
    ],
    ids=["as-planned", "half", "below-half", "at-the-floor", "below-the-floor"],
)
def test_the_light_says_without_numbers_how_much_is_left(price: str, expected: Light) -> None:
    assert price_room(costing(**MACHINE), number(price)).light is expected


def test_discounts_lift_the_floors_to_what_the_customer_sees() -> None:
    # of a list price 1000, 10 % and then 2 % go off: 882 are left
    room = price_room(costing(full_cost="882", trade_discount_rate="10%", cash_discount_rate="2%"), Fraction(1100))
    assert room.long_term.list_price == 1000
    assert room.long_term.distance == 100
    assert room.profit == number("88.2")
    assert room.short_term is None


def test_a_costing_that_was_a_difference_is_measured_at_its_own_price() -> None:
    planned = costing(direction="difference", full_cost="100", list_price="120")
    room = price_room(planned, Fraction(110))
    assert room.profit == 10
    assert room.light is Light.GREEN  # half of the 20 that were planned


def test_a_backward_costing_earns_its_profit_at_the_price_it_began_with() -> None:
    planned = costing(direction="backward", scheme="trade", purchase={}, list_price="120", profit_rate="20%")
    room = price_room(planned, Fraction(105))
    assert [room.long_term.cost, room.profit] == [100, 5]
    assert room.light is Light.YELLOW  # a quarter of the 20 that were planned


def test_a_price_below_0_is_refused() -> None:
    with pytest.raises(Impossible, match="list_price"):
        price_room(costing(**MACHINE), Fraction(-1))


def test_where_no_profit_was_planned_the_floor_decides() -> None:
    assert light(Fraction(0), Fraction(0)) is Light.GREEN
    assert light(Fraction(-1), Fraction(-10)) is Light.RED


RATES = st.fractions(0, Fraction(2, 5), max_denominator=1000)


@given(RATES, RATES, RATES, st.fractions(1, 10**6, max_denominator=100))
def test_at_the_floor_nothing_is_left(first: Fraction, second: Fraction, third: Fraction, cost: Fraction) -> None:
    terms = Terms(Fraction(1, 10), first, second, third)
    planned = Costing(FullCost(cost), terms=terms)
    floor = price_room(planned, calculate(planned)["list_price"]).long_term.list_price
    at_floor = price_room(planned, floor)
    assert at_floor.profit == at_floor.long_term.distance == 0
