"""Changing what a conversation is about while it runs: the card shows the choices and the answer in place."""

from typing import Final

from dialogs.conversation import card, moves, steps
from dialogs.conversation.card_details import DETAILS, choice_rows
from dialogs.conversation.talk import Trigger
from dialogs.turn import Turn

ACTIONS: Final = frozenset({"detail", "detail_set"})


def handle(turn: Turn) -> None:
    """`detail` opens the choices of one detail, `detail_set` takes one."""
    talk = moves.current(turn)
    if talk is None:
        return
    press = moves.press_of(turn)
    name, wanted = press.split()
    detail = DETAILS.get(name)
    if detail is None or (press.action == "detail_set" and wanted not in detail.choices(turn.knowledge)):
        card.draw_stale(turn, talk)
    elif press.action == "detail":
        card.redraw(turn, talk, choice_rows(turn, talk, detail))
    else:
        talk = steps.record(turn, talk, Trigger.DETAILS, **{detail.field: wanted})
        hint = detail.choices(turn.knowledge)[wanted].hint
        turn.toast(hint)
        card.draw(turn, talk)
