"""Reminders (Erinnerungen): when a person is written to without having asked; a part of the settings.

settings → reminders → morning message, briefing or quiet hours → a choice, or a time that is typed → reminders.
"""

from dataclasses import replace
from datetime import time, timedelta
from typing import Final

from dialogs import forms
from dialogs.ports.people import PushTimes
from dialogs.press import Press
from dialogs.pushes.due import is_quiet
from dialogs.pushes.fields import MorningForm, QuietForm
from dialogs.turn import Pressed, Turn
from dialogs.view import Button, Heading, Hint, Row, Text, View, rows_of

COMMANDS: Final[frozenset[str]] = frozenset()
ACTIONS: Final = frozenset({"push_times", "push_pick", "push_morning", "push_brief", "push_quiet", "push_ask"})

SCREEN: Final = "settings"
"""The settings' own message changes in place."""

OFF: Final = "off"
MORNINGS: Final = (time(7), time(7, 30), time(8), time(8, 30))
BRIEFINGS: Final = (0, 5, 15, 30, 60)
"""Minutes before an appointment; `bot.storage.pushes` looks for these."""
QUIET: Final = ((time(19), time(7)), (time(20), time(7)), (time(22), time(6)))


def times_view(turn: Turn) -> View:
    """What is set, in three lines with a button each."""
    times = turn.person.pushes
    lines = (_morning_words(turn, times), _briefing_words(turn, times), _quiet_words(turn, times))
    parts = ("morning", "briefing", "quiet")
    pick = [Button(turn.say(f"settings.times.pick.{part}"), Press("push_pick", value=part)) for part in parts]
    late = times.morning is not None and is_quiet(times, times.morning)
    waits = "waits" if times.quiet_from != times.quiet_until else "waits_in_talk"
    return View(
        (
            Heading(turn.say("settings.times.title")),
            *(Text(words) for words in lines),
            None,
            Hint(turn.say(f"settings.times.{'morning_waits' if late else waits}")),
        ),
        (*((button,) for button in pick), _back(turn)),
    )


def handle(turn: Turn) -> None:
    """The buttons of the reminders. Each carries what shall hold, so a second tap changes nothing more."""
    match turn.event:
        case Pressed(Press("push_pick", value="morning")):
            turn.edit(SCREEN, _morning_view(turn))
        case Pressed(Press("push_pick", value="briefing")):
            turn.edit(SCREEN, _briefing_view(turn))
        case Pressed(Press("push_pick", value="quiet")):
            turn.edit(SCREEN, _quiet_view(turn))
        case Pressed(Press("push_ask", value="morning")):
            forms.ask(turn, "morning", 0)
        case Pressed(Press("push_ask", value="quiet")):
            forms.ask(turn, "quiet", 0)
        case Pressed(press):
            changed = _changed(turn.person.pushes, press)
            if changed is not None:
                _change(turn, changed)
                turn.toast(turn.say("settings.times.kept"))
            elif press.action != "push_times":
                turn.toast(turn.say("turn.unknown_press"))
            turn.edit(SCREEN, times_view(turn))
        case _:
            turn.show(times_view(turn), SCREEN)


def keep(turn: Turn, filled: MorningForm | QuietForm) -> None:
    """A time that was typed."""
    times = turn.person.pushes
    if isinstance(filled, MorningForm):
        _change(turn, replace(times, morning=filled.at))
    else:
        _change(turn, replace(times, quiet_from=filled.span.start, quiet_until=filled.span.end))
    turn.show(times_view(turn), SCREEN)


def _change(turn: Turn, times: PushTimes) -> None:
    if times != turn.person.pushes:
        turn.change_person(replace(turn.person, pushes=times))


def _changed(times: PushTimes, press: Press) -> PushTimes | None:
    """What a button sets; None for one that sets nothing we know."""
    match press.action, press.value:
        case "push_morning", "off":
            return replace(times, morning=None)
        case "push_morning", value if value in map(_token, MORNINGS):
            return replace(times, morning=_clock(value))
        case "push_brief", value if value in map(str, BRIEFINGS):
            return replace(times, briefing=timedelta(minutes=int(value)))
        case "push_quiet", "off":
            return replace(times, quiet_from=time(), quiet_until=time())
        case "push_quiet", value if value in map(_span_token, QUIET):
            start, _, end = value.partition("-")
            return replace(times, quiet_from=_clock(start), quiet_until=_clock(end))
        case _:
            return None


def _morning_view(turn: Turn) -> View:
    chosen = turn.person.pushes.morning
    choices = [
        _choice(turn, turn.say("settings.times.at", time=at), at == chosen, Press("push_morning", value=_token(at)))
        for at in MORNINGS
    ]
    none = _choice(turn, turn.say("settings.times.none"), chosen is None, Press("push_morning", value=OFF))
    other = Button(turn.say("settings.times.other"), Press("push_ask", value="morning"))
    return _choosing(turn, "morning", [*choices, none, other], 2)


def _briefing_view(turn: Turn) -> View:
    chosen = turn.person.pushes.briefing
    choices = [
        _choice(
            turn,
            turn.say("settings.times.minutes", n=minutes) if minutes else turn.say("settings.times.none"),
            timedelta(minutes=minutes) == chosen,
            Press("push_brief", value=str(minutes)),
        )
        for minutes in (*BRIEFINGS[1:], 0)
    ]
    return _choosing(turn, "briefing", choices, 2)


def _quiet_view(turn: Turn) -> View:
    times = turn.person.pushes
    chosen = (times.quiet_from, times.quiet_until)
    choices = [
        _choice(
            turn,
            turn.say("settings.times.span", start=start, end=end),
            (start, end) == chosen,
            Press("push_quiet", value=_span_token((start, end))),
        )
        for start, end in QUIET
    ]
    none = _choice(turn, turn.say("settings.times.none"), not _has_quiet(times), Press("push_quiet", value=OFF))
    other = Button(turn.say("settings.times.other"), Press("push_ask", value="quiet"))
    return _choosing(turn, "quiet", [*choices, none, other], 2)


def _choosing(turn: Turn, part: str, choices: list[Button], width: int) -> View:
    back = Button(turn.say("settings.times.back"), Press("push_times"))
    return View(
        (Heading(turn.say(f"settings.times.pick.{part}")), Text(turn.say(f"settings.times.what.{part}"))),
        (*rows_of(choices, width), (back,)),
    )


def _choice(turn: Turn, label: str, chosen: bool, press: Press) -> Button:
    return Button(turn.say("settings.chosen", label=label) if chosen else label, press)


def _back(turn: Turn) -> Row:
    return (Button(turn.say("settings.back"), Press("set_show")),)


def _morning_words(turn: Turn, times: PushTimes) -> str:
    if times.morning is None:
        return turn.say("settings.times.no_morning")
    return turn.say("settings.times.morning", time=times.morning)


def _briefing_words(turn: Turn, times: PushTimes) -> str:
    minutes = int(times.briefing.total_seconds() // 60)
    return turn.say("settings.times.briefing", n=minutes) if minutes else turn.say("settings.times.no_briefing")


def _quiet_words(turn: Turn, times: PushTimes) -> str:
    if not _has_quiet(times):
        return turn.say("settings.times.no_quiet")
    return turn.say("settings.times.quiet", start=times.quiet_from, end=times.quiet_until)


def _has_quiet(times: PushTimes) -> bool:
    return times.quiet_from != times.quiet_until


def _token(at: time) -> str:
    return f"{at:%H%M}"


def _span_token(span: tuple[time, time]) -> str:
    return f"{_token(span[0])}-{_token(span[1])}"


def _clock(token: str) -> time:
    return time(int(token[:2]), int(token[2:]))
