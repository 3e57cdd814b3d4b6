"""Closing techniques (Abschlusstechniken) that fit now, with sentences to say. Looking moves nothing.

What is still open comes first: with an open objection the screen says so and proposes what clears it.
"""

from collections.abc import Mapping
from typing import Final

from dialogs.conversation import moves, side_screens, steps
from dialogs.conversation.card_buttons import move_button
from dialogs.conversation.objection_groups import LOOK
from dialogs.conversation.objection_help_view import label_of_reading, question_to_ask
from dialogs.conversation.phases import OFFERING
from dialogs.conversation.situation import known_values, situation_of
from dialogs.conversation.talk import Standing, Talk
from dialogs.press import Press
from dialogs.turn import Command, Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Say, Text, View
from knowledge.ranking import TAKE_UP_OBJECTIONS, ranked_closing, speaking_for
from knowledge.taxonomy import ClosingId, Fairness, ObjectionId

COMMANDS: Final = frozenset({"close"})
ACTIONS: Final = frozenset({"tech", "tech_more"})

SHOWN_AT_ONCE: Final = 3

_CLEARED_FROM_HERE: Final = 2
"""So many open objections have a button of their own here; the card names all."""

_DIGITS: Final = 3
"""More of them are no place in the list."""


def handle(turn: Turn) -> None:
    """The command shows the first three; buttons show the next ones, or one of them in full, in place."""
    if isinstance(turn.event, Command):
        talk = steps.active_talk(turn)
        turn.show(techniques_view(turn, talk, 0), _screen(talk))
        return
    pressed = moves.press_and_talk(turn)
    if pressed is None:
        return
    press, talk = pressed
    name, at = press.split() if press.action == "tech_more" else ("", press.value)
    first = int(at) if at.isdecimal() and len(at) <= _DIGITS else 0
    if name in turn.knowledge.closing:
        view = technique_view(turn, talk, ClosingId(name), first)
    else:
        view = techniques_view(turn, talk, first)
    side_screens.show(turn, _screen(talk), view, turn.say("closing.moved"))


def techniques_view(turn: Turn, talk: Talk | None, first: int) -> View:
    """Three techniques from place `first` on, what stands in the way, and the way to the others."""
    order = ranked_closing(turn.knowledge.closing, situation_of(talk))
    if talk is not None and ObjectionId.DO_NOT_CONTACT in [raised.id for raised in talk.open_objections]:
        return View((Text(turn.say("closing.no_contact")),), (_clear_row(turn, talk, ObjectionId.DO_NOT_CONTACT),))
    first = first if 0 <= first < len(order) else 0
    shown = order[first : first + SHOWN_AT_ONCE]
    values = known_values(turn, talk)
    blocks: list[Block | None] = [*_standing_blocks(turn, talk, values)]
    for number, id_ in enumerate(shown, start=1):
        blocks += [
            None,
            Text(_why(turn, talk, id_, number)),
            Say(turn.knowledge.closing[id_].sentences[0].filled(values), _care(turn, id_)),
        ]
    return View(tuple(blocks), _rows(turn, talk, first, order))


def technique_view(turn: Turn, talk: Talk | None, technique: ClosingId, first: int) -> View:
    """One technique in full: when it fits and when not, what to mind, all its wordings; and back to place `first`."""
    entry = turn.knowledge.closing[technique]
    values = known_values(turn, talk)
    mind = (Hint(turn.say("closing.mind", mind=entry.mind)),) if entry.mind else ()
    back = Button(turn.say("closing.back"), Press("tech", talk.id if talk else 0, value=str(first)))
    return View(
        (
            Heading(entry.label),
            Text(turn.say("closing.fits_when", when=entry.fits_when)),
            Text(turn.say("closing.fits_not", when=entry.not_when)),
            *mind,
            None,
            *(Say(sentence.filled(values)) for sentence in entry.sentences),
        ),
        ((back,),),
    )


def _why(turn: Turn, talk: Talk | None, technique: ClosingId, number: int) -> str:
    """The technique with what speaks for it in this conversation, else with when it fits."""
    entry, situation = turn.knowledge.closing[technique], situation_of(talk)
    seen = speaking_for(entry, situation) if situation else ()
    if situation is not None and situation.objections_open and technique in TAKE_UP_OBJECTIONS:
        return turn.say("closing.takes_up", n=number, technique=entry.label)
    if seen:
        signal = turn.knowledge.signals[seen[0]].label
        return turn.say("closing.because_seen", n=number, technique=entry.label, signal=signal)
    return turn.say("closing.fits", n=number, technique=entry.label, when=entry.fits_when)


def _care(turn: Turn, technique: ClosingId) -> str:
    care = turn.knowledge.closing[technique].fairness is Fairness.WITH_CARE
    return turn.say("closing.with_care") if care else ""


def _standing_blocks(turn: Turn, talk: Talk | None, values: Mapping[str, str]) -> tuple[Block, ...]:
    if talk is None:
        return (Hint(turn.say("closing.without_talk")),)
    objections = [label_of_reading(turn, raised.id) for raised in talk.open_objections]
    lines: list[Block] = [Text(turn.say("closing.open", which=", ".join(objections) or turn.say("closing.nothing")))]
    if objections:
        asking = question_to_ask(turn, talk.open_objections[0].id, values)
        lines.append(Say(asking.text, turn.say("closing.first_clear")))
    seen = dict.fromkeys(turn.knowledge.signals[signal.id].label for signal in talk.signals)
    if seen:
        lines.append(Text(turn.say("closing.seen", which=", ".join(seen))))
    return tuple(lines)


def _rows(turn: Turn, talk: Talk | None, first: int, order: tuple[ClosingId, ...]) -> tuple[Row, ...]:
    subject = talk.id if talk else 0
    after = first + SHOWN_AT_ONCE
    clear = _clear_rows(turn, talk) if talk else ()
    in_full = tuple(
        Button(turn.say("closing.more_on", n=number), Press("tech_more", subject, value=f"{id_}={first}"))
        for number, id_ in enumerate(order[first:after], start=1)
    )
    others = (
        Button(turn.say("closing.more"), Press("tech", subject, value=str(after)))
        if after < len(order)
        else Button(turn.say("closing.again"), Press("tech", subject))
    )
    if talk is None or talk.standing is not Standing.OPEN or talk.phase not in OFFERING:
        return (*clear, in_full, (others,))
    to_closing = move_button(turn, talk, "close", label=turn.say("closing.to_closing"))
    return (*clear, in_full, (others,), (to_closing,))


def _clear_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    return tuple(_clear_row(turn, talk, raised.id) for raised in talk.open_objections[:_CLEARED_FROM_HERE])


def _clear_row(turn: Turn, talk: Talk, objection: ObjectionId) -> Row:
    """Leads to the help with what is still open."""
    words = turn.say("closing.clear", objection=label_of_reading(turn, objection))
    return (Button(words, Press("obj_set", talk.id, value=f"{objection}={LOOK}")),)


def _screen(talk: Talk | None) -> str:
    return f"tech:{talk.id}" if talk else "tech"
