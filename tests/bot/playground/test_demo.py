"""The demo's six weeks: what is there afterwards, and what of the playground's present stays untouched."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, Row, func, select

from bot.app import Bot, build
from bot.playground.demo import Demo
from bot.playground.demo_chat import DEMO_BOT, NotOffered, PastChat
from bot.playground.demo_history import History, Told
from bot.playground.demo_plan import MOST_APPOINTMENTS, DemoSeller, Script, Tale, planned, working_days
from bot.playground.founding import TEAM_NAME, found_team
from bot.playground.standin import MANAGER, SELLER, Impossible
from bot.settings import Settings
from bot.storage import lanes, outbox
from bot.storage.engine import open_engine, sqlite_url
from bot.storage.people import SqlPeople, team_by_name
from bot.storage.schema import conversation, customer, inbox, invite, lane, person, screen, step
from bot.storage.schema import outbox as outbox_table
from bot.storage.store import SqlStore
from bot.storage.team_facts import read_facts, reporting_days
from bot.turns import House
from dialogs.conversation.talk import ConversationId, PersonId, Standing, Talk, TaskState, replay
from dialogs.ports.people import Role
from dialogs.reports.summary import summary_of
from dialogs.turn import Links, Sender
from knowledge.language.messages import Language
from knowledge.taxonomy import LossReasonId, OutcomeId, PhaseId
from tests.chat import Chat
from tests.conftest import built_in

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SCRIPT = Script.load()
COLLEAGUES = {seller.id: seller.name for seller in SCRIPT.sellers if seller.id != SELLER.id}


async def new_bot(file: Path) -> Bot:
    """A bot with the playground's team. It is never brought online: no Bot API server is needed."""
    catalogue, messages = built_in()
    bot = build("1:TEST", "http://127.0.0.1:9", sqlite_url(file), 1000, catalogue=catalogue, messages=messages)
    await found_team(bot.storage, Settings(_env_file=None))
    return bot


def demo_of(bot: Bot) -> Demo:
    demo = Demo(clock=lambda: SATURDAY)
    demo.bot = bot
    return demo


async def make(bot: Bot, script: Script) -> Told:
    team = await bot.storage.read(lambda connection: team_by_name(connection, TEAM_NAME))
    assert team is not None
    return await History(bot.storage, bot.house, team, SATURDAY, script).make()


def script_with(*talks: Tale, seller: int = SELLER.id) -> Script:
    """The demo with these talks of one seller only."""
    return SCRIPT.model_copy(update={"sellers": (DemoSeller(id=seller, name="Sabine", care=0.8, talks=talks),)})


ORDER = Tale(customer="Hallberg Logistik GmbH", ends=OutcomeId.WON, amount=18000, about="Palettenregale")
REFUSAL = Tale(customer="Oberland GmbH", ends=OutcomeId.LOST, phase=PhaseId.NEGOTIATION, reason=LossReasonId.NO_NEED)

DELAY = Tale(customer="Feldkirch KG", ends=OutcomeId.POSTPONED, phase=PhaseId.ANALYSIS)


def talks_of(engine: Engine) -> list[Row[tuple[int, int, str, dict[str, object]]]]:
    """(id, owner, customer, state) of all conversations."""
    with engine.connect().execution_options(reading=True) as connection:
        columns = (conversation.c.id, conversation.c.owner_id, customer.c.name, conversation.c.state)
        return list(connection.execute(select(*columns).join(customer).order_by(conversation.c.id)))


# What is there afterwards


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database after the button was pressed in a new playground, twice."""
    file = tmp_path_factory.mktemp("demo") / "bot.sqlite"

    async def press_twice() -> list[str]:
        bot = await new_bot(file)
        demo = demo_of(bot)
        said = [await demo.fill()]
        before = shape(bot.storage.engine)
        said.append(await demo.fill())
        assert shape(bot.storage.engine) == before
        await bot.storage.write(lambda connection: lanes.release(connection, bot.owner))
        bot.storage.close()
        return said

    first, second = asyncio.run(press_twice())
    assert first == "43 Gespräche aus 6 Wochen sind da."
    assert second == "Die Demo-Daten sind schon da, es kommt nichts hinzu."
    return file


def shape(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    tables = (conversation, step, inbox, outbox_table, person, invite, customer)
    with engine.connect().execution_options(reading=True) as connection:
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(filled_file, tmp_path / "bot.sqlite")
    engine = open_engine(sqlite_url(tmp_path / "bot.sqlite"))
    yield engine
    engine.dispose()


def test_every_story_ended_as_it_is_told(filled: Engine) -> None:
    told = Counter(
        (seller.id, tale.customer, tale.ends, tale.phase if stays_open(tale) else PhaseId.FOLLOW_UP, tale.amount)
        for seller in SCRIPT.sellers
        for tale in seller.talks
    )
    talks = [(row.owner_id, row.name, Talk.model_validate(row.state)) for row in talks_of(filled)]
    kept = Counter((owner, name, talk.outcome, talk.phase, talk.amount) for owner, name, talk in talks)
    assert kept == told
    lost = {name: talk.loss_reason for _, name, talk in talks if talk.outcome is OutcomeId.LOST}
    assert lost == {tale.customer: tale.reason for seller in SCRIPT.sellers for tale in seller.talks if tale.reason}


def stays_open(tale: Tale) -> bool:
    return tale.ends in (None, OutcomeId.POSTPONED)


def test_the_steps_of_every_conversation_lead_to_its_state(filled: Engine) -> None:
    with filled.connect().execution_options(reading=True) as connection:
        conversations = SqlStore(connection).conversations
        for row in talks_of(filled):
            talk_id = ConversationId(row.id)
            assert replay(talk_id, conversations.steps(talk_id)) == Talk.model_validate(row.state)


def test_it_looks_like_work_with_all_that_the_method_knows(filled: Engine) -> None:
    with filled.connect().execution_options(reading=True) as connection:
        triggers = set(connection.execute(select(step.c.trigger).distinct()).scalars())
    assert triggers >= {
        "tick", "objection", "signal", "gap_found", "not_yet", "missing_in_offer", "pause", "postpone", "resume",
        "trial_close_yes", "trial_close_not_yet", "go_anyway", "task", "details", "finish",
    }  # fmt: skip


def test_sellers_worked_on_weekdays_in_office_hours_one_thing_after_the_other(filled: Engine) -> None:
    with filled.connect().execution_options(reading=True) as connection:
        taken = connection.execute(select(step.c.at, step.c.actor_id, step.c.conversation_id)).all()
        last_turn: dict[int, datetime] = {}
        for row in connection.execute(select(inbox.c.chat_id, inbox.c.at).order_by(inbox.c.id)):
            assert row.at > last_turn.get(row.chat_id, datetime.min.replace(tzinfo=UTC)) or row.chat_id == MANAGER.id
            last_turn[row.chat_id] = row.at
    local = [row.at.astimezone(BERLIN) for row in taken]
    assert all(at.weekday() < 5 and time(8) <= at.time() <= time(17, 30) for at in local)
    assert min(local).date() == SATURDAY.date() - timedelta(days=40)
    assert SATURDAY - timedelta(days=4) < max(local) < SATURDAY


def test_the_team_is_five_sellers_who_came_in_by_invitations(filled: Engine) -> None:
    with filled.connect().execution_options(reading=True) as connection:
        team = team_by_name(connection, TEAM_NAME)
        assert team is not None
        members = SqlPeople(connection).members(team.id)
        used_by = set(connection.execute(select(invite.c.used_by)).scalars())
        blocked = set(connection.execute(select(person.c.id).where(person.c.blocked_at.is_not(None))).scalars())
    sellers = {member.id: member.name for member in members if member.role is Role.SELLER}
    assert sellers == COLLEAGUES | {SELLER.id: "Sabine"}
    assert used_by == set(COLLEAGUES)
    assert blocked == set(COLLEAGUES), "nobody holds these phones, so nothing is to be pushed to them"


def test_no_reply_of_the_past_waits_to_be_sent_and_no_update_to_be_handled(filled: Engine) -> None:
    with filled.connect().execution_options(reading=True) as connection:
        assert outbox.waiting(connection) == []
        ended = connection.execute(select(outbox_table.c.state, outbox_table.c.payload).distinct()).all()
        handled = connection.execute(select(inbox.c.state, inbox.c.bot_id).distinct()).all()
    assert ended == [("superseded", None)]
    assert handled == [("done", DEMO_BOT)]


def test_no_chat_remembers_a_screen_or_a_message_that_was_never_sent(filled: Engine) -> None:
    with filled.connect().execution_options(reading=True) as connection:
        assert connection.execute(select(screen)).all() == []
        assert set(connection.execute(select(lane.c.messages)).scalars()) == {0}


def test_the_seller_finds_two_open_conversations_and_a_postponed_one_and_goes_on(filled: Engine, house: House) -> None:
    chat = Chat(filled, house, SELLER.id, now=SATURDAY)
    chat.sends("/gespraech")
    chat.sees(buttons=["Tischlerei Quast GmbH", "Hallberg Logistik GmbH", "Buchbinderei Feldkirch"])
    with filled.connect().execution_options(reading=True) as connection:
        listed = SqlStore(connection).conversations.open(PersonId(SELLER.id))
    assert Counter(each.talk.standing for each in listed) == {Standing.OPEN: 2, Standing.POSTPONED: 1}
    chat.press("Tischlerei Quast GmbH")
    chat.sees_card("Tischlerei Quast GmbH", "3/6")
    assert chat.card_message is chat.message, "the card is a new message at the bottom"
    chat.press("Weiter")
    chat.sees_card("4/6")


def test_most_follow_ups_are_done_and_the_evenings_suggest_different_things(filled: Engine) -> None:
    with filled.connect().execution_options(reading=True) as connection:
        team = team_by_name(connection, TEAM_NAME)
        assert team is not None
        days = reporting_days(connection, team)
        summaries = [
            summary_of(read_facts(connection, team, days, datetime.combine(day, time(18, 0, 1), BERLIN), day), day)
            for day in working_days(SATURDAY.date(), 10)
        ]
        done = connection.scalar(select(func.count()).where(step.c.payload["state"].as_string() == TaskState.DONE)) or 0
    insights = [summary.insight for summary in summaries if summary.insight is not None]
    overdue = [insight.due.overdue for insight in insights]
    assert max(overdue) < 10 < done
    assert 0 < overdue[-1] < 5
    said = [insight.suggestion for insight in insights]
    assert len({(one.message, one.params.get("objection")) for one in said if one is not None}) >= 3


# How it is made


async def test_what_the_seller_has_in_hand_stays_as_it_is(tmp_path: Path) -> None:
    bot = await new_bot(tmp_path / "bot.sqlite")
    chat = Chat(bot.storage.engine, bot.house, SELLER.id, now=SATURDAY)
    chat.sends("/gespraech Echt & Söhne")
    chat.press("Notiz")
    before, cards = chat.talk, len(chat.phone)
    await make(bot, script_with(ORDER, REFUSAL))
    assert chat.talk == before
    chat.types("Der Preis passt.")
    chat.sees_card("Echt & Söhne")
    assert len(chat.phone) == cards + 1, "the note was kept and the card drawn in its place"
    bot.storage.close()


async def test_it_is_told_alike_to_a_seller_who_reads_english(tmp_path: Path) -> None:
    bot = await new_bot(tmp_path / "bot.sqlite")

    def switch(connection: Connection) -> None:
        people = SqlPeople(connection)
        seller = people.get(PersonId(SELLER.id))
        assert seller is not None
        people.save(replace(seller, language=Language.EN))

    await bot.storage.write(switch)
    assert (await make(bot, script_with(ORDER, DELAY, REFUSAL))).broken_off == 0
    talks = [Talk.model_validate(row.state) for row in talks_of(bot.storage.engine)]
    assert {talk.outcome: talk.amount for talk in talks} == {
        OutcomeId.WON: ORDER.amount,
        OutcomeId.POSTPONED: None,
        OutcomeId.LOST: None,
    }
    assert all(talk.until and talk.until > SATURDAY.date() for talk in talks if talk.outcome is OutcomeId.POSTPONED)
    bot.storage.close()


async def test_a_conversation_of_the_players_own_is_left_alone(tmp_path: Path) -> None:
    bot = await new_bot(tmp_path / "bot.sqlite")
    chat = Chat(bot.storage.engine, bot.house, SELLER.id, now=SATURDAY)
    chat.sends(f"/gespraech {ORDER.customer}")
    before = chat.talk
    told = await make(bot, script_with(ORDER, REFUSAL))
    assert chat.talk == before
    assert told.broken_off == 0
    assert [row.name for row in talks_of(bot.storage.engine)] == [ORDER.customer, REFUSAL.customer]
    bot.storage.close()


async def test_a_broken_off_run_is_completed_and_tells_no_story_twice(tmp_path: Path) -> None:
    bot = await new_bot(tmp_path / "bot.sqlite")
    await make(bot, script_with(ORDER))
    await make(bot, script_with(ORDER, REFUSAL))
    assert [row.name for row in talks_of(bot.storage.engine)] == [ORDER.customer, REFUSAL.customer]
    bot.storage.close()


async def test_a_story_that_the_dialogs_do_not_go_along_with_is_counted_and_harms_no_other(tmp_path: Path) -> None:
    bot = await new_bot(tmp_path / "bot.sqlite")
    unheard_of = Tale(customer="Zu lang " * 20)  # no dialog begins a conversation with such a name
    assert await make(bot, script_with(unheard_of, REFUSAL)) == Told(conversations=2, broken_off=1)
    assert [row.name for row in talks_of(bot.storage.engine)] == [REFUSAL.customer]
    bot.storage.close()


async def test_a_turn_that_raises_ends_its_story_only_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    bot = await new_bot(tmp_path / "bot.sqlite")
    before = shape(bot.storage.engine)

    def unreachable() -> Links:
        raise ConnectionError("nobody knows the bot's name")

    bot.house = replace(bot.house, links=unreachable)
    assert await make(bot, script_with(ORDER, REFUSAL)) == Told(conversations=2, broken_off=2)
    assert shape(bot.storage.engine) == before
    bot.storage.close()


async def test_a_button_that_was_not_drawn_cannot_be_pressed(tmp_path: Path) -> None:
    bot = await new_bot(tmp_path / "bot.sqlite")
    sender = Sender(PersonId(SELLER.id), SELLER.id, "Sabine", Language.DE)
    chat = PastChat(bot.storage, bot.house, sender, SATURDAY - timedelta(days=1))
    await chat.enter()
    talk = await chat.begin("Hallberg Logistik GmbH")
    with pytest.raises(NotOffered, match="won"):
        await chat.press("won", about=talk)
    assert chat.offers("next", about=talk) == [""]
    assert chat.offers("next", about=talk + 1) == []
    bot.storage.close()


async def test_two_taps_at_once_make_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Script, "load", lambda: script_with(REFUSAL, ORDER))
    bot = await new_bot(tmp_path / "bot.sqlite")
    demo = demo_of(bot)
    assert list(await asyncio.gather(demo.fill(), demo.fill())) == [
        "2 Gespräche aus 6 Wochen sind da.",
        "Die Demo-Daten sind schon da, es kommt nichts hinzu.",
    ]
    bot.storage.close()


async def test_without_seller_and_manager_there_is_nobody_to_tell_of(tmp_path: Path) -> None:
    bot = await new_bot(tmp_path / "bot.sqlite")

    def leave(connection: Connection) -> None:
        for leaver in (SELLER, MANAGER):
            SqlPeople(connection).remove(PersonId(leaver.id), SATURDAY)

    await bot.storage.write(leave)
    said = await demo_of(bot).fill()
    assert said.startswith("Für Demo-Daten braucht es")
    assert shape(bot.storage.engine)["person"] == 2
    bot.storage.close()


async def test_before_the_bot_is_up_the_page_is_told_so() -> None:
    with pytest.raises(Impossible, match="not up yet"):
        await Demo().fill()


# When it happens


@pytest.mark.parametrize("days_later", range(14))
def test_whatever_day_it_is_no_seller_is_at_two_places_at_once(days_later: int) -> None:
    today = SATURDAY.date() + timedelta(days=days_later)
    stories = planned(SCRIPT, today, BERLIN)
    assert all(1 <= len(story.appointments) <= MOST_APPOINTMENTS for story in stories)
    assert all(list(story.appointments) == sorted(story.appointments) for story in stories)
    for seller in SCRIPT.sellers:
        begins = sorted(at for story in stories if story.seller == seller for at in story.appointments)
        assert min(later - earlier for earlier, later in pairwise(begins)) > timedelta(hours=1)
        assert begins[-1].date() < today


def test_six_weeks_are_thirty_working_days_and_end_before_today() -> None:
    days = working_days(SATURDAY.date())
    assert len(days) == 30
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}
    assert days == sorted(days)
    assert days[-1] == SATURDAY.date() - timedelta(days=1)


@pytest.mark.parametrize(
    "told",
    [
        {"customer": "A", "ends": "won"},
        {"customer": "A", "amount": 5},
        {"customer": "A", "ends": "lost"},
        {"customer": "A", "ends": "lost", "reason": "other"},
        {"customer": "A", "ends": "lost", "reason": "no_need", "words": "nein"},
    ],
)
def test_half_told_tales_are_refused(told: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"has|needs"):
        Tale.model_validate(told)
