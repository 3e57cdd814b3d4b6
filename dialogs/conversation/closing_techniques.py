"""Closing techniques (Abschlusstechniken) that fit now, with sentences to say. Looking moves nothing.

What fits is ordered by the buying signals seen, then by what still stands in the way, then by the phase.
"""

from typing import Final

from dialogs.conversation import moves, side_screens, steps
from dialogs.conversation.card_buttons import move_button
from dialogs.conversation.phases import EARLY, OFFERING
from dialogs.conversation.talk import Standing, Talk
from dialogs.press import Press
from dialogs.turn import Command, Turn
from dialogs.view import Block, Button, Hint, Row, Say, Text, View
from knowledge.taxonomy import ClosingId

COMMANDS: Final = frozenset({"close"})
ACTIONS: Final = frozenset({"tech"})

SHOWN_AT_ONCE: Final = 3

_WITH_OPEN_OBJECTIONS: Final = (
    ClosingId.CONDITIONAL_CLOSE,
    ClosingId.DIRECT_QUESTION,
    ClosingId.RISK_REVERSAL,
    ClosingId.REFERENCE_CLOSE,
)
"""These take up what still stands in the way instead of passing it over."""

_MORE_THAN_A_SIGNAL: Final = 2
"""An open objection outweighs a buying signal: closing over it brings a no."""

_WITH_NOTHING_OPEN: Final = (
    ClosingId.SUMMARY_CLOSE,
    ClosingId.EXPLICIT_AGREEMENT,
    ClosingId.ASSUMPTIVE_CLOSE,
    ClosingId.ALTERNATIVE_CLOSE,
)

_BEFORE_THE_OFFER: Final = (ClosingId.NEXT_STEP_CLOSE, ClosingId.MUTUAL_PLAN, ClosingId.DIRECT_QUESTION)
"""Before the customer has seen a solution, only the next step can be closed."""


def handle(turn: Turn) -> None:
    """The command shows the first three; the button shows the next ones in place."""
    if isinstance(turn.event, Command):
        talk = steps.active_talk(turn)
        turn.show(techniques_view(turn, talk, 0), _screen(talk))
        return
    press = moves.press_of(turn)
    talk = moves.current(turn) if press.subject else None
    if press.subject and talk is None:
        return
    first = int(press.value) if press.value.isdecimal() else 0
    view = techniques_view(turn, talk, first)
    side_screens.show(turn, _screen(talk), view, turn.say("closing.moved"))


def fitting(turn: Turn, talk: Talk | None) -> tuple[ClosingId, ...]:
    """All techniques, those that fit best first."""
    if talk is None:
        return tuple(ClosingId)
    seen = {signal.id for signal in talk.signals}
    preferred = _preferred(talk)

    def rank(technique: ClosingId) -> tuple[int, int]:
        hits = len(seen & set(turn.knowledge.closing[technique].signals))
        place = preferred.index(technique) if technique in preferred else len(preferred)
        takes_up_objections = bool(talk.open_objections) and technique in _WITH_OPEN_OBJECTIONS
        return (-hits - _MORE_THAN_A_SIGNAL * takes_up_objections, place)

    return tuple(sorted(ClosingId, key=rank))


def _preferred(talk: Talk) -> tuple[ClosingId, ...]:
    if talk.phase in EARLY:
        return _BEFORE_THE_OFFER
    return _WITH_OPEN_OBJECTIONS if talk.open_objections else _WITH_NOTHING_OPEN


def techniques_view(turn: Turn, talk: Talk | None, first: int) -> View:
    """Three techniques from place `first` on, what stands in the way, and the way to the others."""
    order = fitting(turn, talk)
    first = first if 0 <= first < len(order) else 0
    shown = order[first : first + SHOWN_AT_ONCE]
    blocks: list[Block | None] = [*_standing_blocks(turn, talk)]
    for number, id_ in enumerate(shown, start=1):
        entry = turn.knowledge.closing[id_]
        if blocks:
            blocks.append(None)
        fits = turn.say("closing.fits", n=number, technique=entry.label, when=entry.fits_when)
        blocks += [Text(fits), Say(entry.sentences[0])]
    return View(tuple(blocks), _rows(turn, talk, first, len(order)))


def _standing_blocks(turn: Turn, talk: Talk | None) -> tuple[Block, ...]:
    if talk is None:
        return (Hint(turn.say("closing.without_talk")),)
    objections = [turn.knowledge.objections[raised.id].label for raised in talk.open_objections]
    seen = dict.fromkeys(turn.knowledge.signals[signal.id].label for signal in talk.signals)
    still_open = ", ".join(objections) or turn.say("closing.nothing")
    lines: tuple[Block, ...] = (Text(turn.say("closing.open", which=still_open)),)
    if seen:
        lines = (*lines, Text(turn.say("closing.seen", which=", ".join(seen))))
    return lines


def _rows(turn: Turn, talk: Talk | None, first: int, total: int) -> tuple[Row, ...]:
    after = first + SHOWN_AT_ONCE
    subject = talk.id if talk else 0
    more = (
        Button(turn.say("closing.more"), Press("tech", subject, value=str(after)))
        if after < total
        else Button(turn.say("closing.again"), Press("tech", subject))
    )
    if talk is None or talk.standing is not Standing.OPEN or talk.phase not in OFFERING:
        return ((more,),)
    return ((more,), (move_button(turn, talk, "close", label=turn.say("closing.to_closing")),))


def _screen(talk: Talk | None) -> str:
    return f"tech:{talk.id}" if talk else "tech"
