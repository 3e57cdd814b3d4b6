"""BABs of every kind, for the workbook and the picture."""

from typing import Any

from tests.knowledge.accounting.sheets import MODEL, centres

Json = dict[str, Any]

ROLES: dict[str, str] = {
    "Strom": "auxiliary",
    "Reparatur": "auxiliary",
    "Material": "material",
    "Dreherei": "production",
    "Montage": "production",
    "Verwaltung": "administration",
    "Vertrieb": "sales",
}
ROWS: list[Json] = [
    {"name": "Löhne", "amounts": dict(zip(ROLES, ("100", "60", "40", "300.5", "250", "90", "70"), strict=True))},
    {"name": "Miete", "total": "1000", "key": {"Strom": "1", "Material": "2", "Dreherei": "4"}, "key_unit": "m²"},
    {"name": "Zinsen", "total": "333.33", "key": {"Montage": "1/3", "Vertrieb": "2/3"}},
]
FLOWS: list[Json] = [
    {"from": "Strom", "unit": "kWh", "to": {"Strom": "10", "Reparatur": "30", "Dreherei": "50", "Montage": "20.5"}},
    {"from": "Reparatur", "to": {"Strom": "5", "Material": "7", "Dreherei": "11", "Verwaltung": "2"}, "output": "30"},
]
BASES: Json = {
    "Material": {"kind": "direct_material", "amount": "5250.25"},
    "Dreherei": {"kind": "machine_hours", "hours": "175.5", "direct_costs": "1575"},
    "Montage": {"kind": "labour_hours", "hours": "80", "direct_costs": "900"},
    "Verwaltung": {"kind": "manufacturing_cost_of_production"},
    "Vertrieb": {"kind": "manufacturing_cost_of_sales"},
}


def sheet(**changes: Any) -> Json:
    """All that a sheet can have, with these fields otherwise."""
    whole: Json = {
        "currency": "EUR",
        "period": "2024-05",
        "cost_centres": centres(**ROLES),
        "overheads": ROWS,
        "allocations": FLOWS,
        "bases": BASES,
        "special_direct_costs_production": "198.5",
        "stock": {"increase": "100", "decrease": "25.75"},
    }
    return whole | changes


NORMAL: Json = {
    "Material": "5%",
    "Dreherei": "9.5",
    "Montage": "11",
    "Verwaltung": "2.5%",
    "Vertrieb": "33 1/3%",
}

SHEETS: dict[str, Json] = {
    "the model calculation": MODEL,
    "step-down": sheet(),
    "direct": sheet(method="direct"),
    "simultaneous": sheet(method="simultaneous"),
    "normal rates on actual cost": sheet(normal_rates=NORMAL),
    "normal rates on normal cost": sheet(normal_rates=NORMAL, normal_basis="normal"),
    "without cost types": sheet(overheads=[], primary=dict.fromkeys(ROLES, "70")),
    "with both": sheet(primary={"Material": "12.5"}),
    "not allocated": sheet(allocations=[], overheads=ROWS[:1]),
    "all goes outside": {
        "cost_centres": centres(Strom="general", Material="material"),
        "overheads": [{"name": "Löhne", "amounts": {"Strom": "7", "Material": "3"}}],
        "allocations": [{"from": "Strom", "to": {}}],
    },
    "a given base": sheet(bases={"Vertrieb": {"kind": "given", "amount": "6228"}}),
    "a base with other direct costs": sheet(
        bases={
            **BASES,
            "Material": {"kind": "given", "amount": "4000", "direct_costs": "5250"},
            "Montage": {"kind": "wages", "amount": "900"},
        }
    ),
    "negative costs": sheet(overheads=[{"name": "Gutschrift", "amounts": {"Strom": "-7", "Material": "3"}}]),
    "a large unit": {**MODEL, "unit": "1000000", "currency": "CHF"},
}
