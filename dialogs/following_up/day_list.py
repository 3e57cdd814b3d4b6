"""`/nachfassen` on the screen: what is due, six at a time, and one of them with all that can be done about it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from dialogs.after_order import offers
from dialogs.following_up import hardship
from dialogs.following_up.due import end_of_week, no_weekend, what_is_due
from dialogs.ports.customers import Potential
from dialogs.ports.days import DueItem, DueSource, ReminderKind
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View
from knowledge.language.moments import spoken_day
from knowledge.language.writing import day as written_day
from knowledge.taxonomy import FollowUpTaskId

SCREEN: Final = "due"

ON_A_PAGE: Final = 6
"""With heading, sums, three groups and a warning that makes twelve lines."""

_DIGITS: Final = 4
"""More of them are no page."""

ACTION_OF: Final = {DueSource.TASK: "due_t", DueSource.POSTPONED: "due_c", DueSource.REMINDER: "due_r"}

DONE: Final = "done"
GO_ON: Final = "go"
PICK: Final = "pick"
ANOTHER_DAY: Final = "date"
BACK_TO: Final = "b-"
"""Values of buttons; the last one stands before a day that may have passed."""


def list_view(turn: Turn, page: int = 0, settled: DueItem | None = None) -> View:
    """A page of what is due; with what was settled just now comes the button that takes it back."""
    ends = end_of_week(turn.today)
    counts = turn.store.follow_ups.count(turn.person.id, turn.today, ends)
    last = max(counts.all - 1, 0) // ON_A_PAGE
    page = min(max(page, 0), last)
    items = turn.store.follow_ups.open(turn.person.id, ends, ON_A_PAGE, page * ON_A_PAGE) if counts.all else ()
    blocks: list[Block | None] = [Heading(turn.say("following_up.title"))]
    sums = [
        turn.say(f"following_up.sum.{group}", n=n)
        for group, n in (("overdue", counts.overdue), ("today", counts.today), (_week_word(turn), counts.week))
        if n
    ]
    blocks.append(Text(" · ".join(sums) if sums else turn.say("following_up.nothing", day=_day(turn, ends))))
    blocks += _groups(turn, items, named=len(sums) > 1)
    if any(item.no_contact for item in items):
        blocks.append(Hint(turn.say("following_up.no_contact_below")))
    rows: list[Row] = []
    if settled is not None:
        rows.append(
            (Button(turn.say("following_up.open_again", customer=settled.customer), _taken_back(settled, page)),)
        )
    if items:
        rows.append(tuple(_first_button(turn, item, number, page) for number, item in enumerate(items, 1)))
        rows.append(tuple(_pick_button(turn, item, number, page) for number, item in enumerate(items, 1)))
    ways = [Button(turn.say("following_up.earlier"), Press("due", value=str(page - 1)))] if page else []
    ways += [Button(turn.say("following_up.later"), Press("due", value=str(page + 1)))] if page < last else []
    if ways:
        rows.append(tuple(ways))
    return View(tuple(blocks), (*rows, *hardship.rows(turn)))


def item_view(turn: Turn, item: DueItem, page: int) -> View:
    """One thing that is due: what, until when, how, and the buttons that settle or move it."""
    late = item.day < turn.today
    when = turn.say("following_up.was_due" if late else "following_up.due", day=_day(turn, item.day))
    blocks: list[Block | None] = [
        Heading(item.customer or turn.say("card.nameless")),
        Text(what_is_due(item, turn.knowledge, turn.messages)),
        Text(when),
    ]
    if item.no_contact:
        blocks.append(Text(turn.say("following_up.no_contact")))
    blocks += _how(turn, item)
    return View(
        tuple(blocks), (*_special_rows(turn, item, page), *_settling_rows(turn, item, page), *_way_rows(turn, item))
    )


def _groups(turn: Turn, items: Sequence[DueItem], *, named: bool) -> list[Block | None]:
    """The lines, parted by when they are due; where all are alike, the sum above says so."""
    blocks: list[Block | None] = []
    last = ""
    for number, item in enumerate(items, 1):
        group = "overdue" if item.day < turn.today else "today" if item.day == turn.today else _week_word(turn)
        if group != last:
            last = group
            blocks += [None, Hint(turn.say(f"following_up.group.{group}"))] if named else [None]
        blocks.append(Text(_line(turn, item, number)))
    return blocks


def _line(turn: Turn, item: DueItem, number: int) -> str:
    customer = item.customer or turn.say("card.nameless")
    if item.no_contact:
        customer = turn.say("following_up.marked", customer=customer)
    what = what_is_due(item, turn.knowledge, turn.messages)
    if item.day == turn.today:
        return turn.say("following_up.line_today", number=number, customer=customer, what=what)
    day = written_day(item.day, turn.language, turn.today)
    return turn.say("following_up.line", number=number, customer=customer, what=what, day=day)


def _how(turn: Turn, item: DueItem) -> Sequence[Block | None]:
    if item.source is DueSource.TASK and item.what in set(FollowUpTaskId):
        how = Hint(turn.knowledge.follow_up[FollowUpTaskId(item.what)].how)
        return (None, how, *offers.blocks_for_task(turn, FollowUpTaskId(item.what), item.customer_id))
    if item.source is DueSource.REMINDER and not item.no_contact:
        return (None, *offers.blocks(turn, item))
    return ()


def _special_rows(turn: Turn, item: DueItem, page: int) -> tuple[Row, ...]:
    """Answers that settle it with one tap: how satisfied the customer is; A, B or C."""
    if item.source is DueSource.REMINDER and item.what == ReminderKind.SATISFACTION and item.customer_id is not None:
        return (offers.rating_row(turn, item.customer_id),)
    if item.source is DueSource.TASK and item.what == FollowUpTaskId.CUSTOMER_POTENTIAL:
        return (tuple(Button(str(one), press_for(item, one.lower(), page)) for one in Potential),)
    return ()


def _settling_rows(turn: Turn, item: DueItem, page: int) -> tuple[Row, ...]:
    tomorrow, next_week = (no_weekend(turn.today + timedelta(days=days)) for days in (1, 7))
    moves = [
        Button(turn.say("following_up.move_to", day=_day(turn, day)), press_for(item, day.isoformat(), page))
        for day in dict.fromkeys((tomorrow, next_week))
        if day != item.day
    ]
    another = Button(turn.say("follow_up.another_day"), press_for(item, ANOTHER_DAY, page))
    first = GO_ON if item.source is DueSource.POSTPONED else DONE
    settle = Button(turn.say(f"following_up.{first}"), press_for(item, first, page))
    return ((settle,), tuple(moves), (another,)) if moves else ((settle,), (another,))


def _way_rows(turn: Turn, item: DueItem) -> tuple[Row, ...]:
    back = Button(turn.say("following_up.back"), Press("due"))
    ways: list[Button] = []
    if item.conversation_id is not None and item.source is not DueSource.POSTPONED:
        ways.append(Button(turn.say("following_up.to_the_talk"), Press("open", item.conversation_id)))
    if item.source is DueSource.REMINDER and item.customer_id is not None:
        ways.append(Button(turn.say("following_up.new_talk"), Press("pick", item.customer_id)))
    elif item.conversation_id is not None:
        ways.append(Button(turn.say("following_up.mail.button"), Press("mail", item.conversation_id)))
    return (tuple(ways), (back,)) if ways else ((back,),)


def _first_button(turn: Turn, item: DueItem, number: int, page: int) -> Button:
    """One tap: done; a postponed conversation goes on."""
    first = GO_ON if item.source is DueSource.POSTPONED else DONE
    return Button(turn.say(f"following_up.number.{first}", number=number), press_for(item, first, page))


def _pick_button(turn: Turn, item: DueItem, number: int, page: int) -> Button:
    return Button(turn.say("following_up.number.pick", number=number), press_for(item, PICK, page))


def press_for(item: DueItem, wanted: str, page: int) -> Press:
    """A button about something due. It carries what shall hold, and behind a dot the page that it stood on."""
    value = f"{item.what}={wanted}" if item.source is DueSource.TASK else wanted
    return Press(ACTION_OF[item.source], item.id, value=f"{value}.{page}" if page else value)


def read_press(press: Press) -> tuple[str, str, int]:
    """What such a button is about (empty but for tasks), what shall hold, and its page."""
    value, _, page = press.value.partition(".")
    what, wanted = value.split("=", 1) if "=" in value else ("", value)
    return what, wanted, page_of(page)


def page_of(written: str) -> int:
    """A page as a button carries it; the first where it carries none."""
    return int(written) if written.isdecimal() and len(written) <= _DIGITS else 0


def _taken_back(item: DueItem, page: int) -> Press:
    return press_for(item, f"{BACK_TO}{item.day.isoformat()}", page)


def _week_word(turn: Turn) -> str:
    return "this_week" if end_of_week(turn.today) - turn.today < timedelta(days=7) else "next_week"


def _day(turn: Turn, day: date) -> str:
    return spoken_day(turn.messages, day, turn.language, turn.today)
