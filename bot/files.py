"""Files are made when they are sent, from the complete input in the outbox row; they are kept nowhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from bot.storage.costs import SqlCostSheets
from bot.storage.people import SqlPeople
from dialogs import bab, privacy
from dialogs.conversation.talk import PersonId
from dialogs.cost_records import CostSheetId
from dialogs.ports import Person
from knowledge.accounting.bab import Bab, compute
from knowledge.accounting.json_sheet import read_sheet
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


class FileMaker:
    """Makes files by their kind. The right to see one is checked again here."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def make(self, connection: Connection, payload: Mapping[str, Any]) -> MadeFile:
        """The file of an outbox row. Raises FileNotAllowed, KeyError for a kind that nobody makes."""
        person = SqlPeople(connection).get(PersonId(int(payload["person"])))
        if person is None:
            raise FileNotAllowed(payload["kind"])
        makers = {
            privacy.EXPORT: self._my_data,
            bab.TEMPLATE: self._template,
            bab.EXAMPLE: self._example,
            bab.WORKBOOK: self._workbook,
            bab.PICTURE: self._picture,
        }
        order = _Order(connection, person, Language(payload["language"]), payload["values"])
        return makers[payload["kind"]](order)

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

    def _named(self, key: str, ending: str, content: bytes, order: _Order) -> MadeFile:
        return MadeFile(f"{self._messages.text(key, order.language)}.{ending}", content)


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
