"""Files are made when they are sent, from the complete input in the outbox row; they are kept nowhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.storage.people import SqlPeople
from dialogs import privacy
from dialogs.conversation.talk import PersonId
from knowledge.language.messages import Language, Messages


class FileNotAllowed(Exception):
    """The person may not see this (any more)."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file ready to send."""

    name: str
    content: bytes
    caption: str = ""


class FileMaker:
    """Makes files by their kind. The right to see one is checked again here."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def make(self, connection: Connection, payload: Mapping[str, Any]) -> MadeFile:
        """The file of an outbox row. Raises FileNotAllowed, KeyError for a kind that nobody makes."""
        person_id = PersonId(int(payload["person"]))
        people = SqlPeople(connection)
        if people.get(person_id) is None:
            raise FileNotAllowed(payload["kind"])
        makers = {privacy.EXPORT: self._my_data}
        return makers[payload["kind"]](people, person_id, Language(payload["language"]))

    def _my_data(self, people: SqlPeople, person_id: PersonId, language: Language) -> MadeFile:
        stored = people.stored_about(person_id)
        content = json.dumps(stored, ensure_ascii=False, indent=2).encode()
        name = self._messages.text("privacy.file_name", language)
        return MadeFile(f"{name}.json", content)
