"""'So gerechnet': the lines of a BAB, with the numbers in them."""

from knowledge.accounting.bab_working import working
from knowledge.accounting.working import Figure, Kind, machine_written
from knowledge.language.languages import Language
from tests.knowledge.accounting.sheets import MESSAGES, MODEL, Json, centres, computed


def lines(sheet: Json) -> list[str]:
    """As a chat could show them."""
    return [
        f"{MESSAGES.text(step.label, Language.DE, **step.params)}: {step.formula()} = {machine_written(step.result)}"
        for step in working(computed(sheet))
    ]


def test_the_model_calculation_line_by_line() -> None:
    said = lines({**MODEL, "normal_rates": {"mat": "10%"}})
    assert "Gebäude: primäre Gemeinkosten: 10 + 10 + 4 + 4 = 28" in said
    assert "Fuhrpark: umzulegende Kosten: 23 + 4 = 27" in said
    assert "Fuhrpark: Verrechnungspreis: 27 ÷ 27 = 1" in said
    assert "Umlage Fuhrpark an Material: 1 × 15 = 15" in said
    assert "Material: Gemeinkosten nach Umlage: 40 + 8 + 15 = 63" in said
    assert "Herstellkosten der Erzeugung: 100 + 42 + 200 + 53 + 525 + 63 = 983" in said
    assert "Verwaltung und Vertrieb: Zuschlagssatz: 79 ÷ 983 = 8.04%" in said
    assert "Material: verrechnete Gemeinkosten: 10.00% × 525 = 52.5" in said
    assert "Material: Über- oder Unterdeckung: 52.5 − 63 = -10.5" in said


def test_own_use_keys_hours_and_stock_have_their_lines() -> None:
    said = lines(
        {
            "cost_centres": centres(h="auxiliary", m="material", f="production"),
            "overheads": [{"name": "Miete", "total": "100", "key": {"h": "1", "m": "3"}}],
            "allocations": [{"from": "h", "to": {"h": "5", "f": "10"}}],
            "bases": {
                "m": {"kind": "direct_material", "amount": "300"},
                "f": {"kind": "machine_hours", "hours": "5", "direct_costs": "50"},
            },
            "stock": {"increase": "20", "decrease": "5"},
        }
    )
    assert "Miete: Anteil h: 100 × 1 ÷ 4 = 25" in said
    assert "h: Verrechnungspreis: 25 ÷ (15 − 5) = 2.5" in said
    assert "f: Stundensatz: 25 ÷ 5 = 5" in said
    assert "Herstellkosten des Umsatzes: 450 − 20 + 5 = 435" in said


def test_each_figure_names_the_line_or_the_field_that_it_comes_from() -> None:
    steps = {step.id: step for step in working(computed(MODEL))}
    rate = steps["rates.vv"]
    assert rate.pattern == "{overheads} / {base}"
    assert {name: figure.source for name, figure in rate.operands.items()} == {
        "overheads": "after.vv",
        "base": "manufacturing_cost_of_production",
    }
    for step in steps.values():
        for figure in step.operands.values():
            if figure.source in steps:
                assert steps[figure.source].result.value == figure.value


def test_who_shows_the_line_chooses_how_numbers_are_written() -> None:
    (step,) = [step for step in working(computed(MODEL)) if step.id == "rates.mat"]

    def write(figure: Figure) -> str:
        return f"{machine_written(figure)} {'EUR' if figure.kind is Kind.AMOUNT else ''}".strip()

    assert step.formula(write) == "63 EUR ÷ 525 EUR"
