"""The morning message: on working days, if there is something, once, and not after noon."""

from datetime import date, time, timedelta

import pytest

from bot.storage import schema
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.days import Reminder, ReminderId, ReminderKind
from tests.bot.jobs.watch import Watch, at
from tests.chat import Chat
from tests.conftest import join

TUESDAY = "2026-11-17"
EVERY_DAY = "1234567"


def remind(watch: Watch, day: date, who: int = 1001) -> None:
    """Something to follow up."""
    with watch.engine.begin() as connection:
        store = SqlStore(connection)
        customer = store.customers.create(PersonId(who), "Schäfer GmbH", alias=False, at=at("08:00"))
        reminder = Reminder(ReminderId(0), ReminderKind.CHECK_IN, day, customer.id)
        store.reminders.add(PersonId(who), reminder, at("08:00"))


async def test_it_lists_todays_appointments_and_what_is_to_be_followed_up(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00", TUESDAY), customer="Muster GmbH")
    watch.books(at("00:00", TUESDAY), title="Messe Nürnberg", all_day=True, minutes=1440)
    remind(watch, date(2026, 11, 16))
    assert await watch.look(at("07:29", TUESDAY)) == []
    ((to, text),) = await watch.look(at("07:30", TUESDAY))
    assert to == chat.person_id
    lines = text.splitlines()
    assert lines[0].startswith("Heute, Di., 17.11.")
    assert "10:00 Webcall: Muster GmbH" in lines
    assert "Ganztägig Webcall: Messe Nürnberg" in lines
    assert "Nachfassen: 1 überfällig" in lines
    assert any(line.startswith("Schäfer GmbH: ") for line in lines)
    assert await watch.looks(at("07:30", TUESDAY), at("09:40", TUESDAY)) == []


async def test_a_full_day_keeps_to_twelve_lines(watch: Watch, chat: Chat) -> None:
    for hour in range(8, 18):
        watch.books(at(f"{hour:02}:00", TUESDAY), customer=f"Kunde {hour}")
    for day in range(1, 9):
        remind(watch, date(2026, 11, day))
    ((_, text),) = await watch.look(at("07:30", TUESDAY))
    assert len([line for line in text.splitlines() if line]) <= 12
    assert "und 6 weitere" in text
    assert "Nachfassen: 8 überfällig" in text


async def test_where_there_is_nothing_nothing_comes_all_morning(watch: Watch, chat: Chat) -> None:
    assert await watch.look(at("07:30", TUESDAY)) == []
    assert watch.settled() == 1
    watch.books(at("11:00", TUESDAY), customer="Muster GmbH")
    assert await watch.looks(at("07:31", TUESDAY), at("10:00", TUESDAY)) == []


async def test_who_switched_it_off_gets_none(watch: Watch, chat: Chat) -> None:
    watch.person(morning=None)
    remind(watch, date(2026, 11, 16))
    assert await watch.looks(at("05:00", TUESDAY), at("13:00", TUESDAY)) == []


async def test_it_comes_at_the_persons_time_in_the_persons_zone(watch: Watch, chat: Chat) -> None:
    watch.person(zone="Europe/London", morning=time(8, 15))
    remind(watch, date(2026, 11, 16))
    seen = await watch.looks(at("07:00", TUESDAY), at("12:00", TUESDAY))
    assert [line[:9] for line in seen] == ["17. 08:15"]


@pytest.mark.parametrize(
    ("region", "day", "comes"),
    [
        ("DE-BY", "2027-05-27", False),  # Fronleichnam
        ("DE-BE", "2027-05-27", True),
        ("AT-9", "2026-12-08", False),  # Mariä Empfängnis
        ("DE-BY", "2026-12-08", True),
        ("CH-ZH", "2027-04-19", True),  # Sechseläuten
        ("CH-ZH", "2029-01-02", False),  # Berchtoldstag
        ("DE", "2029-01-02", True),
        ("DE", "2026-12-24", False),
        ("DE", "2026-11-21", False),  # a Saturday
    ],
)
async def test_it_comes_on_working_days_of_the_teams_region(
    watch: Watch, chat: Chat, region: str, day: str, comes: bool
) -> None:
    watch.team(region=region)
    remind(watch, date(2026, 11, 16))
    assert len(await watch.look(at("07:30", day))) == comes


async def test_the_teams_own_day_off_is_free(watch: Watch, chat: Chat) -> None:
    watch.team(days_off=[date(2026, 11, 17)])
    remind(watch, date(2026, 11, 16))
    assert await watch.looks(at("07:00", TUESDAY), at("13:00", TUESDAY)) == []
    assert len(await watch.look(at("07:30", "2026-11-18"))) == 1


@pytest.mark.parametrize("until", ["07:31", "09:00", "11:59"])
async def test_what_was_missed_is_made_up_for_until_noon(watch: Watch, chat: Chat, until: str) -> None:
    remind(watch, date(2026, 11, 16))
    assert len(await watch.look(at(until, TUESDAY))) == 1
    assert await watch.look(at("12:00", TUESDAY)) == []


async def test_after_noon_it_is_pointless(watch: Watch, chat: Chat) -> None:
    remind(watch, date(2026, 11, 16))
    assert await watch.looks(at("12:00", TUESDAY), at("20:00", TUESDAY)) == []


async def test_after_a_weekend_without_the_bot_only_todays_comes(watch: Watch, chat: Chat) -> None:
    remind(watch, date(2026, 11, 16))
    assert len(await watch.look(at("07:30", "2026-11-20"))) == 1
    seen = await watch.looks(at("09:00", "2026-11-23"), at("23:00", "2026-11-23"))
    assert [line[:9] for line in seen] == ["23. 08:00"]  # UTC


@pytest.mark.parametrize(
    ("day", "morning", "utc"),
    [
        ("2027-03-28", time(2, 30), "28. 01:30"),  # 02:30 is skipped: when the clock shows 03:30
        ("2027-03-28", time(7, 30), "28. 05:30"),
        ("2027-10-31", time(2, 30), "31. 00:30"),  # 02:30 comes twice: the first one
        ("2027-10-31", time(7, 30), "31. 06:30"),
    ],
)
async def test_in_the_nights_in_which_the_clock_is_changed_it_comes_once(
    watch: Watch, chat: Chat, day: str, morning: time, utc: str
) -> None:
    watch.team(working_days=EVERY_DAY)
    watch.person(morning=morning, quiet_from=time(), quiet_until=time())
    remind(watch, date(2026, 11, 16))
    seen = await watch.looks(at("00:00", day), at("13:00", day), timedelta(minutes=10))
    assert [line[:9] for line in seen] == [utc]


async def test_held_up_in_the_first_hour_of_the_two_it_comes_in_the_second(watch: Watch, chat: Chat) -> None:
    """The bot was off at 02:30; at 02:10 of the second hour the message is due although the clock shows less."""
    watch.team(working_days=EVERY_DAY)
    watch.person(morning=time(2, 30), quiet_from=time(), quiet_until=time())
    remind(watch, date(2026, 11, 16))
    assert len(await watch.look(at("02:10", "2027-10-31", fold=1))) == 1


async def test_when_the_clock_goes_back_an_hour_it_does_not_come_again(watch: Watch, chat: Chat) -> None:
    remind(watch, date(2026, 11, 16))
    assert len(await watch.look(at("07:30", TUESDAY))) == 1
    assert await watch.looks(at("06:30", TUESDAY), at("12:00", TUESDAY)) == []


async def test_who_joins_in_the_course_of_a_morning_gets_the_first_one_the_next_day(watch: Watch, chat: Chat) -> None:
    remind(watch, date(2026, 11, 15))
    watch.run(schema.person, joined_at=at("09:00", TUESDAY))
    assert await watch.looks(at("09:00", TUESDAY), at("12:00", TUESDAY)) == []
    assert len(await watch.look(at("07:30", "2026-11-18"))) == 1


async def test_in_english(watch: Watch, english_chat: Chat) -> None:
    watch.books(at("10:00", TUESDAY), 1003, customer="Miller Ltd")
    ((_, text),) = await watch.look(at("07:30", TUESDAY))
    assert text.startswith("Today, Tue 17 Nov")
    assert "10:00 Web call: Miller Ltd" in text


DECEMBER = "2026-12-01"


def four_sellers(watch: Watch) -> None:
    """A team that is large enough to be asked."""
    for number in range(4):
        join(watch.engine, 2000 + number, f"Verkäufer {number}")


async def test_once_a_month_the_sellers_of_a_larger_team_are_asked_what_was_hard(watch: Watch, chat: Chat) -> None:
    four_sellers(watch)
    told = await watch.look(at("07:30", DECEMBER))
    assert len(told) == 5
    assert all("Was hat das Verkaufen im letzten Monat schwer gemacht?" in text for _, text in told)
    assert await watch.looks(at("07:30", DECEMBER), at("11:50", DECEMBER)) == []
    assert await watch.look(at("07:30", "2026-12-02")) == []


async def test_a_small_team_is_not_asked(watch: Watch, chat: Chat) -> None:
    assert await watch.looks(at("07:30", DECEMBER), at("09:00", DECEMBER)) == []


async def test_who_answered_or_wants_no_morning_message_is_not_asked(watch: Watch, chat: Chat) -> None:
    four_sellers(watch)
    watch.person(morning=None)
    with watch.engine.begin() as connection:
        SqlStore(connection).hardships.tell(PersonId(2000), "2026-11")
    assert sorted(to for to, _ in await watch.look(at("07:30", DECEMBER))) == [2001, 2002, 2003]


async def test_a_month_that_begins_on_a_weekend_is_asked_about_on_its_first_working_day(
    watch: Watch, chat: Chat
) -> None:
    four_sellers(watch)
    assert await watch.look(at("07:30", "2027-05-01")) == []
    assert len(await watch.look(at("07:30", "2027-05-03"))) == 5
    assert await watch.look(at("07:30", "2027-05-04")) == []
