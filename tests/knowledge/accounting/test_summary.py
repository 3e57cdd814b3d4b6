"""The gist of a sheet, and the sheet itself, survive being kept as JSON."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.accounting.bab import compute
from knowledge.accounting.json_sheet import read_sheet
from knowledge.accounting.json_written import sheet_as_json
from knowledge.accounting.sheet import (
    Allocation,
    Base,
    BaseKind,
    CentreRole,
    CostCentre,
    CostType,
    Method,
    NormalBasis,
    Sheet,
)
from knowledge.accounting.summary import LONGEST_RATE, summarise, summary_as_json, summary_from_json
from tests.knowledge.accounting.drawn_fractions import fractions
from tests.knowledge.accounting.sheets import MODEL

numbers = fractions(0, 10**6, 1000)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Sheets with everything in them."""
    makers = tuple(
        CostCentre(f"c{place}", f"Stelle {place}", role)
        for place, role in enumerate([CentreRole.MATERIAL, CentreRole.PRODUCTION, CentreRole.SALES])
    )
    givers = tuple(CostCentre(f"g{place}", f"g{place}", CentreRole.GENERAL) for place in range(draw(st.integers(0, 3))))
    rows = []
    for place in range(draw(st.integers(0, 4))):
        amounts = {centre.id: draw(numbers) for centre in (*makers, *givers)}
        rows.append(CostType(f"Art {place}", sum(amounts.values(), Fraction(0)), amounts))
    key = CostType("Miete", draw(numbers), key={"c0": Fraction(1, 3), "c1": Fraction(2, 3)}, key_unit="m²")
    hours = draw(st.booleans())
    return Sheet(
        centres=(*givers, *makers),
        cost_types=(*rows, key),
        primary={"c1": draw(numbers)},
        method=draw(st.sampled_from(Method)),
        allocations=tuple(Allocation(giver.id, {"c0": Fraction(1), "c1": draw(numbers)}, "m²") for giver in givers),
        bases={
            "c0": Base(BaseKind.DIRECT_MATERIAL, draw(numbers) + 1),
            "c1": Base(BaseKind.MACHINE_HOURS, Fraction(175), draw(numbers))
            if hours
            else Base(BaseKind.WAGES, draw(numbers) + 1),
            "c2": Base(draw(st.sampled_from([BaseKind.MANUFACTURING_COST_OF_SALES,
                                             BaseKind.MANUFACTURING_COST_OF_PRODUCTION]))),
        },
        special_direct_costs_production=draw(numbers),
        stock_increase=Fraction(0),
        stock_decrease=draw(numbers),
        normal_rates={"c0": Fraction(1, 7)} if draw(st.booleans()) else {},
        normal_basis=draw(st.sampled_from(NormalBasis)),
        currency="EUR",
        unit="1000",
        period="2026-05",
    )  # fmt: skip


@given(sheets())
def test_a_sheet_read_again_is_the_same(sheet: Sheet) -> None:
    assert read_sheet(json.loads(json.dumps(sheet_as_json(sheet)))) == sheet


@given(sheets())
def test_a_summary_read_again_is_the_same(sheet: Sheet) -> None:
    summary = summarise(compute(sheet))
    assert summary_from_json(json.loads(json.dumps(summary_as_json(summary)))) == summary


def test_the_model_calculation_at_a_glance() -> None:
    summary = summarise(compute(read_sheet(MODEL)))
    assert [round(rate.exact * 100, 2) for rate in summary.rates if rate.exact] == [
        Fraction(42), Fraction("26.5"), Fraction(12), Fraction("8.04"),
    ]  # fmt: skip
    assert summary.cost_of_production == 983
    assert summary.holds


def test_a_rate_that_would_fill_a_page_is_rounded_to_twenty_places() -> None:
    sheet = read_sheet(MODEL)
    endless = Fraction(10**120 + 1, 3 * 10**119 + 7)
    bases = {**sheet.bases, "mat": Base(BaseKind.DIRECT_MATERIAL, endless)}
    (rate,) = [rate for rate in summarise(compute(replace(sheet, bases=bases))).rates if rate.centre == "mat"]
    assert rate.exact.denominator <= 10**20
    assert abs(rate.exact - 63 / endless) < Fraction(1, 10**20)
    assert LONGEST_RATE == 100


@pytest.mark.parametrize("name", ["overheads", "allocations", "bases", "stock", "normal_rates"])
def test_what_is_empty_is_left_out(name: str) -> None:
    sheet = Sheet(centres=(CostCentre("a", "a", CentreRole.OTHER),))
    assert name not in sheet_as_json(sheet)
