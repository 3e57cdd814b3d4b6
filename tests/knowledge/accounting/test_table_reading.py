"""What a table says, before any file: headings, names, rows, and laws that hold for every table."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.accounting.checks import Check
from knowledge.accounting.faults import AccountingError, Fault, WrongFields
from knowledge.accounting.grid import Cell, Grid, cell_name
from knowledge.accounting.sheet import BaseKind, CentreRole
from knowledge.accounting.table_heading import find_heading
from knowledge.accounting.table_names import role_of
from knowledge.accounting.table_reading import TableSheet, read_tables
from knowledge.accounting.table_rows import RowKind, allocated_name, base_kind, kind_of

Value = str | int


def grid(*rows: list[Value]) -> Grid:
    """Numbers as numbers, texts as texts, nothing as an empty cell."""
    cells = {
        (row, column): Cell(row, column, value if isinstance(value, str) else Fraction(value))
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != ""
    }
    return Grid("BAB", cells)


def read(*rows: list[Value]) -> TableSheet:
    return read_tables([grid(*rows)], "bab.xlsx")


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A1"), (25, "Z1"), (26, "AA1"), (51, "AZ1"), (701, "ZZ1"), (702, "AAA1")]
)
def test_cells_have_the_names_that_spreadsheets_give_them(column: int, name: str) -> None:
    assert cell_name(0, column) == name


@pytest.mark.parametrize(
    ("names", "role"),
    [
        ("Material · Materialstelle · Materialwirtschaft · Einkauf · Lager · Purchasing · Stores", CentreRole.MATERIAL),
        (
            "Fertigung · Fertigung II · Fert. I · F 1 · Dreherei · Schlosserei · Montage · Machining",
            CentreRole.PRODUCTION,
        ),
        ("Verwaltung · Verw. · Allgemeine Verwaltung · Administration · Rechnungswesen", CentreRole.ADMINISTRATION),
        ("Vertrieb · Verkauf · Vertr. · Versand · Sales · Distribution", CentreRole.SALES),
        (
            "VwVt · VV · V & V · Verwaltung und Vertrieb · Verw./Vertr. · Administration & Sales",
            CentreRole.ADMINISTRATION_SALES,
        ),
        (
            "Gebäude · Fuhrpark · Kantine · Energie · Allg. Kostenstelle · Gebäudeverwaltung · Building · Canteen",
            CentreRole.GENERAL,
        ),
        (
            "Reparatur · Instandhaltung · Fertigungshilfsstelle · Arbeitsvorbereitung · Werkzeugbau · Maintenance",
            CentreRole.AUXILIARY,
        ),
        ("F&E · Forschung und Entwicklung · R&D", CentreRole.OTHER),
        ("Halle 7 · Bereich Nord · Müller · 4711", None),
    ],
)
def test_usual_names_tell_the_role(names: str, role: CentreRole | None) -> None:
    assert {name: role_of(name) for name in names.split(" · ")} == dict.fromkeys(names.split(" · "), role)


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (
            "Hilfslöhne · Überstunden · Gemeinkostenlöhne · Gemeinkostenmaterial · Probenmaterial · Rates",
            RowKind.COST,
        ),
        (
            "Summe · Summe Gemeinkosten · Zwischensumme · Gesamtkosten · Gemeinkosten · Total · Σ",
            RowKind.SUM,
        ),
        ("Umlage Gebäude (m²) · Uml. Kantine · Umlage · Verteilung Fuhrpark · Allocation canteen", RowKind.ALLOCATION),
        ("Zuschlagsgrundlage · Zuschlagsbasis · Bezugsgröße · Overhead base", RowKind.BASE),
        ("Einzelkosten · Fertigungsmaterial · Fertigungslöhne · MEK · Direct costs", RowKind.DIRECT),
        (
            "Zuschlagssatz · Zuschlag in % · Ist-Zuschlagssätze · Stundensatz · Overhead rate · Selbstkosten",
            RowKind.LEFT_OUT,
        ),
        ("Normalzuschlagssatz · Normal-Zuschlagssätze · Normal overhead rate", RowKind.NORMAL_RATE),
        ("SEKF · Sondereinzelkosten der Fertigung · Special direct costs of production", RowKind.SPECIAL),
        (
            "Mehrbestand · + Bestandsmehrung · Bestandsveränderung (Mehrbestand) · Increase in stock",
            RowKind.STOCK_INCREASE,
        ),
        ("Minderbestand an FE · Bestandsminderung · Decrease in inventory", RowKind.STOCK_DECREASE),
        ("Bestandsveränderung · Mehr- oder Minderbestand · Change in stock", RowKind.STOCK_UNCLEAR),
        ("Herstellkosten der Erzeugung · = HKE · Manufacturing cost of production", RowKind.COST_OF_PRODUCTION),
        ("Herstellkosten des Umsatzes · HKU · Manufacturing cost of sales", RowKind.COST_OF_SALES),
        ("Maschinenstunden · Fertigungsstunden · Machine hours", RowKind.HOURS),
    ],
)
def test_labels_tell_the_kind_of_row(labels: str, kind: RowKind) -> None:
    assert {label: kind_of(label) for label in labels.split(" · ")} == dict.fromkeys(labels.split(" · "), kind)


def test_an_allocation_names_its_centre() -> None:
    assert allocated_name("Umlage der Kantine (Köpfe)") == "kantine"
    assert allocated_name("./. Umlage Kostenstelle Fuhrpark") == "fuhrpark"
    assert allocated_name("Umlage") == ""


def test_words_beside_a_number_name_the_base() -> None:
    assert base_kind("h", "Maschinenstunden") is BaseKind.MACHINE_HOURS
    assert base_kind("h", "Fertigungsstunden") is BaseKind.LABOUR_HOURS
    assert base_kind("Löhne") is BaseKind.WAGES
    assert base_kind("HK des Umsatzes") is BaseKind.MANUFACTURING_COST_OF_SALES
    assert base_kind("Stück") is None


def test_the_heading_is_found_below_other_lines_and_says_its_unit() -> None:
    heading = find_heading(
        grid(
            ["BAB", "Müller GmbH"],
            ["Zeitraum: Mai 2013"],
            ["Beträge in 1.000 CHF"],
            ["Nr.", "Kostenart", "Material", "Fertigung", "Summe", "Bemerkung"],
            [1, "Löhne", 5, 7, 12, "x"],
        )
    )
    assert heading is not None
    assert (heading.place, heading.labels, heading.total, heading.period) == ("B4", 1, 4, "Mai 2013")
    assert heading.unit == (3, "CHF")
    assert [centre.name for centre in heading.centres] == ["Material", "Fertigung"]


def test_a_letter_or_a_numeral_takes_the_name_of_its_group() -> None:
    sheet = read(
        ["Kostenart", "Summe", "Material", "Fertigung", ""],
        ["", "", "", "I", "II"],
        ["Löhne", 6, 1, 2, 3],
    ).sheet
    assert [centre.id for centre in sheet.centres] == ["Material", "Fertigung I", "Fertigung II"]


def test_a_heading_without_a_name_for_the_total_is_understood_by_its_place() -> None:
    sheet = read(["Kostenart", "Zahlen 2013", "Material", "Fertigung"], ["Löhne", 12, 5, 7]).sheet
    assert sheet.cost_types[0].total == 12


def test_every_number_knows_its_cell() -> None:
    places = read(
        ["Kostenart", "Summe", "Kantine", "Material", "Fertigung"],
        ["Löhne", 12, 2, 5, 5],
        ["Umlage Kantine", "", -2, 1, 1],
        ["Einzelkosten", "", "", 9, 9],
    ).sheet.places
    assert places["overheads[0].amounts.Material"] == "D2"
    assert places["allocations[0].to.Fertigung"] == "E3"
    assert places["bases.Material.amount"] == "D4"


_TOKENS = st.sampled_from(
    ["", "Summe", "Material", "Umlage Kantine", "Zuschlagsgrundlage", "Einzelkosten", "-", "5 %", "1.234", "12 TEUR"]
)
_VALUES = st.one_of(_TOKENS, st.integers(-5, 20))


@given(st.lists(st.lists(_VALUES, min_size=5, max_size=5), max_size=6))
def test_any_table_is_read_or_refused_with_places(rows: list[list[Value]]) -> None:
    head: list[Value] = ["Kostenart", "Summe", "Kantine", "Material", "Fertigung"]
    refused: tuple[Fault, ...] = ()
    checks: tuple[Check, ...] = ()
    try:
        checks = read(head, *rows).compute().checks
    except AccountingError as error:
        refused = error.faults
    assert not (refused and checks)
    assert all(fault.place for fault in refused)
    assert all(check.holds for check in checks)


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), min_size=1, max_size=8))
def test_sums_change_nothing_and_a_wrong_one_is_found(rows: list[list[int]]) -> None:
    head: list[Value] = ["Kostenart", "Summe", "Material", "Fertigung", "VwVt"]
    costs: list[list[Value]] = [[f"Art {place}", sum(row), *row] for place, row in enumerate(rows)]
    columns = [sum(column) for column in zip(*rows, strict=True)]
    if not any(columns):
        return
    sums: list[Value] = ["Summe", sum(columns), *columns]
    assert read(head, *costs, sums).sheet.cost_types == read(head, *costs).sheet.cost_types
    wrong: list[Value] = ["Summe", sum(columns), columns[0] + 1, *columns[1:]]
    with pytest.raises(WrongFields) as caught:
        read(head, *costs, wrong)
    assert [fault.place for fault in caught.value.faults] == [f"C{len(rows) + 2}"]


@pytest.mark.parametrize(
    ("above", "period"),
    [
        (["BAB Mai 2013"], "Mai 2013"),
        (["Betriebsabrechnungsbogen 2. Quartal 2026"], "2. Quartal 2026"),
        (["BAB", "März 2026"], "März 2026"),
        (["Müller GmbH – BAB Januar bis März 2026 in EUR"], "Januar bis März 2026"),
        (["Betriebsabrechnung 2025"], "2025"),
        (["BAB 05/2026"], "05/2026"),
        (["Cost allocation sheet Q2 2026"], "Q2 2026"),
        (["BAB, Stand 31.05.2026"], ""),
        (["Müller GmbH, gegründet 1987"], ""),
        (["BAB Halle 3"], ""),
    ],
)
def test_the_period_is_read_in_the_title_too(above: list[str | int], period: str) -> None:
    heading = find_heading(grid(above, ["Kostenart", "Summe", "Material", "Fertigung"], ["Löhne", 12, 5, 7]))
    assert heading is not None
    assert heading.period == period
