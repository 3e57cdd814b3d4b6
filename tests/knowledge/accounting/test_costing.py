"""Costing: published examples, and what holds of every costing whatever the numbers."""

import ast
import operator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.accounting.calculation import TimeAtRate
from knowledge.accounting.costing import Costed, Costing, FullCost, calculate
from knowledge.accounting.exact import number, percent
from knowledge.accounting.faults import Impossible
from knowledge.accounting.manufacture import Manufacture, Stage
from knowledge.accounting.purchase import Purchase
from knowledge.accounting.scheme import SUMS, Direction, LineId, Rounding, in_scheme
from knowledge.accounting.selling import Price, Terms
from knowledge.accounting.working import Step
from knowledge.language.messages import Language, Messages
from tests.knowledge.accounting.costings import costed, to_the_cent
from tests.knowledge.accounting.drawn_fractions import fractions
from tests.knowledge.accounting.published_costings import PUBLISHED, Published
from tests.properties import tries

LAW = settings(max_examples=tries(50))
"""Each example is a whole costing, and the machine may be busy."""

ALL_LINES = [*LineId]
INDUSTRY = ALL_LINES[ALL_LINES.index(LineId.DIRECT_MATERIAL) :]


def amounts(max_value: int = 10**6) -> st.SearchStrategy[Fraction]:
    return fractions(0, max_value, 100)


def rates(below: Fraction = Fraction(2)) -> st.SearchStrategy[Fraction]:
    return fractions(0, below, 1000)


DISCOUNTS = rates(Fraction(2, 5))
TERMS = st.builds(
    Terms,
    profit_rate=rates(),
    cash_discount_rate=DISCOUNTS,
    commission_rate=DISCOUNTS,
    trade_discount_rate=DISCOUNTS,
    vat_rate=rates(Fraction(1, 4)),
)
TIMES = st.builds(TimeAtRate, amounts(1000), amounts(200))
STAGES = st.builds(
    Stage, wages=st.one_of(amounts(), TIMES), overhead_rate=rates(), machines=st.lists(TIMES, max_size=2).map(tuple)
)
MADE = st.builds(
    Manufacture,
    direct_material=amounts(),
    material_overhead_rate=rates(),
    stages=st.lists(STAGES, max_size=3).map(tuple),
    special_direct_costs=amounts(),
    stock_increase=amounts(1000),
    stock_decrease=amounts(1000),
    development_rate=rates(),
    administration_rate=rates(),
    sales_rate=rates(),
    administration_sales_rate=rates(),
)
BOUGHT = st.builds(
    Purchase,
    list_price=amounts(),
    trade_discount_rate=DISCOUNTS,
    cash_discount_rate=DISCOUNTS,
    delivery_costs=amounts(),
    handling_rate=rates(),
)
COSTINGS = st.builds(
    Costing,
    cost=st.one_of(MADE, BOUGHT, st.builds(FullCost, amounts())),
    terms=TERMS,
    special_direct_costs_sales=amounts(1000),
    special_direct_costs_sales_in_profit_base=st.booleans(),
    rounding=st.sampled_from(Rounding),
)


@pytest.mark.parametrize("example", PUBLISHED, ids=lambda example: example.source)
def test_a_published_costing_comes_out_as_printed(example: Published) -> None:
    result = costed(**example.given)
    found = {line: to_the_cent(result[line]) for line in example.printed}
    assert found == {line: number(amount) for line, amount in example.printed.items()}
    if example.profit_percent:
        assert result.profit_rate is not None
        assert percent(result.profit_rate) == example.profit_percent


def test_cash_discount_and_commission_are_taken_together_on_the_credit_price() -> None:
    # 940 is 94 % of the credit price 1000, and that is 80 % of the list price 1250
    result = costed(full_cost="940", cash_discount_rate="2%", commission_rate="4%", trade_discount_rate="20%")
    assert [result[line] for line in ("cash_discount", "commission", "credit_price", "list_price")] == [
        20,
        40,
        1000,
        1250,
    ]


def test_profit_may_leave_out_special_direct_costs_of_sales() -> None:
    on_all = costed(full_cost="110", special_direct_costs_sales="10", profit_rate="20%")
    without = costed(
        full_cost="110",
        special_direct_costs_sales="10",
        special_direct_costs_sales_in_profit_base=False,
        profit_rate="20%",
    )
    assert [on_all["profit"], on_all["cash_price"]] == [22, 132]
    assert [without["profit"], without["cash_price"]] == [20, 130]
    assert without.profit_rate == Fraction(1, 5)


def test_swiss_prices_are_rounded_to_five_rappen_line_by_line() -> None:
    result = costed(
        rounding="0.05",
        direct_material="100",
        material_overhead_rate="12.33%",  # 12.33 → 12.35
        production=[{"wages": "50", "overhead_rate": "33 1/3%"}],  # 16.666… → 16.65
        administration_rate="7%",  # 7 % of 179.00 = 12.53 → 12.55
        profit_rate="10%",  # 19.155 → 19.15
    )
    lines = ("material_overheads", "production_overheads", "administration_overheads", "full_cost", "profit")
    assert [result[line] for line in lines] == [
        number(amount) for amount in ("12.35", "16.65", "12.55", "191.55", "19.15")
    ]
    assert result.profit_rate == number("19.15") / number("191.55")


def test_half_a_cent_goes_up() -> None:
    assert costed(rounding="cent", full_cost="0.10", profit_rate="5%")["profit"] == number("0.01")
    loss = costed(rounding="cent", full_cost="0.10", profit_rate="-5%")
    assert loss["profit"] == number("-0.01")


def test_several_stages_stand_beside_their_sum_and_one_stage_has_no_place() -> None:
    two = costed(direct_material="1", production=[{"wages": "2"}, {"wages": "3"}])
    one = costed(direct_material="1", production=[{"wages": "5"}])
    assert [two["production_wages.1"], two["production_wages.2"], two["production_wages"]] == [2, 3, 5]
    assert "production_wages.1" not in one
    assert two["full_cost"] == one["full_cost"] == 6


def test_machines_and_remaining_overheads_make_production_cost() -> None:
    # 2 h × 30 wages, 50 % remaining overheads on them, 1.5 h × 80 and 0.5 h × 40 of machines, 15 for a tool
    result = costed(
        production=[
            {
                "hours": "2",
                "hourly_rate": "30",
                "overhead_rate": "50%",
                "machines": [{"hours": "1.5", "hourly_rate": "80"}, {"hours": "0.5", "hourly_rate": "40"}],
            }
        ],
        special_direct_costs_production="15",
    )
    assert result["machine_costs"] == 140
    assert result["production_cost"] == 60 + 30 + 140 + 15


def test_the_price_floors_are_full_cost_and_variable_cost() -> None:
    known = costed(full_cost="669", variable_cost="480", profit_rate="25%").price_floor
    assert [known.long_term, known.short_term] == [669, 480]
    assert costed(full_cost="669").price_floor.short_term is None


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"direction": "difference", "full_cost": "100", "list_price": "90"}, ["loss"]),
        (
            {"direction": "difference", "full_cost": "100", "list_price": "50", "variable_cost": "60"},
            ["loss", "below_variable_cost"],
        ),
        ({"direction": "backward", "production": [{"wages": "100"}], "list_price": "90"}, ["below_zero"]),
        ({"full_cost": "100", "variable_cost": "120", "profit_rate": "50%"}, ["variable_above_full_cost"]),
        ({"direction": "difference", "direct_material": "0", "list_price": "90"}, ["no_profit_base"]),
        ({"full_cost": "100"}, []),
    ],
    ids=["loss", "below-variable-cost", "no-room-for-material", "variable-above-full", "nothing-to-earn-on", "well"],
)
def test_what_must_not_be_overlooked_is_said(fields: dict[str, Any], codes: list[str]) -> None:
    assert [caution.code for caution in costed(**fields).cautions] == codes


@pytest.mark.parametrize(
    ("terms", "place"),
    [
        (Terms(cash_discount_rate=Fraction(1, 2), commission_rate=Fraction(1, 2)), "cash_discount_rate"),
        (Terms(trade_discount_rate=Fraction(1)), "trade_discount_rate"),
        (Terms(profit_rate=Fraction(-1)), "profit_rate"),
    ],
    ids=["discount-and-commission", "trade-discount", "all-lost"],
)
@pytest.mark.parametrize("direction", Direction)
def test_rates_that_eat_up_the_whole_are_refused(terms: Terms, place: str, direction: Direction) -> None:
    costing = Costing(FullCost(Fraction(100)), direction, terms, price=Price(Fraction(100)))
    with pytest.raises(Impossible) as refused:
        calculate(costing)
    assert [fault.place for fault in refused.value.faults] == [place]


@pytest.mark.parametrize("direction", [Direction.BACKWARD, Direction.DIFFERENCE])
def test_without_a_price_there_is_no_way_back(direction: Direction) -> None:
    with pytest.raises(Impossible, match=r"list_price: costing\.fault\.no_price"):
        calculate(Costing(FullCost(Fraction(100)), direction))


# --- what always holds ---------------------------------------------------------------------------------------------


def other_way(result: Costed, direction: Direction, *, gross: bool = False) -> Costed:
    """The same costing from its price, without what is sought."""
    costing = result.costing
    cost: Manufacture | Purchase | FullCost = costing.cost
    if direction is Direction.BACKWARD:
        match cost:
            case Manufacture():
                cost = replace(cost, direct_material=Fraction(0))
            case Purchase():
                cost = replace(cost, list_price=Fraction(0))
            case FullCost():
                cost = FullCost(Fraction(0))
    price = Price(result[LineId.GROSS_PRICE if gross else LineId.LIST_PRICE], gross)
    return calculate(replace(costing, cost=cost, direction=direction, price=price))


def amounts_of(result: Costed) -> dict[str, Fraction]:
    return {line.id: line.amount for line in result.lines}


@LAW
@given(COSTINGS, st.booleans())
def test_forward_then_backward_returns_every_line(costing: Costing, gross: bool) -> None:
    forward = calculate(replace(costing, rounding=Rounding.EXACT))
    assert amounts_of(other_way(forward, Direction.BACKWARD, gross=gross)) == amounts_of(forward)


@LAW
@given(COSTINGS, st.booleans())
def test_the_difference_at_the_planned_price_is_the_planned_profit(costing: Costing, gross: bool) -> None:
    forward = calculate(replace(costing, rounding=Rounding.EXACT))
    difference = other_way(forward, Direction.DIFFERENCE, gross=gross)
    assert amounts_of(difference) == amounts_of(forward)
    assert difference.profit_rate == (costing.terms.profit_rate if forward.profit_base else None)


@LAW
@given(COSTINGS, fractions(Fraction(1, 100), 100, 100))
def test_twice_the_costs_make_twice_the_price(costing: Costing, factor: Fraction) -> None:
    exact = replace(costing, rounding=Rounding.EXACT)
    single, scaled = calculate(exact), calculate(times(exact, factor))
    assert amounts_of(scaled) == {line: amount * factor for line, amount in amounts_of(single).items()}


@LAW
@given(COSTINGS, st.sampled_from(Direction), amounts())
def test_each_line_is_rounded_and_the_sums_add_up(costing: Costing, direction: Direction, price: Fraction) -> None:
    result = calculate(replace(costing, direction=direction, price=Price(price)))
    step = costing.rounding.step
    assert step is None or all((line.amount / step).denominator == 1 for line in result.lines)
    assert result["cash_price"] == result["full_cost"] + result["profit"]
    assert result["credit_price"] == result["cash_price"] + result["cash_discount"] + result["commission"]
    assert result["list_price"] == result["credit_price"] + result["trade_discount"]
    assert result["gross_price"] == result["list_price"] + result["vat"]
    if isinstance(costing.cost, Manufacture):
        assert result["material_cost"] == result["direct_material"] + result["material_overheads"]
        assert result["manufacturing_cost"] == result["material_cost"] + result["production_cost"]
        overheads = sum(result[line] for line, _ in costing.cost.overheads_on_sales)
        special = result["special_direct_costs_sales"]
        assert result["full_cost"] == result["manufacturing_cost_of_sales"] + overheads + special
    if isinstance(costing.cost, Purchase):
        off = result["purchase_trade_discount"] + result["purchase_cash_discount"]
        assert result["cash_purchase_price"] == result["purchase_list_price"] - off
        assert result["purchase_cost"] == result["cash_purchase_price"] + result["delivery_costs"]


@LAW
@given(COSTINGS, st.sampled_from(Direction), amounts())
def test_every_formula_of_the_working_yields_its_result(
    costing: Costing, direction: Direction, price: Fraction
) -> None:
    result = calculate(replace(costing, direction=direction, price=Price(price), rounding=Rounding.EXACT))
    assert {step.id for step in result.working} == {line.id for line in result.lines}
    for step in result.working:
        assert evaluated(step) == step.result.value, step


@LAW
@given(COSTINGS)
def test_lines_stand_in_the_order_of_the_scheme(costing: Costing) -> None:
    ids = [line.id for line in calculate(costing).lines]
    assert ids == sorted(ids, key=in_scheme)
    names = list(dict.fromkeys(line.partition(".")[0] for line in ids))
    assert names == [line for line in ALL_LINES if line in names]
    if isinstance(costing.cost, Manufacture):
        assert names == INDUSTRY


@pytest.mark.parametrize("language", Language)
def test_every_line_has_a_label(language: Language, messages: Messages) -> None:
    result = costed(direct_material="1", production=[{"wages": "1", "name": "Säge"}, {"wages": "1"}])
    labels = {step.id: messages.text(step.label, language, **step.params) for step in result.working}
    assert labels["production_wages.1"].endswith(" Säge")
    assert labels["production_wages.2"].endswith(" 2")
    assert len(set(labels.values())) == len(labels)
    assert set(ALL_LINES) >= SUMS


def times(costing: Costing, factor: Fraction) -> Costing:
    """The same costing with all amounts times a factor; rates and hours stay."""
    special = costing.special_direct_costs_sales * factor
    return replace(costing, cost=scaled_cost(costing.cost, factor), special_direct_costs_sales=special)


def scaled_cost(cost: Manufacture | Purchase | FullCost, factor: Fraction) -> Manufacture | Purchase | FullCost:
    match cost:
        case Manufacture() as made:
            return replace(
                made,
                direct_material=made.direct_material * factor,
                special_direct_costs=made.special_direct_costs * factor,
                stock_increase=made.stock_increase * factor,
                stock_decrease=made.stock_decrease * factor,
                stages=tuple(scaled_stage(stage, factor) for stage in made.stages),
            )
        case Purchase() as bought:
            delivery_costs = bought.delivery_costs * factor
            return replace(bought, list_price=bought.list_price * factor, delivery_costs=delivery_costs)
        case FullCost(amount):
            return FullCost(amount * factor)


def scaled_stage(stage: Stage, factor: Fraction) -> Stage:
    def scaled(time: TimeAtRate) -> TimeAtRate:
        return replace(time, hourly_rate=time.hourly_rate * factor)

    wages = scaled(stage.wages) if isinstance(stage.wages, TimeAtRate) else stage.wages * factor
    return replace(stage, wages=wages, machines=tuple(scaled(machine) for machine in stage.machines))


OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def evaluated(step: Step) -> Fraction:
    """What the pattern of a step yields with its operands."""

    def value(node: ast.expr) -> Fraction:
        match node:
            case ast.BinOp(left, sign, right):
                result: Fraction = OPERATORS[type(sign)](value(left), value(right))
                return result
            case ast.Set([ast.Name(name)]):  # `{base}` reads as a set with one name
                return step.operands[name].value
            case ast.Constant(int(whole)):
                return Fraction(whole)
            case _:
                raise AssertionError(ast.dump(node))

    return value(ast.parse(step.pattern, mode="eval").body)
