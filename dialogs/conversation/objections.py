"""Objections (Einwände) in any phase: groups, the thirty in them, and what became of those that were raised.

Picking one from the card records it as open; nothing moves, the place is kept. From everywhere else the list is a
look, which records nothing until the seller says 'geklärt' or 'noch offen'.
"""

from typing import Final

from dialogs.conversation import card, heard, moves, objection_help, side_screens, steps
from dialogs.conversation.objection_groups import LOOK, PICK, back_row, group_rows
from dialogs.conversation.objection_help_view import SIGN_OF, STATE_SIGNS
from dialogs.conversation.talk import ObjectionState, RaisedObjection, Talk
from dialogs.press import Press
from dialogs.turn import Command, Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View
from knowledge.taxonomy import ObjectionGroup, ObjectionId

COMMANDS: Final = frozenset({"objection"})
ACTIONS: Final = frozenset({"obj", "obj_group", "obj_set"})


def handle(turn: Turn) -> None:
    """The command opens the list, or helps with the text behind it; presses go from groups to one objection."""
    if isinstance(turn.event, Command):
        _by_command(turn, turn.event)
        return
    pressed = moves.press_and_talk(turn)
    if pressed is None:
        return
    press, talk = pressed
    match press.action:
        case "obj_group":
            _open_group(turn, talk, press)
        case "obj_set":
            _open_or_record(turn, talk, press)
        case _:
            _show(turn, talk, groups_view(turn, talk, press.value or PICK))


def groups_view(turn: Turn, talk: Talk | None, how: str) -> View:
    """What is it about? Objections raised so far stand on top, the open ones to be settled with one tap."""
    raised = [Text(_state_line(turn, known)) for known in talk.objections] if talk else []
    settle = [(_settle_button(turn, talk, known),) for known in talk.open_objections] if talk else []
    parting: tuple[Block | None, ...] = (*raised, None) if raised else ()
    question = Text(turn.say("objection.which_group_or_type"))
    return View((*parting, question), (*settle, *group_rows(turn, talk.id if talk else 0, how)))


def _by_command(turn: Turn, command: Command) -> None:
    if command.argument.strip():
        heard.take(turn, command.argument, command.found)
    else:
        talk = steps.active_talk(turn)
        turn.show(groups_view(turn, talk, LOOK), _screen(talk))


def _open_group(turn: Turn, talk: Talk | None, press: Press) -> None:
    name, how = press.split()
    how = PICK if how == PICK and talk else LOOK
    if name not in turn.knowledge.objection_groups:
        _show(turn, talk, groups_view(turn, talk, how))
        return
    group = ObjectionGroup(name)
    choice = turn.knowledge.objection_groups[group]
    subject = talk.id if talk else 0
    wanted = ObjectionState.OPEN if how == PICK else LOOK
    entries: list[Row] = [
        (Button(turn.knowledge.objections[id_].label, Press("obj_set", subject, value=f"{id_}={wanted}")),)
        for id_ in turn.knowledge.objections_by_group[group]
    ]
    hint: tuple[Block, ...] = (Hint(choice.hint),) if choice.hint else ()
    _show(turn, talk, View((Heading(choice.label), *hint), (*entries, back_row(turn, subject, how))))


def _open_or_record(turn: Turn, talk: Talk | None, press: Press) -> None:
    name, wanted = press.split()
    wanted = STATE_SIGNS.get(wanted, wanted)
    if name not in turn.knowledge.objections or wanted not in (LOOK, *ObjectionState):
        _show(turn, talk, groups_view(turn, talk, LOOK))
        return
    objection = ObjectionId(name)
    if talk is not None and wanted != LOOK:
        talk = objection_help.record(turn, talk, objection, ObjectionState(wanted))
        card.draw(turn, talk)
    state = objection_help.fresh(turn, objection)
    _show(turn, talk, objection_help.first_view(turn, talk, state, _screen(talk)))


def _state_line(turn: Turn, known: RaisedObjection) -> str:
    label = turn.knowledge.objections[known.id].label
    return turn.say(f"objection.line_{known.state}", objection=label)


def _settle_button(turn: Turn, talk: Talk, known: RaisedObjection) -> Button:
    label = turn.knowledge.objections[known.id].label
    press = Press("obj_set", talk.id, value=f"{known.id}={SIGN_OF[ObjectionState.SETTLED]}")
    return Button(turn.say("objection.settle", objection=label), press)


def _screen(talk: Talk | None) -> str:
    return f"obj:{talk.id}" if talk else "obj"


def _show(turn: Turn, talk: Talk | None, view: View) -> None:
    side_screens.show(turn, _screen(talk), view, turn.say("objection.moved"))
