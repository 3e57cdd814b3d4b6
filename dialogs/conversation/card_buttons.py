"""The buttons under the card: which ones fit the phase, and what stands behind '⋯'."""

from typing import Final

from dialogs.conversation import corrections, follow_up
from dialogs.conversation.card_details import detail_rows
from dialogs.conversation.card_text import fitting_items
from dialogs.conversation.phases import LATE
from dialogs.conversation.talk import Standing, Talk, last_move
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Row, rows_of
from knowledge.entries import CheckItem
from knowledge.taxonomy import PhaseId

PHASE_CODES: Final = {phase: phase.value[:3] for phase in PhaseId}
"""A phase in three letters: a tick names its phase and its item, and a button has 64 bytes."""

_TICKS_IN_A_ROW: Final = 3
_TICKS_ON_THE_CARD: Final = 6
"""More rows of them would push the head of the card out of a phone's sight."""


def button(turn: Turn, talk: Talk, action: str, value: str = "", label: str = "") -> Button:
    """A button that leads somewhere or says what shall hold, whatever moved meanwhile."""
    return Button(label or turn.say(f"card.button.{action}"), Press(action, talk.id, value=value))


def move_button(turn: Turn, talk: Talk, action: str, value: str = "", label: str = "") -> Button:
    """A button that moves the talk; it holds only for the version it was drawn with."""
    return Button(label or turn.say(f"card.button.{action}"), Press(action, talk.id, talk.version, value))


def tick_button(talk: Talk, phase: PhaseId, item: CheckItem, wanted: bool, label: str = "") -> Button:
    """Ticks an item, or takes the tick back."""
    value = f"{PHASE_CODES[phase]}.{item.id}={int(wanted)}"
    return Button(label or f"{'☐' if wanted else '☑'} {item.short}", Press("tick", talk.id, value=value))


def card_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    """The buttons of the card as it stands, without those behind '⋯'."""
    match talk.standing:
        case Standing.PAUSED:
            return (_row(move_button(turn, talk, "resume"), button(turn, talk, "note"), button(turn, talk, "more")),)
        case Standing.POSTPONED:
            return (
                *follow_up.task_rows(turn, talk),
                *follow_up.after_rows(turn, talk),
                _row(move_button(turn, talk, "resume"), button(turn, talk, "note"), button(turn, talk, "more")),
            )
        case Standing.FINISHED:
            new = Button(turn.say("opening.new"), Press("new_talk"))
            back = _row(move_button(turn, talk, "undo"), button(turn, talk, "more"))
            return (*follow_up.after_rows(turn, talk), back, (new,))
        case Standing.OPEN if talk.phase is PhaseId.FOLLOW_UP:
            return (
                *follow_up.task_rows(turn, talk),
                *follow_up.after_rows(turn, talk),
                _row(button(turn, talk, "obj"), button(turn, talk, "note")),
                _row(button(turn, talk, "more"), move_button(turn, talk, "finish")),
            )
        case Standing.OPEN:
            return _working_rows(turn, talk)


def _working_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    phase = talk.phase
    closing = phase is PhaseId.CLOSING
    on_the_card, _ = _to_tick(turn, talk)
    ticks = rows_of([tick_button(talk, phase, item, wanted=True) for item in on_the_card], _TICKS_IN_A_ROW)
    outcomes = (
        _row(move_button(turn, talk, "won"), move_button(turn, talk, "not_yet")),
        _row(move_button(turn, talk, "lost"), move_button(turn, talk, "postpone")),
    )
    came_up = _row(button(turn, talk, "obj"), button(turn, talk, "sig"), button(turn, talk, "note"))
    aside = _row(
        move_button(turn, talk, "pause"),
        move_button(turn, talk, "gap") if phase in LATE else None,
        button(turn, talk, "tech") if closing else move_button(turn, talk, "close"),
    )
    along = _row(
        move_button(turn, talk, "back") if phase is not PhaseId.RELATIONSHIP else None,
        button(turn, talk, "more"),
        None if closing else move_button(turn, talk, "next"),
    )
    return (*ticks, *(outcomes if closing else ()), came_up, aside, along)


def menu_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    """What stands behind '⋯': ticks to take back, the details, notes, corrections, the end, and undo."""
    over = talk.standing is Standing.FINISHED
    working = talk.standing is Standing.OPEN and talk.phase is not PhaseId.FOLLOW_UP
    undoable = last_move(turn.store.conversations.moves(talk.id)) is not None
    return (
        *(_other_tick_rows(turn, talk) if working else ()),
        *(() if over else detail_rows(turn, talk)),
        *corrections.rows(turn, talk),
        _row(
            button(turn, talk, "notes"),
            move_button(turn, talk, "end") if working else None,
            move_button(turn, talk, "undo") if undoable else None,
        ),
        _row(button(turn, talk, "less")),
    )


def _to_tick(turn: Turn, talk: Talk) -> tuple[list[CheckItem], list[CheckItem]]:
    """The open items with a button on the card, the one that ends the phase among them; and those behind '⋯'."""
    todo = [item for item in fitting_items(turn.knowledge.phases[talk.phase], talk) if not talk.ticked(item.id)]
    if len(todo) <= _TICKS_ON_THE_CARD:
        return todo, []
    *others, last = todo
    return [*others[: _TICKS_ON_THE_CARD - 1], last], others[_TICKS_ON_THE_CARD - 1 :]


def _other_tick_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    """Ticks to take back, and open items that the card has no room for."""
    _, behind = _to_tick(turn, talk)
    done = [item for item in fitting_items(turn.knowledge.phases[talk.phase], talk) if talk.ticked(item.id)]
    ticks = [tick_button(talk, talk.phase, item, wanted=False) for item in done]
    ticks += [tick_button(talk, talk.phase, item, wanted=True) for item in behind]
    return rows_of(ticks, _TICKS_IN_A_ROW)


def _row(*buttons: Button | None) -> Row:
    return tuple(button for button in buttons if button is not None)
