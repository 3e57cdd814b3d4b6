"""The decision what is pushed: at any times of looking nothing twice, nothing in quiet hours, nothing while talking."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.conversation.talk import PersonId
from dialogs.ports.days import AppointmentId
from dialogs.ports.people import Person, PushTimes, Role, Team, TeamId
from dialogs.pushes.due import IN_USE_FOR, Facts, Key, Push, PushKind, due, in_use, is_quiet
from dialogs.pushes.offers import briefing_of, morning_of, summary_of
from knowledge.language.messages import Language
from knowledge.working_days import WorkingDays

TEAM = Team(TeamId(1), "Team Süd", Language.DE, "Europe/Berlin", "DE", "EUR")
SABINE = Person(PersonId(1001), 1001, "Sabine", Language.DE, Role.SELLER, TEAM)
MARKUS = Person(PersonId(1002), 1002, "Markus", Language.DE, Role.MANAGER, TEAM)
EVERY_DAY = WorkingDays(frozenset(range(1, 8)), "ZZ", half_holidays_off=False)

START = datetime(2027, 3, 26, tzinfo=UTC)
"""Two days before the clock jumps; an autumn of the same kind begins at AUTUMN."""
AUTUMN = datetime(2027, 10, 29, tzinfo=UTC)

ZONES = st.sampled_from(["Europe/Berlin", "Europe/London", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe"])
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
MORNINGS = st.one_of(st.none(), st.builds(time, st.integers(0, 11), st.sampled_from([0, 30])))
TIMES = st.builds(
    PushTimes, MORNINGS, st.sampled_from([timedelta(minutes=n) for n in (0, 5, 15, 30, 60)]), CLOCKS, CLOCKS
)
MINUTES = st.integers(0, 4 * 24 * 60)


def at(minutes: int, start: datetime = START) -> datetime:
    return start + timedelta(minutes=minutes)


def offered(person: Person, moment: datetime, appointments: list[datetime]) -> list[Push]:
    """All that could be told to somebody who sells and leads."""
    day = moment.astimezone(ZoneInfo(person.zone)).date()
    briefings = (briefing_of(person, AppointmentId(number), starts) for number, starts in enumerate(appointments, 1))
    offers = (*briefings, morning_of(person, day, EVERY_DAY, has_something=True), summary_of(TEAM, moment, EVERY_DAY))
    return [push for push in offers if push is not None]


@given(
    times=TIMES,
    zone=ZONES,
    start=st.sampled_from([START, AUTUMN]),
    looks=st.lists(MINUTES, min_size=1, max_size=60),
    uses=st.lists(MINUTES, max_size=4),
    appointments=st.lists(MINUTES, max_size=5),
)
@example(PushTimes(morning=time(2, 30), quiet_from=time(), quiet_until=time()), "Europe/Berlin", AUTUMN,
         list(range(2 * 1440, 2 * 1440 + 240, 10)), [], [])  # fmt: skip
def test_whatever_the_order_of_looks_nothing_comes_twice_or_at_the_wrong_time(
    times: PushTimes, zone: str, start: datetime, looks: list[int], uses: list[int], appointments: list[int]
) -> None:
    person = replace(SABINE, own_zone=zone, pushes=times)
    booked = [at(minutes, start) for minutes in appointments]
    used = [at(minutes, start) for minutes in uses]
    told: set[Key] = set()
    for minutes in looks:  # not sorted: the clock may be set back
        moment = at(minutes, start)
        talked_at = max((use for use in used if use <= moment), default=None)
        pushed = due(person, moment, Facts(offered(person, moment, booked), frozenset(told), talked_at))
        if pushed:
            assert not is_quiet(times, moment.astimezone(ZoneInfo(zone)).time())
            assert talked_at is None or moment - talked_at >= IN_USE_FOR
        for push in pushed:
            assert push.key not in told, "twice"
            assert push.due_at <= moment < push.until
            told.add(push.key)


@given(times=TIMES, zone=ZONES, minutes=MINUTES, start=st.sampled_from([START, AUTUMN]))
def test_who_is_looked_at_every_minute_misses_only_what_the_quiet_hours_swallow(
    times: PushTimes, zone: str, minutes: int, start: datetime
) -> None:
    person = replace(SABINE, own_zone=zone, pushes=times)
    begins = at(minutes, start)
    briefing = briefing_of(person, AppointmentId(1), begins)
    told: list[Push] = []
    for minute in range(minutes - 70, minutes + 5):
        moment = at(minute, start)
        told += due(person, moment, Facts([briefing] if briefing else [], frozenset(push.key for push in told)))
    waking = [
        minute
        for minute in range(minutes - int(times.briefing.total_seconds() // 60), minutes)
        if not is_quiet(times, at(minute, start).astimezone(ZoneInfo(zone)).time())
    ]
    assert len(told) == bool(waking)


@pytest.mark.parametrize(
    ("start", "end", "quiet", "awake"),
    [
        (time(20), time(7), [time(20), time(23, 59), time(0), time(6, 59)], [time(7), time(12), time(19, 59)]),
        (time(12), time(14), [time(12), time(13, 59)], [time(11, 59), time(14)]),
        (time(0), time(0), [], [time(0), time(12), time(23, 59)]),
        (time(22), time(0), [time(22), time(23, 59)], [time(0), time(21, 59)]),
    ],
)
def test_quiet_hours_may_cross_midnight_and_may_be_none(
    start: time, end: time, quiet: list[time], awake: list[time]
) -> None:
    times = PushTimes(quiet_from=start, quiet_until=end)
    assert [clock for clock in quiet if not is_quiet(times, clock)] == []
    assert [clock for clock in awake if is_quiet(times, clock)] == []


def test_a_conversation_is_in_use_for_twenty_minutes() -> None:
    assert in_use(START, START)
    assert in_use(START, START + timedelta(minutes=19, seconds=59))
    assert not in_use(START, START + timedelta(minutes=20))
    assert not in_use(None, START)


def test_a_use_that_a_clock_set_back_puts_into_the_future_holds_nothing_back() -> None:
    assert not in_use(START + timedelta(hours=1), START)


def test_what_waited_comes_in_the_order_of_kinds_and_times() -> None:
    noon = datetime(2027, 3, 30, 10, tzinfo=UTC)
    pushes = [
        Push(PushKind.SUMMARY, 1, date(2027, 3, 29), noon - timedelta(hours=18), noon + timedelta(hours=6)),
        Push(PushKind.BRIEFING, 7, date(2027, 3, 30), noon - timedelta(minutes=5), noon + timedelta(minutes=10)),
        Push(PushKind.BRIEFING, 9, date(2027, 3, 30), noon - timedelta(minutes=10), noon + timedelta(minutes=5)),
        Push(PushKind.BRIEFING, 3, date(2027, 3, 30), noon - timedelta(minutes=20), noon),
    ]
    told = due(SABINE, noon, Facts(pushes))
    assert [(push.kind, push.subject) for push in told] == [("briefing", 9), ("briefing", 7), ("summary", 1)]


def test_no_briefing_and_no_morning_message_for_those_who_want_none() -> None:
    nothing = replace(SABINE, pushes=PushTimes(morning=None, briefing=timedelta()))
    assert briefing_of(nothing, AppointmentId(1), START) is None
    assert morning_of(nothing, START.date(), EVERY_DAY, has_something=True) is None


def test_a_summary_is_made_up_for_until_the_next_one_is_due() -> None:
    friday = datetime(2026, 11, 20, 17, tzinfo=UTC)  # 18:00
    days = WorkingDays()
    before = summary_of(TEAM, friday - timedelta(minutes=1), days)
    after = summary_of(TEAM, friday, days)
    on_monday = summary_of(TEAM, friday + timedelta(days=2, hours=23, minutes=59), days)
    assert before is not None
    assert after is not None
    assert before.day == date(2026, 11, 19)
    assert (after.day, after.until) == (date(2026, 11, 20), friday + timedelta(days=3))
    assert on_monday == after


def test_a_team_that_never_works_gets_no_summary() -> None:
    assert summary_of(TEAM, START, WorkingDays(frozenset())) is None
