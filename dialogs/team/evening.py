"""The team's evening: when the summary comes, on which days, and whether it tells sellers apart; a part of `/team`.

team → summary → time, working days, days off, a quiet day, figures of each seller → team.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from dialogs import forms
from dialogs.door import managers_only
from dialogs.ports.people import Role, Team
from dialogs.press import Press
from dialogs.reports.own_figures import own_figures_button
from dialogs.settings import city_of
from dialogs.team.fields import DaysOffForm, SummaryTimeForm
from dialogs.turn import Pressed, Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, line, rows_of
from knowledge.language import writing
from knowledge.language.languages import Language

COMMANDS: Final[frozenset[str]] = frozenset()
ACTIONS: Final = frozenset(
    {"eve_show", "eve_times", "eve_time", "eve_ask", "eve_days", "eve_day", "eve_half", "eve_quiet", "eve_free",
     "eve_work", "eve_sellers", "eve_tell"}
)  # fmt: skip

SCREEN: Final = "team"
TIMES: Final = (time(16), time(17), time(18), time(19))
DAYS_SHOWN: Final = 8
KEPT: Final = timedelta(days=14)
"""So long a day off that has passed stands in the list; it goes on counting in the figures."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def evening_view(turn: Turn) -> View:
    """What is set, a line each, and a button to change it."""
    team = turn.person.team
    times = Button(turn.say("team.evening.change_time"), Press("eve_times"))
    days = Button(turn.say("team.evening.change_days"), Press("eve_days"))
    free = Button(turn.say("team.evening.change_free"), Press("eve_free"))
    quiet = Button(
        turn.say(f"team.evening.{'no_quiet_line' if team.quiet_line else 'quiet_line'}"),
        Press("eve_quiet", value="off" if team.quiet_line else "on"),
    )
    sellers = Button(turn.say("team.evening.sellers"), Press("eve_sellers"))
    return View(
        (
            Heading(turn.say("team.evening.title")),
            Text(turn.say("team.evening.time", time=team.summary_time, zone=city_of(turn, team.zone))),
            Text(turn.say("team.evening.days", days=_weekday_words(turn, team))),
            Text(turn.say(f"team.evening.half_{'off' if team.half_holidays_off else 'on'}")),
            *((Text(turn.say("team.evening.free", n=days_off)),) if (days_off := len(_coming(turn))) else ()),
            Text(turn.say(f"team.evening.quiet_{'on' if team.quiet_line else 'off'}")),
            Text(turn.say(f"team.evening.sellers_{'on' if team.shows_sellers else 'off'}")),
        ),
        ((times, days), (free, quiet), (sellers,), (Button(turn.say("team.back"), Press("team_show")),)),
    )


@managers_only
def handle(turn: Turn) -> None:
    """The buttons of these screens. Each says what shall hold, so a second tap changes nothing more."""
    if not isinstance(turn.event, Pressed):
        turn.show(evening_view(turn), SCREEN)
        return
    press = turn.event.press
    match press.action, press.value:
        case "eve_times", _:
            turn.edit(SCREEN, _times_view(turn))
        case "eve_time", value if value in map(_token, TIMES):
            _change(turn, summary_time=time.fromisoformat(value.replace("-", ":")))
        case "eve_ask", "time":
            forms.ask(turn, "summary_time", 0)
        case "eve_ask", "free":
            forms.ask(turn, "days_off", 0)
        case "eve_days", _:
            turn.edit(SCREEN, _days_view(turn))
        case "eve_day", value:
            _set_weekday(turn, *press.split())
        case "eve_half", "on" | "off" as value:
            _change(turn, _days_view, half_holidays_off=value == "off")
        case "eve_quiet", "on" | "off" as value:
            _change(turn, quiet_line=value == "on")
        case "eve_free", _:
            turn.edit(SCREEN, _free_view(turn))
        case "eve_work", value:
            _work_on(turn, value)
        case "eve_sellers", _:
            turn.edit(SCREEN, _sellers_view(turn))
        case "eve_tell", "on" | "off" as value:
            _show_sellers(turn, value == "on")
        case _:
            turn.edit(SCREEN, evening_view(turn))


def keep(turn: Turn, filled: SummaryTimeForm | DaysOffForm) -> None:
    """A time or days that were typed; by whoever still leads the team."""
    if turn.person.role is not Role.MANAGER:
        turn.show(line(turn.say("door.managers_only")))
        return
    if isinstance(filled, SummaryTimeForm):
        _store(turn, replace(turn.person.team, summary_time=filled.at))
        turn.show(evening_view(turn), SCREEN)
        return
    for day in filled.days:
        turn.store.people.set_day_off(turn.person.team.id, day, off=True)
    turn.show(_free_view(turn), SCREEN)


def _times_view(turn: Turn) -> View:
    chosen = turn.person.team.summary_time
    choices = [
        Button(_marked(turn, writing.clock(at, turn.language), at == chosen), Press("eve_time", value=_token(at)))
        for at in TIMES
    ]
    other = Button(turn.say("team.evening.other_time"), Press("eve_ask", value="time"))
    return View((Text(turn.say("team.evening.which_time")),), (*rows_of(choices, 4), (other,), _back(turn)))


def _days_view(turn: Turn) -> View:
    team = turn.person.team
    buttons = [
        Button(
            _marked(turn, turn.say(f"team.evening.short.{name}"), number in team.working_days),
            Press("eve_day", value=f"{number}={0 if number in team.working_days else 1}"),
        )
        for number, name in enumerate(_WEEKDAYS, 1)
    ]
    half = Button(
        turn.say(f"team.evening.{'half_work' if team.half_holidays_off else 'half_free'}"),
        Press("eve_half", value="on" if team.half_holidays_off else "off"),
    )
    blocks: tuple[Block, ...] = (
        Text(turn.say("team.evening.which_days")),
        Text(turn.say(f"team.evening.half_{'off' if team.half_holidays_off else 'on'}")),
        Hint(turn.say("team.evening.holidays", region=team.region)),
    )
    return View(blocks, (*rows_of(buttons, 4), (half,), _back(turn)))


def _free_view(turn: Turn) -> View:
    """The days off to come, each with a button that takes it back."""
    coming = _coming(turn)
    rows: list[Row] = [
        (Button(turn.say("team.evening.work_on", day=day), Press("eve_work", value=day.isoformat())),)
        for day in coming[:DAYS_SHOWN]
    ]
    words = turn.say("team.evening.free_list" if coming else "team.evening.none_free")
    blocks: list[Block] = [Text(words)]
    if len(coming) > DAYS_SHOWN:
        blocks.append(Hint(turn.say("team.evening.more_free", n=len(coming) - DAYS_SHOWN)))
    add = (Button(turn.say("team.evening.add_free"), Press("eve_ask", value="free")),)
    return View(tuple(blocks), (*rows, add, _back(turn)))


def _sellers_view(turn: Turn) -> View:
    """What switching does, before it is done."""
    shown = turn.person.team.shows_sellers
    lines = ("sellers_are_seen",) if shown else ("sellers_will_be_seen", "sellers_are_told", "works_council")
    label = turn.say(f"team.evening.{'hide_sellers' if shown else 'tell_sellers'}")
    switch = Button(label, Press("eve_tell", value="off" if shown else "on"))
    return View(
        (Heading(turn.say("team.evening.sellers")), *(Text(turn.say(f"team.evening.{words}")) for words in lines)),
        ((switch,), _back(turn)),
    )


def _show_sellers(turn: Turn, shown: bool) -> None:
    """Every seller is told before anybody can look; what holds already is not told again."""
    if turn.person.team.shows_sellers != shown:
        news = {language: _news(turn, language, shown) for language in Language}
        for member in turn.store.people.members(turn.person.team.id):
            if member.id != turn.person.id:
                turn.notify(member.id, news[member.language])
    _change(turn, shows_sellers=shown)


def _news(turn: Turn, language: Language, shown: bool) -> View:
    """What every member of the team is told, and where to see what is seen of oneself."""
    say = f"team.evening.{'now_seen' if shown else 'no_longer_seen'}"
    words = turn.messages.text(say, language, team=turn.person.team.name)
    button = own_figures_button(turn.messages.text("team.evening.my_figures", language))
    return View((Text(words),), ((button,),) if shown else ())


def _set_weekday(turn: Turn, day: str, wanted: str) -> None:
    if day not in map(str, range(1, 8)):
        turn.edit(SCREEN, _days_view(turn))
        return
    days = turn.person.team.working_days
    changed = days | {int(day)} if wanted == "1" else days - {int(day)}
    if not changed:  # a team that never works would get no summary at all
        turn.toast(turn.say("team.evening.one_day"))
        changed = days
    _change(turn, _days_view, working_days=changed)


def _work_on(turn: Turn, token: str) -> None:
    try:
        day = date.fromisoformat(token)
    except ValueError:
        turn.toast(turn.say("turn.unknown_press"))
    else:
        turn.store.people.set_day_off(turn.person.team.id, day, off=False)
    turn.edit(SCREEN, _free_view(turn))


def _change(turn: Turn, view: Callable[[Turn], View] = evening_view, **settings: object) -> None:
    """Stores what shall hold and draws the screen that it was pressed on."""
    _store(turn, replace(turn.person.team, **settings))  # type: ignore[arg-type]  # fields of Team, see the callers
    turn.edit(SCREEN, view(turn))


def _store(turn: Turn, team: Team) -> None:
    if team != turn.person.team:
        turn.store.people.change_team(team)
        turn.member = replace(turn.person, team=team)


def _coming(turn: Turn) -> list[date]:
    days = turn.store.people.days_off(turn.person.team.id)
    return sorted(day for day in days if day >= turn.today - KEPT)


def _weekday_words(turn: Turn, team: Team) -> str:
    return ", ".join(
        turn.say(f"team.evening.short.{name}")
        for number, name in enumerate(_WEEKDAYS, 1)
        if number in team.working_days
    )


def _marked(turn: Turn, label: str, chosen: bool) -> str:
    return turn.say("team.evening.chosen", label=label) if chosen else label


def _token(at: time) -> str:
    return f"{at:%H-%M}"


def _back(turn: Turn) -> Row:
    return (Button(turn.say("team.evening.back"), Press("eve_show")),)
