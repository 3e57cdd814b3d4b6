"""The BAB in its smaller rules: keys, bases, hours, stock, normal rates, warnings."""

from typing import Any

import pytest

from knowledge.accounting.bab_text import bab_lines
from knowledge.language.languages import Language
from tests.knowledge.accounting.sheets import MESSAGES, MODEL, Json, centres, computed, result


def sheet(**changes: Any) -> Json:
    """Material 50 on 500, production 300 on 1000, administration 185, sales 92.5."""
    return {
        "cost_centres": centres(m="material", f="production", vw="administration", vt="sales"),
        "primary": {"m": "50", "f": "300", "vw": "185", "vt": "92.5"},
        "bases": {
            "m": {"kind": "direct_material", "amount": "500"},
            "f": {"kind": "wages", "amount": "1000"},
            "vw": {"kind": "manufacturing_cost_of_production"},
            "vt": {"kind": "manufacturing_cost_of_sales"},
        },
        **changes,
    }


def test_centres_are_enough() -> None:
    found = result({"cost_centres": centres(m="material")})
    assert found["primary"] == {"m": "0", "total": "0"}
    assert found["after_allocation"] == {"m": "0"}
    assert found["rates"] == {}
    assert "manufacturing_cost_of_production" not in found


def test_what_is_only_shown_may_be_a_number_or_nothing_and_names_may_have_a_no_break_space() -> None:
    changes = {"unit": 1000, "period": 2013, "currency": ""}
    named = [{**centre, "name": f"Stelle\u00a0{centre['id']}"} for centre in sheet()["cost_centres"]]
    lines = list(bab_lines(computed(sheet(**changes, cost_centres=named)), MESSAGES, Language.DE))
    assert lines[0] == "2013 · 1000"
    assert lines[2].startswith("Stelle m ")


def test_cost_types_and_sums_add_up() -> None:
    found = result(sheet(overheads=[{"name": "Miete", "total": "100", "key": {"m": "0.3", "f": "0.7"}}]))
    assert found["overheads"] == [{"name": "Miete", "amounts": {"m": "30", "f": "70"}}]
    assert found["primary"] == {"m": "80", "f": "370", "vw": "185", "vt": "92.5", "total": "727.5"}


def test_shares_may_have_any_size_and_the_parts_are_exact() -> None:
    found = result(sheet(overheads=[{"name": "Miete", "total": "100", "key": {"m": 1, "f": "1", "vw": "1"}}]))
    assert found["overheads"][0]["amounts"] == {"m": "100/3", "f": "100/3", "vw": "100/3"}
    assert found["checks"][0] == {"name": "rows add up", "left": "100", "right": "100", "holds": True}


def test_administration_on_production_and_sales_on_the_cost_of_sales() -> None:
    found = result(sheet(stock={"increase": "100", "decrease": "25"}, special_direct_costs_production="75"))
    # 500 + 50 + 1000 + 300 + 75 = 1925; − 100 + 25 = 1850
    assert found["manufacturing_cost_of_production"] == "1925"
    assert found["manufacturing_cost_of_sales"] == "1850"
    assert found["rates"]["vt"] == {"exact": "1/20", "percent": "5.00", "base": "1850"}
    assert found["rates"]["vw"]["base"] == "1925"


def test_a_rate_per_hour_is_money_and_its_direct_costs_are_counted() -> None:
    bases = {**sheet()["bases"], "f": {"kind": "machine_hours", "hours": "8", "direct_costs": "700"}}
    found = result(sheet(bases=bases))
    assert found["rates"]["f"] == {"exact": "37.5", "per": "machine_hours", "base": "8"}
    assert found["manufacturing_cost_of_production"] == "1550"
    hours = {**bases, "f": {"kind": "labour_hours", "hours": "9"}}
    assert result(sheet(bases=hours))["rates"]["f"] == {"exact": "100/3", "per": "labour_hours", "base": "9"}


def test_without_all_bases_there_is_no_manufacturing_cost_but_given_ones_will_do() -> None:
    found = result(sheet(bases={"m": sheet()["bases"]["m"], "vw": {"kind": "given", "amount": "1850"}}))
    assert "manufacturing_cost_of_production" not in found
    assert found["rates"]["vw"] == {"exact": "1/10", "percent": "10.00", "base": "1850"}


def test_a_centre_of_another_kind_carries_costs_and_has_no_rate() -> None:
    found = result(
        sheet(
            cost_centres=[*sheet()["cost_centres"], {"id": "lab", "role": "other"}],
            primary={**sheet()["primary"], "lab": "7"},
        )
    )
    assert found["after_allocation"]["lab"] == "7"
    assert found["manufacturing_cost_of_production"] == "1850"
    assert all(check["holds"] for check in found["checks"])


def test_a_base_of_nothing_without_cost_has_no_rate() -> None:
    found = result(
        sheet(primary={"f": "300"}, bases={**sheet()["bases"], "m": {"kind": "direct_material", "amount": "0"}})
    )
    assert "m" not in found["rates"]
    assert [(warning["code"], warning["message"].partition(":")[0]) for warning in found["warnings"]] == [
        ("no_base", "bases.m.amount")
    ]


def test_a_negative_cost_is_taken_and_told_with_its_place() -> None:
    found = result(
        sheet(
            primary={"m": "-5"},
            overheads=[
                {"name": "Erlös", "total": "-3", "amounts": {"m": "2", "f": "-5"}},
                {"name": "Storno", "total": "-1", "key": {"m": "1"}},
            ],
        )
    )
    assert found["primary"]["m"] == "-4"
    assert {warning["code"] for warning in found["warnings"]} == {"negative_cost"}
    assert [warning["message"].partition(":")[0] for warning in found["warnings"]] == [
        "primary.m",
        "overheads[0].amounts.f (Erlös)",
        "overheads[1].total (Storno)",
    ]


NORMAL = {"m": "8%", "f": "1/3", "vw": "10%", "vt": "0.06"}


@pytest.mark.parametrize(
    ("basis", "vw"),
    [
        ("actual", "185"),  # 10 % of 500 + 50 + 1000 + 300
        ("normal", "562/3"),  # 10 % of 500 + 40 + 1000 + 333 1/3
    ],
)
def test_normal_rates_on_actual_or_normal_manufacturing_cost(basis: str, vw: str) -> None:
    found = result(sheet(normal_rates=NORMAL, normal_basis=basis))["coverage"]
    assert found["m"] == {"normal": "40", "actual": "50", "difference": "-10"}
    assert found["f"] == {"normal": "1000/3", "actual": "300", "difference": "100/3"}
    assert found["vw"]["normal"] == vw


def test_the_basis_is_the_actual_one_unless_told() -> None:
    assert result(sheet(normal_rates=NORMAL)) == result(sheet(normal_rates=NORMAL, normal_basis="actual"))


def test_the_total_covers_the_centres_that_have_normal_rates() -> None:
    found = result(sheet(normal_rates={"m": "12%"}))["coverage"]
    assert found == {name: {"normal": "60", "actual": "50", "difference": "10"} for name in ("m", "total")}


def test_a_normal_rate_per_hour_is_money() -> None:
    bases = {**sheet()["bases"], "f": {"kind": "machine_hours", "hours": "8"}}
    assert result(sheet(bases=bases, normal_rates={"f": "40"}))["coverage"]["f"]["normal"] == "320"


def test_the_actual_rates_stay_the_actual_ones() -> None:
    assert result(sheet(normal_rates=NORMAL))["rates"] == result(sheet())["rates"]


def test_the_sheet_as_a_table_to_read() -> None:
    lines = list(bab_lines(computed({**MODEL, "normal_rates": {"mat": "10%"}}), MESSAGES, Language.DE))
    assert lines[0] == "1000 EUR"
    assert "Fertigung II                 42           53        200  26,50\u00a0%" in lines
    assert "Herstellkosten der Erzeugung: 983" in lines
    assert "✓ Hauptkostenstellen tragen alle Gemeinkosten: 237 = 237" in lines
    assert any(line.startswith("Material") and line.endswith("-10,50") for line in lines)
