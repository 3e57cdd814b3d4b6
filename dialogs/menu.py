"""The commands as one table: routes, help and Telegram's command menus all read it.

A command has an English name, by which the code knows it, and a German word. Both work at all times in both
languages; the menu shows the one of the person's language. The descriptions are the messages `menu.<name>`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dialogs.ports.people import Role
from knowledge.language.messages import Language, Messages

EVERYONE: Final = frozenset(Role)
MANAGERS: Final = frozenset({Role.MANAGER})


class Group(StrEnum):
    """What a command is for; the help has one line for each."""

    SELLING = "selling"
    CUSTOMERS = "customers"
    COSTING = "costing"
    TEAM = "team"
    YOU = "you"


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """A command by its English name, its German word, what it is for, and who may use it."""

    name: str
    german: str
    group: Group
    roles: frozenset[Role] = EVERYONE

    def word(self, language: Language) -> str:
        """What is typed behind the slash in this language."""
        return self.german if language is Language.DE else self.name

    @property
    def description(self) -> str:
        """The key of the message that says what the command does."""
        return f"menu.{self.name}"


START: Final = MenuCommand("start", "start", Group.YOU)

COMMANDS: Final = (
    MenuCommand("talk", "gespraech", Group.SELLING),
    MenuCommand("objection", "einwand", Group.SELLING),
    MenuCommand("signal", "signal", Group.SELLING),
    MenuCommand("close", "abschluss", Group.SELLING),
    MenuCommand("learn", "wissen", Group.SELLING),
    MenuCommand("customers", "kunden", Group.CUSTOMERS),
    MenuCommand("agenda", "termine", Group.CUSTOMERS),
    MenuCommand("followups", "nachfassen", Group.CUSTOMERS),
    MenuCommand("bab", "bab", Group.COSTING),
    MenuCommand("costing", "kalkulation", Group.COSTING),
    MenuCommand("cancel", "abbrechen", Group.YOU),
    MenuCommand("mynumbers", "meinezahlen", Group.YOU),
    MenuCommand("report", "tagesbericht", Group.TEAM, MANAGERS),
    MenuCommand("week", "woche", Group.TEAM, MANAGERS),
    MenuCommand("export", "export", Group.TEAM, MANAGERS),
    MenuCommand("costs", "kosten", Group.TEAM, MANAGERS),
    MenuCommand("team", "team", Group.TEAM, MANAGERS),
    MenuCommand("settings", "einstellungen", Group.YOU),
    MenuCommand("mydata", "daten", Group.YOU),
    MenuCommand("help", "hilfe", Group.YOU),
    START,
)
"""All commands that do something, in the order of the menu."""

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
"""Telegram's commands are ASCII, thumbs are not."""

_BY_WORD: Final = {word: command for command in COMMANDS for word in (command.name, command.german)}


def find(word: str) -> MenuCommand | None:
    """The command behind a typed word of either language, in capitals or not, umlauts as one types them; else None."""
    return _BY_WORD.get(word.lower().translate(_UMLAUTS))


def commands_for(role: Role | None) -> tuple[MenuCommand, ...]:
    """What the menu of this role shows; somebody who has not joined sees how to begin and nothing else."""
    if role is None:
        return (START,)
    return tuple(command for command in COMMANDS if role in command.roles)


def menu_lines(messages: Messages, language: Language, role: Role | None) -> tuple[tuple[str, str], ...]:
    """(word, description) of each command, as Telegram's menu takes them for a language and a role."""
    return tuple(
        (command.word(language), messages.text(command.description, language)) for command in commands_for(role)
    )
