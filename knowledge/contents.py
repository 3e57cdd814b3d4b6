"""The content of one language, as strict models, one mapping a shelf (`knowledge.shelves`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.entries import (
    Amplifier,
    BenefitPair,
    Choice,
    ClosingTechnique,
    CompetitorCard,
    Concession,
    FollowUpTask,
    Hardship,
    Kind,
    Lesson,
    Manipulation,
    Objection,
    Phase,
    Product,
    QuestionSet,
    Reference,
    Reminder,
    Signal,
    Stage,
)
from knowledge.language.languages import Language
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


@dataclass(frozen=True)
class Contents:
    """The content of one language. Mappings keep the order of the taxonomy's ids."""

    language: Language
    phases: Mapping[PhaseId, Phase]
    objections: Mapping[ObjectionId, Objection]
    objection_groups: Mapping[ObjectionGroup, Choice]
    signals: Mapping[SignalId, Signal]
    closing: Mapping[ClosingId, ClosingTechnique]
    """Without those that the company has switched off."""
    concessions: Mapping[ConcessionId, Concession]
    follow_up: Mapping[FollowUpTaskId, FollowUpTask]
    outcomes: Mapping[OutcomeId, Choice]
    loss_reasons: Mapping[LossReasonId, Choice]
    target_groups: Mapping[TargetGroupId, Choice]
    acquisition: Mapping[AcquisitionId, Choice]
    kinds: Mapping[AppointmentKind, Kind]
    hardships: Mapping[HardshipTheme, Hardship]
    questions: Mapping[QuestionTopic, QuestionSet]
    benefits: Mapping[str, BenefitPair]
    amplifiers: Mapping[str, Amplifier]
    funnel: Mapping[FunnelStage, Stage]
    reminders: Mapping[str, Reminder]
    lessons: Mapping[str, Lesson]
    manipulation: Mapping[str, Manipulation]
    search_terms: Mapping[str, SearchTerms]
    products: Mapping[str, Product]
    """These and what follows only a company has."""
    references: Mapping[str, Reference]
    competitors: Mapping[str, CompetitorCard]
