"""Objections (Einwände) in any phase: groups, the thirty in them, and what became of those that were raised.

Picking one from the card records it as open; nothing moves, the place is kept. From everywhere else the list is a
look, which records nothing until the seller says 'geklärt' or 'noch offen'.
"""

from typing import Final

from dialogs import plain_text
from dialogs.conversation import card, moves, side_screens, steps
from dialogs.conversation.objection_groups import LOOK, PICK, group_rows
from dialogs.conversation.talk import ObjectionState, RaisedObjection, Talk, Trigger
from dialogs.press import Press
from dialogs.turn import Command, Turn
from dialogs.view import Block, Button, Heading, Hint, Quote, Row, Text, View
from knowledge.taxonomy import ObjectionGroup, ObjectionId

COMMANDS: Final = frozenset({"objection"})
ACTIONS: Final = frozenset({"obj", "obj_group", "obj_set"})

_STATES_TO_CHOOSE: Final = {
    None: (ObjectionState.SETTLED, ObjectionState.OPEN),
    ObjectionState.OPEN: (ObjectionState.SETTLED, ObjectionState.WITHDRAWN),
    ObjectionState.SETTLED: (ObjectionState.OPEN, ObjectionState.WITHDRAWN),
}


def handle(turn: Turn) -> None:
    """The command opens the list, or keeps the text behind it; presses go from groups to one objection."""
    if isinstance(turn.event, Command):
        _by_command(turn, turn.event.argument)
        return
    press = moves.press_of(turn)
    talk = moves.current(turn) if press.subject else None
    if press.subject and talk is None:
        return
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
    question = Text(turn.say("objection.which_group"))
    return View((*parting, question), (*settle, *group_rows(turn, talk.id if talk else 0, how)))


def _by_command(turn: Turn, text: str) -> None:
    talk = steps.active_talk(turn)
    if text.strip():
        plain_text.draft(turn, text)
    else:
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
    _show(turn, talk, View((Heading(choice.label), *hint), (*entries, _back_row(turn, subject, how))))


def _open_or_record(turn: Turn, talk: Talk | None, press: Press) -> None:
    name, wanted = press.split()
    if name not in turn.knowledge.objections or wanted not in (LOOK, *ObjectionState):
        _show(turn, talk, groups_view(turn, talk, LOOK))
        return
    objection = ObjectionId(name)
    if talk is None:
        _show(turn, None, View(_entry_blocks(turn, objection), (_back_row(turn, 0, LOOK),)))
    elif wanted == LOOK:
        _show(turn, talk, _entry_view(turn, talk, objection))
    else:
        _record(turn, talk, objection, ObjectionState(wanted))


def _record(turn: Turn, talk: Talk, objection: ObjectionId, state: ObjectionState) -> None:
    after = steps.record(turn, talk, Trigger.OBJECTION, id=objection, phase=talk.phase, state=state)
    turn.toast(turn.say(f"objection.now_{state}"))
    _show(turn, after, _entry_view(turn, after, objection))
    card.draw(turn, after)


def _entry_view(turn: Turn, talk: Talk, objection: ObjectionId) -> View:
    """One objection, how it stands in this conversation, and how else it can stand."""
    known = next((raised for raised in talk.objections if raised.id is objection), None)
    state = known.state if known else None
    stands = (None, Text(turn.say(f"objection.now_{state}"))) if state else ()
    buttons = tuple(
        Button(turn.say(f"objection.{wanted}"), Press("obj_set", talk.id, value=f"{objection}={wanted}"))
        for wanted in _STATES_TO_CHOOSE[state]
    )
    blocks = (*_entry_blocks(turn, objection), *stands)
    return View(blocks, (buttons, _back_row(turn, talk.id, PICK if state else LOOK)))


def _entry_blocks(turn: Turn, objection: ObjectionId) -> tuple[Block, ...]:
    entry = turn.knowledge.objections[objection]
    return (Heading(entry.label), Quote(entry.typical), Hint(entry.meaning))


def _state_line(turn: Turn, known: RaisedObjection) -> str:
    label = turn.knowledge.objections[known.id].label
    return turn.say(f"objection.line_{known.state}", objection=label)


def _settle_button(turn: Turn, talk: Talk, known: RaisedObjection) -> Button:
    label = turn.knowledge.objections[known.id].label
    press = Press("obj_set", talk.id, value=f"{known.id}={ObjectionState.SETTLED}")
    return Button(turn.say("objection.settle", objection=label), press)


def _back_row(turn: Turn, subject: int, how: str) -> Row:
    return (Button(turn.say("objection.other_group"), Press("obj", subject, value=how)),)


def _screen(talk: Talk | None) -> str:
    return f"obj:{talk.id}" if talk else "obj"


def _show(turn: Turn, talk: Talk | None, view: View) -> None:
    side_screens.show(turn, _screen(talk), view, turn.say("objection.moved"))
