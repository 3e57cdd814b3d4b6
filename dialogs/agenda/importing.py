"""A calendar file that was sent: what it brought comes into the agenda, and one screen says what that was."""

from collections.abc import Sequence
from typing import Final

from dialogs.agenda.views import week_view_button
from dialogs.ports.days import CalendarNews
from dialogs.turn import Document, Turn
from dialogs.view import Block, Heading, Hint, Text, View, line
from knowledge.calendar.content_lines import FILE_ENDINGS
from knowledge.calendar.events import LeftOut, ReadCalendar

_HINDRANCES: Final = frozenset({"too_large", "too_slow", "not_fetched"})


def is_calendar(document: Document) -> bool:
    """Whether the file is a calendar, by its content, else by its name."""
    named_so = document.name.lower().endswith(FILE_ENDINGS)
    return document.calendar is not None or document.hindrance == "no_calendar" or (
        named_so and document.hindrance in _HINDRANCES
    )  # fmt: skip


def take(turn: Turn, document: Document) -> None:
    """Stores what is left to store of the file, and says in one screen what it brought."""
    if document.calendar is None:
        turn.show(line(turn.say(f"calendar.{document.hindrance}", name=document.name)))
        return
    turn.store.appointments.take_over(turn.person.id, document.calendar.left, turn.at)
    turn.show(_done_view(turn, document, document.calendar))


def _done_view(turn: Turn, document: Document, news: CalendarNews) -> View:
    """So many new, changed, cancelled, left out and why, and where they stand."""
    calendar = news.read
    if not calendar.occurrences and not calendar.cancellations and not calendar.left_out:
        return line(turn.say("calendar.empty", name=document.name))
    done = [
        turn.say(f"calendar.{what}", n=count)
        for what, count in (
            ("new", news.new),
            ("changed", news.changed),
            ("cancelled", news.cancelled),
        )
        if count
    ]
    blocks: list[Block | None] = [Heading(turn.say("calendar.taken", name=document.name))]
    blocks += [Text(words) for words in done or [turn.say("calendar.nothing_new")]]
    if news.same and done:
        blocks.append(Text(turn.say("calendar.same", n=news.same)))
    if news.older:
        blocks.append(Text(turn.say("calendar.older", n=news.older)))
    blocks += [Hint(words) for words in _left_out(turn, calendar)]
    return View(tuple(blocks), ((week_view_button(turn),),))


def _left_out(turn: Turn, calendar: ReadCalendar) -> Sequence[str]:
    return [
        turn.say(f"calendar.left_out.{reason}", n=calendar.left_out[reason])
        for reason in LeftOut
        if calendar.left_out.get(reason)
    ]
