"""Sheets as controllers lay them out: whatever the layout, the figures are the same."""

import io
from fractions import Fraction

import pytest
import xlsxwriter
from openpyxl import Workbook

from bot.sheets.reading import read_bab
from knowledge.accounting.sheet import BaseKind, CentreRole, Method
from tests.bot.sheets.books import MODEL_RATES, after, csv_file, rates, read, warnings, workbook
from tests.bot.sheets.layouts import LAYOUTS


@pytest.mark.parametrize(("content", "name"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_model_calculation_is_read_in_every_layout(content: bytes, name: str) -> None:
    bab = read(content, name)
    assert rates(bab) == MODEL_RATES
    assert bab.distribution.total == 237
    assert bab.allocated.after["Gebäude"] == bab.allocated.after["Fuhrpark"] == 0
    assert bab.manufacturing_cost is not None
    assert bab.manufacturing_cost.of_production == 983
    assert all(check.holds for check in bab.checks)
    assert warnings(bab) == []


def test_english_sheets_are_read() -> None:
    bab = read(
        csv_file(
            """
Overheads in GBP   | Total     | Canteen  | Machining | Assembly  | Stores   | Administration | Sales
Indirect wages     | 12,000.50 | 1,000.50 | 4,000.00  | 3,000.00  | 1,000.00 | 2,000.00       | 1,000.00
Rent and rates     | 6,000     | 1,000    | 2,000     | 1,000     | 1,000    | 500            | 500
Total overheads    | 18,000.50 | 2,000.50 | 6,000     | 4,000     | 2,000    | 2,500          | 1,500
Allocation of canteen |        | (2,000.50) | 1,000.50 | 500      | 250      | 250            | -
Overhead base      |           |          | 200 machine hours | 9,000 | 45,000 |               |
Overhead rate      |
""",
            "\t",
        ),
        "overheads.csv",
    )
    assert rates(bab)["Machining"] == str(Fraction("7000.5") / 200)
    assert rates(bab)["Stores"] == "1/20"
    assert bab.sheet.currency == "GBP"
    assert bab.sheet.bases["Sales"].kind is BaseKind.MANUFACTURING_COST_OF_PRODUCTION
    assert bab.rates[0].per is BaseKind.MACHINE_HOURS


def test_swiss_sheets_are_read() -> None:
    bab = read(
        csv_file(
            """
Kostenart          | Total CHF  | Liegenschaft | Material | Fertigung  | Verwaltung & Vertrieb
Löhne              | 1'250'000.-| 50'000.-     | 100'000.-| 900'000.-  | 200'000.-
Übriger Aufwand    | 84'500.50  | 4'500.50     | 10'000.- | 50'000.-   | 20'000.-
Umlage Liegenschaft|            | -54'500.50   | 4'500.50 | 30'000.-   | 20'000.-
Einzelkosten       |            |              | 2'290'010.- | 980'000 |
""",
            ";",
            "cp1252",
        ),
        "bab.csv",
    )
    assert rates(bab)["Fertigung"] == "1"
    assert bab.sheet.currency == "CHF"
    assert after(bab)["Verwaltung & Vertrieb"] == 240_000


def test_a_single_step_sheet_with_a_row_that_nobody_named() -> None:
    bab = read(
        workbook("""
Kostenart     | Summe  | Material | Fertigung | Verwaltung | Vertrieb
Gemeinkosten  | 398000 | 84200    | 108500    | 168500     | 36800
              | 16000  |          | 4000      | 12000      |
Einzelkosten  |        | 360000   | 450000    |            |
""")
    )
    assert bab.sheet.cost_types[0].name == "(A3)"
    assert bab.manufacturing_cost is not None
    assert bab.manufacturing_cost.of_production == 1_006_700
    assert rates(bab)["Verwaltung"] == str(Fraction(180_500, 1_006_700))


def test_hours_direct_costs_special_direct_costs_and_stock() -> None:
    bab = read(
        workbook("""
Kostenart                    | Summe | Material | Dreherei | Montage | Verwaltung | Vertrieb
Gehälter                     | 1000  | 100      | 350      | 250     | 200        | 100
Zuschlagsgrundlage           |       | 500      | 175 h    | 40 Arbeitsstunden | HKU | Herstellkosten des Umsatzes
Einzelkosten                 |       | 500      | 700      | 300     |            |
SEKF                         | 50    |
Mehrbestand an Fertigerzeugnissen | 70 |
Minderbestand unfertige      | 20    |
""")
    )
    production = 500 + 100 + 700 + 350 + 300 + 250 + 50
    assert bab.manufacturing_cost is not None
    assert bab.manufacturing_cost.of_production == production
    assert bab.manufacturing_cost.of_sales == production - 70 + 20
    assert rates(bab) == {
        "Material": "1/5",
        "Dreherei": "2",
        "Montage": "25/4",
        "Verwaltung": str(Fraction(200, production - 50)),
        "Vertrieb": str(Fraction(100, production - 50)),
    }
    assert bab.sheet.bases["Montage"].kind is BaseKind.LABOUR_HOURS


def test_a_key_distributes_what_has_no_amounts() -> None:
    bab = read(
        workbook("""
Kostenart | Summe | Verteilungsschlüssel | Material | Fertigung | Verwaltung | Vertrieb
Löhne     | 100   | Lohnliste            | 10       | 60        | 20         | 10
Miete     | 10000 | 3:7:1:1              |          |           |            |
Strom     | 500   | 0,5 : 2,5 : - : 1    | -        |           |            |
""")
    )
    assert [str(amount) for amount in bab.distribution.rows[1].amounts.values()] == [
        "2500",
        "17500/3",
        "2500/3",
        "2500/3",
    ]
    assert bab.distribution.rows[2].amounts["Verwaltung"] == 0
    assert bab.distribution.total == 10_600


def test_quantities_beside_an_empty_cell_of_the_giver_are_reference_quantities() -> None:
    bab = read(
        workbook("""
Kostenart       | Summe | Kantine | Material | Fertigung | VwVt
Löhne           | 600   | 120     | 100      | 300       | 80
Umlage Kantine (Köpfe) |  |       | 5        | 10        | 9
Summe           | 600   |         | 125      | 350       | 125
""")
    )
    assert after(bab)["VwVt"] == 125
    assert bab.sheet.allocations[0].unit == "Köpfe"
    assert warnings(bab) == ["A3: als Bezugsmengen gelesen: 24 zusammen, Kantine trägt 120"]


def test_flows_back_to_a_closed_centre_are_the_simultaneous_method() -> None:
    bab = read(
        workbook("""
Kostenart    | Summe | Strom | Reparatur | Fertigung | Vertrieb
Löhne        | 380   | 100   | 60        | 120       | 100
Umlage Strom |       | -110  | 20        | 60        | 30
Umlage Reparatur |   | 10    | -80       | 50        | 20
Summe        | 380   | 0     | 0         | 230       | 150
""")
    )
    assert bab.sheet.method is Method.SIMULTANEOUS
    assert after(bab) == {"Strom": 0, "Reparatur": 0, "Fertigung": 230, "Vertrieb": 150}
    assert warnings(bab) == []


def test_any_column_with_an_allocation_is_an_auxiliary_centre() -> None:
    bab = read(
        workbook("""
Kostenart     | Summe | Halle 7 | Material | Fertigung | VwVt
Löhne         | 60    | 12      | 10       | 30        | 8
Umlage Halle 7|       | -12     | 2        | 6         | 4
""")
    )
    assert bab.sheet.by_id["Halle 7"].role is CentreRole.AUXILIARY


def test_unusual_names_can_be_told() -> None:
    content = workbook("Kostenart | Summe | Halle 7 | Vertrieb\nLöhne | 60 | 40 | 20\nEinzelkosten | | 80 |")
    sheet = read_bab(content, "bab.xlsx", {"Halle 7": CentreRole.PRODUCTION})
    assert rates(sheet.compute())["Halle 7"] == "1/2"


def test_overheads_without_cost_types_are_primary_overheads() -> None:
    bab = read(
        workbook("""
Kostenart          | Summe | Material | Fertigung
Summe Gemeinkosten | 95    | 63       | 32
Einzelkosten       |       | 525      | 64
""")
    )
    assert bab.sheet.primary == {"Material": 63, "Fertigung": 32}
    assert rates(bab) == {"Material": "3/25", "Fertigung": "1/2"}


def test_units_behind_numbers_are_the_unit_of_the_sheet() -> None:
    bab = read(csv_file("Kostenart|Summe|Material|Fertigung\nLöhne|12 TEUR|5 TEUR|7 TEUR\nMiete|3|1|2"), "bab.csv")
    assert (bab.sheet.unit, bab.sheet.currency, bab.distribution.total) == ("1000", "EUR", Fraction(15))


def test_a_multiplier_among_plain_euros_is_put_in() -> None:
    bab = read(csv_file("Kostenart (EUR)|Summe|Material|Fertigung\nLöhne|12 TEUR|5000|7 T€"), "bab.csv")
    assert (bab.sheet.unit, bab.distribution.primary["Fertigung"]) == ("", Fraction(7000))


def test_formats_of_cells_are_units_too() -> None:
    def formats(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["B2"].number_format = '#,##0.00 "CHF"'
        sheet["D3"].number_format = '#,##0 "h"'

    bab = read(
        workbook(
            "Kostenart|Summe|Material|Fertigung\nLöhne|12|5|7\nZuschlagsgrundlage||10|14",
            change=formats,
        )
    )
    assert bab.sheet.currency == "CHF"
    assert bab.sheet.bases["Fertigung"].kind is BaseKind.MACHINE_HOURS


def test_the_column_decides_what_one_number_leaves_open() -> None:
    bab = read(
        csv_file("Kostenart|Summe|Material|Fertigung\nLöhne|3234,50|1.234|2000,50\nMiete|12,50|2,50|10,00"), "bab.csv"
    )
    assert bab.distribution.primary["Material"] == Fraction("1236.5")
    assert warnings(bab) == ["C2: 1.234 ist als 1.234 gelesen, wie die übrigen Zahlen der Spalte"]


def test_results_of_formulas_are_the_fractions_that_they_stand_for() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kostenart", "Summe", "Material", "Fertigung", "Verwaltung"])
        sheet.write_row(1, 0, ["Miete", 10000])
        for column in (2, 3, 4):
            sheet.write_formula(1, column, "=$B2/3", None, 10000 / 3)
    bab = read(file.getvalue())
    assert set(bab.distribution.primary.values()) == {Fraction(10000, 3)}


def test_rows_that_nobody_knows_below_the_cost_types_are_named() -> None:
    bab = read(workbook("Kostenart|Summe|Material|Fertigung\nLöhne|12|5|7\nSumme|12|5|7\nMitarbeiter|9|4|5"))
    assert bab.distribution.total == 12
    assert warnings(bab) == ["A4: die Zeile Mitarbeiter bleibt außer Ansatz"]


def test_negative_costs_are_taken_and_named() -> None:
    bab = read(workbook("Kostenart|Summe|Material|Fertigung\nLöhne|12|5|7\nGutschrift|-3|-2|-1"))
    assert warnings(bab) == ["C3: negative Kosten: -2", "D3: negative Kosten: -1"]


def test_text_that_looks_like_a_formula_is_a_name() -> None:
    def name(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A2"].value = "=1+1"
        sheet["A2"].data_type = "s"

    bab = read(workbook("Kostenart|Summe|Material|Fertigung\nLöhne|12|5|7", change=name))
    assert bab.sheet.cost_types[0].name == "=1+1"


def test_normal_rates_give_the_coverage() -> None:
    bab = read(
        csv_file(
            """
Kostenart           | Summe | Material | Fertigung
Löhne               | 12,5  | 5,5      | 7
Einzelkosten        |       | 50       | 14
Ist-Zuschlagssatz   |       | 11 %     | 50 %
Normalzuschlagssatz |       | 12 %     | 45,5 %
"""
        ),
        "bab.csv",
    )
    assert bab.coverage is not None
    assert bab.coverage.centres["Material"].difference == Fraction("0.5")
    assert bab.coverage.total.difference == 6 + Fraction("6.37") - Fraction("12.5")
