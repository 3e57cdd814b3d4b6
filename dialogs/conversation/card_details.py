"""The details of a conversation on its card: target group, kind of appointment, how the contact came about, the offer.

What is chosen from a list is a step; what is typed (benefit, a product that is on no list) is a note.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dialogs.conversation.situation import WORDS, words_for
from dialogs.conversation.talk import Talk
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Turn
from dialogs.view import Button, Row, rows_of
from knowledge.entries import Choice
from knowledge.taxonomy import OfferKind

_LONGEST_WORDS: Final = 40
"""Characters of what was typed, on a button."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail by its short name on buttons, and the field of the talk that holds it."""

    name: str
    field: str

    def choices(self, turn: Turn) -> Mapping[str, Choice]:
        """What can be chosen, by id."""
        knowledge = turn.knowledge
        all_choices: Mapping[str, Mapping[str, Choice]] = {
            "who": {str(id_): choice for id_, choice in knowledge.target_groups.items()},
            "kind": {str(id_): choice for id_, choice in knowledge.kinds.items()},
            "how": {str(id_): choice for id_, choice in knowledge.acquisition.items()},
            "offer": {str(id_): Choice(label=turn.say(f"details.offers.{id_}")) for id_ in OfferKind},
        }
        return all_choices[self.name]

    def now(self, talk: Talk) -> str:
        """The id that holds; empty where nothing was chosen."""
        return str(getattr(talk, self.field) or "")


DETAILS: Final = {
    detail.name: detail
    for detail in (
        Detail("who", "target_group"),
        Detail("kind", "kind"),
        Detail("how", "acquisition"),
        Detail("offer", "offer"),
    )
}


def detail_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    """One button for each detail, with what holds now."""
    chosen = [(detail.name, "detail", _label_now(turn, talk, detail)) for detail in DETAILS.values()]
    words = words_for(turn, talk)
    typed = [(name, "word", shortened(words.get(name, ""), _LONGEST_WORDS)) for name in WORDS]
    return tuple(
        (
            Button(
                turn.say(f"details.{name}", now=now or turn.say("details.not_said")),
                Press(action, talk.id, value=name),
            ),
        )
        for name, action, now in (*chosen, *typed)
    )


def _label_now(turn: Turn, talk: Talk, detail: Detail) -> str:
    choice = detail.choices(turn).get(detail.now(talk))
    return choice.label if choice else ""


def choice_rows(turn: Turn, talk: Talk, detail: Detail) -> tuple[Row, ...]:
    """What a detail can be, the present choice marked; the last button leads back to '⋯'."""
    buttons = [
        Button(
            turn.say("details.chosen", label=choice.label) if id_ == detail.now(talk) else choice.label,
            Press("detail_set", talk.id, value=f"{detail.name}={id_}"),
        )
        for id_, choice in detail.choices(turn).items()
    ]
    return (*rows_of(buttons, 2), (Button(turn.say("card.button.less"), Press("less", talk.id)),))
