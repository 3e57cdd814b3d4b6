"""A sales conversation as append-only steps, and the state that the steps lead to.

`replay(steps)` gives the state; what is stored beside the steps is only a shortcut to it. Steps hold ids,
numbers and dates, never free text.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from pydantic import BaseModel, ConfigDict

from knowledge.taxonomy import (
    AcquisitionId,
    AppointmentKind,
    FollowUpTaskId,
    LossReasonId,
    ObjectionId,
    OfferKind,
    OutcomeId,
    PhaseId,
    SignalId,
    TargetGroupId,
)

PersonId = NewType("PersonId", int)
CustomerId = NewType("CustomerId", int)
ConversationId = NewType("ConversationId", int)

Value = str | int | bool | None


class Trigger(StrEnum):
    """What can happen to a conversation. The values are stored: add freely, rename never."""

    START = "start"
    ADVANCE = "advance"
    BACK = "back"
    GAP_FOUND = "gap_found"
    CLOSE = "close"
    TRIAL_CLOSE_YES = "trial_close_yes"
    TRIAL_CLOSE_NOT_YET = "trial_close_not_yet"
    GO_ANYWAY = "go_anyway"
    NOT_YET = "not_yet"
    MISSING_IN_OFFER = "missing_in_offer"
    MISSING_IN_ANALYSIS = "missing_in_analysis"
    ASK_LOSS_REASON = "ask_loss_reason"
    END = "end"
    STAY = "stay"
    WIN = "win"
    LOSE = "lose"
    NO_DECISION = "no_decision"
    CANCEL = "cancel"
    POSTPONE = "postpone"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    UNDO = "undo"
    # what is recorded beside the phases, and moves nothing
    TICK = "tick"
    OBJECTION = "objection"
    SIGNAL = "signal"
    TASK = "task"
    DETAILS = "details"
    CORRECT = "correct"
    PRICE = "price"


RECORDS = frozenset(
    {
        Trigger.TICK, Trigger.OBJECTION, Trigger.SIGNAL, Trigger.TASK, Trigger.DETAILS, Trigger.CORRECT, Trigger.PRICE,
    }
)  # fmt: skip
"""These say what shall hold and count whatever the version; all others move the talk and raise it."""


class Standing(StrEnum):
    """Whether a conversation goes on. `finished`: the outcome stands and the follow-up is settled."""

    OPEN = "open"
    PAUSED = "paused"
    POSTPONED = "postponed"
    FINISHED = "finished"


class TrialClose(StrEnum):
    """What came of asking for serious interest (Testabschluss)."""

    OPEN = "open"
    INTEREST = "interest"
    NOT_YET = "not_yet"
    SKIPPED = "skipped"


class Asking(StrEnum):
    """A question that the card asks in place."""

    TRIAL_CLOSE = "trial_close"
    TRIAL_CLOSE_BEFORE_CLOSING = "trial_close_before_closing"
    MISSING = "missing"
    LOSS_REASON = "loss_reason"
    ENDING = "ending"


class ObjectionState(StrEnum):
    """Whether an objection still stands between the customer and the order. `withdrawn`: it was a slip."""

    OPEN = "open"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class TaskState(StrEnum):
    """What became of a follow-up task."""

    OPEN = "open"
    DONE = "done"
    DATED = "dated"
    SKIPPED = "skipped"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class RaisedObjection(_Frozen):
    """An objection (Einwand) and the phase in which it came up."""

    id: ObjectionId
    phase: PhaseId
    state: ObjectionState = ObjectionState.OPEN


class SeenSignal(_Frozen):
    """A buying signal (Kaufsignal) and the phase in which it was seen."""

    id: SignalId
    phase: PhaseId


class Task(_Frozen):
    """A follow-up task's state; `due` only where it is dated."""

    state: TaskState = TaskState.OPEN
    due: date | None = None


class Step(_Frozen):
    """One row of a conversation: who, when, from where to where, by what, with ids, numbers and dates."""

    seq: int
    at: datetime
    actor: PersonId | None
    trigger: Trigger
    source: PhaseId | None
    to: PhaseId
    payload: Mapping[str, Value] = {}


class Talk(_Frozen):
    """The state of a conversation. `version` counts its moves; a move's button carries it."""

    id: ConversationId = ConversationId(0)
    seq: int = 0
    version: int = 0
    started_at: datetime
    touched_at: datetime
    customer_id: CustomerId
    target_group: TargetGroupId = TargetGroupId.B2B
    kind: AppointmentKind = AppointmentKind.SALES_TALK
    acquisition: AcquisitionId = AcquisitionId.WARM
    offer: OfferKind | None = None
    product: str | None = None
    """The id of one of the company's products."""
    price: Decimal | None = None
    """The price on the table, as this customer is told it (`price_gross`: with VAT)."""
    price_currency: str | None = None
    price_gross: bool = False
    cash_discount: Decimal | None = None
    """The cash discount (Skonto) that was granted, a fraction of 1; the price stays as it is."""
    phase: PhaseId = PhaseId.RELATIONSHIP
    standing: Standing = Standing.OPEN
    return_to: PhaseId | None = None
    trial_close: TrialClose = TrialClose.OPEN
    asking: Asking | None = None
    ticks: frozenset[str] = frozenset()
    objections: tuple[RaisedObjection, ...] = ()
    signals: tuple[SeenSignal, ...] = ()
    outcome: OutcomeId | None = None
    amount: Decimal | None = None
    currency: str | None = None
    loss_reason: LossReasonId | None = None
    until: date | None = None
    tasks: Mapping[FollowUpTaskId, Task] = {}

    @property
    def open_objections(self) -> tuple[RaisedObjection, ...]:
        """Those that nobody has marked as settled."""
        return tuple(raised for raised in self.objections if raised.state is ObjectionState.OPEN)

    def ticked(self, item: str, phase: PhaseId | None = None) -> bool:
        """Whether an item of a phase's checklist (the present one's) is ticked."""
        name = tick(phase or self.phase, item)
        return self.trial_close is TrialClose.INTEREST if name == TRIAL_CLOSE_TICK else name in self.ticks

    def task(self, task: FollowUpTaskId) -> Task:
        """A follow-up task's state, open where nothing was said."""
        return self.tasks.get(task, Task())


def tick(phase: PhaseId, item: str) -> str:
    """The name under which a ticked item is kept."""
    return f"{phase}.{item}"


TRIAL_CLOSE_ITEM = "trial_close"
TRIAL_CLOSE_TICK = tick(PhaseId.ANALYSIS, TRIAL_CLOSE_ITEM)
"""The one item that is more than a tick: it says that the customer confirmed serious interest."""


_SET_BY_PAYLOAD = frozenset(
    {
        "customer_id", "target_group", "kind", "acquisition", "offer", "product", "standing", "return_to",
        "trial_close", "asking", "outcome", "amount", "currency", "loss_reason", "until", "price",
        "price_currency", "price_gross", "cash_discount",
    }
)  # fmt: skip


_LEFT_BY_AN_OUTCOME: Mapping[str, object] = dict.fromkeys(("amount", "currency", "loss_reason", "until"))


def apply(talk: Talk, step: Step) -> Talk:
    """The state after one more step. A move ends the question that the card asked, unless it asks one itself.

    Only moves lead to another phase: a record stays true when the move before it is undone.
    """
    payload = step.payload
    changes: dict[str, object] = {"seq": step.seq, "touched_at": step.at}
    if step.trigger not in RECORDS:
        changes |= {"version": talk.version + 1, "phase": step.to, "asking": None}
    if "outcome" in payload:  # a new outcome: amount, reason or date of an undone one do not belong to it
        changes |= _LEFT_BY_AN_OUTCOME
    changes |= {key: payload[key] for key in payload.keys() & _SET_BY_PAYLOAD}
    match step.trigger:
        case Trigger.TICK:
            name = tick(PhaseId(str(payload["phase"])), str(payload["item"]))
            if name == TRIAL_CLOSE_TICK:
                changes["trial_close"] = TrialClose.INTEREST if payload["done"] else TrialClose.OPEN
            else:
                changes["ticks"] = talk.ticks | {name} if payload["done"] else talk.ticks - {name}
        case Trigger.OBJECTION:
            changes["objections"] = _with_objection(talk, payload)
        case Trigger.SIGNAL:
            changes["signals"] = _with_signal(talk, payload)
        case Trigger.TASK:
            task = Task(state=TaskState(str(payload["state"])), due=_day(payload.get("due")))
            changes["tasks"] = {**talk.tasks, FollowUpTaskId(str(payload["task"])): task}
        case _:
            pass
    return Talk.model_validate({**dict(talk), **changes})


def _with_objection(talk: Talk, payload: Mapping[str, Value]) -> tuple[RaisedObjection, ...]:
    """The same objection raised again is the same one, in the state said last; a withdrawn one is gone."""
    raised = RaisedObjection(
        id=ObjectionId(str(payload["id"])),
        phase=PhaseId(str(payload["phase"])),
        state=ObjectionState(str(payload["state"])),
    )
    if raised.state is ObjectionState.WITHDRAWN:
        return tuple(known for known in talk.objections if known.id != raised.id)
    if raised.id not in [known.id for known in talk.objections]:
        return (*talk.objections, raised)
    return tuple(
        known.model_copy(update={"state": raised.state}) if known.id == raised.id else known
        for known in talk.objections
    )


def _with_signal(talk: Talk, payload: Mapping[str, Value]) -> tuple[SeenSignal, ...]:
    """A signal counts once in a phase; taking it back removes it there."""
    signal = SeenSignal(id=SignalId(str(payload["id"])), phase=PhaseId(str(payload["phase"])))
    others = tuple(known for known in talk.signals if known != signal)
    return (*others, signal) if payload["seen"] else others


def _day(value: Value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def begin(conversation_id: ConversationId, first: Step) -> Talk:
    """The state after the first step, which names the customer and how the talk came about."""
    fresh = Talk(
        id=conversation_id,
        started_at=first.at,
        touched_at=first.at,
        customer_id=CustomerId(int(first.payload["customer_id"] or 0)),
    )
    return apply(fresh, first)


def replay(conversation_id: ConversationId, steps: Iterable[Step]) -> Talk:
    """The state that all steps lead to; a move that was undone counts only for order and version."""
    first, *rest = steps
    undone = _undone(rest)
    talk = begin(conversation_id, first)
    for step in rest:
        if step.trigger is Trigger.UNDO or step.seq in undone:
            counted = {"seq": step.seq, "version": talk.version + 1, "touched_at": step.at}
            talk = talk.model_copy(update=counted)
        else:
            talk = apply(talk, step)
    return talk


def last_move(steps: Iterable[Step]) -> Step | None:
    """The newest move that can be undone: neither the beginning nor a mere question of the card."""
    steps = list(steps)
    undone = _undone(steps)
    candidates = (step for step in reversed(steps) if step.seq not in undone)
    return next((step for step in candidates if _changes_something(step)), None)


def _undone(steps: Iterable[Step]) -> frozenset[int]:
    """An undo takes back the move that it names, and the questions that the card has asked since then."""
    moves = [step for step in steps if step.trigger not in RECORDS]
    return frozenset(
        move.seq
        for undo in moves
        if undo.trigger is Trigger.UNDO
        for move in moves
        if int(undo.payload["undone"] or 0) <= move.seq < undo.seq
    )


def _changes_something(step: Step) -> bool:
    if step.trigger in RECORDS or step.trigger in (Trigger.START, Trigger.UNDO):
        return False
    return step.source is not step.to or bool(step.payload.keys() & {"standing", "outcome", "trial_close"})
