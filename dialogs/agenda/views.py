"""How appointments look: the coming days on one screen, and one appointment by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.agenda.planning import overlapping, says_with_whom
from dialogs.customers import ban
from dialogs.ports.customers import Customer
from dialogs.ports.days import Appointment
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Pressed, Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, rows_of
from knowledge.language.moments import spoken_day
from knowledge.language.writing import clock
from knowledge.language.writing import day as written_day

SCREEN: Final = "agenda"
DAYS: Final = 7
"""So many days stand on the screen of the week, from today or another day on."""

_LINES: Final = 9
"""Lines of days and appointments on a page: with the heading and what stands below, a screen of twelve."""
_NUMBERS_IN_A_ROW: Final = 5
_LONGEST_TITLE: Final = 60


def screen_of(appointment: Appointment) -> str:
    """The screen of an appointment that has a message of its own."""
    return f"appt:{appointment.id}"


def draw(turn: Turn, view: View) -> None:
    """In place of the screen whose button was pressed; the screen of the days where that has no name."""
    screen = turn.event.screen if isinstance(turn.event, Pressed) else ""
    if screen:
        turn.edit(screen, view)
    else:
        turn.show(view, SCREEN)


def midnight(turn: Turn, day: date) -> datetime:
    """When the day begins for the person."""
    return datetime.combine(day, time(), ZoneInfo(turn.person.zone))


def in_days(turn: Turn, start: date, days: int = DAYS) -> Sequence[Appointment]:
    """What touches these days of the person."""
    end = midnight(turn, start + timedelta(days=days))
    return turn.store.appointments.between(turn.person.id, midnight(turn, start), end)


@dataclass(frozen=True, slots=True)
class _Line:
    """An appointment on the screen, on the day under which it stands."""

    day: date
    appointment: Appointment


def week_view(turn: Turn, start: date, page: int = 0) -> View:
    """Seven days from `start` on: each day that has something, each appointment with its number below as a button."""
    pages = list(_pages(_lines(turn, start)))
    page = min(max(page, 0), len(pages) - 1)
    shown = pages[page]
    last = start + timedelta(days=DAYS - 1)
    title = turn.say(
        "agenda.title",
        first=written_day(start, turn.language, turn.today),
        last=written_day(last, turn.language, turn.today),
    )
    blocks: list[Block | None] = [Heading(title)]
    if start == turn.today and page == 0 and not (shown and shown[0].day == start):
        blocks.append(Text(turn.say("agenda.today_free")))
    marked = _marked(turn, [line.appointment for each in pages for line in each])
    day = None
    for number, line in enumerate(shown, 1):
        if line.day != day:
            day = line.day
            blocks.append(Hint(_day_words(turn, day)))
        blocks.append(Text(_line_words(turn, line, number, marked)))
    if not shown and start != turn.today:
        blocks.append(Text(turn.say("agenda.nothing")))
    if not any(pages):
        blocks.append(Hint(turn.say("agenda.how_to_add")))
    return View(tuple(blocks), _week_rows(turn, start, page, len(pages), shown))


def card_view(turn: Turn, appointment: Appointment, *, fresh: bool = False) -> View:
    """One appointment with all that can be done about it. `fresh`: it was made just now and can be taken back."""
    heading = turn.say("agenda.made", title=appointment.title) if fresh else appointment.title
    label = turn.say("agenda.button.undo" if fresh else "agenda.button.cancel")
    rows: list[Row] = [
        (Button(turn.say("agenda.button.talk"), Press("ag_talk", appointment.id)),),
        (
            Button(turn.say("agenda.button.move"), Press("ag_move", appointment.id)),
            Button(label, Press("ag_cancel", appointment.id)),
        ),
        (
            Button(turn.say("agenda.button.place"), Press("ag_place", appointment.id)),
            Button(turn.say("agenda.button.customer"), Press("ag_who", appointment.id)),
            Button(turn.say("agenda.button.file"), Press("ag_file", appointment.id)),
        ),
        (week_view_button(turn),),
    ]
    return View((Heading(shortened(heading, _LONGEST_TITLE * 2)), *details(turn, appointment)), tuple(rows))


def details(turn: Turn, appointment: Appointment) -> tuple[Block, ...]:
    """When, what kind, with whom, where, and what it gets in the way of."""
    kind = turn.knowledge.kinds[appointment.kind].label
    lines = [turn.say("agenda.when_and_what", when=when(turn, appointment), kind=kind)]
    customer = _customer(turn, appointment)
    if customer is not None:
        lines.append(turn.say("agenda.customer", name=customer.name))
        if warning := ban.warning(turn, customer):
            lines.append(warning)
    if appointment.place:
        lines.append(turn.say("agenda.place", place=appointment.place))
    others = overlapping(turn, appointment)
    if others:
        first = turn.say("agenda.in_one_line", span=span(turn, others[0]), title=_title(turn, others[0]))
        lines.append(turn.say("agenda.overlaps", n=len(others), first=first))
    return tuple(Text(words) for words in lines)


def when(turn: Turn, appointment: Appointment) -> str:
    """'Do., 19.11., 10:30–11:00' on the person's clock; the last day too where it is another one."""
    zone = ZoneInfo(turn.person.zone)
    first = appointment.starts_at.astimezone(zone)
    first_day, last_day = _days(turn, appointment)
    day = written_day(first_day, turn.language, turn.today)
    if last_day > first_day:
        until = written_day(last_day, turn.language, turn.today)
        if appointment.all_day:
            return turn.say("agenda.days", first=day, last=until)
        end = turn.say("language.moment", day=until, time=appointment.ends_at.astimezone(zone).time())
        start = turn.say("language.moment", day=day, time=first.time())
        return turn.say("agenda.days", first=start, last=end)
    return turn.say("agenda.day_and_span", day=day, span=span(turn, appointment))


def span(turn: Turn, appointment: Appointment) -> str:
    """'10:30–11:00', or 'ganztägig'."""
    if appointment.all_day:
        return turn.say("agenda.all_day")
    zone = ZoneInfo(turn.person.zone)
    start, end = (moment.astimezone(zone).time() for moment in (appointment.starts_at, appointment.ends_at))
    if start == end:
        return clock(start, turn.language)
    return turn.say("agenda.span", start=start, end=end)


def _days(turn: Turn, appointment: Appointment) -> tuple[date, date]:
    """Its first and its last day."""
    zone = ZoneInfo(turn.person.zone)
    first = appointment.starts_at.astimezone(zone).date()
    if _ends_at_night(appointment):
        return first, first
    return first, max(first, (appointment.ends_at - timedelta(microseconds=1)).astimezone(zone).date())


def _ends_at_night(appointment: Appointment) -> bool:
    """Whether it runs over midnight but is over by the morning: its two times tell enough."""
    return not appointment.all_day and appointment.ends_at - appointment.starts_at < timedelta(hours=12)


def _lines(turn: Turn, start: date) -> Iterator[_Line]:
    """Each appointment on each of its days; one that is over in the night stands on the day before alone."""
    end = start + timedelta(days=DAYS - 1)
    for appointment in in_days(turn, start):
        first, last = _days(turn, appointment)
        first, last = max(first, start), max(min(last, end), start)
        for ahead in range((last - first).days + 1):
            yield _Line(first + timedelta(days=ahead), appointment)


def _pages(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """The lines in screens; a day that goes on gets its heading again. At least one page, which may be empty."""
    page: list[_Line] = []
    room, day = _LINES, None
    for line in sorted(lines, key=lambda line: (line.day, not line.appointment.all_day, line.appointment.starts_at)):
        needed = 1 if line.day == day else 2
        if needed > room:
            yield page
            page, room, needed = [], _LINES, 2
        page.append(line)
        room, day = room - needed, line.day
    yield page


def _marked(turn: Turn, appointments: Sequence[Appointment]) -> dict[int, str]:
    """Which ones go on now, and which one comes next, by their ids."""
    timed = [appointment for appointment in appointments if not appointment.all_day]
    marks: dict[int, str] = {found.id: "now" for found in timed if found.starts_at <= turn.at < found.ends_at}
    coming = [found for found in timed if found.starts_at > turn.at]
    if coming:
        marks[min(coming, key=lambda found: found.starts_at).id] = "next"
    return marks


def _day_words(turn: Turn, day: date) -> str:
    spoken, written = (
        spoken_day(turn.messages, day, turn.language, turn.today),
        written_day(day, turn.language, turn.today),
    )
    return written if spoken == written else turn.say("agenda.near_day", near=spoken.capitalize(), day=written)


def _line_words(turn: Turn, line: _Line, number: int, marked: dict[int, str]) -> str:
    appointment = line.appointment
    words = turn.say("agenda.in_one_line", span=_span_on(turn, line), title=_title(turn, appointment))
    here = line.day == max(_days(turn, appointment)[0], turn.today)
    mark = marked.get(appointment.id, "other") if here else "other"
    return turn.say(f"agenda.line.{mark}", number=number, line=words)


def _span_on(turn: Turn, line: _Line) -> str:
    """The part of it that is on the line's day: 'ab 14:00', 'ganztägig', 'bis 11:00'."""
    appointment = line.appointment
    first, last = _days(turn, appointment)
    if appointment.all_day or first == last:
        return span(turn, appointment)
    zone = ZoneInfo(turn.person.zone)
    if line.day == first:
        return turn.say("agenda.from_time", time=appointment.starts_at.astimezone(zone).time())
    if line.day == last:
        return turn.say("agenda.until_time", time=appointment.ends_at.astimezone(zone).time())
    return turn.say("agenda.all_day")


def _title(turn: Turn, appointment: Appointment) -> str:
    """What it is about, and with whom where the words do not say so."""
    title = shortened(appointment.title, _LONGEST_TITLE)
    name = _customer_name(turn, appointment)
    if not name or says_with_whom(appointment.title, name):
        return title
    return turn.say("agenda.title_with", title=title, name=name)


def _customer_name(turn: Turn, appointment: Appointment) -> str:
    customer = _customer(turn, appointment)
    return customer.name if customer else ""


def _customer(turn: Turn, appointment: Appointment) -> Customer | None:
    if appointment.customer_id is None:
        return None
    return turn.store.customers.get(turn.person.id, appointment.customer_id)


def _week_rows(turn: Turn, start: date, page: int, pages: int, shown: Sequence[_Line]) -> tuple[Row, ...]:
    numbers = [Button(str(number), Press("ag_open", line.appointment.id)) for number, line in enumerate(shown, 1)]
    rows = [*rows_of(numbers, _NUMBERS_IN_A_ROW)]
    if pages > 1:
        key = "agenda.button.more" if page + 1 < pages else "agenda.button.first_page"
        rows.append((_week_button(turn.say(key), start, (page + 1) % pages),))
    back, ahead = start - timedelta(days=DAYS), start + timedelta(days=DAYS)
    ways = [_week_button(turn.say("agenda.button.week_back"), back)]
    if start != turn.today:
        ways.append(_week_button(turn.say("agenda.button.today"), turn.today))
    ways.append(_week_button(turn.say("agenda.button.week_ahead"), ahead))
    rows.append(tuple(ways))
    new = Button(turn.say("agenda.button.new"), Press("ag_new"))
    as_file = Button(turn.say("agenda.button.file"), Press("ag_files", value=start.isoformat()))
    rows.append((new, as_file) if shown else (new,))
    return tuple(rows)


def week_view_button(turn: Turn) -> Button:
    """Leads to today and the days after it."""
    return _week_button(turn.say("agenda.button.week"), turn.today)


def _week_button(label: str, start: date, page: int = 0) -> Button:
    return Button(label, Press("ag_week", value=f"{start.isoformat()}={page}"))
