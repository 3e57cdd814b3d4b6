"""Pressed follow-up tasks: done, by a day, left out, or open again. A press says what shall hold and always counts."""

from dataclasses import replace
from datetime import date
from typing import Final

from dialogs import forms
from dialogs.after_order import planning
from dialogs.agenda import from_task
from dialogs.conversation import card, follow_up, moves, notes, steps
from dialogs.conversation.fields import TaskDateForm
from dialogs.conversation.talk import Talk, TaskState, Trigger
from dialogs.ports.customers import Potential
from dialogs.turn import Turn
from knowledge.taxonomy import FollowUpTaskId

ACTIONS: Final = frozenset({"task", "task_date"})


def handle(turn: Turn) -> None:
    """A task's button on the card."""
    talk = moves.current(turn)
    if talk is None:
        return
    press = moves.press_of(turn)
    what, wanted = press.split()
    if press.action == "task_date" and what in set(FollowUpTaskId):
        forms.ask(turn, "task_date", talk.id, task=what)
    elif what == follow_up.REST and wanted == TaskState.SKIPPED:
        card.draw(turn, _skip_rest(turn, talk))
    elif what == FollowUpTaskId.CUSTOMER_POTENTIAL and wanted.upper() in set(Potential):
        card.draw(turn, rate(turn, talk, Potential(wanted.upper())))
    elif what in set(FollowUpTaskId) and wanted == follow_up.PICK:
        turn.toast(turn.knowledge.follow_up[FollowUpTaskId(what)].label)
        card.draw(turn, talk)
    elif what in set(FollowUpTaskId) and (set_to := _wanted(turn, wanted)) is not None:
        card.draw(turn, settle(turn, talk, FollowUpTaskId(what), *set_to))
    else:
        card.draw_stale(turn, talk)


def keep_day(turn: Turn, talk: Talk, answer: TaskDateForm) -> None:
    """The answered form: the task is to be done by this day."""
    talk = settle(turn, talk, answer.task, TaskState.DATED, answer.due.day)
    notes.keep_time(turn, talk, answer.due, about=turn.knowledge.follow_up[answer.task].label)
    forms.show_kept(turn, answer)
    notes.draw_after_answer(turn, talk)
    from_task.offer(turn, talk, answer.task, answer.due)


def settle(turn: Turn, talk: Talk, task: FollowUpTaskId, state: TaskState, due: date | None) -> Talk:
    """Says what became of one task; the reminder of a referral follows the task about it."""
    talk = _record(turn, talk, task, state, due)
    if task is FollowUpTaskId.REFERRAL_REQUEST:
        planning.follow_referral_task(turn, talk)
    return talk


def _wanted(turn: Turn, wanted: str) -> tuple[TaskState, date | None] | None:
    """The state, or the day: on an old button that has passed, it is today."""
    if wanted in {TaskState.DONE, TaskState.SKIPPED, TaskState.OPEN}:
        return TaskState(wanted), None
    try:
        return TaskState.DATED, max(date.fromisoformat(wanted), turn.today)
    except ValueError:
        return None


def rate(turn: Turn, talk: Talk, potential: Potential) -> Talk:
    """The customer is rated, and with that the task is done; check-ins come as often as the rating says."""
    customer = turn.store.customers.get(turn.person.id, talk.customer_id)
    if customer is None:
        return talk
    if customer.potential is not potential:
        turn.store.customers.save(turn.person.id, replace(customer, potential=potential))
        planning.follow_potential(turn, customer.id)
    turn.toast(turn.say("following_up.rated", customer=customer.name, potential=potential))
    return settle(turn, talk, FollowUpTaskId.CUSTOMER_POTENTIAL, TaskState.DONE, None)


def _skip_rest(turn: Turn, talk: Talk) -> Talk:
    for task in FollowUpTaskId:
        if talk.task(task).state is TaskState.OPEN:
            talk = _record(turn, talk, task, TaskState.SKIPPED, None)
    return talk


def _record(turn: Turn, talk: Talk, task: FollowUpTaskId, state: TaskState, due: date | None) -> Talk:
    return steps.record(turn, talk, Trigger.TASK, task=task, state=state, due=due.isoformat() if due else None)
