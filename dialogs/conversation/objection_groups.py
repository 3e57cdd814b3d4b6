"""The groups of objections as buttons: above the list of objections, and under a text that may be one."""

from typing import Final

from dialogs.conversation.talk import ConversationId
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Row, rows_of

LOOK: Final = "look"
PICK: Final = "pick"
"""How a list was opened: a press of the card picks, all others look. A press without either is a look."""

_IN_A_ROW: Final = 3


def back_row(turn: Turn, subject: ConversationId | int, how: str) -> Row:
    """The button that leads from one objection or one group to all groups."""
    return (Button(turn.say("objection.other_group"), Press("obj", subject, value=how)),)


def group_rows(turn: Turn, subject: ConversationId | int, how: str = LOOK) -> tuple[Row, ...]:
    """The groups as buttons, for a conversation or (0) without one."""
    buttons = [
        Button(choice.label, Press("obj_group", subject, value=f"{group}={how}"))
        for group, choice in turn.knowledge.objection_groups.items()
    ]
    return rows_of(buttons, _IN_A_ROW)
