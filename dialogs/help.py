"""Help (Hilfe): what is on now and what can be done here; also the answer to commands and buttons that are none."""

from typing import Final

from dialogs import menu
from dialogs.conversation.steps import active_talk
from dialogs.conversation.talk import Standing, Talk
from dialogs.press import Press
from dialogs.turn import Command, Turn
from dialogs.view import Block, Button, Hint, Row, Text, View, line
from knowledge.taxonomy import PhaseId

COMMANDS: Final = frozenset({"help"})

_NOT_LISTED: Final = frozenset({"start", "help"})
"""Whoever reads the help has found these."""

_LONGEST_COMMAND: Final = 32
"""Telegram's limit of a command; what is longer is typed nonsense and is cut when it is repeated."""


def help_view(turn: Turn) -> View:
    """For a seller in a conversation the first line says what is on now."""
    talk = active_talk(turn)
    commands = [
        Text(turn.say("help.command", word=command.word(turn.language), does=turn.say(command.description)))
        for command in menu.commands_for(turn.person.role)
        if command.name not in _NOT_LISTED
    ]
    return View(
        (
            *what_is_on(turn, talk),
            Text(turn.say("help.plain_text")),
            None,
            *commands,
            Hint(turn.say("help.both_words")),
        ),
        (way_on(turn, talk),),
    )


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
    """`/hilfe`."""
    turn.show(help_view(turn))


def unknown(turn: Turn) -> None:
    """A command that nobody takes: one sentence, and where to find the others."""
    word = turn.event.name[:_LONGEST_COMMAND] if isinstance(turn.event, Command) else ""
    key = "help.coming" if menu.is_coming(word, turn.person.role) else "help.unknown"
    turn.show(line(turn.say(key, word=word)))


def unknown_press(turn: Turn) -> None:
    """A button of a part that is no more, or that we never made."""
    turn.toast(turn.say("turn.unknown_press"))
