"""My data (Meine Daten): what is stored, who sees it, the export, and the way out.

overview → export as a file; overview → question → erased, or as before.
"""

from typing import Final

from dialogs.ports.people import Person, Role
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import Button, Heading, Hint, Text, View, line

COMMANDS: Final = frozenset({"mydata"})
ACTIONS: Final = frozenset({"data_show", "data_export", "data_ask", "data_erase"})

SCREEN: Final = "my_data"
EXPORT: Final = "my_data"
"""The kind of the file, which holds `stored_about` whoever asks for it."""


def who_sees_what(turn: Turn) -> str:
    """The promise to this person, in the wording of their role. One place, because it has to be the same everywhere."""
    return turn.say(sight_key(turn.person))


def sight_key(person: Person) -> str:
    """The message that makes this promise; another one where managers see figures of each seller."""
    return f"privacy.{'told_apart' if person.team.shows_sellers else 'sight'}.{person.role}"


def is_last_manager(turn: Turn) -> bool:
    """Whether the team would have no manager without this person."""
    members = turn.store.people.members(turn.person.team.id)
    return [member.id for member in members if member.role is Role.MANAGER] == [turn.person.id]


def overview_view(turn: Turn) -> View:
    """How much is stored of each kind, without the contents."""
    counts = turn.store.people.count_stored(turn.person.id)
    return View(
        (
            Heading(turn.say("privacy.title")),
            Text(turn.say("privacy.account")),
            Text(turn.say("privacy.talks", n=counts.conversations)),
            Text(turn.say("privacy.steps", n=counts.steps)),
            Text(turn.say("privacy.customers", n=counts.customers)),
            Text(turn.say("privacy.notes", n=counts.notes)),
            Text(turn.say("privacy.tasks", n=counts.tasks)),
            *((Text(turn.say("privacy.appointments", n=counts.appointments)),) if counts.appointments else ()),
            *((Text(turn.say("privacy.costings", n=counts.costings)),) if counts.costings else ()),
            None,
            Hint(who_sees_what(turn)),
        ),
        (
            (
                Button(turn.say("privacy.export"), Press("data_export")),
                Button(turn.say("privacy.erase"), Press("data_ask")),
            ),
        ),
    )


def question_view(turn: Turn) -> View:
    """What deleting does, what it leaves, and that there is no way back."""
    team = turn.person.team.name
    return View(
        (
            Heading(turn.say("privacy.sure")),
            Text(turn.say("privacy.what_goes")),
            Text(turn.say("privacy.what_stays", team=team)),
            *((Text(turn.say("team.without_manager", team=team)),) if is_last_manager(turn) else ()),
            Text(turn.say("privacy.no_way_back")),
        ),
        (
            (Button(turn.say("privacy.erase_now"), Press("data_erase")),),
            (Button(turn.say("privacy.keep"), Press("data_show")),),
        ),
    )


def handle(turn: Turn) -> None:
    """`/daten` and its buttons."""
    match turn.event:
        case Pressed(Press("data_export")):
            turn.show(line(turn.say("privacy.file_comes")))
            turn.send_file(EXPORT, asked_at=turn.at.isoformat())
        case Pressed(Press("data_ask")):
            turn.edit(SCREEN, question_view(turn))
        case Pressed(Press("data_erase")):
            _erase(turn)
        case Pressed():
            turn.edit(SCREEN, overview_view(turn))
        case _:
            turn.show(overview_view(turn), SCREEN)


def _erase(turn: Turn) -> None:
    """The last message is still written in the person's language; after it they are a stranger."""
    gone = line(turn.say("privacy.erased"))
    turn.store.people.erase(turn.person.id)
    turn.edit(SCREEN, gone)
    turn.member = None
    turn.commands_changed = True
