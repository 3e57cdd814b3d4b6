"""Allocation of general and auxiliary centres: three methods, own use, return deliveries, places outside."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.accounting.elimination import Singular, solve
from knowledge.accounting.faults import AccountingError
from knowledge.language.languages import Language
from tests.knowledge.accounting.sheets import MESSAGES, Json, centres, computed, result

TWO = centres(strom="auxiliary", rep="auxiliary", f="production", v="administration")


def flows(method: str, **changes: Any) -> Json:
    """Strom: 100 kWh for 600; Reparatur: 50 h for 400; both deliver to each other, Strom uses 10 kWh itself."""
    return {
        "cost_centres": TWO,
        "primary": {"strom": "600", "rep": "400", "f": "1000"},
        "method": method,
        "allocations": [
            {"from": "strom", "to": {"strom": "10", "rep": "30", "f": "40", "v": "20"}},
            {"from": "rep", "to": {"strom": "10", "f": "30", "v": "10"}},
        ],
        **changes,
    }


def prices(sheet: Json) -> Json:
    found: Json = result(sheet)["allocation_prices"]
    return found


def test_step_down_divides_by_what_goes_to_open_centres() -> None:
    # Strom 600 / (100 − 10) = 6 2/3; Reparatur (400 + 30 × 6 2/3) / (50 − 10) = 15
    assert prices(flows("step_down")) == {"strom": "20/3", "rep": "15"}


def test_direct_divides_by_what_goes_to_main_centres() -> None:
    # 600 / (100 − 10 − 30) = 10; 400 / (50 − 10) = 10
    assert prices(flows("direct")) == {"strom": "10", "rep": "10"}


def test_simultaneous_counts_every_delivery() -> None:
    # 90 s = 600 + 10 r; 50 r = 400 + 30 s  →  4200 s = 34000
    assert prices(flows("simultaneous")) == {"strom": "170/21", "rep": "90/7"}


@pytest.mark.parametrize("method", ["step_down", "direct", "simultaneous"])
def test_the_main_centres_carry_all_whatever_the_method(method: str) -> None:
    found = result(flows(method))
    assert all(check["holds"] for check in found["checks"])
    assert sum(Fraction(amount) for amount in found["after_allocation"].values()) == 2000
    assert found["after_allocation"]["strom"] == "0"


def test_a_delivery_back_is_left_out_with_a_warning_that_offers_the_equations() -> None:
    (warning,) = result(flows("step_down"))["warnings"]
    assert warning["code"] == "return_delivery_ignored"
    assert "allocations[1] (rep)" in warning["message"]
    assert "simultaneous" in warning["message"]
    assert result(flows("simultaneous"))["warnings"] == []
    assert [warning["code"] for warning in result(flows("direct"))["warnings"]] == ["return_delivery_ignored"] * 2


def test_the_order_of_the_allocations_is_the_order_of_closing() -> None:
    turned = flows("step_down")
    turned["allocations"].reverse()
    # Reparatur 400 / 50 = 8; Strom (600 + 80) / (100 − 10 − 30) = 11 1/3
    assert prices(turned) == {"rep": "8", "strom": "34/3"}


def test_what_is_made_and_not_listed_goes_outside_and_is_not_lost() -> None:
    sheet = flows("step_down")
    sheet["allocations"][0]["output"] = "190"  # 90 more: 600 / 180
    found = result(sheet)
    assert found["allocation_prices"]["strom"] == "10/3"
    assert found["outside"] == {"strom": "300", "rep": "0"}
    assert all(check["holds"] for check in found["checks"])


@pytest.mark.parametrize("method", ["step_down", "direct", "simultaneous"])
def test_a_centre_that_delivers_to_nobody_here_gives_all_outside(method: str) -> None:
    sheet = flows(method)
    sheet["allocations"][1]["to"] = {}
    found = result(sheet)
    assert "rep" not in found["allocation_prices"]
    assert found["outside"]["rep"] == ("400" if method == "direct" else "600")
    assert all(check["holds"] for check in found["checks"])


def test_a_sheet_of_allocated_centres_alone_gives_prices() -> None:
    sheet = {
        "cost_centres": centres(a="auxiliary", b="general"),
        "primary": {"a": "100", "b": "50"},
        "method": "simultaneous",
        "allocations": [
            {"from": "a", "to": {"b": "10"}, "output": "40"},
            {"from": "b", "to": {"a": "5"}, "output": "20"},
        ],
    }
    found = result(sheet)  # 40 a = 100 + 5 b; 20 b = 50 + 10 a  →  a = 3, b = 4
    assert found["allocation_prices"] == {"a": "3", "b": "4"}
    assert found["outside"] == {"a": "90", "b": "60"}
    assert found["checks"][-1] == {
        "name": "main centres carry all overheads",
        "left": "150",
        "right": "150",
        "holds": True,
    }


def test_a_centre_that_receives_and_passes_nothing_on_is_told() -> None:
    sheet = flows("step_down")
    del sheet["allocations"][1]
    found = result(sheet)
    assert [warning["code"] for warning in found["warnings"]] == ["not_allocated"]
    assert "cost_centres[1] (rep)" in found["warnings"][0]["message"]
    assert found["after_allocation"]["rep"] == "600"
    assert not found["checks"][-1]["holds"]


def refused(sheet: Json) -> str:
    with pytest.raises(AccountingError) as error:
        computed(sheet)
    return error.value.line(MESSAGES, Language.EN)


def test_costs_that_can_go_nowhere_are_refused() -> None:
    sheet = flows("step_down")
    sheet["allocations"][1]["to"] = {"strom": "10"}
    assert refused(sheet).startswith("allocations[1] (rep): costs of 600")


def test_a_closed_circle_has_no_prices() -> None:
    sheet = flows("simultaneous")
    sheet["allocations"] = [{"from": "strom", "to": {"rep": "30"}}, {"from": "rep", "to": {"strom": "10"}}]
    assert refused(sheet) == (
        "allocations: these cost centres deliver to each other alone, their costs arrive nowhere: strom, rep"
    )


def test_too_many_equations_are_refused_before_they_take_an_hour() -> None:
    many = centres(**{f"h{place}": "auxiliary" for place in range(101)}, m="production")
    sheet = {
        "cost_centres": many,
        "method": "simultaneous",
        "allocations": [{"from": f"h{place}", "to": {"m": 1}} for place in range(101)],
    }
    assert refused(sheet) == "allocations: at most 100 are possible, here are 101"


SMALL = st.integers(-9, 9).map(Fraction)


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.tuples(
            st.lists(st.lists(SMALL, min_size=n, max_size=n), min_size=n, max_size=n),
            st.lists(SMALL, min_size=n, max_size=n),
        )
    )
)
def test_elimination_solves_or_says_that_it_cannot(equations: tuple[list[list[Fraction]], list[Fraction]]) -> None:
    rows, right = equations
    try:
        found = solve(rows, right)
    except Singular:
        return
    for row, value in zip(rows, right, strict=True):
        assert sum(a * x for a, x in zip(row, found, strict=True)) == value


def test_elimination_finds_its_pivot_further_down() -> None:
    zero, one, two = Fraction(0), Fraction(1), Fraction(2)
    assert solve([[zero, two], [one, one]], [two, Fraction(3)]) == [two, one]
    with pytest.raises(Singular):
        solve([[one, two], [two, Fraction(4)]], [one, two])
    assert solve([], []) == []
