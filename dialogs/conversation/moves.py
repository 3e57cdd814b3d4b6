"""The buttons of the card: moves along the six phases, ticks, and what stands behind '⋯'.

A move holds only for the version of the conversation that its button was drawn with; a tick says what shall hold and
counts always. What does not fit any more changes nothing: the card is drawn afresh.
"""

from typing import Final

from dialogs import forms
from dialogs.conversation import card, side_screens, steps
from dialogs.conversation.card_buttons import PHASE_CODES
from dialogs.conversation.card_questions import MISSING
from dialogs.conversation.phases import Move, follow_up_settled
from dialogs.conversation.talk import ConversationId, Standing, Talk, TaskState, TrialClose, Trigger, Value
from dialogs.machine import NoSuchMove
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import line
from knowledge.taxonomy import FollowUpTaskId

_TRIGGERS: Final = {
    "next": Trigger.ADVANCE,
    "back": Trigger.BACK,
    "gap": Trigger.GAP_FOUND,
    "close": Trigger.CLOSE,
    "trial_yes": Trigger.TRIAL_CLOSE_YES,
    "trial_not": Trigger.TRIAL_CLOSE_NOT_YET,
    "anyway": Trigger.GO_ANYWAY,
    "stay": Trigger.STAY,
    "not_yet": Trigger.NOT_YET,
    "end": Trigger.END,
    "pause": Trigger.PAUSE,
    "resume": Trigger.RESUME,
    "finish": Trigger.FINISH,
}
_BY_VERSION: Final = frozenset({*_TRIGGERS, "missing", "undo"})
_PHASE_OF_CODE: Final = {code: phase for phase, code in PHASE_CODES.items()}

ACTIONS: Final = _BY_VERSION | {"tick", "more", "less"}


def handle(turn: Turn) -> None:
    """A pressed button of the card."""
    talk = current(turn)
    if talk is None:
        return
    forms.set_aside(turn)
    press = press_of(turn)
    match press.action:
        case "tick":
            _tick(turn, talk, press)
        case "more" if talk.asking is None:
            turn.edit(card.screen(talk), card.menu_view(turn, talk))
        case "more" | "less":
            card.draw(turn, talk)
        case "finish" if not follow_up_settled(Move(talk)):
            still_open = [task for task in FollowUpTaskId if talk.task(task).state is TaskState.OPEN]
            turn.toast(turn.say("move.tasks_open", n=len(still_open)))
            card.draw(turn, talk)
        case _:
            _move(turn, talk, press)


def current(turn: Turn) -> Talk | None:
    """The conversation of the pressed button, made the active one unless it is over.

    None where it is gone, or where the button was drawn for another version: what stands now has been shown then.
    """
    press = press_of(turn)
    talk = turn.store.conversations.load(turn.person.id, ConversationId(press.subject))
    if talk is None:
        say_gone(turn)
        return None
    if talk.standing is not Standing.FINISHED:
        steps.activate(turn, talk.id)
    if (press.version or press.action in _BY_VERSION) and press.version != talk.version:
        card.draw_stale(turn, talk)
        return None
    return talk


def press_and_talk(turn: Turn) -> tuple[Press, Talk | None] | None:
    """The button, and the conversation that it belongs to, None where it belongs to none.

    None altogether where `current` has said or shown why nothing comes of the press.
    """
    press = press_of(turn)
    talk = current(turn) if press.subject else None
    return None if press.subject and talk is None else (press, talk)


def press_of(turn: Turn) -> Press:
    """The press that this turn is about; only turns of buttons come here."""
    if not isinstance(turn.event, Pressed):
        raise TypeError(f"no button was pressed: {turn.event!r}")
    return turn.event.press


def say_gone(turn: Turn) -> None:
    """The conversation was deleted or can't be read: a toast, and the pressed screen says so from now on."""
    text = turn.say("move.gone")
    turn.toast(text)
    if isinstance(turn.event, Pressed) and turn.event.screen:
        turn.edit(turn.event.screen, line(text))
    else:
        turn.show(line(text))


def _tick(turn: Turn, talk: Talk, press: Press) -> None:
    what, wanted = press.split()
    code, _, item = what.partition(".")
    phase = _PHASE_OF_CODE.get(code)
    if phase is None or item not in [known.id for known in turn.knowledge.phases[phase].checklist]:
        card.draw_stale(turn, talk)
        return
    after = steps.record(turn, talk, Trigger.TICK, phase=phase, item=item, done=wanted == "1")
    if phase is not talk.phase and after.trial_close is TrialClose.INTEREST:  # ticked under a signal; no card shows it
        turn.toast(turn.say("move.trial_close_yes"))
    side_screens.leave(turn, card.screen(after))
    card.draw(turn, after)


def _move(turn: Turn, talk: Talk, press: Press) -> None:
    try:
        after = _moved(turn, talk, press)
    except NoSuchMove:
        card.draw_stale(turn, talk)
        return
    steps.activate(turn, None if after.standing is Standing.FINISHED else after.id)
    side_screens.leave(turn, card.screen(after))
    card.draw(turn, after)


def _moved(turn: Turn, talk: Talk, press: Press) -> Talk:
    values: dict[str, Value] = {}
    match press.action:
        case "undo":
            after = steps.undo(turn, talk)
            turn.toast(turn.say("move.undone"))
            return after
        case "missing":
            trigger = MISSING.get(press.value)
            if trigger is None:
                raise NoSuchMove(f"nothing is missing by the name {press.value!r}")
            values = {"missing": press.value}
        case action:
            trigger = _TRIGGERS[action]
    after = steps.move(turn, talk, trigger, **values)
    if trigger is Trigger.TRIAL_CLOSE_NOT_YET:  # nothing else on the card changes
        turn.toast(turn.say("move.trial_close_not_yet"))
    return after
