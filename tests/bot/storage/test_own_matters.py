"""A seller's own conversations, and steps summed by phase: found by an index, on either database."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, Select, func, select

from bot.storage.matters import OWN_ABOUT, own_conversations
from bot.storage.people import team_by_name
from bot.storage.phase_sums import STEPS_BY_PHASE, steps_by_phase
from bot.storage.schema import step
from bot.storage.team_facts import reporting_days
from bot.turns import House
from dialogs.conversation.talk import PersonId
from tests.chat import MONDAY_MORNING as NOW
from tests.dialogs.team_life import TeamLife

A_DAY = timedelta(days=1)


@pytest.mark.parametrize("statement", [OWN_ABOUT, STEPS_BY_PHASE], ids=["about", "by phase"])
def test_no_table_is_read_as_a_whole(engine: Engine, statement: Select[*tuple[Any, ...]]) -> None:
    values = {"owner": 1001, "team": 1, "since": NOW, "until": NOW}
    with engine.connect() as connection:
        bound = statement.params({name: values[name] for name in statement.compile().params if name in values})
        written = str(bound.compile(connection.engine, compile_kwargs={"literal_binds": True}))
        explain = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            explain = "EXPLAIN"
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # tables this small are read as a whole
        plan = "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(f"{explain} {written}"))
    assert "ix_conversation_" in plan, plan
    assert "SCAN step" not in plan, plan
    assert "SCAN conversation" not in plan, plan
    assert "Seq Scan" not in plan, plan


def test_a_seller_reads_nobody_elses_conversations_and_the_sums_are_of_all(engine: Engine, house: House) -> None:
    life = TeamLife.of(engine, house, sellers=2)
    life.wins(0, "Altmann", "1.000")
    life.loses(0, "Bertram", "Kein Bedarf")
    life.wins(1, "Conrad", "5.000")
    with engine.connect() as connection:
        team = team_by_name(connection, "Team Süd")
        assert team is not None
        own = own_conversations(
            connection, PersonId(life.sellers[0].person_id), team, reporting_days(connection, team), NOW, NOW + A_DAY
        )
        sums = steps_by_phase(connection, team.id, NOW, NOW + A_DAY)
        before = steps_by_phase(connection, team.id, NOW - A_DAY, NOW)
        taken = connection.execute(select(func.count()).select_from(step)).scalar_one()
    assert [one.customer for one in own] == ["Altmann", "Bertram"]
    assert sum(sums.values()) == taken
    assert before == {}
