"""Help (Hilfe): what is on now and what can be done here; also the answer to commands and buttons that are none.

The first screen has a line for each group of commands; a button opens a group and says what each of them does.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from dialogs import menu
from dialogs.conversation.steps import active_talk
from dialogs.conversation.talk import Standing, Talk
from dialogs.menu import Group, MenuCommand
from dialogs.press import Press
from dialogs.turn import Command, Pressed, Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, line, rows_of
from knowledge.taxonomy import PhaseId

COMMANDS: Final = frozenset({"help"})
ACTIONS: Final = frozenset({"commands"})

SCREEN: Final = "help"

_NOT_LISTED: Final = frozenset({"start", "help"})
"""Whoever reads the help has found these."""

_GROUPS_IN_A_ROW: Final = 3

_LONGEST_COMMAND: Final = 32
"""Telegram's limit of a command; what is longer is typed nonsense and is cut when it is repeated."""


def help_view(turn: Turn) -> View:
    """A line for each group of commands; for a seller in a conversation the first line says what is on now."""
    talk = active_talk(turn)
    groups = _groups(turn)
    lines = [Text(_group_line(turn, group, commands)) for group, commands in groups.items()]
    buttons = [Button(turn.say(f"help.group.{group}"), Press("commands", value=group)) for group in groups]
    return View(
        (*what_is_on(turn, talk), Text(turn.say("help.plain_text")), None, *lines, Hint(turn.say("help.both_words"))),
        (*rows_of(buttons, _GROUPS_IN_A_ROW), way_on(turn, talk)),
    )


def group_view(turn: Turn, group: Group) -> View:
    """What each command of a group does."""
    commands = [
        Text(turn.say("help.command", word=command.word(turn.language), does=turn.say(command.description)))
        for command in _groups(turn).get(group, ())
    ]
    back = Button(turn.say("help.back"), Press("commands"))
    return View((Heading(turn.say(f"help.group.{group}")), *commands), ((back,),))


def _groups(turn: Turn) -> Mapping[Group, Sequence[MenuCommand]]:
    """The commands of this role by what they are for; a group without any is left out."""
    listed = [command for command in menu.commands_for(turn.person.role) if command.name not in _NOT_LISTED]
    groups = {group: [command for command in listed if command.group is group] for group in Group}
    return {group: commands for group, commands in groups.items() if commands}


def _group_line(turn: Turn, group: Group, commands: Sequence[MenuCommand]) -> str:
    words = " ".join(f"/{command.word(turn.language)}" for command in commands)
    return turn.say("help.line", group=turn.say(f"help.group.{group}"), words=words)


def what_is_on(turn: Turn, talk: Talk | None) -> tuple[Block | None, ...]:
    """The active conversation in one line, and an empty line below; nothing where there is none."""
    if talk is None or talk.standing is Standing.FINISHED:
        return ()
    customer = turn.store.customers.get(turn.person.id, talk.customer_id)
    now = turn.say(
        f"help.now.{talk.standing}",
        customer=customer.name if customer else turn.say("help.a_customer"),
        phase=turn.knowledge.phases[talk.phase].label,
        step=f"{list(PhaseId).index(talk.phase) + 1}/{len(PhaseId)}",
    )
    return Text(now), None


def way_on(turn: Turn, talk: Talk | None) -> Row:
    """The button that leads on: to the active conversation, or to a new one."""
    if talk is None or talk.standing is Standing.FINISHED:
        return (Button(turn.say("help.begin"), Press("new_talk")),)
    return (Button(turn.say("help.to_the_talk"), Press("open", talk.id)),)


def handle(turn: Turn) -> None:
    """`/hilfe`; a press opens a group of commands in place, or leads back to all of them."""
    if not isinstance(turn.event, Pressed):
        turn.show(help_view(turn), SCREEN)
        return
    wanted = turn.event.press.value
    turn.edit(SCREEN, group_view(turn, Group(wanted)) if wanted in _groups(turn) else help_view(turn))


def unknown(turn: Turn) -> None:
    """A command that nobody takes: one sentence, and where to find the others."""
    word = turn.event.name[:_LONGEST_COMMAND] if isinstance(turn.event, Command) else ""
    turn.show(line(turn.say("help.unknown", word=word)))


def unknown_press(turn: Turn) -> None:
    """A button of a part that is no more, or that we never made."""
    turn.toast(turn.say("turn.unknown_press"))
