"""When the daily summary is pushed, to whom, and that it is made up for; what stands in it is none of this."""

from datetime import date, time, timedelta

import pytest

from bot.late import drawing
from bot.late.orders import LateOrder, NothingToShow, ScreenNotAllowed
from bot.storage import schema
from bot.storage.people import SqlPeople, create_team
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Invite, Role
from dialogs.view import View, line
from knowledge.language.messages import Language
from tests.bot.jobs.watch import Watch, at
from tests.chat import MONDAY_MORNING, Chat

HOUR = timedelta(hours=1)
EVERY_DAY = "1234567"


def summary(order: LateOrder) -> View:
    """What a drawer is given."""
    values = order.values
    if order.person.role is not Role.MANAGER:
        raise ScreenNotAllowed
    if values["day"] == "2026-11-18":
        raise NothingToShow
    return line(f"{order.person.language} team {values['team']} {values['day']} asked {values['asked_at']}")


@pytest.fixture(autouse=True)
def _summaries_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(drawing.DRAWERS, "summary", summary)


async def days_of(watch: Watch, start: str, end: str, every: timedelta = HOUR) -> list[str]:
    """Looks from midnight to midnight: the moment in UTC, the chat, and the summary's day."""
    seen = await watch.looks(at("00:00", start), at("00:00", end), every)
    return [f"{entry[:14]} {entry.split(' asked ')[0][-10:]}" for entry in seen if "team" in entry]


async def test_it_comes_at_the_teams_time_to_its_managers_alone(watch: Watch, chat: Chat, manager_chat: Chat) -> None:
    assert await watch.look(at("17:59")) == []
    ((to, text),) = await watch.look(at("18:00"))
    assert to == manager_chat.person_id
    assert text == f"de team {watch.team()} 2026-11-16 asked 2026-11-16T17:00:00+00:00"


async def test_it_comes_once_each_working_day_and_not_at_weekends(watch: Watch, manager_chat: Chat) -> None:
    assert await days_of(watch, "2026-11-19", "2026-11-25") == [
        "19. 17:00 1002 2026-11-19",
        "20. 17:00 1002 2026-11-20",
        "23. 17:00 1002 2026-11-23",
        "24. 17:00 1002 2026-11-24",
    ]  # the one of the 18th, made up for at midnight, falls into quiet hours, and at 7 it has nothing to say


async def test_a_day_with_nothing_to_say_is_settled_in_silence(watch: Watch, manager_chat: Chat) -> None:
    assert await days_of(watch, "2026-11-18", "2026-11-19") == ["18. 06:00 1002 2026-11-17"]
    assert watch.settled() == 3  # two summaries, and that there was nothing for a morning message


async def test_the_managers_zone_may_be_another_than_the_teams(watch: Watch, manager_chat: Chat) -> None:
    """18:00 in Berlin is 02:00 in Tokyo: quiet. It comes there at 7 and is the summary of the team's day."""
    watch.person(1002, zone="Asia/Tokyo")
    assert await days_of(watch, "2026-11-16", "2026-11-17") == ["16. 22:00 1002 2026-11-16"]


async def test_a_seller_elsewhere_does_not_move_the_teams_summary(watch: Watch, chat: Chat, manager_chat: Chat) -> None:
    watch.person(1001, zone="America/New_York")
    assert await days_of(watch, "2026-11-16", "2026-11-17") == ["16. 17:00 1002 2026-11-16"]


@pytest.mark.parametrize(
    ("region", "zone", "start", "end", "days"),
    [
        ("DE-BY", "Europe/Berlin", "2027-05-26", "2027-05-29", ["2027-05-26", "2027-05-28"]),  # Fronleichnam
        ("AT-9", "Europe/Vienna", "2026-12-07", "2026-12-10", ["2026-12-07", "2026-12-09"]),  # Mariä Empfängnis
        ("CH-ZH", "Europe/Zurich", "2027-04-19", "2027-04-20", ["2027-04-19"]),  # Sechseläuten
        ("CH-ZH", "Europe/Zurich", "2029-01-01", "2029-01-04", ["2029-01-03"]),  # Berchtoldstag
    ],
)
async def test_it_comes_on_the_working_days_of_the_region(
    watch: Watch, manager_chat: Chat, region: str, zone: str, start: str, end: str, days: list[str]
) -> None:
    watch.team(region=region, zone=zone)
    await watch.look(at("08:00", start))  # the one before is read
    assert [entry[-10:] for entry in await days_of(watch, start, end)] == days


async def test_the_teams_own_days_off_are_left_out(watch: Watch, manager_chat: Chat) -> None:
    watch.team(days_off=[date(2026, 11, 24)])
    await watch.look(at("08:00", "2026-11-23"))
    assert [entry[-10:] for entry in await days_of(watch, "2026-11-23", "2026-11-26")] == ["2026-11-23", "2026-11-25"]


@pytest.mark.parametrize(
    ("day", "before", "utc"),
    [
        ("2027-03-28", "2027-03-27", ["27. 17:00", "28. 16:00"]),
        ("2027-10-31", "2027-10-30", ["30. 16:00", "31. 17:00"]),
    ],
)
async def test_the_change_of_the_clock_moves_it_with_the_clock_on_the_wall(
    watch: Watch, manager_chat: Chat, day: str, before: str, utc: list[str]
) -> None:
    watch.team(working_days=EVERY_DAY)
    await watch.look(at("08:00", before))
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    assert [entry[:9] for entry in await days_of(watch, before, following)] == utc


@pytest.mark.parametrize(
    ("day", "utc"), [("2027-03-28", "28. 01:30"), ("2027-10-31", "31. 00:30")]
)  # 02:30 is skipped, 02:30 comes twice
async def test_due_in_the_hour_of_the_change_it_comes_once(
    watch: Watch, manager_chat: Chat, day: str, utc: str
) -> None:
    watch.team(working_days=EVERY_DAY, summary_time="02:30")
    watch.person(1002, quiet_from=time(), quiet_until=time())
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    await watch.look(at("12:00", before))
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    seen = await days_of(watch, day, following, timedelta(minutes=10))
    assert [entry[:9] for entry in seen] == [utc]


async def test_after_a_weekend_without_the_bot_fridays_is_made_up_for_and_no_older_one(
    watch: Watch, manager_chat: Chat
) -> None:
    assert [text.split(" asked ")[0][-10:] for _, text in await watch.look(at("09:00", "2026-11-23"))] == ["2026-11-20"]
    assert await days_of(watch, "2026-11-23", "2026-11-24") == ["23. 17:00 1002 2026-11-23"]


async def test_when_the_next_one_is_due_the_missed_one_is_not_sent_any_more(watch: Watch, manager_chat: Chat) -> None:
    ((_, text),) = await watch.look(at("18:00", "2026-11-23"))
    assert "2026-11-23" in text


async def test_when_the_clock_goes_back_an_hour_it_does_not_come_again(watch: Watch, manager_chat: Chat) -> None:
    await watch.look(at("08:00", "2026-11-17"))
    assert len(await watch.look(at("18:00", "2026-11-17"))) == 1
    assert await watch.looks(at("17:00", "2026-11-17"), at("23:00", "2026-11-17")) == []


async def test_a_time_that_is_changed_after_it_was_sent_brings_no_second_one(watch: Watch, manager_chat: Chat) -> None:
    assert len(await watch.look(at("18:00"))) == 1
    watch.team(summary_time="19:00")
    assert await watch.looks(at("18:01"), at("23:00")) == []


async def test_each_manager_gets_it_in_their_language_and_only_of_their_team(
    watch: Watch, manager_chat: Chat, english_chat: Chat
) -> None:
    with watch.engine.begin() as connection:
        north = create_team(connection, "Team Nord", Language.DE, "Europe/London", "DE", "18:00", MONDAY_MORNING)
        SqlPeople(connection).join(
            Invite(0, north, Role.MANAGER), PersonId(1003), 1003, "Emma", Language.EN, MONDAY_MORNING
        )
    seen = [*await watch.look(at("18:00")), *await watch.look(at("19:00"))]
    assert [(to, text.split(" asked ")[0]) for to, text in seen] == [
        (1002, f"de team {watch.team()} 2026-11-16"),
        (1003, f"en team {north.id} 2026-11-16"),
    ]


async def test_who_became_a_manager_after_it_was_due_waits_for_the_next(watch: Watch, manager_chat: Chat) -> None:
    watch.run(schema.person, schema.person.c.id == 1002, joined_at=at("18:30"))
    assert await watch.looks(at("18:30"), at("23:00")) == []
    assert len(await watch.look(at("18:00", "2026-11-17"))) == 1


async def test_a_seller_who_takes_over_the_team_gets_the_next_one_first(watch: Watch, chat: Chat) -> None:
    with watch.engine.begin() as connection:
        people = SqlPeople(connection)
        seller = people.get(PersonId(chat.person_id))
        assert seller is not None
        promotion = Invite(0, seller.team, Role.MANAGER)
        people.join(promotion, seller.id, seller.chat_id, "Sabine", Language.DE, at("18:20"))
    assert await watch.looks(at("18:20"), at("23:00")) == []
    assert len(await watch.look(at("18:00", "2026-11-17"))) == 1


async def test_a_manager_in_a_conversation_gets_it_afterwards(watch: Watch, manager_chat: Chat) -> None:
    manager_chat.now = at("17:55")
    manager_chat.sends("/gespraech Muster GmbH")
    seen = await watch.looks(at("18:00"), at("19:00"))
    assert [entry[:9] for entry in seen] == ["16. 17:15"]


async def test_a_kind_that_nobody_draws_is_not_pushed(
    watch: Watch, manager_chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(drawing.DRAWERS, "summary")
    assert await watch.look(at("18:00")) == []
    assert watch.settled() == 0


async def test_who_is_no_manager_any_more_when_it_is_sent_gets_the_rest_without_it(
    watch: Watch, manager_chat: Chat
) -> None:
    watch.books(at("18:10"), 1002, customer="Schäfer GmbH")
    watch.sends = False
    await watch.look(at("18:00"))
    watch.run(schema.person, role=Role.SELLER)
    watch.sends = True
    ((_, text),) = await watch.look(at("18:01"))
    assert text.startswith("18:10 Webcall: Schäfer GmbH")
    assert "team" not in text
