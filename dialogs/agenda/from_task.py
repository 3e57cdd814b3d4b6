"""A follow-up task that was dated with a time can become an appointment, if the seller wants."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.agenda import planning
from dialogs.agenda.views import card_view, draw, when
from dialogs.conversation.card_text import customer_name
from dialogs.conversation.moves import press_of
from dialogs.conversation.talk import ConversationId, Talk
from dialogs.ports.days import LONGEST_WORDS, USUAL_LENGTH, Appointment, AppointmentId
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Text, View
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError
from knowledge.taxonomy import AppointmentKind, FollowUpTaskId

ACTIONS: Final = frozenset({"ag_task"})

KIND: Final = AppointmentKind.PHONE_CALL
"""What most follow-up tasks are."""
_MOMENT: Final = "%Y%m%d%H%M"


def offer(turn: Turn, talk: Talk, task: FollowUpTaskId, due: DayTime) -> None:
    """Asks whether the task shall stand in the agenda, where a time was said with its day."""
    if due.time is None:
        return
    try:
        starts_at = due.at(ZoneInfo(turn.person.zone))
    except ReadingError:  # the clock jumps over it; the day is kept
        return
    planned = _planned(turn, talk, task, starts_at)
    press = Press("ag_task", talk.id, value=f"{task}={starts_at.strftime(_MOMENT)}")
    words = (Text(turn.say("agenda.also_as_appointment")), Text(f"{when(turn, planned)} · {planned.title}"))
    turn.show(View(words, ((Button(turn.say("agenda.button.as_appointment"), press),),)), f"task_time:{talk.id}")


def handle(turn: Turn) -> None:
    """'Als Termin eintragen': a second tap finds it there."""
    press = press_of(turn)
    what, moment = press.split()
    talk = turn.store.conversations.load(turn.person.id, ConversationId(press.subject))
    if talk is None or what not in set(FollowUpTaskId):
        turn.toast(turn.say("turn.unknown_press"))
        return
    try:
        starts_at = datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        turn.toast(turn.say("turn.unknown_press"))
        return
    made = planning.add(turn, _planned(turn, talk, FollowUpTaskId(what), starts_at))
    draw(turn, card_view(turn, made, fresh=True))


def _planned(turn: Turn, talk: Talk, task: FollowUpTaskId, starts_at: datetime) -> Appointment:
    label = turn.knowledge.follow_up[task].label
    title = turn.say("agenda.task_title", task=label, customer=customer_name(turn, talk))
    return Appointment(
        id=AppointmentId(0),
        kind=KIND,
        title=title[:LONGEST_WORDS],
        starts_at=starts_at,
        ends_at=starts_at + USUAL_LENGTH[KIND],
        customer_id=talk.customer_id,
        conversation_id=talk.id,
    )
