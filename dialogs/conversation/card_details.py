"""The details of a conversation on its card: target group, kind of appointment, how the contact came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dialogs.conversation.talk import Talk
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Row, rows_of
from knowledge.catalogue import Choice, Knowledge


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail by its short name on buttons, and the field of the talk that holds it."""

    name: str
    field: str

    def choices(self, knowledge: Knowledge) -> Mapping[str, Choice]:
        """What can be chosen, by id."""
        all_choices: Mapping[str, Mapping[str, Choice]] = {
            "who": {str(id_): choice for id_, choice in knowledge.target_groups.items()},
            "kind": {str(id_): choice for id_, choice in knowledge.kinds.items()},
            "how": {str(id_): choice for id_, choice in knowledge.acquisition.items()},
        }
        return all_choices[self.name]

    def now(self, talk: Talk) -> str:
        """The id that holds."""
        return str(getattr(talk, self.field))


DETAILS: Final = {
    detail.name: detail
    for detail in (Detail("who", "target_group"), Detail("kind", "kind"), Detail("how", "acquisition"))
}


def detail_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    """One button for each detail, with what holds now."""
    return tuple(
        (
            Button(
                turn.say(f"details.{detail.name}", now=detail.choices(turn.knowledge)[detail.now(talk)].label),
                Press("detail", talk.id, value=detail.name),
            ),
        )
        for detail in DETAILS.values()
    )


def choice_rows(turn: Turn, talk: Talk, detail: Detail) -> tuple[Row, ...]:
    """What a detail can be, the present choice marked; the last button leads back to '⋯'."""
    buttons = [
        Button(
            turn.say("details.chosen", label=choice.label) if id_ == detail.now(talk) else choice.label,
            Press("detail_set", talk.id, value=f"{detail.name}={id_}"),
        )
        for id_, choice in detail.choices(turn.knowledge).items()
    ]
    return (*rows_of(buttons, 2), (Button(turn.say("card.button.less"), Press("less", talk.id)),))
