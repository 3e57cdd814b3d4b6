"""Which kind of entry stands where: its file or folder below a language, its ids and its model.

One table for the built-in content and for a company's own, which has the same files. A new kind of entry is one row
here and a field of the same name in `Contents`.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge import entries
from knowledge.search_terms import SearchTerms
from knowledge.taxonomy import (
    AcquisitionId,
    AppointmentKind,
    ClosingId,
    ConcessionId,
    FollowUpTaskId,
    FunnelStage,
    HardshipTheme,
    LossReasonId,
    ObjectionGroup,
    ObjectionId,
    OutcomeId,
    PhaseId,
    QuestionTopic,
    SignalId,
    TargetGroupId,
)

OWN_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""The id of an entry that the taxonomy does not list (a lesson, a benefit): short enough for a button."""

NEEDED_CLOSING: Final = frozenset({ClosingId.DIRECT_QUESTION})
"""The card asks with it what is still missing."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the entries of a kind stand. `place` is a file (`signals.yaml`) or a folder of files (`lessons`)."""

    name: str
    """Of the field in `Contents`, and in reports."""
    model: type[entries.Entry]
    place: str
    ids: type[StrEnum] | None = None
    """The taxonomy's; None: entries have ids of their own, and a company may add some or switch some off."""
    section: str = ""
    """The key in the file below which they stand, where the file holds several kinds."""
    lists: tuple[str, ...] = ()
    """Lists that a company may add to (`answers_added`) without repeating what is there."""
    item_id: str = ""
    """What names an item of these lists, so that a company may take it out (`answers_off`)."""
    optional: bool = False
    """Whether a company may switch off what the taxonomy lists, without anything else missing it."""
    needed: Container[str] = ()
    """Ids that stay all the same."""
    built_in: bool = True
    """Whether the built-in content has any; others only companies have."""

    @property
    def is_folder(self) -> bool:
        """Whether the entries are spread over all files of a folder."""
        return not self.place.endswith(".yaml")

    def may_be_off(self, id_: str) -> bool:
        """Whether a company can do without this entry."""
        return id_ not in self.needed and (self.ids is None or self.optional)


# fmt: off
SHELVES: Final = (
    Shelf("phases",           entries.Phase,            "phases.yaml",       PhaseId),
    Shelf("objections",       entries.Objection,        "objections",        ObjectionId, lists=("answers",),
          item_id="technique"),
    Shelf("objection_groups", entries.Choice,           "choices.yaml",      ObjectionGroup, "objection_groups"),
    Shelf("signals",          entries.Signal,           "signals.yaml",      SignalId),
    Shelf("closing",          entries.ClosingTechnique, "closing.yaml",      ClosingId, lists=("sentences",),
          optional=True, needed=NEEDED_CLOSING),
    Shelf("concessions",      entries.Concession,       "concessions.yaml",  ConcessionId),
    Shelf("follow_up",        entries.FollowUpTask,     "follow_up.yaml",    FollowUpTaskId),
    Shelf("outcomes",         entries.Choice,           "choices.yaml",      OutcomeId, "outcomes"),
    Shelf("loss_reasons",     entries.Choice,           "choices.yaml",      LossReasonId, "loss_reasons"),
    Shelf("target_groups",    entries.Choice,           "choices.yaml",      TargetGroupId, "target_groups"),
    Shelf("acquisition",      entries.Choice,           "choices.yaml",      AcquisitionId, "acquisition"),
    Shelf("kinds",            entries.Kind,             "choices.yaml",      AppointmentKind, "kinds"),
    Shelf("hardships",        entries.Hardship,         "hardships.yaml",    HardshipTheme),
    Shelf("questions",        entries.QuestionSet,      "questions.yaml",    QuestionTopic, lists=("questions",)),
    Shelf("benefits",         entries.BenefitPair,      "benefits.yaml"),
    Shelf("amplifiers",       entries.Amplifier,        "amplifiers.yaml"),
    Shelf("funnel",           entries.Stage,            "funnel.yaml",       FunnelStage),
    Shelf("reminders",        entries.Reminder,         "reminders.yaml"),
    Shelf("lessons",          entries.Lesson,           "lessons",         ),
    Shelf("manipulation",     entries.Manipulation,     "manipulation.yaml"),
    Shelf("search_terms",     SearchTerms,              "search.yaml"),
    Shelf("products",         entries.Product,          "products.yaml",     built_in=False),
    Shelf("references",       entries.Reference,        "references.yaml",   built_in=False),
    Shelf("competitors",      entries.CompetitorCard,   "competitors.yaml",  built_in=False),
)
# fmt: on

UTTERANCES: Final = "utterances"
"""The folder of example utterances, which recognition reads itself."""
