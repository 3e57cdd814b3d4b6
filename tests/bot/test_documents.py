"""Files over HTTP: fetched, read in a process of their own, answered; and what comes back as a file."""

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.clock import now
from bot.documents import Documents
from bot.sheets.limits import LARGEST_FILE
from dialogs.conversation.talk import PersonId
from dialogs.turn import Document
from tests.bot.world import MARKUS, OTTO, SABINE, World

SHEET = """\
Kostenart;Summe;Material;Fertigung I;{heading};VwVt
Hilfslöhne;100;20;30;10;40
Gehälter;50;10;10;10;20
Zuschlagsgrundlage;;300;100;50;
"""
CSV = SHEET.format(heading="Fertigung II").encode()


def workbook(rows: str) -> bytes:
    """The same as .xlsx."""
    book = Workbook()
    for row in rows.splitlines():
        cells: list[Any] = [int(cell) if cell.isdigit() else cell or None for cell in row.split(";")]
        book.worksheets[0].append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def files_for(world: World, who: int, count: int) -> list[bytes]:
    """Waits for so many files from the bot; their contents."""

    def found() -> list[bytes] | None:
        sent = [message for message in world.from_bot(who) if "document" in message]
        if len(sent) < count:
            return None
        files = [world.standin.files.by_id(message["document"]["file_id"]) for message in sent]
        return [file.data for file in files if file is not None]

    contents: list[bytes] = await world.standin.until(found, 20)
    return contents


@pytest.mark.parametrize(
    ("name", "content"), [("bab.csv", CSV), ("bab.xlsx", workbook(CSV.decode()))], ids=["csv", "xlsx"]
)
async def test_a_sent_sheet_is_answered_with_its_rates(world: World, name: str, content: bytes) -> None:
    world.standin.send_file(SABINE, content, name)
    answer = await world.sees(name)
    assert "10,00" in answer["text"]
    assert "✓ Hauptkostenstellen tragen alle Gemeinkosten: 150 = 150" in answer["text"]
    await world.settled()


async def test_the_workbook_comes_back_as_a_file(world: World) -> None:
    world.standin.send_file(SABINE, CSV, "bab.csv")
    await world.sees("bab.csv")
    world.press("Arbeitsmappe")
    book, picture = await files_for(world, SABINE, 2)
    assert "BAB" in load_workbook(io.BytesIO(book)).sheetnames[0]
    assert picture.startswith(b"\x89PNG")
    await world.settled()


async def test_template_and_example_can_be_sent_back_as_they_are(world: World) -> None:
    world.say("/bab")
    await world.sees("Oder schick eine Tabelle")
    world.press("Vorlage")
    world.press("Beispiel")
    template, example = await files_for(world, SABINE, 2)
    assert load_workbook(io.BytesIO(template)).sheetnames
    world.standin.send_file(SABINE, example, "beispiel.xlsx")
    answer = await world.sees("beispiel.xlsx")
    assert "8,04" in answer["text"]
    await world.settled()


async def test_what_is_too_large_is_refused_before_it_is_fetched(world: World) -> None:
    world.standin.send_file(SABINE, b"x" * (LARGEST_FILE + 1), "bab.csv")
    await world.sees("größer als 5 MB")
    assert world.calls("getFile") == []


async def test_a_file_of_another_kind_gets_one_sentence(world: World) -> None:
    world.standin.send_file(SABINE, b"%PDF-1.7 nothing for us", "plan.pdf")
    await world.sees("Ich lese Tabellen mit einem BAB")


async def test_wrong_cells_are_named(world: World) -> None:
    world.standin.send_file(SABINE, CSV.replace(b";20;30;", b";20;drei;"), "bab.csv")
    answer = await world.sees("In „bab.csv“")
    assert "D2" in answer["text"]


async def test_a_strangers_file_is_not_even_fetched(world: World) -> None:
    world.standin.send_file(OTTO, CSV, "bab.csv")
    await world.sees("Dieser Bot gehört einem Vertriebsteam.", OTTO)
    assert world.calls("getFile") == []


async def test_headings_that_tell_nothing_are_asked_about_and_the_file_is_read_again(world: World) -> None:
    world.standin.send_file(SABINE, SHEET.format(heading="Halle 3").encode(), "bab.csv")
    await world.sees("Was ist Halle 3?")
    world.press("Fertigung")
    answer = await world.sees("bab.csv", after=world.from_bot()[-1]["message_id"])
    assert "40,00" in answer["text"]
    assert len(world.calls("getFile")) == 2
    await world.settled()


async def test_reading_has_a_limit_of_time(world: World) -> None:
    bot = world.bot
    impatient = Documents(bot.api, bot.storage, bot.house.catalogue, bot.house.messages, read_within=0.001)
    sent = world.standin.send_file(SABINE, CSV, "bab.csv")["document"]
    opened = await impatient.open(PersonId(SABINE), Document("bab.csv", len(CSV), sent["file_id"]), now())
    assert isinstance(opened, Document)
    assert opened.hindrance == "too_slow"
    await world.settled()


async def test_a_file_that_is_gone_gets_one_sentence(world: World) -> None:
    gone = Document("bab.csv", 3, "nonsense")
    opened = await world.bot.application.bot_data.documents.open(PersonId(SABINE), gone, now())
    assert isinstance(opened, Document)
    assert opened.hindrance == "not_fetched"


async def test_rates_released_from_a_file_reach_the_sellers(world: World) -> None:
    world.standin.send_file(MARKUS, CSV, "bab.csv")
    await world.sees("bab.csv", MARKUS)
    world.press("Speichern", MARKUS)
    await world.sees("Wie soll er heißen?", MARKUS)
    world.say("Mai 2026", MARKUS)
    await world.sees("Ab wann sollen die Sätze gelten?", MARKUS)
    world.press("Ab heute", MARKUS)
    await world.sees("nicht freigegeben", MARKUS)
    world.press("Freigeben", MARKUS)
    await world.settled()
    world.say("/bab")
    await world.sees("Freigegeben: Version 1 (Mai 2026)")


CALENDAR = b"""\
BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:series\r
DTSTAMP:20261101T000000Z\r
DTSTART;TZID=W. Europe Standard Time:%s\r
DURATION:PT45M\r
RRULE:%s\r
SUMMARY:Jour fixe\r
END:VEVENT\r
END:VCALENDAR\r
"""


def calendar(rule: bytes) -> bytes:
    """A series that begins tomorrow."""
    return CALENDAR % (f"{now() + timedelta(days=1):%Y%m%dT100000}".encode(), rule)


async def test_a_sent_calendar_comes_into_the_agenda(world: World) -> None:
    world.standin.send_file(SABINE, calendar(b"FREQ=WEEKLY;COUNT=3"), "termine.ics")
    await world.sees("3 neue Termine")
    world.say("/termine")
    await world.sees("10:00–10:45 Jour fixe")
    await world.settled()


async def test_a_calendar_is_known_by_its_content_whatever_it_is_called(world: World) -> None:
    world.standin.send_file(SABINE, calendar(b"FREQ=DAILY;COUNT=2"), "anhang.txt")
    await world.sees("2 neue Termine")
    world.standin.send_file(SABINE, CSV, "plan.ics")
    await world.sees("beginnt mit BEGIN:VCALENDAR")
    world.standin.send_file(SABINE, b"x" * (LARGEST_FILE + 1), "alles.ics")
    await world.sees("Exportiere nur die Zeit um heute")
    await world.settled()


async def test_a_series_without_end_ends_at_the_limit(world: World) -> None:
    world.standin.send_file(SABINE, calendar(b"FREQ=SECONDLY"), "bombe.ics")
    await world.sees("öfter wiederkehrt als jeder Termin")
    await world.settled()


async def test_the_agenda_comes_back_as_a_file(world: World) -> None:
    world.say("/termine morgen 10:30 Webcall Schäfer")
    await world.sees("Eingetragen: Webcall Schäfer")
    world.press("Als .ics")
    (content,) = await files_for(world, SABINE, 1)
    assert b"SUMMARY:Webcall Sch\xc3\xa4fer" in content
    await world.settled()


async def test_a_large_calendar_comes_in_portions_and_is_counted_once(world: World) -> None:
    world.standin.send_file(SABINE, calendar(b"FREQ=DAILY;COUNT=130"), "alles.ics")
    await world.sees("130 neue Termine")
    world.standin.send_file(SABINE, calendar(b"FREQ=DAILY;COUNT=130"), "alles.ics")
    await world.sees("Alles war schon da")
    await world.settled()
