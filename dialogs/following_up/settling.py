"""`/nachfassen` and its buttons: done, moved, taken up. A press says what shall hold, so that twice counts as once.

Tasks and postponements are steps of their conversation; reminders are rows of their own. The list stays in place.
"""

from collections.abc import Callable
from datetime import date
from typing import Final, assert_never

from dialogs import forms
from dialogs.after_order import planning
from dialogs.conversation import card, notes, steps, tasks
from dialogs.conversation.talk import ConversationId, Standing, Talk, TaskState, Trigger
from dialogs.following_up.day_list import (
    ACTION_OF,
    ANOTHER_DAY,
    BACK_TO,
    DONE,
    GO_ON,
    PICK,
    SCREEN,
    item_view,
    list_view,
    page_of,
    read_press,
)
from dialogs.following_up.due import no_weekend, what_is_due
from dialogs.following_up.fields import DueDayForm
from dialogs.ports.customers import Customer, Permission, Potential
from dialogs.ports.days import DueItem, DueSource, Reminder, ReminderId
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import line
from knowledge.language.moments import spoken_day
from knowledge.taxonomy import FollowUpTaskId

COMMANDS: Final = frozenset({"followups"})
ACTIONS: Final = frozenset({"due", *ACTION_OF.values()})

_SOURCE_OF: Final = {action: source for source, action in ACTION_OF.items()}


def handle(turn: Turn) -> None:
    """The command, the pages of the list, and the buttons about one thing that is due."""
    match turn.event:
        case Pressed(Press("due", value=page)):
            turn.edit(SCREEN, list_view(turn, page_of(page)))
        case Pressed(press):
            _pressed(turn, press)
        case _:
            turn.show(list_view(turn), SCREEN)


def keep_day(turn: Turn, answer: DueDayForm) -> None:
    """The answered form: another day for something due; a weekend becomes Monday, as on the buttons."""
    source, what, page = answer.part.split(".")
    item = _item(turn, DueSource(source), answer.of, what)
    if item is None:
        turn.show(line(turn.say("following_up.gone")))
        return
    moment = answer.due
    talk = _talk(turn, item.conversation_id)
    if talk is not None:
        notes.keep_time(turn, talk, moment, about=what_is_due(item, turn.knowledge, turn.messages))
    forms.show_kept(turn, answer)
    _move(turn, item, no_weekend(moment.day))
    turn.keep_in_reach(SCREEN, list_view(turn, int(page)), line(turn.say("following_up.moved_down")))


def _pressed(turn: Turn, press: Press) -> None:
    source = _SOURCE_OF[press.action]
    what, wanted, page = read_press(press)
    item = _item(turn, source, press.subject, what)
    if item is None:
        turn.toast(turn.say("following_up.gone"))
        turn.edit(SCREEN, list_view(turn, page))
    elif wanted == PICK:
        turn.edit(SCREEN, item_view(turn, item, page))
    elif wanted == ANOTHER_DAY:
        words = turn.say(
            "form.about_task", customer=item.customer, task=what_is_due(item, turn.knowledge, turn.messages)
        )
        forms.ask(turn, "due_day", 0, ask=words, of=str(item.id), part=f"{item.source}.{item.what}.{page}")
    elif what == FollowUpTaskId.CUSTOMER_POTENTIAL and wanted.upper() in set(Potential):
        _on_talk(turn, item, lambda talk: tasks.rate(turn, talk, Potential(wanted.upper())))
        turn.edit(SCREEN, list_view(turn, page, settled=item))
    elif wanted == GO_ON:
        _go_on(turn, item)
    elif wanted == DONE and source is not DueSource.POSTPONED:
        _settle(turn, item)
        turn.edit(SCREEN, list_view(turn, page, settled=item))
    elif (day := _wanted_day(turn, wanted)) is not None:
        _move(turn, item, day)
        turn.edit(SCREEN, list_view(turn, page))
    else:
        turn.toast(turn.say("move.stale"))
        turn.edit(SCREEN, list_view(turn, page))


def _wanted_day(turn: Turn, wanted: str) -> date | None:
    """The day of a button; one that has passed is today, unless what was done is due again since then."""
    try:
        day = date.fromisoformat(wanted.removeprefix(BACK_TO))
    except ValueError:
        return None
    return day if wanted.startswith(BACK_TO) else max(day, turn.today)


def _item(turn: Turn, source: DueSource, id_: int, what: str) -> DueItem | None:
    """What a button is about, as it is stored now; None where it is gone, or where today's code does not know it."""
    owner = turn.person.id
    if source is DueSource.REMINDER:
        reminder = turn.store.reminders.get(owner, ReminderId(id_))
        if reminder is None:
            return None
        customer = turn.store.customers.get(owner, reminder.customer_id) if reminder.customer_id else None
        return _item_of(source, id_, reminder.kind, reminder.due_on, customer, reminder.conversation_id)
    talk = _talk(turn, ConversationId(id_))
    if talk is None:
        return None
    customer = turn.store.customers.get(owner, talk.customer_id)
    if source is DueSource.POSTPONED:
        return _item_of(source, id_, "", talk.until or turn.today, customer, talk.id)
    if what not in set(FollowUpTaskId):
        return None
    return _item_of(source, id_, what, talk.task(FollowUpTaskId(what)).due or turn.today, customer, talk.id)


def _item_of(
    source: DueSource, id_: int, what: str, day: date, customer: Customer | None, conversation: ConversationId | None
) -> DueItem:
    banned = customer is not None and customer.permission is Permission.NO_CONTACT
    name, key = (customer.name, customer.id) if customer else ("", None)
    return DueItem(day, source, id_, what, name, key, conversation, banned)


def _settle(turn: Turn, item: DueItem) -> None:
    what = what_is_due(item, turn.knowledge, turn.messages)
    if item.source is DueSource.TASK:
        _on_talk(turn, item, lambda talk: tasks.settle(turn, talk, FollowUpTaskId(item.what), TaskState.DONE, None))
    else:
        _on_reminder(turn, item, lambda reminder: planning.end(turn, reminder))
    turn.toast(turn.say("following_up.settled", customer=item.customer, what=what))


def _move(turn: Turn, item: DueItem, day: date) -> None:
    turn.toast(turn.say("following_up.moved", day=spoken_day(turn.messages, day, turn.language, turn.today)))
    match item.source:
        case DueSource.TASK:
            task = FollowUpTaskId(item.what)
            _on_talk(turn, item, lambda talk: tasks.settle(turn, talk, task, TaskState.DATED, day))
        case DueSource.POSTPONED:
            _on_talk(turn, item, lambda talk: _postpone(turn, talk, day))
        case DueSource.REMINDER:
            _on_reminder(turn, item, lambda reminder: planning.move(turn, reminder, day))
        case _:
            assert_never(item.source)


def _postpone(turn: Turn, talk: Talk, day: date) -> Talk:
    if talk.standing is not Standing.POSTPONED:
        turn.toast(turn.say("move.stale"))
        return talk
    return steps.record(turn, talk, Trigger.CORRECT, until=day.isoformat())


def _go_on(turn: Turn, item: DueItem) -> None:
    """The conversation goes on where it stopped; one that goes on already is shown."""
    talk = _talk(turn, item.conversation_id)
    if talk is None:
        return
    steps.activate(turn, talk.id)
    if talk.standing in (Standing.POSTPONED, Standing.PAUSED):
        talk = steps.move(turn, talk, Trigger.RESUME)
    turn.edit(SCREEN, list_view(turn))
    card.draw_at_bottom(turn, talk)


def _on_talk(turn: Turn, item: DueItem, change: Callable[[Talk], Talk]) -> None:
    """Changes the conversation; its card is drawn afresh where it is the one that the seller has in hand."""
    talk = _talk(turn, item.conversation_id)
    if talk is None:
        return
    changed = change(talk)
    drawn = turn.store.screens.messages_below(turn.sender.chat_id, card.screen(changed)) is not None
    if changed is not talk and turn.person.active == talk.id and drawn:
        turn.edit(card.screen(changed), card.card_view(turn, changed))


def _on_reminder(turn: Turn, item: DueItem, change: Callable[[Reminder], object]) -> None:
    reminder = turn.store.reminders.get(turn.person.id, ReminderId(item.id))
    if reminder is not None:
        change(reminder)


def _talk(turn: Turn, conversation: ConversationId | None) -> Talk | None:
    return turn.store.conversations.load(turn.person.id, conversation) if conversation else None
