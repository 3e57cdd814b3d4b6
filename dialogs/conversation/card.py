"""The card of a conversation: one live message that says where it stands, what to say now, and what can be done.

Who it is, how far; the goal, the checklist, two or three sentences, what to listen for. Questions are asked on the
card itself. Drawing reads; it never changes the conversation.
"""

from collections.abc import Sequence

from dialogs.conversation import follow_up
from dialogs.conversation.card_buttons import card_rows, menu_rows
from dialogs.conversation.card_questions import question_view
from dialogs.conversation.card_text import (
    customer_name,
    finished_blocks,
    follow_up_blocks,
    held_blocks,
    working_blocks,
)
from dialogs.conversation.talk import Standing, Talk
from dialogs.turn import Turn
from dialogs.view import Block, Row, View, line
from knowledge.taxonomy import PhaseId


def screen(talk: Talk) -> str:
    """The name of the conversation's one live card."""
    return f"card:{talk.id}"


def card_view(turn: Turn, talk: Talk) -> View:
    """The card as the conversation stands."""
    if talk.asking is not None:
        return question_view(turn, talk, talk.asking)
    return View(_blocks(turn, talk), card_rows(turn, talk))


def menu_view(turn: Turn, talk: Talk) -> View:
    """The card with the buttons behind '⋯'."""
    return View(_blocks(turn, talk), menu_rows(turn, talk))


def _blocks(turn: Turn, talk: Talk) -> tuple[Block | None, ...]:
    match talk.standing:
        case Standing.FINISHED:
            return finished_blocks(turn, talk)
        case Standing.PAUSED:
            return held_blocks(turn, talk, ())
        case Standing.POSTPONED:
            return held_blocks(turn, talk, follow_up.task_blocks(turn, talk))
        case Standing.OPEN if talk.phase is PhaseId.FOLLOW_UP:
            in_hand = follow_up.task_in_hand(turn, talk)
            return follow_up_blocks(turn, talk, follow_up.task_blocks(turn, talk), in_hand)
        case Standing.OPEN:
            return working_blocks(turn, talk)


def draw(turn: Turn, talk: Talk) -> None:
    """Draws the card where it stands, or at the bottom where messages have pushed it up."""
    turn.keep_in_reach(screen(talk), card_view(turn, talk), _short_view(turn, talk))


def draw_at_bottom(turn: Turn, talk: Talk) -> None:
    """Sends the card anew as the newest message; an older one becomes a line. At the bottom it is only redrawn."""
    below = turn.store.screens.messages_below(turn.sender.chat_id, screen(talk))
    if below:
        turn.move_down(screen(talk), card_view(turn, talk), _short_view(turn, talk))
    elif below is None:
        turn.show(card_view(turn, talk), screen(talk))
    else:
        turn.toast(turn.say("card.below"))
        turn.edit(screen(talk), card_view(turn, talk))


def draw_stale(turn: Turn, talk: Talk) -> None:
    """The card as it stands now, for a press that does not fit any more; nothing else happens."""
    turn.toast(turn.say("move.stale"))
    draw(turn, talk)


def redraw(turn: Turn, talk: Talk, rows: Sequence[Row]) -> None:
    """The card in its place with other buttons under it, until it is drawn again."""
    turn.edit(screen(talk), View(_blocks(turn, talk), tuple(rows)))


def _short_view(turn: Turn, talk: Talk) -> View:
    return line(turn.say("card.moved", customer=customer_name(turn, talk)))
