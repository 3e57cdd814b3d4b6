"""The model calculation as controllers lay it out: one sheet in every layout."""

import io

import xlsxwriter
from openpyxl import Workbook

from tests.bot.sheets.books import MODEL, csv_file, table, workbook


def with_account_numbers() -> bytes:
    """Lines above with the unit, account numbers, empty rows, the total at the end, remarks beside it."""
    return workbook("""
Müller Maschinenbau GmbH |
Betriebsabrechnungsbogen | Mai 2013
Angaben in TEUR          |

Konto | Kostenart       | Gebäude | Fuhrpark | Fertigung I | Fertigung II | Material | VwVt | Gesamt | Bemerkung
4110  | Hilfslöhne      | 10      | 5        | 15          | 20           | 12       | 63   | 125    | laut Lohnliste
4120  | Gehälter        | 10      | 2        | 2           | 2            | 2        | 2    | 20     |
4130  | Sozialleistungen| 4       | 8        | 7           | 8            | 2        | 1    | 30     | 24 % auf alles

4200  | Instandhaltung  | 4       | 8        | 10          | 12           | 24       | 4    | 62     |

      | Summe primäre Gemeinkosten | 28 | 23 | 34         | 42           | 40       | 70   | 237    |
      | Umlage Gebäude  | -28     | 4        | 8           | 6            | 8        | 2    |        | nach m²
      | Umlage Fuhrpark |         | -27      | 0           | 5            | 15       | 7    |        |
      | Gemeinkosten nach Umlage | 0 | 0     | 42          | 53           | 63       | 79   | 237    |
      | Zuschlagsbasis  |         |          | 100         | 200          | 525      | 983  |        |
      | Zuschlag in %   |         |          | 42          | 26.5         | 12       | 8.04 |        |
""")


def with_merged_heading() -> bytes:
    """Groups over the centres, merged; the label and the total over both rows."""

    def merge(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for cells in ("A1:H1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "H3:H4"):
            sheet.merge_cells(cells)

    text = """
Betriebsabrechnungsbogen (in 1.000 €)

Kostenarten | Summe | Hilfskostenstellen |          | Fertigung |    | Material | VwVt
            |       | Gebäude            | Fuhrpark | I         | II |          |
""" + "\n".join(MODEL.strip().splitlines()[1:])
    return workbook(text, change=merge)


def with_direct_costs_above() -> bytes:
    """Direct costs as the first rows, only in the total; production wages by centre."""
    return workbook("""
Kosten in T€      | Summe | Gebäude | Fuhrpark | Fertigung I | Fertigung II | Material | VwVt
Einzelkosten:     |
Fertigungsmaterial| 525   |
Fertigungslöhne   | 300   |         |          | 100         | 200          |          |
Gemeinkosten:     |
Hilfslöhne        | 125   | 10      | 5        | 15          | 20           | 12       | 63
Gehälter          | 20    | 10      | 2        | 2           | 2            | 2        | 2
Zwischensumme Personal | 145 | 20    | 7        | 17          | 22           | 14       | 65
Sozialleistungen  | 30    | 4       | 8        | 7           | 8            | 2        | 1
Instandhaltung    | 62    | 4       | 8        | 10          | 12           | 24       | 4
Zwischensumme Sachkosten | 92 | 8    | 16       | 17          | 20           | 26       | 5
Summe Gemeinkosten| 237   | 28      | 23       | 34          | 42           | 40       | 70
Umlage Gebäude    |       | -28     | 4        | 8           | 6            | 8        | 2
Umlage Fuhrpark   |       |         | -27      |             | 5            | 15       | 7
Summe             |       |         |          | 42          | 53           | 63       | 79
Herstellkosten der Erzeugung |  983 |
Zuschlagssätze    |       |         |          | 42 %        | 26,5 %       | 12 %     | 8,04 %
""")


def on_another_sheet() -> bytes:
    """A cover, a hidden draft with other figures, then the sheet, not at A1."""

    def rearrange(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.insert_rows(1, 4)
        sheet.insert_cols(1, 2)
        cover = book.create_sheet("Deckblatt", 0)
        cover["B2"] = "Kostenrechnung"
        draft = book.create_sheet("Entwurf", 1)
        for row in table("Kostenart | Summe | Material | Fertigung\nLöhne | 9 | 4 | 5"):
            draft.append(row)
        draft.sheet_state = "hidden"

    return workbook(MODEL, change=rearrange)


def with_live_formulas() -> bytes:
    """As Excel saves it: sums, allocations and bases are formulas with their results."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("BAB")
        for row, cells in enumerate(table(MODEL)):
            for column, value in enumerate(cells):
                if not value.lstrip("-").replace(".", "").isdigit():
                    sheet.write_string(row, column, value)
                elif row in (6, 7, 8, 9) or column == 1:
                    sheet.write_formula(row, column, "=1*1", None, float(value))
                else:
                    sheet.write_number(row, column, float(value))
    return file.getvalue()


GERMAN_CSV = """
Kostenart;Summe [TEUR];Gebäude;Fuhrpark;Fertigung I;Fertigung II;Material;VwVt
"Hilfslöhne
(laut Liste)";125,0;10,0;5,0;15,0;20,0;12,0;63,0
Gehälter;20,0;10,0;2,0;2,0;2,0;2,0;2,0
"Sozial;leistungen";30,0;4,0;8,0;7,0;8,0;2,0;1,0
Instandhaltung;62,0;4,0;8,0;10,0;12,0;24,0;4,0
Umlage Gebäude;;-28,0;4,0;8,0;6,0;8,0;2,0
Umlage Fuhrpark;;;−27,0;—;5,0;15,0;7,0
Zuschlagsgrundlage;;;;"100,0";200,0;525,0;HKE
""".strip()

LAYOUTS = {
    "as in the contract": (workbook(MODEL), "bab.xlsx"),
    "with account numbers": (with_account_numbers(), "bab.xlsx"),
    "with a merged heading": (with_merged_heading(), "bab.xlsx"),
    "with direct costs above": (with_direct_costs_above(), "bab.xlsx"),
    "on another sheet": (on_another_sheet(), "bab.xlsx"),
    "with live formulas": (with_live_formulas(), "bab.xlsx"),
    "all numbers as text": (workbook(MODEL.replace(" 53 ", " 53,0 "), as_text=["C2", "D2", "E2"]), "bab.xlsx"),
    "CSV of a German Excel": (GERMAN_CSV.encode("cp1252", "replace").replace(b"\x3f27,0", b"-27,0"), "bab.csv"),
    "CSV in UTF-8 with BOM": (GERMAN_CSV.encode("utf-8-sig"), "bab.csv"),
    "CSV in UTF-16 with tabs": (csv_file(MODEL, "\t", "utf-16"), "bab.csv"),
    "CSV with commas": (csv_file(MODEL, ","), "bab.csv"),
    "CSV that says its mark": (b"sep=;\r\n" + csv_file(MODEL), "bab.csv"),
    "CSV called .txt": (csv_file(MODEL), "export.txt"),
}
