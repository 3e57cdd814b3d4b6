"""Files are made when they are sent, from the complete input in the outbox row; they are kept nowhere."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.late.team_files import NotTheirTeam, outcomes, picture, workbook
from bot.storage.costs import SqlCostSheets
from bot.storage.people import SqlPeople
from dialogs import privacy
from dialogs.accounting import bab
from dialogs.agenda import calendar_files
from dialogs.conversation.talk import PersonId
from dialogs.exporting.screens import TEAM_CSV
from dialogs.ports.costs import CostSheetId
from dialogs.ports.people import Person
from dialogs.reports.buttons import TEAM_PICTURE, TEAM_WORKBOOK
from dialogs.reports.words import Words
from knowledge.accounting.bab import Bab, compute
from knowledge.accounting.json_sheet import read_sheet
from knowledge.calendar.events import CalendarEntry
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language, Messages


class FileNotAllowed(Exception):
    """The person may not see this (any more)."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file ready to send."""

    name: str
    content: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be made: for whom, in which language, from what."""

    connection: Connection
    person: Person
    language: Language
    values: Mapping[str, Any]


_TeamFile = Callable[[Connection, Person, Mapping[str, Any], Words], tuple[str, bytes]]


class FileMaker:
    """Makes files by their kind. The right to see one is checked again here."""

    def __init__(self, messages: Messages, catalogue: Catalogue) -> None:
        self._messages = messages
        self._catalogue = catalogue

    def make(self, connection: Connection, payload: Mapping[str, Any]) -> MadeFile:
        """The file of an outbox row. Raises FileNotAllowed, KeyError for a kind that nobody makes."""
        person = SqlPeople(connection).get(PersonId(int(payload["person"])))
        if person is None:
            raise FileNotAllowed(payload["kind"])
        order = _Order(connection, person, Language(payload["language"]), payload["values"])
        return self._makers[payload["kind"]](order)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of files that somebody makes: a button for another one is not shown."""
        return frozenset(self._makers)

    @property
    def _makers(self) -> Mapping[str, Callable[[_Order], MadeFile]]:
        return {
            privacy.EXPORT: self._my_data,
            bab.TEMPLATE: self._template,
            bab.EXAMPLE: self._example,
            bab.WORKBOOK: self._workbook,
            bab.PICTURE: self._picture,
            calendar_files.FILE: self._calendar,
            TEAM_WORKBOOK: lambda order: self._of_team(order, workbook, "workbook", "xlsx"),
            TEAM_CSV: lambda order: self._of_team(order, outcomes, "csv", "csv"),
            TEAM_PICTURE: lambda order: self._of_team(order, picture, "picture", "png"),
        }

    def _my_data(self, order: _Order) -> MadeFile:
        stored = SqlPeople(order.connection).stored_about(order.person.id)
        content = json.dumps(stored, ensure_ascii=False, indent=2).encode()
        name = self._messages.text("privacy.file_name", order.language)
        return MadeFile(f"{name}.json", content)

    def _template(self, order: _Order) -> MadeFile:
        from bot.reports.bab_template import template_workbook  # takes a while to import

        return self._named("bab.file_name.template", "xlsx", template_workbook(self._messages, order.language), order)

    def _example(self, order: _Order) -> MadeFile:
        from bot.reports.bab_workbook import example_workbook

        return self._named("bab.file_name.example", "xlsx", example_workbook(self._messages, order.language), order)

    def _workbook(self, order: _Order) -> MadeFile:
        from bot.reports.bab_workbook import bab_workbook

        content = bab_workbook(_computed(order), self._messages, order.language)
        return self._named("bab.file_name.sheet", "xlsx", content, order)

    def _picture(self, order: _Order) -> MadeFile:
        from bot.reports.bab_picture import bab_picture

        content = bab_picture(_computed(order), self._messages, order.language)
        return self._named("bab.file_name.sheet", "png", content, order)

    def _calendar(self, order: _Order) -> MadeFile:
        from knowledge.calendar.writing import write_calendar

        values = order.values
        entries = [CalendarEntry.from_json(entry) for entry in values["entries"]]
        at = datetime.fromisoformat(values["at"])
        content = write_calendar(entries, values["zone"], at, alarm=values["alarm"])
        return self._named("agenda.file_name", "ics", content, order)

    def _of_team(self, order: _Order, make: _TeamFile, kind: str, ending: str) -> MadeFile:
        """A file about the team of the person, named after the team and the span."""
        words = Words.of(self._messages, self._catalogue, order.language)
        try:
            span, content = make(order.connection, order.person, order.values, words)
        except NotTheirTeam as error:
            raise FileNotAllowed(kind) from error
        name = words.say(f"export.file_name.{kind}", team=order.person.team.name, span=span)
        return MadeFile(f"{_plain(name)}.{ending}", content)

    def _named(self, key: str, ending: str, content: bytes, order: _Order) -> MadeFile:
        return MadeFile(f"{self._messages.text(key, order.language)}.{ending}", content)


def _plain(name: str) -> str:
    """A name that every file system takes: words joined by hyphens."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in name).split())


def _computed(order: _Order) -> Bab:
    """The sheet that was asked for, with the remarks from reading its file. What can change came with the order."""
    sheets = SqlCostSheets(order.connection)
    kept = sheets.get(order.person, CostSheetId(order.values["sheet"]))
    if kept is None:
        raise FileNotAllowed(bab.WORKBOOK)
    computed = compute(read_sheet(json.loads(order.values.get("text") or sheets.text(kept.id))))
    if kept.name and kept.summary is not None:
        return replace(computed, cautions=kept.summary.cautions)
    return computed
