"""Buying signals (Kaufsignale): seen in presentation or negotiation they lead to closing at once, if the seller wants.

Earlier they are noted and propose the trial close. `/signal` lists what to watch for; one tap notes it.
"""

from typing import Final

from dialogs.conversation import card, moves, side_screens, steps
from dialogs.conversation.card_buttons import move_button, tick_button
from dialogs.conversation.card_text import trial_close_sentences
from dialogs.conversation.phases import EARLY, OFFERING
from dialogs.conversation.talk import TRIAL_CLOSE_ITEM, Standing, Talk, TrialClose, Trigger
from dialogs.press import Press
from dialogs.turn import Command, Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Say, Text, View
from knowledge.taxonomy import PhaseId, SignalId

COMMANDS: Final = frozenset({"signal"})
ACTIONS: Final = frozenset({"sig", "sig_set", "sig_ok"})


def handle(turn: Turn) -> None:
    """The command and `sig` open the list, `sig_set` notes a signal or takes it back, `sig_ok` goes on."""
    if isinstance(turn.event, Command):
        talk = steps.active_talk(turn)
        turn.show(list_view(turn, talk), _screen(talk))
        return
    pressed = moves.press_and_talk(turn)
    if pressed is None:
        return
    press, talk = pressed
    match press.action:
        case "sig_set":
            _set(turn, talk, press)
        case "sig_ok" if talk is not None:
            _go_on(turn, talk)
        case _:
            _show(turn, talk, list_view(turn, talk))


def list_view(turn: Turn, talk: Talk | None) -> View:
    """What to watch for: one button a signal; with a conversation a tap notes it."""
    seen = {signal.id for signal in talk.signals if signal.phase is talk.phase} if talk else set()
    subject = talk.id if talk else 0
    rows: list[Row] = [
        (
            Button(
                turn.say("signal.noted_before", signal=entry.label) if id_ in seen else entry.label,
                Press("sig_set", subject, value=f"{id_}=1"),
            ),
        )
        for id_, entry in turn.knowledge.signals.items()
    ]
    return View((Text(turn.say("signal.which" if talk else "signal.watch_for")),), tuple(rows))


def _set(turn: Turn, talk: Talk | None, press: Press) -> None:
    what, wanted = press.split()
    if what not in turn.knowledge.signals:
        _show(turn, talk, list_view(turn, talk))
        return
    signal = SignalId(what)
    if talk is None:
        _show(turn, None, _look_view(turn, signal))
        return
    if wanted == "1":
        after = steps.record(turn, talk, Trigger.SIGNAL, id=signal, phase=talk.phase, seen=True)
        turn.toast(turn.say("signal.noted"))
        _show(turn, after, signal_view(turn, after, signal))
    else:
        phase = next((seen.phase for seen in reversed(talk.signals) if seen.id is signal), talk.phase)
        after = steps.record(turn, talk, Trigger.SIGNAL, id=signal, phase=phase, seen=False)
        turn.toast(turn.say("signal.taken_back"))
        _show(turn, after, list_view(turn, after))
    _name_on_card(turn, after)


def hear(turn: Turn, talk: Talk | None, signal: SignalId, more: tuple[Row, ...]) -> None:
    """A signal that was recognised in a typed text: noted where a conversation goes on, and shown with what to do."""
    if talk is None or talk.standing is not Standing.OPEN or talk.phase is PhaseId.FOLLOW_UP:
        view = View((*_what_to_do(turn, signal), _sentence(turn, signal)), (_list_row(turn),))
    else:
        talk = steps.record(turn, talk, Trigger.SIGNAL, id=signal, phase=talk.phase, seen=True)
        view = signal_view(turn, talk, signal)
    turn.show(View(view.blocks, (*view.rows, *more)), _screen(talk))
    _name_on_card(turn, talk)


def _look_view(turn: Turn, signal: SignalId) -> View:
    """A signal without a conversation to note it in: there is time to read how it is noticed and what to leave."""
    entry = turn.knowledge.signals[signal]
    heading, what_to_do = _what_to_do(turn, signal)
    avoid = Text(turn.say("signal.avoid", what=entry.avoid))
    return View((heading, Hint(entry.notice), what_to_do, avoid, _sentence(turn, signal)), (_list_row(turn),))


def _list_row(turn: Turn) -> Row:
    return (Button(turn.say("signal.list"), Press("sig")),)


def _name_on_card(turn: Turn, talk: Talk | None) -> None:
    if talk is not None and talk.phase is PhaseId.CLOSING:  # the only card that names the signals
        card.draw(turn, talk)


def signal_view(turn: Turn, talk: Talk, signal: SignalId) -> View:
    """A signal that was seen: what to do now, what to say, and the way that it opens."""
    slip = Button(turn.say("signal.slip"), Press("sig_set", talk.id, value=f"{signal}=0"))
    going_on = Button(turn.say("signal.go_on"), Press("sig_ok", talk.id))
    blocks: tuple[Block | None, ...] = _what_to_do(turn, signal)
    ways: tuple[Row, ...] = ()
    if talk.standing is Standing.OPEN and talk.phase in OFFERING:
        blocks = (*blocks, *_still_open(turn, talk), _sentence(turn, signal))
        ways = ((move_button(turn, talk, "close", label=turn.say("signal.to_closing")),),)
    elif talk.phase in EARLY and talk.trial_close is not TrialClose.INTEREST:
        sentences = (Say(text) for text in trial_close_sentences(turn, talk))
        blocks = (*blocks, Hint(turn.say("signal.propose_trial_close")), *sentences)
        ways = ((_trial_close_button(turn, talk),),)
    else:
        blocks = (*blocks, _sentence(turn, signal))
    return View(blocks, (*ways, (going_on, slip)))


def _still_open(turn: Turn, talk: Talk) -> tuple[Block, ...]:
    """What would have to be cleared before closing."""
    labels = [turn.knowledge.objections[raised.id].label for raised in talk.open_objections]
    return (Text(turn.say("card.objections_open", n=len(labels), which=", ".join(labels))),) if labels else ()


def _trial_close_button(turn: Turn, talk: Talk) -> Button:
    items = turn.knowledge.phases[PhaseId.ANALYSIS].checklist
    item = next(item for item in items if item.id == TRIAL_CLOSE_ITEM)
    return tick_button(talk, PhaseId.ANALYSIS, item, wanted=True, label=turn.say("signal.trial_close_yes"))


def _go_on(turn: Turn, talk: Talk) -> None:
    """'notiert, weiter hier': the screen has done its work."""
    side_screens.leave(turn, card.screen(talk))
    card.draw(turn, talk)


def _what_to_do(turn: Turn, signal: SignalId) -> tuple[Block, Block]:
    entry = turn.knowledge.signals[signal]
    return Heading(turn.say("signal.seen", signal=entry.label)), Text(entry.do)


def _sentence(turn: Turn, signal: SignalId) -> Say:
    return Say(turn.knowledge.signals[signal].say)


def _screen(talk: Talk | None) -> str:
    return f"sig:{talk.id}" if talk else "sig"


def _show(turn: Turn, talk: Talk | None, view: View) -> None:
    side_screens.show(turn, _screen(talk), view, turn.say("signal.moved"))
