"""What recognition says about a text: objections and buying signals with calibrated scores, or nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from knowledge.language.languages import Language
from knowledge.taxonomy import ObjectionId, SignalId

Label = ObjectionId | SignalId


class MatchKind(StrEnum):
    """Told apart by meaning: asking for the delivery date is a signal, complaining about it an objection."""

    OBJECTION = "objection"
    SIGNAL = "signal"


@dataclass(frozen=True, slots=True)
class Match:
    """One reading of a text. `score` is the estimated probability (0 to 1) that it is meant."""

    id: Label
    score: float

    @property
    def kind(self) -> MatchKind:
        """Objection or buying signal."""
        return MatchKind.OBJECTION if isinstance(self.id, ObjectionId) else MatchKind.SIGNAL


@dataclass(frozen=True, slots=True)
class Recognition:
    """The readings of a text, best first; none where nothing was recognised.

    `answers` are those that are sure enough to be answered at once: none, one, or two where one line holds two.
    `guesses` are there only where nothing was recognised, but not by far: what it would be if it were something.
    """

    matches: tuple[Match, ...] = ()
    answers: tuple[Match, ...] = ()
    guesses: tuple[Match, ...] = ()


NOTHING = Recognition()


class Recogniser(Protocol):
    """Text in, readings out. Never raises for any text."""

    def recognise(self, text: str, language: Language | None = None) -> Recognition:
        """The readings of the text; `language` None: it is detected."""
