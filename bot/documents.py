"""Opens files that people send, before their turn begins: fetched from Telegram, read in a process with a time limit.

What is too large is refused before it is fetched. Nothing of a file is kept but the sheet or the appointments that
were read in it. Of a calendar with many appointments the turn stores the last few; the others are stored before it, in
portions. Where the process ends in between, the file is read again and goes on where it stopped: what is stored is
known by then.
"""

import asyncio
import json
import sys
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog
from sqlalchemy import Connection
from telegram.error import TelegramError

from bot.sheets.limits import LARGEST_FILE
from bot.storage.store import SqlStore
from bot.storage.work import Storage
from bot.telegram_api import Api
from dialogs.accounting.bab_views import roles_with
from dialogs.agenda.comparing import compared
from dialogs.conversation.talk import PersonId
from dialogs.ports.costs import CostSheet, CostSheetId
from dialogs.ports.days import CalendarChanges, CalendarNews
from dialogs.ports.people import Person
from dialogs.turn import Document, Event, Pressed, ReadSheet
from knowledge.accounting.faults import Fault
from knowledge.accounting.summary import fault_params_from_json, summary_from_json
from knowledge.calendar.events import ReadCalendar
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Messages

log = structlog.get_logger()

HOUSE: Final = Path(__file__).parents[1]
READ_WITHIN: Final = 45.0
"""Seconds that reading and computing a file may take; the largest that is let in takes a third of it."""
AT_ONCE: Final = 2
"""So many files are read side by side; others wait for their turn."""
LONGEST_NAME: Final = 80
PORTION: Final = 50
"""Appointments in one transaction: nothing may keep the writer longer than 10 ms."""


class Documents:
    """Reads files that come with an event, and files that wait for what a press says."""

    def __init__(
        self, api: Api, storage: Storage, catalogue: Catalogue, messages: Messages, read_within: float = READ_WITHIN
    ) -> None:
        self._api = api
        self._storage = storage
        self._catalogue = catalogue
        self._messages = messages
        self._read_within = read_within
        self._room = asyncio.Semaphore(AT_ONCE)

    async def open(self, person: PersonId, event: Event, at: datetime) -> Event:
        """The same event with what is in its file. Strangers' files are not even fetched.

        Of a calendar the time around `at` is read, which is the turn's.
        """
        if not isinstance(event, Document):
            return event
        member = await self._storage.read(lambda connection: SqlStore(connection).people.get(person))
        if member is None:
            return event
        document, answer = await self._fetched(event, {"roles": {}, "now": at.isoformat(), "zone": member.zone})
        if "calendar" in answer:
            return replace(document, calendar=await self._taken_ahead(member, answer["calendar"], at))
        return _with_answer(document, answer)

    async def _taken_ahead(self, member: Person, calendar: Any, at: datetime) -> CalendarNews:
        """What a calendar brings, all of it stored but one portion, which is left to the turn."""

        def compare(connection: Connection) -> CalendarNews:
            read = ReadCalendar.from_json(calendar)
            return compared(SqlStore(connection), member, read, self._catalogue, self._messages)

        news = await self._storage.read(compare)
        *ahead, last = news.left.portions(PORTION)
        for portion in ahead:
            await self._storage.write(partial(_store, owner=member.id, changes=portion, at=at))
        return replace(news, left=last)

    async def open_again(self, person: PersonId, event: Pressed) -> Pressed:
        """A press that says what a heading means: with the last one, the file is read again."""
        press = event.press
        if press.action != "doc_role":
            return event
        sheet, about = await self._storage.read(lambda connection: _waiting(connection, person, press.subject))
        roles = roles_with(about, press.value) if "unknown" in about else None
        if sheet is None or roles is None or len(roles) < len(about["unknown"]):
            return event
        document = Document(sheet.name, int(about["size"]), about["file_id"])
        return replace(event, document=_with_answer(*await self._fetched(document, {"roles": roles})))

    async def _fetched(self, document: Document, asked: dict[str, Any]) -> tuple[Document, dict[str, Any]]:
        """The file under a name of a usual length, and what the process that read it answered."""
        document = replace(document, name=document.name[:LONGEST_NAME])
        if document.size > LARGEST_FILE:
            return document, {"hindrance": "too_large"}
        try:
            file = await self._api.get_file(document.file_id)
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            log.warning("file_not_fetched", fault=type(error).__name__)
            return document, {"hindrance": "not_fetched"}
        if len(content) > LARGEST_FILE:
            return document, {"hindrance": "too_large"}
        async with self._room:
            return document, await self._read(content, {**asked, "name": document.name})

    async def _read(self, content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.document_worker", cwd=HOUSE,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        first_line = json.dumps(asked).encode() + b"\n"
        try:
            out, _ = await asyncio.wait_for(process.communicate(first_line + content), self._read_within)
            answer: dict[str, Any] = json.loads(out)
        except TimeoutError:
            log.warning("file_too_slow", size=len(content))
            return {"hindrance": "too_slow"}
        except ValueError:  # it ended without an answer: out of memory, as a rule
            log.error("file_not_read", exit_code=process.returncode, size=len(content))
            return {"hindrance": "too_slow"}
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return answer


def _store(connection: Connection, owner: PersonId, changes: CalendarChanges, at: datetime) -> None:
    SqlStore(connection).appointments.take_over(owner, changes, at)


def _waiting(connection: Connection, person: PersonId, subject: int) -> tuple[CostSheet | None, dict[str, Any]]:
    """The person's file that waits for what its headings mean, and what is known of them."""
    store = SqlStore(connection)
    member = store.people.get(person)
    sheet = store.cost_sheets.get(member, CostSheetId(subject)) if member else None
    if sheet is None or sheet.summary is not None:
        return None, {}
    return sheet, json.loads(store.cost_sheets.text(sheet.id))


def _with_answer(document: Document, answer: dict[str, Any]) -> Document:
    if "sheet" in answer:
        return replace(document, sheet=ReadSheet(answer["sheet"], summary_from_json(answer["summary"])))
    if "unknown" in answer:
        return replace(document, unknown=tuple(answer["unknown"]))
    if "faults" in answer:
        faults = tuple(
            Fault(fault["place"], fault["key"], fault_params_from_json(fault["params"])) for fault in answer["faults"]
        )
        return replace(document, faults=faults)
    return replace(document, hindrance=answer["hindrance"])
