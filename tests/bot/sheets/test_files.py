"""Files from strangers: what is broken, too large or dangerous is refused before it is opened."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable, MutableMapping

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from bot.sheets.limits import LARGEST_FILE, LARGEST_UNPACKED, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from tests.bot.sheets.books import MODEL, MODEL_RATES, csv_file, fault_line, rates, read, workbook


def repacked(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The archive with other parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def with_part(name: str, part: bytes = b"<x/>") -> bytes:
    return repacked(workbook(MODEL), lambda parts: parts.update({name: part}))


def with_sheet(before: bytes, after: bytes) -> bytes:
    """The sheet's XML with something else in it."""
    name = "xl/worksheets/sheet1.xml"
    return repacked(workbook(MODEL), lambda parts: parts.update({name: parts[name].replace(before, after, 1)}))


DTD = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><worksheet'


def of_something_else(parts: MutableMapping[str, bytes]) -> None:
    """An archive in which nothing of a workbook is left."""
    parts.clear()
    parts["a"] = b"b"


REFUSED = {
    "empty": (b"", "bab.xlsx: ist leer"),
    "no archive": (b"hello", "bab.xlsx: ist keine lesbare Excel-Mappe (.xlsx)"),
    "half an archive": (workbook(MODEL)[:2000], "bab.xlsx: ist keine lesbare Excel-Mappe (.xlsx)"),
    "another archive": (
        repacked(workbook(MODEL), of_something_else),
        "bab.xlsx: ist keine lesbare",
    ),
    "old or locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "bab.xlsx: ist mit Passwort geschützt oder"),
    "macros": (with_part("xl/vbaProject.bin"), "bab.xlsx: enthält Makros und wird nicht gelesen"),
    "external links": (with_part("xl/externalLinks/externalLink1.xml"), "bab.xlsx: verweist auf andere Dateien"),
    "a bomb": (
        with_part("xl/media/x.xml", bytes(LARGEST_UNPACKED)),
        "bab.xlsx: ist entpackt zu groß (höchstens 64 MB)",
    ),
    "entities": (with_sheet(b"<worksheet", DTD), "bab.xlsx: ist keine lesbare Excel-Mappe"),
    "broken XML": (with_sheet(b"</row>", b"<row>"), "bab.xlsx: ist keine lesbare Excel-Mappe"),
    "too many cells": (
        with_sheet(b"</row>", b"</row>" + b"<c r='A1'/>" * (MOST_CELLS + 1)),
        "bab.xlsx: ist entpackt zu groß",
    ),
    "too large": (bytes(LARGEST_FILE + 1), "bab.xlsx: ist größer als 5 MB"),
}


@pytest.mark.parametrize(("content", "line"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_its_reason(content: bytes, line: str) -> None:
    assert fault_line(content).startswith(line)


def test_a_bomb_costs_neither_time_nor_memory() -> None:
    bomb = with_part("xl/media/x.xml", bytes(LARGEST_UNPACKED * 2))
    assert len(bomb) < LARGEST_FILE
    tracemalloc.start()
    begin = time.perf_counter()
    fault_line(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.perf_counter() - begin < 2
    assert peak < 5 * 2**20


@pytest.mark.parametrize("far", ["A1:XFD1048576", "C2:C1048576"])
def test_a_giant_merged_range_is_not_unfolded(far: str) -> None:
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{far}"/></mergeCells>'.encode()
    assert rates(read(with_sheet(b"</sheetData>", merged))) == MODEL_RATES


def test_formats_far_below_and_beside_the_table_do_no_harm() -> None:
    cells = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    assert rates(read(with_sheet(b"</sheetData>", cells))) == MODEL_RATES


def test_too_many_rows_and_columns_are_refused() -> None:
    rows = "Kostenart|Summe|Material|Fertigung\n" + "\n".join(f"Art {n}|2|1|1" for n in range(MOST_ROWS))
    assert fault_line(csv_file(rows), "bab.csv") == "bab.csv: hat mehr als 5.000 Zeilen"
    assert fault_line(workbook(rows)) == "bab.xlsx: hat mehr als 5.000 Zeilen"
    columns = "|".join(["Kostenart", "Summe", *(f"Fertigung {n}" for n in range(MOST_COLUMNS))])
    assert fault_line(csv_file(columns), "bab.csv") == "bab.csv: hat mehr als 300 Spalten"
    assert fault_line(workbook(columns)) == "bab.xlsx: hat mehr als 300 Spalten"


def test_hidden_sheets_are_not_read() -> None:
    def hide(book: Workbook) -> None:
        book.create_sheet("Deckblatt")["A1"] = "Hallo"
        book["BAB"].sheet_state = "veryHidden"

    assert fault_line(workbook(MODEL, change=hide)).startswith("bab.xlsx: keine Tabelle")


@pytest.mark.parametrize(
    "content", [bytes(range(256)), b"%PDF-1.7 \x00\x01", b"\xff\xfe\x00", b'Kostenart;Summe\n"' + b"x" * 200_000]
)
def test_what_is_no_text_is_no_csv(content: bytes) -> None:
    assert fault_line(content, "bab.csv").startswith("bab.csv: ist")


def test_a_sheet_that_is_a_chart_is_passed_over() -> None:
    def draw(book: Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["BAB"], min_col=2, min_row=2, max_row=5))
        book.create_chartsheet("Bild", 0).add_chart(chart)

    assert rates(read(workbook(MODEL, change=draw))) == MODEL_RATES
