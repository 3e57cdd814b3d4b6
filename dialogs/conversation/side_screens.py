"""Screens beside the card, such as the list of objections: each has a name and changes in place."""

from dialogs.turn import PUSHED_UP_BY, Pressed, Turn
from dialogs.view import View, line


def show(turn: Turn, screen: str, view: View, moved: str) -> None:
    """Draws the screen where it was pressed, else in reach of the thumb; `moved` is what an old one says then.

    What was opened from elsewhere and stands in reach already is pointed at, so that no press stays without an
    answer.
    """
    if isinstance(turn.event, Pressed) and turn.event.screen == screen:
        turn.edit(screen, view)
        return
    below = turn.store.screens.messages_below(turn.sender.chat_id, screen)
    if below is not None and below < PUSHED_UP_BY and not turn.toast_text:
        turn.toast(turn.say("move.further_down"))
    turn.keep_in_reach(screen, view, line(moved))


def answer(turn: Turn, screen: str, view: View, moved: str) -> None:
    """Draws the screen below a typed answer, as the newest message; after a press as `show` does."""
    if isinstance(turn.event, Pressed):
        show(turn, screen, view, moved)
    elif turn.store.screens.messages_below(turn.sender.chat_id, screen) is None:
        turn.show(view, screen)
    else:
        turn.move_down(screen, view, line(moved))


def leave(turn: Turn, card_screen: str) -> None:
    """A button of the card was pressed on another screen, which has done its work and becomes a line."""
    if isinstance(turn.event, Pressed) and turn.event.screen not in ("", card_screen):
        turn.edit(turn.event.screen, line(turn.say("move.on_the_card")))
