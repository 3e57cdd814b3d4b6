"""What the figures are made of is found by index, on either database, and one bad row harms no other."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, Select, select, update

from bot.storage.matters import ABOUT, STEPS, conversations_of, earlier_orders
from bot.storage.people import SqlPeople, all_teams
from bot.storage.schema import conversation, customer, step
from bot.storage.store import SqlStore
from bot.storage.team_facts import read_facts, reporting_days
from bot.turns import House
from dialogs.conversation.talk import PersonId, Standing, Step, Trigger, apply
from dialogs.ports.people import Team, TeamId
from knowledge.figures.costs import CostEntry, Month
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId, LeadQuality, OutcomeId, PhaseId
from tests.bot.storage.letters import SABINE
from tests.chat import MONDAY_MORNING as NOW
from tests.conftest import join
from tests.dialogs.team_life import TeamLife

OWNER = PersonId(SABINE)
LONG_AGO = NOW - timedelta(days=800)


def team_of(connection: Connection) -> Team:
    person = SqlPeople(connection).get(OWNER)
    assert person is not None
    return person.team


def won_with(connection: Connection, name: str, at: datetime) -> int:
    """An order of 100 euros with this customer, who is made where there is none of the name."""
    store = SqlStore(connection)
    known = store.customers.by_name(OWNER, name) or store.customers.create(OWNER, name, alias=False, at=at)
    first = Step(
        seq=1, at=at, actor=OWNER, trigger=Trigger.START, source=None, to=PhaseId.RELATIONSHIP,
        payload={"customer_id": known.id},
    )  # fmt: skip
    talk = store.conversations.create(OWNER, team_of(connection).id, first)
    order = Step(
        seq=2, at=at, actor=OWNER, trigger=Trigger.WIN, source=talk.phase, to=PhaseId.FOLLOW_UP,
        payload={"outcome": OutcomeId.WON, "amount": "100.00", "currency": "EUR", "standing": Standing.OPEN},
    )  # fmt: skip
    store.conversations.append(apply(talk, order), order)
    return int(talk.id)


def test_conversations_come_by_team_and_touch_and_steps_by_their_key(engine: Engine) -> None:
    with engine.connect() as connection:
        about = _plan(connection, ABOUT.params(team=1, since=NOW))
        steps = _plan(connection, STEPS.params(conversations=[1, 2], until=NOW))
    assert "ix_conversation_team_id_touched_at" in about, about
    assert "pk_step" in steps or "sqlite_autoindex_step_1" in steps, steps
    for plan in (about, steps):
        assert "SCAN step" not in plan, plan
        assert "Seq Scan" not in plan, plan


def _plan(connection: Connection, statement: Select[*tuple[Any, ...]]) -> str:
    written = str(statement.compile(connection.engine, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == "sqlite":
        return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}").all())
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # an empty table is scanned, whatever indexes it has
    return str(connection.exec_driver_sql(f"EXPLAIN {written}").all())


def test_what_is_known_of_the_customer_comes_along(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    with engine.begin() as connection:
        key = won_with(connection, "Muster GmbH", NOW)
        values = {"quality": "hot", "acquisition": "referral", "first_contact": date(2026, 9, 1)}
        connection.execute(update(customer).values(values))
        team = team_of(connection)
        (found,) = conversations_of(connection, team, reporting_days(connection, team), NOW, NOW + timedelta(days=1))
    matter = found.told.matter
    assert (matter.id, matter.quality, matter.acquisition) == (key, LeadQuality.HOT, AcquisitionId.REFERRAL)
    assert (found.customer, found.owner) == ("Muster GmbH", SABINE)
    assert matter.contacted == date(2026, 9, 1)


def test_steps_from_the_moment_of_asking_on_have_not_happened_yet(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    with engine.begin() as connection:
        won_with(connection, "Muster GmbH", NOW)
        team = team_of(connection)
        days = reporting_days(connection, team)
        assert conversations_of(connection, team, days, NOW, NOW) == []
        (found,) = conversations_of(connection, team, days, NOW, NOW + timedelta(seconds=1))
    assert found.told.matter.outcome is OutcomeId.WON


def test_a_row_that_todays_code_cannot_read_is_left_out_alone(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    with engine.begin() as connection:
        bad = won_with(connection, "Muster GmbH", NOW)
        good = won_with(connection, "Huber AG", NOW)
        connection.execute(
            update(step).where(step.c.conversation_id == bad, step.c.seq == 2).values(target="seventh_heaven")
        )
        team = team_of(connection)
        found = conversations_of(connection, team, reporting_days(connection, team), NOW, NOW + timedelta(days=1))
    assert [one.told.matter.id for one in found] == [good]


def test_who_had_ordered_long_before_is_no_new_customer(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    with engine.begin() as connection:
        earlier = won_with(connection, "Muster GmbH", LONG_AGO)
        won_with(connection, "Muster GmbH", NOW)
        won_with(connection, "Neu AG", NOW)
        team = team_of(connection)
        days = reporting_days(connection, team)
        keys = set(connection.execute(select(conversation.c.customer_id)).scalars())
        found = earlier_orders(connection, team, days, NOW - timedelta(days=366), keys)
        assert [one.told.matter.id for one in found] == [earlier]
        facts = read_facts(connection, team, days, NOW + timedelta(days=1), NOW.date(), money=True)
        assert [matter.id for matter in facts.earlier] == [earlier]


def test_costs_are_kept_by_month_way_and_currency_and_replaced(engine: Engine) -> None:
    november, october = Month(2026, 11), Month(2026, 10)
    with engine.begin() as connection:
        team = SqlStore(connection).spendings
        first = CostEntry(november, AcquisitionId.COLD, Money(Decimal("4800.50"), "EUR"))
        for entry in (
            CostEntry(october, AcquisitionId.WARM, Money(Decimal(1), "EUR")),
            CostEntry(november, AcquisitionId.COLD, Money(Decimal(99), "EUR")),
            CostEntry(november, AcquisitionId.COLD, Money(Decimal(7), "CHF")),
            first,
        ):
            team.put(_only_team(connection), entry)
        kept = team.of(_only_team(connection))
        assert kept == [
            CostEntry(november, AcquisitionId.COLD, Money(Decimal(7), "CHF")),
            first,
            CostEntry(october, AcquisitionId.WARM, Money(Decimal(1), "EUR")),
        ]
        for entry in kept:
            team.put(
                _only_team(connection), CostEntry(entry.month, entry.channel, Money(Decimal(0), entry.amount.currency))
            )
        assert team.of(_only_team(connection)) == []


def _only_team(connection: Connection) -> TeamId:
    return all_teams(connection)[0].id


def test_a_team_reads_the_same_evening_on_either_database(engine: Engine, house: House) -> None:
    life = TeamLife.of(engine, house)
    life.wins(0, "Muster GmbH", "12.000")
    life.loses(1, "Schmidt", "Kein Bedarf")
    life.talks(2, "Kunz", "Weiter", "Einwand", "Preis", "Zu teuer")
    life.manager.sends("/kosten november messe 4.800")
    life.manager.sends("/tagesbericht")
    life.manager.sees("3 Gespräche, 1 Auftrag, 12.000", "Abschlussquote 1 von 2", "Einwände: Zu teuer 1")
    life.manager.press("Woche")
    life.manager.press("Geld und Dauer")
    life.manager.sees("CAC: 4.800")
