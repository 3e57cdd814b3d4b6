"""What made selling hard is counted once an answer, for its team and month alone, on both databases."""

import pytest
from sqlalchemy import Engine, insert

from bot.storage.people import create_team, team_by_name
from bot.storage.schema import hardship
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import TeamId
from knowledge.language.messages import Language
from knowledge.taxonomy import HardshipTheme
from tests.bot.storage.letters import SABINE
from tests.chat import MONDAY_MORNING as NOW
from tests.conftest import join

MONTH = "2026-10"


@pytest.fixture
def teams(engine: Engine) -> tuple[TeamId, TeamId]:
    """Two teams."""
    with engine.begin() as connection:
        south = team_by_name(connection, "Team Süd")
        assert south is not None
        north = create_team(connection, "Team Nord", Language.DE, "Europe/Berlin", "DE", "18:00", NOW)
    return south.id, north.id


def test_another_theme_of_the_same_answer_replaces_the_first(engine: Engine, teams: tuple[TeamId, TeamId]) -> None:
    south, north = teams
    with engine.begin() as connection:
        hardships = SqlStore(connection).hardships
        for theme in (HardshipTheme.PRICE, HardshipTheme.PRICE, HardshipTheme.LEADS):
            hardships.count(south, "aaaaaaaa", MONTH, theme)
        hardships.count(south, "bbbbbbbb", MONTH, HardshipTheme.LEADS)
        hardships.count(north, "aaaaaaaa", MONTH, HardshipTheme.OTHER)  # no team changes what another one said
        hardships.count(south, "aaaaaaaa", "2026-11", HardshipTheme.OTHER)
    with engine.connect() as connection:
        hardships = SqlStore(connection).hardships
        assert hardships.counts(south, MONTH) == {HardshipTheme.LEADS: 2}
        assert hardships.counts(north, MONTH) == hardships.counts(south, "2026-11") == {}


def test_a_theme_that_todays_code_does_not_know_is_left_out(engine: Engine, teams: tuple[TeamId, TeamId]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(hardship).values(token="cccccccc", team_id=teams[0], month=MONTH, theme="weather"))
        assert SqlStore(connection).hardships.counts(teams[0], MONTH) == {}


def test_a_person_s_row_says_only_about_which_month_they_spoke(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    with engine.begin() as connection:
        hardships = SqlStore(connection).hardships
        assert hardships.told_about(PersonId(SABINE)) == ""
        hardships.tell(PersonId(SABINE), MONTH)
        assert hardships.told_about(PersonId(SABINE)) == MONTH
