"""What a manager takes home: the workbook, the CSV and the picture; and who sees what in them."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from sqlalchemy import Engine

from bot.late.files import FileMaker, FileNotAllowed, MadeFile
from bot.turns import House
from dialogs.reports.buttons import TEAM_PICTURE, TEAM_WORKBOOK
from knowledge.language.messages import Language
from tests.chat import Chat
from tests.conftest import join
from tests.dialogs.team_life import TeamLife

NOVEMBER = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
FORMULA = "=HYPERLINK(0)"


@pytest.fixture
def life(engine: Engine, house: House) -> TeamLife:
    """A team of four sellers after some days of October and November."""
    life = TeamLife.of(engine, house)
    live(life)
    return life


def live(life: TeamLife) -> None:
    """Orders in two currencies, one without an amount, a loss, a name like a formula, an open conversation."""
    life.at(NOVEMBER - timedelta(days=30))
    life.wins(0, "Altmann", "1.000")
    life.at(NOVEMBER)
    life.wins(0, FORMULA, "4.000,50")
    life.wins(1, "Bertram", "CHF 700")
    life.wins(1, "Ohne Betrag")
    life.loses(1, "Conrad", "Kein Bedarf")
    chat = life.talks(0, "Offen", "Weiter", "Einwand", "Preis")
    chat.press("Zu teuer")
    life.later(hours=1)


def made(chat: Chat, index: int = -1) -> MadeFile:
    """The file that follows the text."""
    with chat.engine.connect().execution_options(reading=True) as connection:
        return FileMaker(chat.house.messages, chat.house.catalogue).make(connection, chat.files[index])


def book_of(chat: Chat) -> Any:
    """The workbook, opened by another library."""
    return openpyxl.load_workbook(io.BytesIO(made(chat).content))


def rows(sheet: Worksheet) -> Iterator[tuple[Any, ...]]:
    """What stands below the headings."""
    return (row for row in sheet.iter_rows(min_row=2, values_only=True) if any(cell is not None for cell in row))


def test_a_month_is_one_tap_and_a_workbook(life: TeamLife) -> None:
    chat = life.manager
    chat.sends("/export")
    chat.sees("Ohne Verkäufer, Uhrzeiten und Notizen", buttons=["Dieser Monat", "Letztes Quartal", "Anderer Zeitraum"])
    chat.press("Dieser Monat")
    chat.sees("November 2026: Die Arbeitsmappe kommt gleich.", buttons=["Ergebnisse als CSV"])
    assert made(chat).name == "Team-Süd-November-2026.xlsx"
    assert book_of(chat).sheetnames == [
        "Kennzahlen", "Wochen", "Trichter", "Phasen", "Gespräche", "Ergebnisse", "Verlustgründe", "Einwände",
    ]  # fmt: skip


def test_every_tab_is_a_table_that_a_pivot_takes(life: TeamLife) -> None:
    life.manager.sends("/export november")
    for sheet in book_of(life.manager):
        headings = [cell.value for cell in sheet[1]]
        assert all(headings), sheet.title
        assert len(set(headings)) == len(headings)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert not sheet.merged_cells.ranges
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}, "no formula"
    charts = {sheet.title: len(sheet._charts) for sheet in book_of(life.manager)}
    assert {name for name, count in charts.items() if count} == {"Wochen", "Trichter", "Verlustgründe"}


def test_outcomes_have_real_days_and_numbers_and_names_that_are_no_formulas(life: TeamLife) -> None:
    life.manager.sends("/export november")
    sheet = book_of(life.manager)["Ergebnisse"]
    listed = {row[1]: row for row in rows(sheet)}
    assert set(listed) == {FORMULA, "Bertram", "Ohne Betrag", "Conrad"}, "October is not in it"
    day, _, outcome, amount, currency, reason, *_ = listed[FORMULA]
    assert (day.date(), outcome, amount, currency, reason) == (
        date(2026, 11, 17),
        "Auftrag erhalten",
        4000.5,
        "EUR",
        None,
    )
    assert listed["Bertram"][3:5] == (700, "CHF")
    assert listed["Ohne Betrag"][3] is None
    assert listed["Conrad"][5] == "Kein Bedarf"
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA)
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_no_row_says_who_sold_or_at_what_time(life: TeamLife) -> None:
    life.manager.sends("/export november")
    book = book_of(life.manager)
    read = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    assert not [cell for cell in read if "Seller" in cell or str(life.sellers[0].person_id) in cell]
    days = [cell for sheet in book for row in rows(sheet) for cell in row if isinstance(cell, datetime)]
    assert days
    assert all(day.time() == datetime.min.time() for day in days)
    conversations = list(rows(book["Gespräche"]))
    assert len(conversations) == 5
    assert not {"Conrad", "Offen", "Bertram", FORMULA} & {cell for row in conversations for cell in row}
    assert conversations == sorted(
        conversations, key=lambda row: tuple("" if cell is None else str(cell) for cell in row)
    )


def test_phases_have_steps_as_sums_and_the_figures_their_numbers(life: TeamLife) -> None:
    life.manager.sends("/export november")
    book = book_of(life.manager)
    with life.engine.connect() as connection:
        taken = connection.exec_driver_sql("SELECT count(*) FROM step WHERE at >= '2026-11-01'").scalar_one()
    assert sum(row[6] for row in rows(book["Phasen"])) == taken
    figures = {(row[0], row[1]): row for row in rows(book["Kennzahlen"])}
    assert figures["Gespräche", None][2] == 5
    assert figures["Auftragssumme", "EUR"][2:4] == (4000.5, "EUR")
    rate = figures["Abschlussquote", None]
    assert rate[2] is None, "no percentage under five cases"
    assert rate[4:6] == (3, 4)
    assert "3 gewonnen ÷" in rate[8].replace("\N{NO-BREAK SPACE}", " ")
    assert next(rows(book["Trichter"]))[:2] == ("Aufmerksamkeit", 5)
    assert list(rows(book["Verlustgründe"])) == [("Kein Bedarf", 1, None)]
    assert list(rows(book["Einwände"])) == [("Zu teuer", "Analysephase", 1, 0, 1)]


def test_the_csv_opens_in_a_german_spreadsheet(life: TeamLife) -> None:
    chat = life.manager
    chat.sends("/export november")
    chat.press("Ergebnisse als CSV")
    chat.sees("Die Ergebnisse kommen gleich als CSV.", buttons=["Als Arbeitsmappe"])
    content = made(chat).content
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert table[0][:4] == ["Tag", "Kunde", "Ergebnis", "Betrag"]
    assert ["17.11.2026", f"'{FORMULA}", "Auftrag erhalten", "4000,50", "EUR"] in [row[:5] for row in table]


def test_english_has_points_commas_and_its_own_days(life: TeamLife) -> None:
    life.manager.sends("/einstellungen")
    life.manager.press("English")
    chat = life.manager
    chat.language = Language.EN
    chat.sends("/export 1 Nov to 30 Nov")
    assert book_of(chat).sheetnames[0] == "Figures"
    chat.press("Outcomes as CSV")
    assert "2026-11-17,Bertram,Order received,700.00,CHF" in made(chat).content.decode()


def test_a_small_team_has_three_numbers_and_nothing_else(engine: Engine, house: House) -> None:
    life = TeamLife.of(engine, house, sellers=3)
    live(life)
    chat = life.manager
    chat.sends("/export november")
    book = book_of(chat)
    assert book.sheetnames == ["Kennzahlen", "Wochen"]
    assert {row[0] for row in rows(book["Kennzahlen"])} == {"Gespräche", "Aufträge", "Auftragssumme"}
    assert len(next(rows(book["Wochen"]))) == 4
    chat.press("Ergebnisse als CSV")
    assert "Bertram" not in made(chat).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("oktober", "Oktober 2026: Die Arbeitsmappe"),
        ("Q3", "3. Quartal 2026: Die Arbeitsmappe"),
        ("2026", "2026: Die Arbeitsmappe"),
        ("diese Woche", "Woche Mo., 16.11. bis So., 22.11.: Die Arbeitsmappe"),
        ("1.10. bis 15.10.", "Do., 1.10.2026 bis Do., 15.10.2026: Die Arbeitsmappe"),
        ("1.1.2024 bis 15.10.2026", "länger als ein Jahr"),
        ("15.10.2026 bis 1.10.2026", "endet, bevor er beginnt"),
        ("2027", "noch nicht begonnen"),
        ("irgendwann", "Das lese ich nicht als Zeitraum"),
    ],
)
def test_a_span_is_typed_behind_the_command(life: TeamLife, typed: str, said: str) -> None:
    life.manager.sends(f"/export {typed}")
    life.manager.sees(said)
    assert bool(life.manager.files) is ("Arbeitsmappe kommt" in life.manager.screen)


def test_another_span_is_asked_for(life: TeamLife) -> None:
    chat = life.manager
    chat.sends("/export")
    chat.press("Anderer Zeitraum")
    chat.sees("Welcher Zeitraum?")
    chat.types("nächste Woche vielleicht")
    chat.sees("Das lese ich nicht als Zeitraum")
    chat.types("oktober")
    chat.sees("Oktober 2026: Die Arbeitsmappe kommt gleich.")
    assert made(chat).name == "Team-Süd-Oktober-2026.xlsx"


def test_a_seller_has_no_export_and_no_file_of_the_team(life: TeamLife, engine: Engine) -> None:
    seller = life.sellers[0]
    seller.sends("/export")
    assert seller.files == []
    seller.sees("Das ist für die Führungskraft deines Teams.")
    life.manager.sends("/export november")
    life.manager.sends("/woche")
    life.manager.press("Bild")
    maker = FileMaker(life.house.messages, life.house.catalogue)
    for payload in life.manager.files:
        with engine.connect() as connection, pytest.raises(FileNotAllowed):
            maker.make(connection, {**payload, "person": seller.person_id})
        other = {**payload, "values": {**payload["values"], "team": 77}}
        with engine.connect() as connection, pytest.raises(FileNotAllowed):
            maker.make(connection, other)


def test_what_was_asked_for_is_made_again_alike_whatever_happened_since(life: TeamLife) -> None:
    life.manager.sends("/export november")
    life.manager.press("Ergebnisse als CSV")
    before = [made(life.manager, index).content for index in (0, 1)]
    life.later(hours=1)
    life.wins(2, "Zu spät", "9.999")
    assert [made(life.manager, index).content for index in (0, 1)] == before


@pytest.mark.parametrize("command", ["/tagesbericht", "/woche"])
def test_summary_and_week_have_workbook_and_picture(life: TeamLife, command: str) -> None:
    chat = life.manager
    for label in ("Arbeitsmappe", "Bild"):
        chat.sends(command)
        chat.press(label)
        chat.sees("Die Datei kommt gleich.")
    assert [payload["kind"] for payload in chat.files] == [TEAM_WORKBOOK, TEAM_PICTURE]
    assert made(chat, 0).name.endswith(".xlsx")
    assert made(chat, 1).content.startswith(b"\x89PNG")


def test_the_picture_fits_a_phone_and_stands_on_its_own_ground(life: TeamLife) -> None:
    chat = life.manager
    chat.sends("/woche")
    chat.press("Bild")
    content = made(chat).content
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    assert picture.width == 780, "390 points at double density"
    assert picture.height / picture.width < 2.5
    assert len(content) < 100_000
    assert picture.getpixel((6, 6)) == (255, 255, 255), "no transparency: light and dark chats show the same"
    assert made(chat).content == content, "the same numbers give the same picture"


@pytest.mark.parametrize("lives", [True, False], ids=["with numbers", "on its first day"])
def test_the_picture_of_a_small_team_has_no_funnel(engine: Engine, house: House, lives: bool) -> None:
    small = TeamLife.of(engine, house, sellers=3)
    small.at(NOVEMBER)
    if lives:
        live(small)
    heights = []
    for _ in range(2):
        small.manager.sends("/woche")
        small.manager.press("Bild")
        heights.append(Image.open(io.BytesIO(made(small.manager).content)).height)
        join(engine, 2004, "Seller 3")
    assert heights[0] < heights[1], "with the fourth seller the funnel is there"
