"""Sheets that can't be right: every wrong cell is named, with what is expected, in one line."""

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from bot.sheets.reading import read_bab
from knowledge.accounting.table_reading import UnknownCentres
from tests.bot.sheets.books import csv_file, fault_line, workbook

HEAD = "Kostenart|Summe|Material|Fertigung|VwVt\n"
ROW = HEAD + "Löhne|12|5|7|0\n"
CANTEEN = "Kostenart|Summe|Kantine|Material|Fertigung\nLöhne|12|2|5|5\n"

WRONG = {
    "a word": (HEAD + "Löhne|12|5|sieben|0", "D2: erwartet ist ein Betrag wie 1.234,50, hier steht sieben"),
    "two numbers": (HEAD + "Löhne|12|5 7|7|0", "C2: erwartet ist ein Betrag wie 1.234,50, hier steht 5 7"),
    "an exponent": (HEAD + "Löhne|12|5e3|7|0", "C2: erwartet ist ein Betrag wie 1.234,50, hier steht 5e3"),
    "per cent": (HEAD + "Löhne|12|5 %|7|0", "C2: erwartet ist ein Betrag ohne Prozentzeichen, hier steht 5 %"),
    "two ways to read": (
        HEAD + "Löhne|1734|1.234|500|0",
        "C2: 1.234 kann 1,234 oder 1.234 heißen, die Spalte zeigt nicht welches; erwartet ist ein Betrag wie 1234,00",
    ),
    "too large": (HEAD + "Löhne|9999999999999|5|7|0", "B2: diese Zahl ist zu groß: 9999999999999"),
    "a row that does not add up": (
        HEAD + "Löhne|13|5|7|0",
        "B2: die Beträge ergeben 12, die Summe sagt 13 (Unterschied 1)",
    ),
    "a column that does not": (ROW + "Summe|12|5|8|0", "D3: die Summe ist 7, hier steht 8"),
    "a subtotal that does not": (ROW + "Miete|3|1|1|1\nZwischensumme|3|1|1|2", "B4: die Summe ist 15, hier steht 3"),
    "nothing distributed": (
        ROW + "Miete|1000|||",
        "A3: für 1.000 fehlen die Beträge je Kostenstelle oder ein Schlüssel",
    ),
    "a key with too few shares": (
        "Kostenart|Summe|Schlüssel|Material|Fertigung|VwVt\nMiete|1000|3:7|||",
        "C2: erwartet sind 3 Anteile wie 3:2:1, einer je Kostenstelle, hier steht 3:7",
    ),
    "a key in words": (
        "Kostenart|Summe|Schlüssel|Material|Fertigung|VwVt\nMiete|1000|m²|||",
        "C2: erwartet sind 3 Anteile wie 3:2:1, einer je Kostenstelle, hier steht m²",
    ),
    "the same row twice": (ROW + "Löhne|12|5|7|0", "A2: die Kostenart Löhne steht doppelt da"),
    "the same centre twice": (
        "Kostenart|Summe|Fertigung|Fertigung\nLöhne|12|5|7",
        "D1: die Kostenstelle Fertigung steht doppelt da",
    ),
    "amounts under no heading": (
        "Kostenart|Summe|Material||Fertigung\nLöhne|12|5|3|4",
        "D2: hier stehen Beträge in einer Spalte ohne Überschrift",
    ),
    "an unknown centre": (
        "Kostenart|Summe|Halle 7|Fertigung\nLöhne|12|5|7",
        "C1: die Art der Kostenstelle Halle 7 ist unbekannt; erwartet ist ein Name wie Material",
    ),
    "receivers get too much": (
        CANTEEN + "Umlage Kantine||-2|1|2",
        "C3: umgelegt werden 2, die Empfänger bekommen 3",
    ),
    "more is allocated than there is": (
        CANTEEN + "Umlage Kantine||-3|1|2",
        "C3: umgelegt werden 3, Kantine trägt aber 2",
    ),
    "a giver without a minus": (
        CANTEEN + "Umlage Kantine||2|1|1",
        "C3: Kantine gibt ab, erwartet ist ein Betrag mit Minus",
    ),
    "a receiver with a minus": (
        CANTEEN + "Umlage Kantine||-2|3|-1",
        "E3: nur Kantine gibt hier ab, erwartet ist ein Betrag ohne Minus",
    ),
    "nobody is allocated": (
        CANTEEN + "Umlage Fuhrpark||||1",
        "A3: welche Kostenstelle legt diese Zeile um (Umlage Fuhrpark)?",
    ),
    "a base under a giver": (
        CANTEEN + "Umlage Kantine||-2|1|1\nZuschlagsgrundlage||7|1|1",
        "C4: Kantine wird umgelegt und hat keine Zuschlagsgrundlage",
    ),
    "a negative base": (ROW + "Zuschlagsgrundlage||-50|70|", "C3: erwartet ist eine Zahl ab 0, hier steht -50"),
    "a base of nothing": (
        ROW + "Zuschlagsgrundlage||0|70|",
        "C3: die Zuschlagsgrundlage ist 0, die Kostenstelle trägt aber Kosten von 5",
    ),
    "a missing base": (
        ROW + "Zuschlagsgrundlage||50||",
        "D3: die Zuschlagsgrundlage von Fertigung fehlt, ohne sie gibt es keine Herstellkosten",
    ),
    "a base in pieces": (
        ROW + "Zuschlagsgrundlage||50 Stück|70|",
        "C3: erwartet ist eine Zuschlagsgrundlage wie 525, 175 h, Fertigungslöhne oder Herstellkosten, "
        "hier steht 50 Stück",
    ),
    "two bases": (
        ROW + "Zuschlagsgrundlage||50|70|\nBezugsgröße||51||",
        "C4: hier steht 51, in C3 aber 50 als Grundlage derselben Kostenstelle",
    ),
    "a change of stock without a direction": (
        ROW + "Zuschlagsgrundlage||50|70|\nBestandsveränderung|100",
        "A4: erwartet ist Mehrbestand oder Minderbestand, hier steht Bestandsveränderung",
    ),
    "a change of stock with a sign": (
        ROW + "Zuschlagsgrundlage||50|70|\nMehrbestand|-100",
        "B4: Mehr- oder Minderbestand sagt das Wort, nicht das Vorzeichen; hier steht -100",
    ),
    "special direct costs of what": (
        ROW + "Sondereinzelkosten|100",
        "A3: erwartet ist Sondereinzelkosten der Fertigung oder des Vertriebs",
    ),
    "a normal rate without per cent": (
        ROW + "Zuschlagsgrundlage||50|70|\nNormalzuschlagssatz||12|13|",
        "C4: erwartet ist ein Satz mit Prozentzeichen wie 12 %, hier steht 12",
    ),
    "two currencies": (
        HEAD + "Löhne|12 EUR|5 CHF|7 EUR|0",
        "C2: erwartet ist EUR wie im übrigen Blatt, hier steht 5 CHF",
    ),
    "euros among thousands": (
        "in TEUR|\nKostenart|Summe|Material|Fertigung\nLöhne|12|5 €|7",
        "C3: erwartet ist die Einheit des übrigen Blattes, hier steht 5 €",
    ),
    "two units above": (
        "in TEUR|\nKostenart|Summe in CHF|Material|Fertigung\nLöhne|12|5|7",
        "A1: hier steht eine zweite Einheit; erwartet ist eine für das ganze Blatt",
    ),
    "no table": ("Name|Alter\nAnna|3", "bab.csv: keine Tabelle mit Kostenstellen und Beträgen gefunden"),
}


@pytest.mark.parametrize(("text", "line"), WRONG.values(), ids=WRONG)
def test_the_cell_is_named_with_what_is_expected(text: str, line: str) -> None:
    assert fault_line(csv_file(text), "bab.csv").startswith(line)


def test_all_wrong_cells_are_told_at_once() -> None:
    rows = HEAD + "Löhne|12|5x|sieben|0\nMiete|5|1|acht|1"
    line = fault_line(csv_file(rows), "bab.csv")
    assert [place in line for place in ("C2:", "D2:", "D3:")] == [True] * 3


def test_many_wrong_cells_are_a_line_of_300_characters() -> None:
    line = fault_line(csv_file(HEAD + "\n".join(f"Art {place}|12|a|b|c" for place in range(60))), "bab.csv")
    shown, _, more = line.rpartition(" und ")
    assert len(shown) <= 300
    assert more.endswith(" weitere")
    assert len(shown.split(", ")) + int(more.split()[0]) >= 180


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (date(2024, 5, 1), "C2: erwartet ist ein Betrag, hier steht ein Datum oder eine Uhrzeit (2024-05-01"),
        (True, "C2: erwartet ist ein Betrag, hier steht TRUE"),
        ("#DIV/0!", "C2: die Formel ergibt #DIV/0!; erwartet ist ein Betrag"),
        ("=2+3", "C2: die Formel hat kein gespeichertes Ergebnis"),
        (1e16, "C2: diese Zahl ist zu groß"),
    ],
)
def test_what_only_a_workbook_can_have_wrong(value: Any, line: str) -> None:
    def put(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["C2"] = value

    assert fault_line(workbook(ROW, change=put)).startswith(line)


def test_only_unknown_names_can_be_asked_for() -> None:
    with pytest.raises(UnknownCentres) as caught:
        read_bab(csv_file("Kostenart|Summe|Halle 7|Bereich 2\nLöhne|12|5|7"), "bab.csv")
    assert caught.value.headings == ["Halle 7", "Bereich 2"]
