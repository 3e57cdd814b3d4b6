"""Pressed follow-up tasks: done, by a day, left out, or open again. A press says what shall hold and always counts."""

from datetime import date
from typing import Final

from dialogs import forms
from dialogs.conversation import card, follow_up, moves, notes, steps
from dialogs.conversation.talk import Talk, TaskState, Trigger
from dialogs.fields import TaskDateForm
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
    elif what in set(FollowUpTaskId) and wanted == follow_up.PICK:
        turn.toast(turn.knowledge.follow_up[FollowUpTaskId(what)].label)
        card.draw(turn, talk)
    elif what in set(FollowUpTaskId) and (set_to := _wanted(turn, wanted)) is not None:
        card.draw(turn, _record(turn, talk, FollowUpTaskId(what), *set_to))
    else:
        card.draw_stale(turn, talk)


def keep_day(turn: Turn, talk: Talk, answer: TaskDateForm) -> None:
    """The answered form: the task is to be done by this day."""
    talk = _record(turn, talk, answer.task, TaskState.DATED, answer.due.day)
    notes.keep_time(turn, talk, answer.due, about=turn.knowledge.follow_up[answer.task].label)
    forms.show_kept(turn, answer)
    notes.draw_after_answer(turn, talk)


def _wanted(turn: Turn, wanted: str) -> tuple[TaskState, date | None] | None:
    """The state, or the day: on an old button that has passed, it is today."""
    if wanted in {TaskState.DONE, TaskState.SKIPPED, TaskState.OPEN}:
        return TaskState(wanted), None
    try:
        return TaskState.DATED, max(date.fromisoformat(wanted), turn.today)
    except ValueError:
        return None


def _skip_rest(turn: Turn, talk: Talk) -> Talk:
    for task in FollowUpTaskId:
        if talk.task(task).state is TaskState.OPEN:
            talk = _record(turn, talk, task, TaskState.SKIPPED, None)
    return talk


def _record(turn: Turn, talk: Talk, task: FollowUpTaskId, state: TaskState, due: date | None) -> Talk:
    return steps.record(turn, talk, Trigger.TASK, task=task, state=state, due=due.isoformat() if due else None)
