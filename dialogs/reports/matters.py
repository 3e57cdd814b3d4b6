"""From the steps of a conversation to what the figures see of it: a matter, and its follow-ups.

Only steps that stand count: what was undone is left out, and of an outcome that was taken back and given anew the day
of the first stays (`knowledge.figures.outcomes`). Days are reporting days: an order in the evening after the summary
belongs to the next one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol

from dialogs.conversation.talk import RECORDS, ObjectionState, TaskState, Trigger, Value
from knowledge.figures.follow_ups import FollowUp
from knowledge.figures.matters import Matter, Raised, Seen, SellerKey, Stay
from knowledge.figures.outcomes import Event, Said, TakenBack, WentOn, ending
from knowledge.language.money import Money
from knowledge.reporting_days import ReportingDays
from knowledge.taxonomy import (
    AcquisitionId,
    LeadQuality,
    LossReasonId,
    ObjectionId,
    OutcomeId,
    PhaseId,
    SignalId,
    TargetGroupId,
)

LEFT_OUT: Final = frozenset({Trigger.TICK, Trigger.PRICE})
"""Steps that say nothing to any figure."""


class TakenStep(Protocol):
    """A step as it is stored; a plain row will do, since thousands are read for one screen."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def trigger(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Value]: ...


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a conversation beside its steps; the last four of its customer.

    `seller` None: that person's data were deleted. `currency` is the team's.
    """

    conversation: int
    seller: int | None
    currency: str
    first_contact: date | None = None
    quality: LeadQuality | None = None
    acquisition: AcquisitionId | None = None
    target_group: TargetGroupId | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the steps tell: the matter, and what had to be followed up."""

    matter: Matter
    follow_ups: tuple[FollowUp, ...]


def told_by(steps: Iterable[TakenStep], about: About, days: ReportingDays) -> Told:
    """The conversation that these steps, the first of them its start, are of.

    Raises ValueError or KeyError for what today's code does not know: a phase, a trigger, an outcome.
    """
    steps = list(steps)
    undone = _undone(steps)
    first = steps[0]
    reading = _Reading(about, days.reporting_day(first.at), PhaseId(first.to))
    reading.details(first.payload)
    for step in steps[1:]:
        reading.day = max(reading.day, days.reporting_day(step.at))  # the clocks of two phones may differ
        reading.take(step, stands=step.seq not in undone)
    return reading.told()


@dataclass(slots=True)
class _Task:
    """A dated follow-up, or a postponement, on its way."""

    due: date
    done: date | None = None


@dataclass(slots=True)
class _Reading:
    """What was read so far. `day` is the reporting day of the step in hand."""

    about: About
    day: date
    phase: PhaseId
    opened: date = field(init=False)
    stays: list[Stay] = field(init=False)
    customer: int = 0
    acquisition: AcquisitionId | None = None
    target_group: TargetGroupId | None = None
    history: list[Event] = field(default_factory=list)
    said: Said | None = None
    """The outcome that stands so far, also a postponement."""
    outcome_at: int = 0
    """The step that gave it."""
    objections: dict[ObjectionId, Raised] = field(default_factory=dict)
    signals: dict[tuple[SignalId, PhaseId], Seen] = field(default_factory=dict)
    tasks: dict[str, _Task] = field(default_factory=dict)
    done: list[_Task] = field(default_factory=list)
    postponed: _Task | None = None
    resumed: list[_Task] = field(default_factory=list)
    """Postponements that are over."""

    def __post_init__(self) -> None:
        self.opened = self.day
        self.stays = [Stay(self.phase, self.day)]

    def take(self, step: TakenStep, *, stands: bool) -> None:
        """One more step. `stands`: nobody has undone it."""
        match Trigger(step.trigger):
            case Trigger.OBJECTION:
                self._objection(step.payload)
            case Trigger.SIGNAL:
                self._signal(step.payload)
            case Trigger.TASK:
                self._task(step.payload)
            case Trigger.DETAILS:
                self.details(step.payload)
            case Trigger.CORRECT:
                self._correct(step.payload)
            case Trigger.UNDO:
                self._take_back(int(step.payload["undone"] or 0))
            case trigger if trigger not in LEFT_OUT:
                self._move(step, stands=stands)

    def details(self, payload: Mapping[str, Value]) -> None:
        """Who the conversation is with, and how it came about, as far as it is said."""
        if payload.get("customer_id"):
            self.customer = int(payload["customer_id"] or 0)
        if payload.get("acquisition"):
            self.acquisition = AcquisitionId(str(payload["acquisition"]))
        if payload.get("target_group"):
            self.target_group = TargetGroupId(str(payload["target_group"]))

    def told(self) -> Told:
        """The end of the reading."""
        about = self.about
        matter = Matter(
            id=about.conversation,
            seller=SellerKey(str(about.seller or "")),
            customer=self.customer,
            acquisition=self.acquisition or about.acquisition or AcquisitionId.WARM,
            target_group=self.target_group or about.target_group or TargetGroupId.B2B,
            opened=self.opened,
            stays=tuple(self.stays),
            ending=ending(self.history),
            waits_until=self.postponed.due if self.postponed else None,
            first_contact=about.first_contact,
            quality=about.quality,
            objections=tuple(self.objections.values()),
            signals=tuple(self.signals.values()),
        )
        # Tasks are due once the talk has an outcome, or is postponed: until then they are a plan.
        tasks = [*self.done, *self.tasks.values()] if self.said is not None else []
        tasks += [*self.resumed, *((self.postponed,) if self.postponed else ())]
        return Told(matter, tuple(FollowUp(task.due, task.done) for task in tasks))

    def _move(self, step: TakenStep, *, stands: bool) -> None:
        payload = step.payload
        outcome = OutcomeId(str(payload["outcome"])) if payload.get("outcome") else None
        if outcome is not None and (stands or outcome is not OutcomeId.POSTPONED):
            reason = payload.get("loss_reason")
            self._say(
                Said(self.day, outcome, self._money(payload), LossReasonId(str(reason)) if reason else None), step.seq
            )
        if not stands:
            return
        to = PhaseId(step.to)
        if outcome is OutcomeId.POSTPONED:
            self.postponed = _Task(date.fromisoformat(str(payload["until"])))
        elif step.trigger == Trigger.RESUME and self.postponed is not None:
            self.resumed.append(_Task(self.postponed.due, self.day))
            self.postponed = self.said = None
        if to is not self.phase and to is not PhaseId.FOLLOW_UP:
            self.history.append(WentOn(self.day))
            self._leave_phase()
            self.stays.append(Stay(to, self.day))
        elif to is not self.phase:
            self._leave_phase()
        self.phase = to

    def _leave_phase(self) -> None:
        stay = self.stays[-1]
        self.stays[-1] = Stay(stay.phase, stay.since, self.day)

    def _say(self, said: Said, seq: int) -> None:
        self.history.append(said)
        self.said, self.outcome_at = said, seq

    def _take_back(self, undone: int) -> None:
        """An undo takes back its move and all since; the outcome, where it was among them, stands no more."""
        if self.said is not None and self.outcome_at >= undone:
            self.history.append(TakenBack(self.day))
            self.said = None

    def _correct(self, payload: Mapping[str, Value]) -> None:
        if payload.get("until") and self.postponed is not None:
            self.postponed.due = date.fromisoformat(str(payload["until"]))
        if self.said is None or self.said.outcome is OutcomeId.POSTPONED:
            return
        reason = payload.get("loss_reason")
        self._say(
            Said(
                self.day,
                self.said.outcome,
                self._money(payload) if "amount" in payload else self.said.amount,
                LossReasonId(str(reason)) if reason else self.said.loss_reason,
            ),
            self.outcome_at,
        )

    def _money(self, payload: Mapping[str, Value]) -> Money | None:
        amount = payload.get("amount")
        if amount is None:
            return None
        return Money(Decimal(str(amount)), str(payload.get("currency") or self.about.currency))

    def _objection(self, payload: Mapping[str, Value]) -> None:
        """Raised again it is the same one, in the state said last; a withdrawn one is gone."""
        id_, state = ObjectionId(str(payload["id"])), ObjectionState(str(payload["state"]))
        if state is ObjectionState.WITHDRAWN:
            self.objections.pop(id_, None)
            return
        known = self.objections.get(id_)
        phase, day = (known.phase, known.day) if known else (PhaseId(str(payload["phase"])), self.day)
        self.objections[id_] = Raised(id_, phase, day, settled=state is ObjectionState.SETTLED)

    def _signal(self, payload: Mapping[str, Value]) -> None:
        """A signal counts once in a phase, on its first day."""
        key = SignalId(str(payload["id"])), PhaseId(str(payload["phase"]))
        if payload["seen"]:
            self.signals.setdefault(key, Seen(*key, self.day))
        else:
            self.signals.pop(key, None)

    def _task(self, payload: Mapping[str, Value]) -> None:
        name, state = str(payload["task"]), TaskState(str(payload["state"]))
        if state is TaskState.DATED:
            self.tasks[name] = _Task(date.fromisoformat(str(payload["due"])))
            return
        dated = self.tasks.pop(name, None)
        if dated is not None and state is TaskState.DONE:
            self.done.append(_Task(dated.due, self.day))


def _undone(steps: Sequence[TakenStep]) -> frozenset[int]:
    """The moves that were taken back: from the one that an undo names up to the undo, as replaying reads it."""
    undos = [step for step in steps if step.trigger == Trigger.UNDO]
    if not undos:
        return frozenset()
    moves = [step for step in steps if step.trigger not in RECORDS]
    return frozenset(
        move.seq for undo in undos for move in moves if int(undo.payload["undone"] or 0) <= move.seq < undo.seq
    )
