"""The machine-hour rate: published examples, the ways to state hours and costs, and what always holds."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.accounting.exact import number
from knowledge.accounting.faults import Impossible
from knowledge.accounting.machine_costs import (
    Depreciation,
    Energy,
    Hourly,
    Hours,
    Interest,
    OverYears,
    WorkPlan,
    Yearly,
)
from knowledge.accounting.machine_hour_rate import Machine, MachineHourRate, RemainingOverheads, machine_hour_rate
from knowledge.language.messages import Language, Messages
from tests.knowledge.accounting.costings import machine_rate, to_the_cent


def per_hour(result: MachineHourRate) -> dict[str, Fraction]:
    return {line.id: to_the_cent(line.per_hour) for line in result.lines}


def exactly(**amounts: str) -> dict[str, Fraction]:
    return {line.replace("other_", "other."): number(amount) for line, amount in amounts.items()}


def test_abwl_camp_index_of_prices_scrapping_and_downtime() -> None:
    # abwl-camp.de, 4.4.D Maschinenstundensatzrechnung, solution a); its interest of 60,000 a year is 15 % on half of
    # the value, its room is priced by the year, and its machine draws 4,200 kWh in 300 h
    result = machine_rate(
        work_plan={"days": "250", "shifts": "2", "hours_per_shift": "8", "downtime_rate": "10%"},
        depreciation={
            "value": "800000",
            "years": "10",
            "scrapping": "10000",
            "index_then": "110",
            "index_now": "143",
        },
        interest={"value": "800000", "rate": "15%"},
        room={"area": "20", "price": "8", "months": "1"},
        energy={"kw": "14", "price": "0.35"},
        maintenance={"total": "90000", "years": "10"},
        other=[{"name": "Werkzeug", "per_hour": "2630/150"}],
    )
    assert result.hours == 3600
    assert per_hour(result) == exactly(
        depreciation="29.17", interest="16.67", room="0.04", energy="4.9", maintenance="2.5", other_1="17.53"
    )
    assert to_the_cent(result.rate) == number("70.81")


def test_wiwiweb_wages_of_the_machine_stay_out() -> None:
    # wiwiweb.de, Kosten- und Leistungsrechnung, Tab. 99: 25 + 10 + 1.2 + 0.6 + 3 = 39.80
    result = machine_rate(
        work_plan={"days": "250", "hours_per_shift": "8"},
        depreciation={"value": "500000", "years": "10"},
        interest={"value": "500000", "rate": "8%"},
        energy={"kw": "10", "price": "0.3"},
        maintenance={"amount": "1200"},
        other=[{"name": "Wagnisse", "amount": "2400"}],
    )
    assert per_hour(result) == exactly(depreciation="25", interest="10", energy="3", maintenance="0.6", other_1="1.2")
    assert result.rate == number("39.8")


def test_oekl_chipper_with_fuel_by_the_hour() -> None:
    # ÖKL-Richtwerte 2025, Hackgutmaschine 80 cm: 123.38 + 180 + 95.90 = 399.28; 2 % of value + residual for interest
    result = machine_rate(
        hours="900",
        depreciation={"value": "900000", "years": "10", "residual": "90000"},
        interest={"value": "900000", "residual": "90000", "rate": "4%"},
        maintenance={"value": "900000", "rate": "18%"},
        other=[
            {"name": "Unterbringung", "amount": "1241.66"},
            {"name": "Versicherung", "amount": "9000"},
            {"name": "Treibstoff", "per_hour": "95.90"},
        ],
    )
    assert [line.per_year for line in result.lines][:2] == [81000, 19800]
    assert to_the_cent(result.rate) == number("399.28")


def test_oekl_residual_value_and_maintenance_as_a_share() -> None:
    # ÖKL-Richtwerte 2022, Kreiselzettwender 700 cm: 27.00 an hour; 1.25 % of value + residual is 2.5 % of their half
    result = machine_rate(
        hours="100",
        depreciation={"value": "16700", "years": "12", "residual": "1670"},
        interest={"value": "16700", "residual": "1670", "rate": "2.5%"},
        room={"area": "15", "price": "18.87", "months": "1"},
        maintenance={"value": "16700", "rate": "4.6%"},
        other=[{"name": "Versicherung", "amount": "167"}],
    )
    per_year = {line.id: to_the_cent(line.per_year) for line in result.lines}
    assert per_year == exactly(
        depreciation="1252.5", interest="229.63", room="283.05", maintenance="768.2", other_1="167"
    )
    assert to_the_cent(result.rate) == 27


def test_hours_from_what_the_products_need_and_remaining_overheads_on_wages() -> None:
    result = machine_rate(
        products=[
            {"id": "A", "quantity": "1200", "minutes": "30"},
            {"id": "B", "quantity": "500", "minutes": "20.4"},
        ],
        maintenance={"amount": "7700"},
        remaining_overheads={"amount": "37700", "wages": "65000"},
    )
    assert result.hours == 770  # 600 + 170
    assert result.rate == 10
    assert result.remaining_rate == Fraction(58, 100)


def test_room_is_rented_for_twelve_months_unless_told_otherwise() -> None:
    year = machine_rate(hours="1", room={"area": "10", "price": "5"})
    assert year.rate == 600


@pytest.mark.parametrize(
    ("machine", "place"),
    [
        (Machine(Hours(Fraction(0)), energy=Energy(Fraction(1), Fraction(1))), "hours"),
        (Machine(WorkPlan(Fraction(1), Fraction(1), Fraction(8), Fraction(1))), "work_plan.downtime_rate"),
        (Machine(WorkPlan(Fraction(0), Fraction(1), Fraction(8))), "work_plan"),
        (Machine(Hours(Fraction(1)), Depreciation(Fraction(1), Fraction(0))), "depreciation.years"),
        (Machine(Hours(Fraction(1)), Depreciation(Fraction(1), Fraction(1), Fraction(2))), "depreciation.residual"),
        (Machine(Hours(Fraction(1)), maintenance=OverYears(Fraction(1), Fraction(0))), "maintenance.years"),
        (
            Machine(Hours(Fraction(1)), remaining_overheads=RemainingOverheads(Fraction(1), Fraction(0))),
            "remaining_overheads.wages",
        ),
        (Machine(Hours(Fraction(1))), "depreciation"),
    ],
    ids=["no-hours", "all-downtime", "no-days", "no-years", "residual", "maintenance", "no-wages", "no-cost"],
)
def test_what_leaves_no_rate_is_refused_at_its_field(machine: Machine, place: str) -> None:
    with pytest.raises(Impossible) as refused:
        machine_hour_rate(machine)
    assert refused.value.faults[0].place == place


POSITIVE = st.fractions(Fraction(1, 10), 10**5, max_denominator=100)


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE, POSITIVE)
def test_the_lines_add_up_to_the_rate(
    hours: Fraction, value: Fraction, years: Fraction, kw: Fraction, own: Fraction
) -> None:
    machine = Machine(
        Hours(hours),
        Depreciation(value, years),
        Interest(value, Fraction(1, 20)),
        energy=Energy(kw, Fraction(1, 5)),
        other=(Yearly(own, "Versicherung"), Hourly(own, "Öl")),
    )
    result = machine_hour_rate(machine)
    assert result.rate == sum(line.per_hour for line in result.lines)
    assert result.rate * hours == sum(line.per_year for line in result.lines)
    assert [line.id for line in result.lines] == ["depreciation", "interest", "energy", "other.1", "other.2"]


@pytest.mark.parametrize("language", Language)
def test_the_working_names_each_line_and_ends_with_the_rates(language: Language, messages: Messages) -> None:
    fields: dict[str, Any] = {
        "work_plan": {"days": "250", "hours_per_shift": "8", "downtime_rate": "20%"},
        "depreciation": {"value": "50000", "years": "10", "residual": "2000", "scrapping": "1000"},
        "other": [{"name": "Öl", "per_hour": "2"}],
        "remaining_overheads": {"amount": "1", "wages": "2"},
    }
    working = machine_rate(**fields).working
    formulas = {step.id: step.formula() for step in working}
    assert formulas == {
        "hours": "250 × 1 × 8 × (1 − 20.00%)",
        "depreciation": "(50000 + 1000 − 2000) ÷ 10",
        "other.1": "2",
        "rate": "(4900 + 3200) ÷ 1600",
        "remaining_rate": "1 ÷ 2",
    }
    assert all(messages.text(step.label, language, **step.params) for step in working)
