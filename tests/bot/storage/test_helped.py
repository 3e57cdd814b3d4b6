"""What helped is counted once a screen, for the team, and nobody can tell who said so or when."""

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import OperationalError

from bot.storage.people import SqlPeople, create_team
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import TeamId
from knowledge.language.messages import Language
from knowledge.ranking import Tally
from knowledge.taxonomy import ObjectionId, TechniqueId
from tests.bot.storage.databases import ONLY_SQLITE
from tests.chat import MONDAY_MORNING
from tests.conftest import join

TEAM = TeamId(1)
PRICE = ObjectionId.PRICE_TOO_HIGH
TRADE, PROOF, DEFER = TechniqueId.TRADE, TechniqueId.PROOF, TechniqueId.DEFER


def test_votes_of_several_screens_add_up(engine: Engine) -> None:
    with engine.begin() as connection:
        helped = SqlStore(connection).what_helped
        helped.did(TEAM, "screen-1", PRICE, TRADE)
        helped.did(TEAM, "screen-2", PRICE, TRADE)
        helped.did_not(TEAM, "screen-3", PRICE, [TRADE, PROOF])
        helped.did(TEAM, "screen-1", ObjectionId.NO_BUDGET, DEFER)
    with engine.connect() as connection:
        found = SqlStore(connection).what_helped.tallies(TEAM, PRICE)
    assert found == {TRADE: Tally(2, 3), PROOF: Tally(0, 1)}


def test_what_is_said_again_on_the_same_screen_counts_once(engine: Engine) -> None:
    with engine.begin() as connection:
        helped = SqlStore(connection).what_helped
        for _ in range(3):
            helped.did(TEAM, "screen", PRICE, TRADE)
        assert helped.tallies(TEAM, PRICE) == {TRADE: Tally(1, 1)}


def test_a_changed_mind_replaces(engine: Engine) -> None:
    with engine.begin() as connection:
        helped = SqlStore(connection).what_helped
        helped.did_not(TEAM, "screen", PRICE, [TRADE, PROOF])
        helped.did(TEAM, "screen", PRICE, TRADE)
        assert helped.tallies(TEAM, PRICE) == {TRADE: Tally(1, 1), PROOF: Tally(0, 1)}
        helped.did(TEAM, "screen", PRICE, PROOF)
        assert helped.tallies(TEAM, PRICE) == {PROOF: Tally(1, 1)}, "one of them helped, and it was the other one"


def test_teams_do_not_see_each_others_figures(engine: Engine) -> None:
    with engine.begin() as connection:
        create_team(connection, "Team Nord", Language.DE, "Europe/Berlin", "DE", "18:00", MONDAY_MORNING)
        helped = SqlStore(connection).what_helped
        helped.did(TEAM, "screen", PRICE, TRADE)
        assert helped.tallies(TeamId(2), PRICE) == {}


def test_a_technique_that_this_version_does_not_know_is_passed_over(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO helped (token, team_id, objection, technique, helped) VALUES ('t', 1, :o, 'new', :yes)"),
            {"o": PRICE, "yes": True},
        )
        assert SqlStore(connection).what_helped.tallies(TEAM, PRICE) == {}


def test_a_row_holds_nothing_about_who_or_when(engine: Engine) -> None:
    columns = {column["name"] for column in inspect(engine).get_columns("helped")}
    assert columns == {"token", "objection", "technique", "team_id", "helped"}


@ONLY_SQLITE
def test_rows_do_not_even_remember_in_which_order_they_came(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(OperationalError, match="no such column"):
        connection.execute(text("SELECT rowid FROM helped"))


def test_deleting_a_persons_data_leaves_the_teams_figures(engine: Engine) -> None:
    join(engine, 1001, "Sabine")
    with engine.begin() as connection:
        SqlStore(connection).what_helped.did(TEAM, "screen", PRICE, TRADE)
        SqlPeople(connection).erase(PersonId(1001))
        assert SqlStore(connection).what_helped.tallies(TEAM, PRICE) == {TRADE: Tally(1, 1)}
