"""The ten tasks of the follow-up (Nachbereitung) on the card: five at a time, one of them in hand.

The task in hand is the one just picked, else the first that is still open; three buttons settle it with one tap and
the next one is in hand. How presses are kept stands in `tasks`.
"""

from datetime import date, timedelta
from typing import Final

from dialogs.after_order import cross_selling
from dialogs.conversation.talk import Talk, TaskState
from dialogs.customers.potential import proposal_line
from dialogs.following_up.due import no_weekend
from dialogs.ports.customers import Potential
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import Block, Button, Hint, Row, Text
from knowledge.language.writing import day as written_day
from knowledge.taxonomy import FollowUpTaskId, OutcomeId

AT_A_TIME: Final = 5
"""So many tasks stand on the card in words; numbers lead to the others."""

PICK: Final = "pick"
REST: Final = "rest"
"""Values of a task's button: take this one in hand; all that are still open."""


def task_in_hand(turn: Turn, talk: Talk) -> FollowUpTaskId | None:
    """The task that the three buttons act on; None where all are settled and none was picked."""
    if isinstance(turn.event, Pressed) and turn.event.press.action == "task":
        task, wanted = turn.event.press.split()
        if turn.event.press.subject == talk.id and wanted == PICK and task in set(FollowUpTaskId):
            return FollowUpTaskId(task)
    return next((task for task in FollowUpTaskId if _is_open(talk, task)), None)


def default_day(turn: Turn, task: FollowUpTaskId) -> date:
    """The day that one tap gives a task: as many days from today as the content says; a weekend becomes Monday."""
    return no_weekend(turn.today + timedelta(days=turn.knowledge.follow_up[task].due_in_days))


def task_blocks(turn: Turn, talk: Talk) -> tuple[Block | None, ...]:
    """How many tasks are settled, five of them with their states, and how the one in hand is done."""
    tasks = list(FollowUpTaskId)
    settled = sum(not _is_open(talk, task) for task in tasks)
    in_hand = task_in_hand(turn, talk)
    first = tasks.index(in_hand) // AT_A_TIME * AT_A_TIME if in_hand else 0
    lines = tuple(Text(_line(turn, talk, task, task is in_hand)) for task in tasks[first : first + AT_A_TIME])
    how = (None, Hint(turn.knowledge.follow_up[in_hand].how)) if in_hand else ()
    if in_hand is FollowUpTaskId.UP_CROSS_SELLING:
        how = (*how, *cross_selling.blocks(turn, talk.customer_id))
    elif in_hand is FollowUpTaskId.CUSTOMER_POTENTIAL and (proposed := proposal_line(turn, talk.customer_id)):
        how = (*how, Hint(proposed))
    return (Text(turn.say("follow_up.settled", settled=settled, all=len(tasks))), *lines, *how)


def task_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    """The buttons that settle the task in hand, and the numbers of all tasks."""
    tasks = list(FollowUpTaskId)
    numbers = [_number_button(turn, talk, task) for task in tasks]
    rows: list[Row] = []
    in_hand = task_in_hand(turn, talk)
    if in_hand is FollowUpTaskId.CUSTOMER_POTENTIAL:
        rows.append(_potential_row(turn, talk))
    if in_hand is not None:
        rows += _settling_rows(turn, talk, in_hand)
    rows += [tuple(numbers[:AT_A_TIME]), tuple(numbers[AT_A_TIME:])]
    if in_hand is not None and sum(_is_open(talk, task) for task in tasks) > 1:
        skip_rest = Press("task", talk.id, value=f"{REST}={TaskState.SKIPPED}")
        rows.append((Button(turn.say("follow_up.skip_rest"), skip_rest),))
    return tuple(rows)


def _settling_rows(turn: Turn, talk: Talk, task: FollowUpTaskId) -> list[Row]:
    due = default_day(turn, task)
    ways: list[Button] = []
    state = talk.task(task).state
    if state is not TaskState.DONE:
        ways.append(_task_button(talk, task, TaskState.DONE, turn.say("follow_up.done")))
    if talk.task(task).due != due:
        by = turn.say("follow_up.by", day=written_day(due, turn.language, turn.today))
        ways.append(_task_button(talk, task, due.isoformat(), by))
    if state is not TaskState.SKIPPED:
        ways.append(_task_button(talk, task, TaskState.SKIPPED, turn.say("follow_up.skip")))
    another_day = Button(turn.say("follow_up.another_day"), Press("task_date", talk.id, value=task))
    if state is TaskState.OPEN:
        return [tuple(ways), (another_day,)]
    open_again = _task_button(talk, task, TaskState.OPEN, turn.say("follow_up.open_again"))
    return [tuple(ways), (another_day, open_again)]


def _potential_row(turn: Turn, talk: Talk) -> Row:
    """A, B, C: one tap rates the customer and does the task; the rating that holds is marked."""
    customer = turn.store.customers.get(turn.person.id, talk.customer_id)
    known = customer.potential if customer else None
    return tuple(
        _task_button(
            talk, FollowUpTaskId.CUSTOMER_POTENTIAL, potential.lower(),
            turn.say("settings.chosen", label=str(potential)) if potential is known else str(potential),
        )
        for potential in Potential
    )  # fmt: skip


def after_rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    """What else there is to do after a talk that took place: the mail to the customer, and what follows an order."""
    if talk.outcome in (None, OutcomeId.CANCELLED):
        return ()
    mail = Button(turn.say("following_up.mail.button"), Press("mail", talk.id))
    if talk.outcome is not OutcomeId.WON:
        return ((mail,),)
    return ((mail, Button(turn.say("after_order.button"), Press("after", talk.id))),)


def _task_button(talk: Talk, task: FollowUpTaskId, wanted: str, label: str) -> Button:
    return Button(label, Press("task", talk.id, value=f"{task}={wanted}"))


def _number_button(turn: Turn, talk: Talk, task: FollowUpTaskId) -> Button:
    number = list(FollowUpTaskId).index(task) + 1
    label = turn.say(f"follow_up.number.{talk.task(task).state}", number=number)
    return _task_button(talk, task, PICK, label)


def _line(turn: Turn, talk: Talk, task: FollowUpTaskId, in_hand: bool) -> str:
    kept = talk.task(task)
    label = turn.knowledge.follow_up[task].label
    due = written_day(kept.due, turn.language, turn.today) if kept.due else ""
    words = turn.say(f"follow_up.line.{kept.state}", number=list(FollowUpTaskId).index(task) + 1, label=label, day=due)
    return turn.say("follow_up.in_hand", line=words) if in_hand else words


def _is_open(talk: Talk, task: FollowUpTaskId) -> bool:
    return talk.task(task).state is TaskState.OPEN
