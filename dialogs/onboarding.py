"""Coming in: an invitation, the greeting, and at once what is stored and who sees what.

stranger + valid code → member, greeted; member + code for another team or role → asked → changed or as before.
"""

from typing import Final

from dialogs import help as help_dialog
from dialogs import privacy
from dialogs.conversation.steps import active_talk
from dialogs.ports.people import Invite, Person, Role
from dialogs.press import Press
from dialogs.turn import Command, Pressed, Turn
from dialogs.view import Block, Button, Heading, Hint, Text, View, line

COMMANDS: Final = frozenset({"start"})
ACTIONS: Final = frozenset({"join_ok", "join_no"})

QUESTION: Final = "join"
"""The screen that asks a member whether to change team or role."""


def welcome_view(turn: Turn) -> View:
    """The greeting of somebody who has just come in."""
    begin = (Button(turn.say("onboarding.begin"), Press("new_talk")),)
    invite = (Button(turn.say("onboarding.invite"), Press("team_show")),)
    hello = turn.say("onboarding.hello", name=turn.person.name, team=turn.person.team.name)
    return View(
        (Heading(hello), Text(turn.say("onboarding.what_for")), None, *_notice(turn)),
        (begin, invite) if turn.person.role is Role.MANAGER else (begin,),
    )


def greeting_view(turn: Turn) -> View:
    """The greeting of somebody who said `/start` and belongs here already: where they stand, and the notice again."""
    talk = active_talk(turn)
    hello = turn.say("onboarding.hello_again", name=turn.person.name, team=turn.person.team.name)
    return View(
        (Heading(hello), *help_dialog.what_is_on(turn, talk), *_notice(turn)),
        (help_dialog.way_on(turn, talk),),
    )


def question_view(turn: Turn, invite: Invite) -> View:
    """What the code would change for a member, and what stays."""
    person = turn.person
    blocks = (
        Heading(turn.say("onboarding.change")),
        Text(turn.say("onboarding.now", team=person.team.name, role=_role(turn, person.role))),
        Text(turn.say("onboarding.then", team=invite.team.name, role=_role(turn, invite.role))),
        *((Text(turn.say("team.without_manager", team=person.team.name)),) if _orphans(turn, invite) else ()),
        None,
        Hint(turn.say("onboarding.you_keep")),
    )
    yes = Button(turn.say("onboarding.do_change"), Press("join_ok", invite.id, value=invite.proof))
    no = Button(turn.say("onboarding.stay"), Press("join_no"))
    return View(blocks, ((yes, no),))


def come_in(turn: Turn, code: str) -> None:
    """Somebody who is no member brings a code."""
    invite = turn.store.people.find_invite(code, turn.at)
    if invite is None or not _joined(turn, invite):
        turn.show(line(turn.say("onboarding.no_such_invite")))
        return
    turn.show(welcome_view(turn))


def handle(turn: Turn) -> None:
    """`/start`, with or without a code, and the answer to the question; for members."""
    match turn.event:
        case Command(_, argument) if argument.strip():
            _another_code(turn, argument.strip())
        case Pressed(Press("join_ok") as press):
            _change(turn, press)
        case Pressed():
            turn.edit(QUESTION, line(turn.say("onboarding.as_before", team=turn.person.team.name)))
        case _:
            turn.show(greeting_view(turn))


def _notice(turn: Turn) -> tuple[Block | None, ...]:
    """What is stored, who sees what, and the commands to know, in the wording of the person's role."""
    return (
        Text(turn.say("privacy.what_is_stored")),
        Text(privacy.who_sees_what(turn)),
        None,
        Text(turn.say(f"onboarding.commands.{turn.person.role}")),
    )


def _another_code(turn: Turn, code: str) -> None:
    """A code of the same team and role changes nothing and stays good for somebody else."""
    invite = turn.store.people.find_invite(code, turn.at)
    team = turn.person.team.name
    if invite is None:
        turn.show(line(turn.say("onboarding.no_such_invite_member", team=team)))
    elif _changes_nothing(turn.person, invite):
        turn.show(line(turn.say("onboarding.already", team=team, role=_role(turn, turn.person.role))))
    else:
        turn.show(question_view(turn, invite), QUESTION)


def _change(turn: Turn, press: Press) -> None:
    """The invite is looked at again: it may have been used or have run out since the question.

    The id alone proves nothing, because a press can be forged and ids can be guessed; the proof comes from the code.
    """
    invite = turn.store.people.find_invite_by_id(press.subject, turn.at)
    known = invite is not None and press.value != "" and press.value == invite.proof
    if invite is None or not known or not _joined(turn, invite):
        gone = turn.say("onboarding.no_such_invite_member", team=turn.person.team.name)
        turn.toast(gone)
        turn.edit(QUESTION, line(gone))
        return
    team, role = turn.person.team.name, _role(turn, turn.person.role)
    turn.edit(QUESTION, line(turn.say("onboarding.changed", team=team, role=role)))
    turn.show(welcome_view(turn))


def _joined(turn: Turn, invite: Invite) -> bool:
    """Uses the invite and makes the sender a member of its team; False where another one was quicker."""
    people, sender = turn.store.people, turn.sender
    if not people.use_invite(invite, sender.id, turn.at):
        return False
    turn.member = people.join(invite, sender.id, sender.chat_id, sender.name, turn.language, turn.at)
    turn.commands_changed = True
    return True


def _changes_nothing(person: Person, invite: Invite) -> bool:
    return (person.team.id, person.role) == (invite.team.id, invite.role)


def _orphans(turn: Turn, invite: Invite) -> bool:
    """Whether the present team would be left without a manager."""
    stays_manager = invite.team.id == turn.person.team.id and invite.role is Role.MANAGER
    return not stays_manager and privacy.is_last_manager(turn)


def _role(turn: Turn, role: Role) -> str:
    return turn.say(f"team.role.{role}")
