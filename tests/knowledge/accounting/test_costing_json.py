"""A costing as JSON: read strictly, every fault at its place, all of them together; what is not used is said."""

import json
from fractions import Fraction
from typing import Any

import pytest

from knowledge.accounting.costing import Costing, calculate
from knowledge.accounting.faults import AccountingError
from knowledge.accounting.json_costing import read_costing
from knowledge.accounting.json_fields import parse
from knowledge.accounting.machine_hour_rate import machine_hour_rate
from knowledge.accounting.result_costing import costing_as_json, machine_as_json
from knowledge.accounting.scheme import Direction, Rounding, Scheme
from knowledge.language.messages import Language, Messages
from tests.knowledge.accounting.costings import Json, costed, costing, machine, read

COSTING = {"kind": "costing", "full_cost": "100"}
MACHINE = {"kind": "machine_hour_rate", "hours": "10", "energy": {"kw": "1", "price": "2"}}

EVERY_FIELD = """{
  "kind": "costing", "direction": "forward", "scheme": "industry", "rounding": "exact",
  "direct_material": "6000", "material_overhead_rate": "10%",
  "production": [{"name": "Fertigung I", "wages": "16000", "overhead_rate": "40%"},
                 {"name": "Fertigung II", "hours": "15", "hourly_rate": "12.50", "overhead_rate": "110%",
                  "machines": [{"name": "Fräse", "hours": "1", "hourly_rate": "55"}]}],
  "special_direct_costs_production": "15",
  "stock": {"increase": "2000", "decrease": "15000"},
  "development_rate": "7.75%", "administration_rate": "10%", "sales_rate": "8%", "administration_sales_rate": "11.56%",
  "special_direct_costs_sales": "3552.50", "special_direct_costs_sales_in_profit_base": true,
  "full_cost": "669",
  "profit_rate": "25%", "cash_discount_rate": "2%", "commission_rate": "4%", "trade_discount_rate": "15%",
  "vat_rate": "19%", "gross_price": "1190", "list_price": "1000",
  "purchase": {"list_price": "1000", "trade_discount_rate": "10%", "cash_discount_rate": "2%", "delivery_costs": "18"},
  "handling_rate": "25%", "variable_cost": "480"
}"""


def refusal(text: str | bytes | Json, messages: Messages) -> str:
    """The line that a file with this text ends with."""
    if isinstance(text, dict):
        text = json.dumps(text)
    value = text.encode() if isinstance(text, str) else text
    with pytest.raises(AccountingError) as refused:
        read_costing(parse(value, "file.json"))
    line = refused.value.line(messages, Language.EN)
    assert len(line) <= 300
    assert "\n" not in line
    return line


def test_full_cost_starts_there_and_what_is_not_used_is_said() -> None:
    result = read_costing(parse(EVERY_FIELD.encode(), "file.json"))
    assert isinstance(result.asked, Costing)
    assert calculate(result.asked)["profit"] == Fraction("167.25")
    assert {caution.code for caution in result.cautions} == {"not_used"}
    unused = [caution.place for caution in result.cautions]
    assert unused[:3] == ["direct_material", "material_overhead_rate", "production"]
    assert unused[-2:] == ["list_price", "gross_price"]
    assert "variable_cost" not in unused


def test_what_is_left_out_has_its_default() -> None:
    plain = costing(direct_material="100")
    assert (plain.direction, plain.scheme, plain.rounding) == (Direction.FORWARD, Scheme.INDUSTRY, Rounding.EXACT)
    assert plain.special_direct_costs_sales_in_profit_base
    assert calculate(plain)["gross_price"] == 100


def test_numbers_may_be_integers_fractions_and_mixed_numbers() -> None:
    result = costed(direct_material=100, material_overhead_rate="33 1/3%", production=[{"wages": "5/3"}])
    assert result["material_cost"] == Fraction(400, 3)
    assert result["full_cost"] == 135


@pytest.mark.parametrize(
    ("fields", "unused"),
    [
        (
            {"direction": "backward", "direct_material": "1", "full_cost": "2", "list_price": "3"},
            "full_cost direct_material",
        ),
        (
            {"direction": "backward", "scheme": "trade", "purchase": {"list_price": "1"}, "list_price": "3"},
            "purchase.list_price",
        ),
        ({"direction": "difference", "full_cost": "1", "profit_rate": "5%", "list_price": "3"}, "profit_rate"),
        ({"full_cost": "1", "list_price": "3"}, "list_price"),
        ({"full_cost": "1", "special_direct_costs_sales": "1"}, "special_direct_costs_sales"),
        ({"full_cost": "1", "special_direct_costs_sales": "1", "special_direct_costs_sales_in_profit_base": False}, ""),
        ({"direct_material": "1", "special_direct_costs_sales": "1"}, ""),
    ],
    ids=["backward", "backward-trade", "difference", "forward", "in-full-cost", "outside-profit-base", "used"],
)
def test_what_a_direction_does_not_use_is_left_out_with_a_warning(fields: Json, unused: str) -> None:
    assert [caution.place for caution in read(**fields).cautions] == unused.split()


def test_both_prices_have_to_agree_to_the_cent(messages: Messages) -> None:
    agreed = {"direction": "difference", "full_cost": "1", "list_price": "333.33", "vat_rate": "19%"}
    assert costing(**agreed, gross_price="396.66").price is not None  # 396.6627
    line = refusal({"kind": "costing", **agreed, "gross_price": "396.67"}, messages)
    assert line == "gross_price: does not go with list_price and vat_rate; they make 396.66"


NO_NUMBER = ['"1e3"', '"NaN"', '"1.2.3"', '"1\'000"', '"1 000"', '""', '" 1"', '"１"', "true", "null", "[]", "{}"]


@pytest.mark.parametrize("value", NO_NUMBER)
def test_what_is_no_number_is_named(value: str, messages: Messages) -> None:
    line = refusal(f'{{"kind": "costing", "full_cost": {value}}}', messages)
    assert line.startswith("full_cost: expected a number such as 1978.5 or 5/3")


@pytest.mark.parametrize(
    ("value", "begins"),
    [
        ("1.5", "full_cost: expected an exact number"),
        ("1e3", "full_cost: expected an exact number"),
        ("NaN", "full_cost: expected an exact number"),
        ("-Infinity", "full_cost: expected an exact number"),
        ('"1,5"', "full_cost: expected a decimal point"),
        ('"+5"', "full_cost: expected a number without a plus sign"),
        ('"-5"', "full_cost: expected a number from 0 up"),
        ('"5%"', "full_cost: expected an amount without a per cent sign"),
        ('"1/0"', "full_cost: "),
        ('"' + "9" * 200 + '"', "full_cost: "),
    ],
)
def test_a_number_written_otherwise_is_told_how(value: str, begins: str, messages: Messages) -> None:
    assert refusal(f'{{"kind": "costing", "full_cost": {value}}}', messages).startswith(begins)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", "file.json: "),
        ("{", "file.json: "),
        (b"\xff\xfe", "file.json: "),
        ("[" * 100_000, "file.json: "),
        ("[]", "JSON: "),
        ("null", "JSON: "),
        ("{}", "kind: is missing; expected one of costing, machine_hour_rate"),
        ('{"kind": "bab"}', "kind: expected one of costing, machine_hour_rate"),
        ('{"kind": "costing", "full_cost": "1", "full_cost": "2"}', "full_cost: "),
    ],
    ids=["empty", "cut", "no-text", "deep", "list", "null", "nothing", "other-kind", "twice"],
)
def test_what_is_no_costing_at_all(text: str | bytes, begins: str, messages: Messages) -> None:
    assert refusal(text, messages).startswith(begins)


STAGE: dict[str, Any] = {"hours": "1", "hourly_rate": "2"}


@pytest.mark.parametrize(
    ("fields", "begins"),
    [
        ({"kind": "costing"}, "direct_material: the costs to reckon from are missing"),
        ({"kind": "costing", "scheme": "trade"}, "purchase: the costs to reckon from are missing"),
        ({"kind": "costing", "scheme": "trade", "purchase": {}}, "purchase.list_price: is missing"),
        ({**COSTING, "surprise": "1"}, "surprise: "),
        ({**COSTING, "direction": "sideways"}, "direction: expected one of forward, backward, difference"),
        ({**COSTING, "scheme": "craft"}, "scheme: expected one of industry, trade"),
        ({**COSTING, "rounding": "0.1"}, "rounding: expected one of exact, cent, 0.05"),
        ({**COSTING, "direction": "backward"}, "list_price: backward and difference need a price"),
        ({**COSTING, "direction": "difference"}, "list_price: backward and difference need a price"),
        ({**COSTING, "direction": "difference", "list_price": "x"}, "list_price: expected a number"),
        (
            {**COSTING, "cash_discount_rate": "60%", "commission_rate": "40%"},
            "cash_discount_rate: expected less than 100 %",
        ),
        ({**COSTING, "trade_discount_rate": "100%"}, "trade_discount_rate: expected less than 100 %"),
        ({**COSTING, "trade_discount_rate": "15"}, "trade_discount_rate: expected less than 100 %, here are 1,500 %"),
        ({**COSTING, "profit_rate": "-100%"}, "profit_rate: expected more than -100 %"),
        ({**COSTING, "vat_rate": "-1%"}, "vat_rate: expected a number from 0 up"),
        ({**COSTING, "vat_rate": "8,1%"}, "vat_rate: expected a rate"),
        ({**COSTING, "profit_rate": "+5%"}, "profit_rate: expected a rate"),
        (
            {**COSTING, "special_direct_costs_sales_in_profit_base": "yes"},
            "special_direct_costs_sales_in_profit_base: ",
        ),
        (
            {"kind": "costing", "scheme": "trade", "direct_material": "1"},
            "direct_material: does not belong to the scheme",
        ),
        (
            {"kind": "costing", "direct_material": "1", "handling_rate": "1%"},
            "handling_rate: does not belong to the scheme",
        ),
        (
            {"kind": "costing", "scheme": "trade", "purchase": {"list_price": "1", "cash_discount_rate": "100%"}},
            "purchase.cash_discount_rate: expected less than 100 %",
        ),
        ({**COSTING, "purchase": {"price": "1"}}, "purchase.price: "),
        ({"kind": "costing", "scheme": "trade", "purchase": "100"}, "purchase: expected an object with fields"),
        ({**COSTING, "stock": {"change": "1"}}, "stock.change: "),
        ({**COSTING, "stock": {"increase": "-1"}}, "stock.increase: expected a number from 0 up"),
        ({**COSTING, "production": {"wages": "1"}}, "production: expected a list"),
        ({**COSTING, "production": [{"wages": "1"}, {}]}, "production[1].wages: is missing"),
        ({**COSTING, "production": [{"hours": "1"}]}, "production[0].hourly_rate: is missing"),
        ({**COSTING, "production": [{**STAGE, "wages": "1"}]}, "production[0].wages: expected wages or hours"),
        ({**COSTING, "production": [{"machines": [STAGE], "overhead_rate": "5%"}]}, "production[0].wages: is missing"),
        (
            {**COSTING, "production": [{"machines": [{"hours": "1"}]}]},
            "production[0].machines[0].hourly_rate: is missing",
        ),
        ({**MACHINE, "rounding": "cent"}, "rounding: "),
        ({**MACHINE, "hours": "0"}, "hours: the running time has to be above 0"),
        ({**MACHINE, "products": []}, "products: expected exactly one of hours / work_plan / products"),
        ({"kind": "machine_hour_rate", "energy": MACHINE["energy"]}, "hours: expected exactly one of"),
        ({"kind": "machine_hour_rate", "hours": "1"}, "depreciation: the machine's costs are missing"),
        ({**MACHINE, "depreciation": {"value": "1"}}, "depreciation.years: is missing"),
        ({**MACHINE, "depreciation": {"value": "1", "years": "0"}}, "depreciation.years: expected a number above 0"),
        (
            {**MACHINE, "depreciation": {"value": "1", "years": "1", "index_now": "2"}},
            "depreciation.index_then: is missing",
        ),
        ({**MACHINE, "interest": {"value": "1"}}, "interest.rate: is missing"),
        ({**MACHINE, "maintenance": {}}, "maintenance.amount: expected exactly one of"),
        ({**MACHINE, "maintenance": {"amount": "1", "rate": "1%"}}, "maintenance.value: expected exactly one of"),
        ({**MACHINE, "maintenance": {"value": "1"}}, "maintenance.rate: is missing"),
        ({**MACHINE, "other": [{"amount": "1"}]}, "other[0].name: is missing"),
        ({**MACHINE, "other": [{"name": "Öl"}]}, "other[0].amount: expected exactly one of amount / per_hour"),
        ({**MACHINE, "remaining_overheads": {"amount": "1", "wages": "0"}}, "remaining_overheads.wages: "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_reckoned_with_is_named(fields: Json, begins: str, messages: Messages) -> None:
    assert refusal(fields, messages).startswith(begins)


def test_several_faults_are_told_together(messages: Messages) -> None:
    line = refusal(
        {**COSTING, "vat_rate": "x", "commission_rate": "100%", "production": [{"wages": "1,5"}], "a": "1"}, messages
    )
    assert all(place in line for place in ("vat_rate", "production[0].wages", "cash_discount_rate"))


def test_the_result_holds_every_line_of_the_scheme_exactly(messages: Messages) -> None:
    answer = costing_as_json(costed(full_cost="100", profit_rate="1/3", variable_cost="60"), messages, Language.DE)
    assert answer == json.loads(json.dumps(answer))
    lines = {line["id"]: (line["label"], line["amount"]) for line in answer["lines"]}
    assert lines["profit"] == ("Gewinn", "100/3")
    assert lines["gross_price"] == ("Bruttoverkaufspreis", "400/3")
    assert next(iter(lines)) == "full_cost"
    floors = {name: answer[name] for name in ("price_floor_long_term", "price_floor_short_term")}
    assert floors == {"price_floor_long_term": "100", "price_floor_short_term": "60"}
    assert (answer["profit_rate"], answer["warnings"]) == ("1/3", [])


def test_what_is_not_known_is_null_and_a_loss_is_warned_of(messages: Messages) -> None:
    loss = costed(direction="difference", full_cost="100", list_price="90")
    answer = costing_as_json(loss, messages, Language.DE)
    assert (answer["profit_rate"], answer["price_floor_short_term"]) == ("-0.1", None)
    assert answer["warnings"] == [
        {"code": "loss", "message": "profit: Verlust: der Preis deckt die Selbstkosten nicht"}
    ]


def test_a_machine_hour_rate_holds_each_line_by_year_and_by_hour(messages: Messages) -> None:
    made = machine_hour_rate(
        machine(hours="3", energy={"kw": "1", "price": "2"}, other=[{"name": "Öl", "amount": "7"}])
    )
    assert machine_as_json(made, messages, Language.DE) == {
        "hours": "3",
        "lines": [
            {"id": "energy", "label": "Energiekosten", "per_year": "6", "per_hour": "2"},
            {"id": "other.1", "label": "Öl", "per_year": "7", "per_hour": "7/3"},
        ],
        "rate": "13/3",
        "remaining_rate": None,
    }
