"""Settings (Einstellungen): the language and the time zone, on one screen that changes in place.

When a person is written to without having asked stands behind a button, in `push_times`.
"""

from dataclasses import replace
from typing import Final

from dialogs import privacy
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import Button, Heading, Hint, Row, Text, View
from knowledge.language.messages import Language

COMMANDS: Final = frozenset({"settings"})
ACTIONS: Final = frozenset({"set_lang", "set_zone", "set_show"})

SCREEN: Final = "settings"

ZONES: Final = {
    "berlin": "Europe/Berlin",
    "vienna": "Europe/Vienna",
    "zurich": "Europe/Zurich",
    "london": "Europe/London",
}
"""The zones to choose from, by the value on their button."""

THE_TEAMS: Final = "team"
"""The value of the button that takes the team's zone, also when the team moves to another one."""


def settings_view(turn: Turn) -> View:
    """What is set now, and a button for each choice."""
    person = turn.person
    origin = "settings.zone_of_team" if person.own_zone is None else "settings.zone_own"
    role = turn.say(f"team.role.{person.role}")
    return View(
        (
            Heading(turn.say("settings.title")),
            Text(turn.say("settings.member", team=person.team.name, role=role)),
            Text(turn.say("settings.language", name=turn.say(f"settings.name_of.{person.language}"))),
            Text(turn.say(origin, city=city_of(turn, person.zone), time=turn.now.time())),
            None,
            Hint(privacy.who_sees_what(turn)),
        ),
        (
            (Button(turn.say("settings.times.title"), Press("push_times")),),
            _language_row(turn),
            *_zone_rows(turn),
        ),
    )


def handle(turn: Turn) -> None:
    """`/einstellungen` and its buttons. Each carries what shall hold, so a second tap changes nothing more."""
    match turn.event:
        case Pressed(Press("set_lang", value=value)) if value in list(Language):
            _set_language(turn, Language(value))
            turn.edit(SCREEN, settings_view(turn))
        case Pressed(Press("set_zone", value=value)) if value == THE_TEAMS or value in ZONES:
            turn.change_person(replace(turn.person, own_zone=ZONES.get(value)))
            turn.toast(turn.say("settings.zone_set", city=city_of(turn, turn.person.zone), time=turn.now.time()))
            turn.edit(SCREEN, settings_view(turn))
        case Pressed(Press("set_show")):
            turn.edit(SCREEN, settings_view(turn))
        case Pressed():
            turn.toast(turn.say("turn.unknown_press"))
            turn.edit(SCREEN, settings_view(turn))
        case _:
            turn.show(settings_view(turn), SCREEN)


def _set_language(turn: Turn, language: Language) -> None:
    if language is not turn.person.language:
        turn.change_person(replace(turn.person, language=language))
        turn.commands_changed = True
    turn.toast(turn.say("settings.language_set"))


def _language_row(turn: Turn) -> Row:
    return tuple(
        _choice(turn, f"settings.name_of.{language}", language is turn.person.language, "set_lang", language)
        for language in Language
    )


def _zone_rows(turn: Turn) -> tuple[Row, ...]:
    own = turn.person.own_zone
    follow_team = Button(
        _marked(turn, turn.say("settings.as_team", city=city_of(turn, turn.person.team.zone)), own is None),
        Press("set_zone", value=THE_TEAMS),
    )
    cities = [_choice(turn, f"settings.city.{value}", own == zone, "set_zone", value) for value, zone in ZONES.items()]
    return (follow_team,), tuple(cities[:2]), tuple(cities[2:])


def _choice(turn: Turn, label: str, chosen: bool, action: str, value: str) -> Button:
    return Button(_marked(turn, turn.say(label), chosen), Press(action, value=value))


def _marked(turn: Turn, label: str, chosen: bool) -> str:
    return turn.say("settings.chosen", label=label) if chosen else label


def city_of(turn: Turn, zone: str) -> str:
    """The city that a zone is named after, in the person's language where there is a button for it."""
    for value, known in ZONES.items():
        if known == zone:
            return turn.say(f"settings.city.{value}")
    return zone.rpartition("/")[2].replace("_", " ")
