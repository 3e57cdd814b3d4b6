"""What is counted or summed for the team, without who."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from dialogs.conversation.talk import PersonId
from dialogs.ports.people import TeamId
from knowledge.figures.costs import CostEntry
from knowledge.ranking import Tally
from knowledge.taxonomy import HardshipTheme, ObjectionId, TechniqueId


class WhatHelped(Protocol):
    """Which technique helped against which objection: counted for the team, without who, when and in which talk.

    `token` is of one help screen: what is said there twice counts once, and a changed mind replaces.
    """

    def tallies(self, team_id: TeamId, objection: ObjectionId) -> Mapping[TechniqueId, Tally]:
        """The sums of the team; techniques about which nobody has said anything are missing."""

    def did(self, team_id: TeamId, token: str, objection: ObjectionId, technique: TechniqueId) -> None:
        """This one helped; another one that was said to have helped on this screen did not then."""

    def did_not(
        self, team_id: TeamId, token: str, objection: ObjectionId, techniques: Sequence[TechniqueId]
    ) -> None: ...


class Hardships(Protocol):
    """What made selling hard, counted for the team by theme and month (`2026-11`): without who, and without words.

    `token` is of one answer: another theme for it replaces the first.
    """

    def told_about(self, person_id: PersonId) -> str:
        """The last month about which the person has said something; empty for none. What they said is not known."""

    def tell(self, person_id: PersonId, month: str) -> None: ...
    def count(self, team_id: TeamId, token: str, month: str, theme: HardshipTheme) -> None: ...
    def counts(self, team_id: TeamId, month: str) -> Mapping[HardshipTheme, int]:
        """How many answers there are to each theme; themes without any are missing."""


class Spendings(Protocol):
    """What was spent to win customers, by month, channel and currency; an amount entered again replaces the former."""

    def of(self, team_id: TeamId) -> Sequence[CostEntry]:
        """All of them, the latest month first."""

    def put(self, team_id: TeamId, entry: CostEntry) -> None:
        """Keeps the amount; nought takes the entry away."""
