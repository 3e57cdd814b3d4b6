"""A month of twelve sellers over the real dialogs; then every figure the manager saw is counted anew from raw rows."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from pydantic import SecretStr

from bot.command_line.summary import summary_answer
from bot.settings import Settings
from bot.storage.engine import open_engine, sqlite_url
from bot.storage.people import team_by_name
from bot.storage.team_facts import read_facts, reporting_days
from bot.turns import House
from dialogs.reports.summary import summary_of
from dialogs.reports.summary_json import summary_as_json
from knowledge.language.messages import Language
from tests.dialogs.team_life import TeamLife
from tests.month.conversations import A_DAY, OVER
from tests.month.expected import Expected
from tests.month.life import FIRST_DAY, LAST_DAY, SELLERS, TEAM_ZONE, Month, settle_abroad
from tests.month.recount import Recount

SEED: Final = 20251013
VISITS_A_DAY: Final = 12
NEW_YEAR: Final = datetime(2026, 1, 1, tzinfo=UTC)
NBSP: Final = "\N{NO-BREAK SPACE}"
PARTS: Final = ("Überblick", "Trichter", "Einwände", "Geld und Dauer")


@dataclass
class Seen:
    """What the manager saw at a moment: the running day's summary, and on Fridays the week's pages."""

    asked_at: datetime
    expected: Expected
    """Counted in the same moment: reminders are moved later, and what is known of a customer changes."""
    summary: list[str]
    week: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Lived:
    """The month that was, and what was seen of it."""

    file: Path
    house: House
    month: Month
    seen: list[Seen]


@pytest.fixture(scope="module")
def lived(empty_database: Path, tmp_path_factory: pytest.TempPathFactory, house: House) -> Iterator[Lived]:
    """Lived once, and only read by the tests."""
    file = tmp_path_factory.mktemp("month") / "bot.sqlite"
    shutil.copy(empty_database, file)
    engine = open_engine(sqlite_url(file))
    life = TeamLife.of(engine, house, sellers=SELLERS)
    for chat in life.sellers:
        chat.checks_replay = False  # other tests do; here it would take most of the time
    settle_abroad(life)
    month = Month(life, Random(SEED))
    seen: list[Seen] = []
    month.lives_on(LAST_DAY + A_DAY, VISITS_A_DAY, lambda at: seen.append(look(life, file, at)))
    yield Lived(file, house, month, seen)
    engine.dispose()


def look(life: TeamLife, file: Path, at: datetime) -> Seen:
    """The manager takes the phone."""
    chat = life.manager
    chat.sends("/tagesbericht")
    found = Seen(at, recount(file, life.house, at), lines(chat.screen))
    if at.astimezone(TEAM_ZONE).weekday() == 4:
        chat.sends("/woche")
        found.week[PARTS[0]] = lines(chat.screen)
        for part in PARTS[1:]:
            chat.press(part)
            found.week[part] = lines(chat.screen)
    return found


def lines(screen: str) -> list[str]:
    return screen.replace(NBSP, " ").splitlines()


def recount(file: Path, house: House, at: datetime) -> Expected:
    """The figures as they stand when they are asked for at this moment: in whole seconds, that one included."""
    return Expected(Recount(file, at + timedelta(seconds=1)), house.catalogue[Language.DE])


def always(_: date) -> bool:
    """Any day."""
    return True


def test_the_month_has_everything_in_it(lived: Lived) -> None:
    counted = Recount(lived.file, NEW_YEAR)
    triggers = {step.trigger for one in counted.all for step in one.steps}
    assert {
        "advance", "back", "gap_found", "close", "trial_close_yes", "go_anyway", "not_yet", "win", "lose",
        "no_decision", "cancel", "postpone", "pause", "resume", "undo", "tick", "objection", "signal", "task",
        "details", "correct",
    } <= triggers  # fmt: skip
    assert len(counted.all) > 100
    outcomes = {one.outcome for one in counted.all}
    assert {"won", "lost", "no_decision", "cancelled", None} <= outcomes
    assert {amount[1] for one in counted.all if one.final and (amount := one.amount)} == {"EUR", "CHF"}
    given = [[step for step in one.steps if step.said.get("outcome") in OVER] for one in counted.all if one.final]
    assert any(len(times) > 1 for times in given), "an outcome that was taken back and given anew"
    done = [done for _, done in counted.all_follow_ups]
    assert None in done
    assert any(done)
    assert any(one.row["quality"] for one in counted.all)
    assert len({one.group for one in counted.all}) > 1


def test_every_summary_of_the_month_says_what_the_rows_say(lived: Lived) -> None:
    assert len(lived.seen) == (LAST_DAY - FIRST_DAY).days + 1
    messages = lived.house.messages
    full = 0
    for seen in lived.seen:
        expected = seen.expected
        day = expected.today
        shown = seen.summary
        if "Keine Gespräche." in shown:
            assert expected.figures(day)["conversations"] == 0
            continue
        suggestion = [line for line in shown if line.startswith("Vorschlag: ")]
        rest = shown[: shown.index(suggestion[0]) - 1] if suggestion else shown
        assert rest == expected.summary(day), day
        found = expected.suggestion(day)
        assert bool(suggestion) is (found is not None), day
        if found is not None:
            numbers = [str(value) for name, value in found.items() if isinstance(value, int)]
            assert all(number in suggestion[0] for number in numbers), (suggestion, found)
            assert suggestion[0].split()[-1] == messages.text(
                f"figures.suggestion.{found['rule']}", Language.DE, **dict.fromkeys(messages.placeholders(
                    f"figures.suggestion.{found['rule']}"), "x")
            ).split()[-1]  # fmt: skip
        full += len(shown) > 6
    assert full > 10, "most days say more than the first lines"


def test_every_page_of_every_week_says_what_the_rows_say(lived: Lived) -> None:
    weeks = [seen for seen in lived.seen if seen.week]
    assert len(weeks) == 5
    for seen in weeks:
        expected = seen.expected
        monday = expected.today - timedelta(days=expected.today.weekday())
        assert seen.week == expected.week(monday), monday


def figures_of_every_day(lived: Lived, until: date) -> Iterator[tuple[date, Mapping[str, Any]]]:
    """The figures of the summaries of all working days, as they stand at the end of the year."""
    engine = open_engine(sqlite_url(lived.file))
    with engine.connect().execution_options(reading=True) as connection:
        team = team_by_name(connection, "Team Süd")
        assert team is not None
        days = reporting_days(connection, team)
        for passed in range((until - FIRST_DAY).days + 1):
            day = FIRST_DAY + timedelta(days=passed)
            if day.weekday() < 5:
                facts = read_facts(connection, team, days, NEW_YEAR, day)
                yield day, summary_as_json(summary_of(facts, day), "")["figures"]
    engine.dispose()


def test_every_day_looked_at_again_says_what_the_rows_say_now(lived: Lived) -> None:
    """With corrections made since, and outcomes that were taken back."""
    expected = recount(lived.file, lived.house, NEW_YEAR)
    for day, figures in figures_of_every_day(lived, LAST_DAY):
        assert figures == expected.figures(day), day


def test_the_days_add_up_to_the_month(lived: Lived) -> None:
    """Orders, amounts and losses are each counted on exactly one day."""
    counted = Recount(lived.file, NEW_YEAR)
    days = [figures for _, figures in figures_of_every_day(lived, LAST_DAY + timedelta(days=3))]
    assert sum(day["orders"] for day in days) == len(counted.ended(always, "won"))
    euros = sum(Decimal(str(day["turnover"].get("EUR", 0))) for day in days)
    assert euros == counted.turnover(always)["EUR"]
    assert sum(sum(day["loss_reasons"].values()) for day in days) == counted.losses(always).total()


@pytest.mark.parametrize("day", [date(2025, 10, 24), date(2025, 10, 27), LAST_DAY], ids=str)
def test_the_command_line_says_the_same(lived: Lived, day: date) -> None:
    settings = Settings(database_url=SecretStr(sqlite_url(lived.file)), telegram_bot_token=SecretStr("1:none"))
    answer = json.loads(summary_answer(settings, "Team Süd", day, as_json=True))
    expected = recount(lived.file, lived.house, NEW_YEAR)
    assert answer["figures"] == expected.figures(day)
    assert lines(answer["text"])[: len(expected.summary(day))] == expected.summary(day)
    starts, ends = (datetime.fromisoformat(answer[end]).astimezone(TEAM_ZONE) for end in ("from", "until"))
    assert (starts.time(), ends.time(), ends.date()) == (time(18), time(18), day), "also over the end of summer time"


def test_no_summary_was_missing_on_a_working_day(lived: Lived) -> None:
    days = [seen.asked_at.astimezone(TEAM_ZONE).date() for seen in lived.seen]
    assert days == [FIRST_DAY + timedelta(days=passed) for passed in range(len(days))]
    assert date(2025, 10, 27) in days, "the Monday after the clocks went back"
