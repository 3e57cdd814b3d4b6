"""The front door: who comes in, and what everybody else gets.

A member goes on to the dialog. Of somebody who never joined, or was removed, only an invitation is looked at; anything
else gets one polite sentence and changes nothing. In groups the bot only says that it works in private.
"""

from functools import wraps
from typing import Final

from dialogs import onboarding
from dialogs.ports.people import Role
from dialogs.turn import Command, Dialog, Pressed, Turn
from dialogs.view import line

FROM_INLINE: Final = "wissen"
"""What `/start` carries when somebody comes from inline mode: no invitation, but the wish to see more."""


def admit(turn: Turn, dialog: Dialog) -> None:
    """Runs the dialog for a member; lets others in by `/start CODE` alone. For private chats."""
    if turn.member is not None:
        dialog(turn)
        return
    match turn.event:
        case Command("start", argument) if argument.strip() not in ("", FROM_INLINE):
            onboarding.come_in(turn, argument.strip())
        case Pressed():
            turn.toast(turn.say("door.stranger"))
        case _:
            turn.show(line(turn.say("door.stranger")))


def group(turn: Turn) -> None:
    """A group chat, to members and strangers alike: one sentence to a command, silence to all else."""
    if isinstance(turn.event, Command):
        turn.show(line(turn.say("door.group")))


def managers_only(dialog: Dialog) -> Dialog:
    """The same dialog, open to managers alone.

    Asked anew at every press: whoever was a manager when the button was drawn may be none any more.
    """

    @wraps(dialog)
    def guarded(turn: Turn) -> None:
        if turn.person.role is Role.MANAGER:
            dialog(turn)
            return
        refusal = turn.say("door.managers_only")
        if isinstance(turn.event, Pressed):
            turn.toast(refusal)
            if turn.event.screen:
                turn.edit(turn.event.screen, line(refusal))
        else:
            turn.show(line(refusal))

    return guarded
