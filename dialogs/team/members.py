"""The team, for its managers: who belongs to it, inviting, removing, and who sees what.

members → invitation of a role (a message to pass on); members → whom to remove? → question → removed, or as before.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogs import privacy
from dialogs.conversation.talk import PersonId
from dialogs.door import managers_only
from dialogs.ports.people import Person, Role
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import Button, Heading, Hint, Row, Text, View, line
from knowledge.language.moments import spoken_moment

COMMANDS: Final = frozenset({"team"})
ACTIONS: Final = frozenset(
    {"team_show", "team_invite", "team_pick", "team_ask", "team_out", "team_sight", "team_costs"}
)

SCREEN: Final = "team"
INVITE_HOLDS: Final = timedelta(days=7)
MEMBERS_ON_A_PAGE: Final = 8


def members_view(turn: Turn, page: int = 0) -> View:
    """The members with their roles, a page at a time."""
    members = _members(turn)
    invites = tuple(Button(turn.say(f"team.invite.{role}"), Press("team_invite", value=role)) for role in Role)
    others = (
        Button(turn.say("team.remove"), Press("team_pick")),
        Button(turn.say("team.sight"), Press("team_sight")),
        Button(turn.say("team.evening.button"), Press("eve_show")),
    )
    return View(
        (
            Heading(turn.person.team.name),
            Hint(turn.say("team.count", n=len(members))),
            *(Text(_member(turn, member)) for member in _page(members, page)),
        ),
        (*_paging(turn, len(members), page, "team_show"), invites, others),
    )


def pick_view(turn: Turn, page: int = 0) -> View:
    """Whom to remove: a button for each member."""
    members = _members(turn)
    rows = tuple((Button(_member(turn, member), Press("team_ask", member.id)),) for member in _page(members, page))
    back = (Button(turn.say("team.back"), Press("team_show")),)
    return View((Heading(turn.say("team.whom")),), (*rows, *_paging(turn, len(members), page, "team_pick"), back))


def question_view(turn: Turn, member: Person) -> View:
    """What removing does, before it is done."""
    return View(
        (
            Heading(turn.say("team.sure", name=member.name, team=member.team.name)),
            Text(turn.say("team.removing_you" if member.id == turn.person.id else "team.removing")),
        ),
        (
            (
                Button(turn.say("team.do_remove"), Press("team_out", member.id)),
                Button(turn.say("team.keep"), Press("team_show")),
            ),
        ),
    )


def invite_view(turn: Turn, role: Role, code: str) -> View:
    """The invitation, worded for whoever it is passed on to: a link, or the command while the bot has no name."""
    link = turn.links.invite(code)
    way_in = link or f"/start {code}"
    until = spoken_moment(turn.messages, turn.at + INVITE_HOLDS, turn.language, ZoneInfo(turn.person.zone), turn.at)
    role_name = turn.say(f"team.role.{role}")
    return View(
        (
            Text(turn.say("team.invitation", team=turn.person.team.name, role=role_name, until=until)),
            Text(turn.say("team.link_below" if link else "team.command_below")),
            Text(way_in),
        ),
        ((Button(turn.say("team.copy"), copy=way_in),),),
    )


def sight_view(turn: Turn) -> View:
    """What a manager sees, and what stays with the seller."""
    seen = turn.person.team.sellers_see_costs
    costs = Button(
        turn.say(f"team.costs.{'hide' if seen else 'show'}"), Press("team_costs", value="off" if seen else "on")
    )
    back = Button(turn.say("team.back"), Press("team_show"))
    blocks = (
        Heading(turn.say("team.sight_title")),
        Text(privacy.who_sees_what(turn)),
        Text(turn.say("team.sellers_know")),
        Text(turn.say(f"team.costs.{'seen' if seen else 'hidden'}")),
    )
    return View(blocks, ((costs,), (back,)))


@managers_only
def handle(turn: Turn) -> None:
    """`/team` and its buttons."""
    match turn.event:
        case Pressed(Press("team_invite", value=value)) if value in list(Role):
            _invite(turn, Role(value))
        case Pressed(Press("team_pick", value=value)):
            turn.edit(SCREEN, pick_view(turn, _number(value)))
        case Pressed(Press("team_ask", subject)):
            _with_member(turn, PersonId(subject), _ask)
        case Pressed(Press("team_out", subject)):
            _with_member(turn, PersonId(subject), _remove)
        case Pressed(Press("team_costs", value="on" | "off" as value)):
            _show_costs(turn, value == "on")
        case Pressed(Press("team_sight")):
            turn.edit(SCREEN, sight_view(turn))
        case Pressed(Press(_, value=value), screen) if screen == SCREEN:
            turn.edit(SCREEN, members_view(turn, _number(value)))
        case _:  # also the button of the greeting: the team appears below it, wherever it stood before
            turn.show(members_view(turn), SCREEN)


def _show_costs(turn: Turn, shown: bool) -> None:
    """Whether sellers see costs and profits; the button says what shall hold."""
    team = replace(turn.person.team, sellers_see_costs=shown)
    turn.store.people.show_costs(team.id, shown)
    turn.member = replace(turn.person, team=team)
    turn.edit(SCREEN, sight_view(turn))


def _invite(turn: Turn, role: Role) -> None:
    code = turn.new_code()
    until = turn.at + INVITE_HOLDS
    turn.store.people.create_invite(turn.person.team.id, role, code, turn.at, until, by=turn.person.id)
    turn.show(invite_view(turn, role, code))
    turn.toast(turn.say("team.pass_on"))


def _with_member(turn: Turn, person_id: PersonId, act: Callable[[Turn, Person], None]) -> None:
    """Acts on a member of the manager's own team; whoever is in no or another team by now is left alone."""
    member = next((member for member in _members(turn) if member.id == person_id), None)
    if member is None:
        turn.toast(turn.say("team.not_here", team=turn.person.team.name))
        turn.edit(SCREEN, members_view(turn))
    elif member.id == turn.person.id and privacy.is_last_manager(turn):
        turn.toast(turn.say("team.last_manager", team=turn.person.team.name))
        turn.edit(SCREEN, members_view(turn).with_hint(turn.say("team.last_manager", team=member.team.name)))
    else:
        act(turn, member)


def _ask(turn: Turn, member: Person) -> None:
    turn.edit(SCREEN, question_view(turn, member))


def _remove(turn: Turn, member: Person) -> None:
    """Nobody is told. Whoever removes themself gets their last screen here."""
    turn.store.people.remove(member.id, turn.at)
    if member.id == turn.person.id:
        turn.edit(SCREEN, line(turn.say("team.you_left", team=member.team.name)))
        turn.member = None
        turn.commands_changed = True
    else:
        turn.toast(turn.say("team.removed", name=member.name))
        turn.edit(SCREEN, members_view(turn))


def _members(turn: Turn) -> Sequence[Person]:
    return turn.store.people.members(turn.person.team.id)


def _member(turn: Turn, member: Person) -> str:
    key = "team.you" if member.id == turn.person.id else "team.member"
    return turn.say(key, name=member.name, role=turn.say(f"team.role.{member.role}"))


def _page(members: Sequence[Person], page: int) -> Sequence[Person]:
    """A page that is gone, because members have left, shows the last one there is."""
    first = _clamped(page, len(members)) * MEMBERS_ON_A_PAGE
    return members[first : first + MEMBERS_ON_A_PAGE]


def _paging(turn: Turn, count: int, page: int, action: str) -> tuple[Row, ...]:
    page, last = _clamped(page, count), _last_page(count)
    earlier = (Button(turn.say("team.earlier"), Press(action, value=str(page - 1))),) if page > 0 else ()
    later = (Button(turn.say("team.later"), Press(action, value=str(page + 1))),) if page < last else ()
    return (earlier + later,) if last else ()


def _last_page(count: int) -> int:
    return max(count - 1, 0) // MEMBERS_ON_A_PAGE


def _clamped(page: int, count: int) -> int:
    return min(max(page, 0), _last_page(count))


def _number(value: str) -> int:
    return int(value) if value.isdecimal() else 0
