"""Whatever ends the process, it goes on where it was; and one dialog's trouble stays in its chat."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import post, routes, translation
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from bot.turns import run_turn
from dialogs.turn import Dialog, Turn
from tests.bot.process import running
from tests.bot.world import MARKUS, PEOPLE, SABINE, TOKEN, World, until, update_of

TRIES = 4
"""One, and three more after RETRY_AFTER."""


def broken(turn: Turn) -> None:
    """A dialog that does half of its work and raises."""
    turn.store.customers.create(turn.person.id, "Halbe Sachen GmbH", alias=False, at=turn.at)
    raise ZeroDivisionError


@pytest.fixture
def on_help(monkeypatch: pytest.MonkeyPatch) -> Callable[[Dialog], None]:
    """Puts another dialog behind /hilfe."""
    return lambda dialog: monkeypatch.setitem(routes.COMMANDS, "help", dialog)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The further tries come at once."""
    monkeypatch.setattr(post, "RETRY_AFTER", (0.02, 0.02, 0.02))


# Killed


async def test_killed_between_the_commit_of_an_update_and_its_turn_it_goes_on(resting_world: World) -> None:
    world = resting_world
    world.say("/gespraech Muster GmbH")
    world.say("Er parkt im Hof")
    await world.stores_and_dies()
    assert world.states("inbox") == {"open": 2}
    await world.start()
    await world.settled()
    assert world.states("inbox") == {"done": 2}
    assert "Muster GmbH" in world.screens()[0]
    assert world.screens()[1].endswith("Er parkt im Hof")
    await world.stop()


async def test_killed_between_the_commit_of_a_turn_and_its_reply_the_reply_is_sent(resting_world: World) -> None:
    world = resting_world
    await world.start()
    world.standin.faults.refuse("sendMessage", 500, times=50)
    world.say("/gespraech Muster GmbH")
    await world.standin.until(lambda: world.calls("sendMessage"))
    await world.kill()
    assert (world.states("inbox"), world.states("outbox")) == ({"done": 1}, {"open": 1})
    world.standin.faults.clear()
    await world.start()
    await world.settled()
    assert len(world.screens()) == 1
    await world.stop()


async def test_killed_between_sending_and_the_mark_two_cards_are_there_and_the_pressed_one_is_the_screen(
    resting_world: World,
) -> None:
    world = resting_world
    await world.start()
    world.standin.faults.lose_reply("sendMessage")  # the server has sent it, and nobody here knows
    world.say("/gespraech Muster GmbH")
    await world.standin.until(lambda: world.screens())
    await world.kill()
    await world.start()
    await world.settled()
    first, second = world.from_bot()
    assert first["text"] == second["text"]
    data = first["reply_markup"]["inline_keyboard"][-1][-1]["callback_data"]
    world.standin.press(SABINE, first["message_id"], data)
    await world.settled()
    first, second = world.from_bot()
    assert ("2/6" in first["text"], "1/6" in second["text"]) == (True, True)
    data = second["reply_markup"]["inline_keyboard"][-1][-1]["callback_data"]
    callback_id = world.standin.press(SABINE, second["message_id"], data)
    assert (await world.answered(callback_id))["text"].startswith("Der Knopf war von vorhin")
    await world.settled()
    assert world.steps() == ["start", "advance"], "the other one's buttons are old ones"
    await world.stop()


async def test_killed_before_the_edit_the_card_is_drawn_after_the_restart(resting_world: World) -> None:
    world = resting_world
    await world.start()
    await world.opens_card()
    world.standin.faults.refuse("editMessageText", 500, times=50)
    world.press("Weiter")
    await world.standin.until(lambda: world.calls("editMessageText"))
    await world.kill()
    world.standin.faults.clear()
    await world.start()
    await world.sees("2/6")
    await world.settled()
    assert len(world.screens()) == 1
    assert world.steps() == ["start", "advance"]
    await world.stop()


async def test_a_clean_end_sends_what_is_ready_and_leaves_nothing_half_done(resting_world: World) -> None:
    world = resting_world
    await world.start()
    for number in range(4):
        world.say(f"Notiz {number}")
    await until(lambda: len(world.states("inbox")))
    await world.stop()
    await world.start()
    await world.settled()
    assert world.notes() == [f"Notiz {number}" for number in range(4)]
    assert [words.splitlines()[-1] for words in world.screens()] == [f"Notiz {number}" for number in range(4)]
    await world.stop()


SETTINGS = {"TELEGRAM_BOT_TOKEN": TOKEN, "MESSAGES_PER_SECOND": 1000}


def _world_at(file: Path, standin: Standin) -> World:
    world = World(standin, file)
    world.join(SABINE, "Sabine")
    world.join(MARKUS, "Markus")
    return world


async def test_after_sigkill_at_any_moment_everything_goes_on(tmp_path: Path, at_home: Path) -> None:
    async with running_standin(TOKEN, people=PEOPLE, limits=None) as standin:
        world = _world_at(at_home, standin)
        settings = {**SETTINGS, "TELEGRAM_API_URL": standin.url}
        for number in range(4):
            world.say(f"Notiz {number}", SABINE)
            world.say(f"Notiz {number}", MARKUS)
        async with running(tmp_path, **settings) as process:
            await standin.until(lambda: world.screens(SABINE) or world.screens(MARKUS), 30)
            process.kill()
            assert await process.code() == -9
        async with running(tmp_path, **settings):
            await until(lambda: world.states("inbox") == {"done": 8} and set(world.states("outbox")) == {"sent"}, 30)
        for who in (SABINE, MARKUS):
            assert world.notes(who) == [f"Notiz {number}" for number in range(4)], "handled once each"
            said = [words.splitlines()[-1] for words in world.screens(who)]
            assert list(dict.fromkeys(said)) == [f"Notiz {number}" for number in range(4)], "sent at least once each"


async def test_sigterm_ends_within_ten_seconds_under_load_and_loses_nothing(tmp_path: Path, at_home: Path) -> None:
    async with running_standin(TOKEN, people=PEOPLE, limits=None) as standin:
        world = _world_at(at_home, standin)
        settings = {**SETTINGS, "TELEGRAM_API_URL": standin.url}
        standin.faults.delay("sendMessage", 0.1, times=1000)
        async with running(tmp_path, **settings) as process:
            await process.logs("polling")
            for number in range(15):  # far more than the pace of a chat lets out in ten seconds
                world.say(f"Notiz {number}", SABINE)
                world.say(f"Notiz {number}", MARKUS)
            await standin.until(lambda: world.screens(SABINE), 30)
            process.terminate()
            async with asyncio.timeout(10):
                assert await process.code() == 0, process.text
            assert process.log[-1]["event"] == "stopped"
        with closing(sqlite3.connect(world.database)) as connection:
            accepted = connection.execute("SELECT count(*) FROM inbox").fetchone()[0]
        assert accepted + len(standin.updates) == 30, "what was not accepted waits at the server"
        assert world.states("inbox").get("aside") is None


# Trouble in one chat


@pytest.mark.usefixtures("soon")
async def test_a_dialog_that_raises_is_tried_again_and_then_put_aside_with_one_kind_sentence(
    world: World, on_help: Callable[[Dialog], None]
) -> None:
    on_help(broken)
    world.say("/hilfe")
    apology = await world.sees("Das hat nicht geklappt, es ist nichts verloren.")
    await world.settled()
    ((state, tries, reason, raw),) = world.rows("SELECT state, tries, reason, raw FROM inbox")
    mark, _, kind = reason.partition(" ")
    assert (state, tries, kind) == ("aside", TRIES, "ZeroDivisionError")
    assert f"(Zeichen {mark})" in apology["text"], "the sentence leads the operator to the log"
    assert "/hilfe" in raw, "the operator can see what it was"
    assert world.rows("SELECT * FROM customer") == [], "half of the work was rolled back"
    world.say("Er parkt im Hof")
    await world.sees("Er parkt im Hof")


@pytest.mark.usefixtures("soon")
async def test_a_dialog_that_recovers_is_handled_once(world: World, on_help: Callable[[Dialog], None]) -> None:
    fails = iter((True, True, False))
    right = routes.COMMANDS["help"]

    def recovering(turn: Turn) -> None:
        if next(fails):
            broken(turn)
        right(turn)

    on_help(recovering)
    world.say("/hilfe")
    await world.settled()
    assert len(world.screens()) == 1
    assert world.rows("SELECT state, tries FROM inbox") == [("done", 2)]


async def test_other_chats_do_not_wait_for_a_dialog_that_raises(
    resting_world: World, on_help: Callable[[Dialog], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = resting_world
    monkeypatch.setattr(post, "RETRY_AFTER", (60, 60, 60))
    await world.start()
    on_help(broken)
    world.say("/hilfe", SABINE)
    world.say("Er parkt im Hof", SABINE)
    world.say("Sie parkt im Hof", MARKUS)
    await world.sees("Sie parkt im Hof", MARKUS)
    assert world.screens(SABINE) == [], "her own chat waits, so that its order is kept"
    assert world.rows("SELECT state FROM inbox WHERE chat_id = ?", SABINE) == [("open",)] * 2
    await world.kill()


@pytest.mark.usefixtures("soon")
async def test_the_tries_are_counted_over_restarts(
    resting_world: World, on_help: Callable[[Dialog], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, runs = resting_world, []

    def counted(turn: Turn) -> None:
        runs.append(turn.at)
        broken(turn)

    on_help(counted)
    monkeypatch.setattr(post, "RETRY_AFTER", (0.02, 60, 60))
    await world.start()
    world.say("/hilfe")
    await until(lambda: world.rows("SELECT tries FROM inbox") == [(2,)])
    await world.kill()
    monkeypatch.setattr(post, "RETRY_AFTER", (0.02, 0.02, 0.02))
    await world.start()
    await world.sees("Das hat nicht geklappt")
    await world.settled()
    assert len(runs) == TRIES
    assert len(set(runs)) == 1, "each try has the time of the first"
    await world.stop()


async def test_an_update_that_cannot_be_read_is_put_aside_and_the_chat_goes_on(world: World) -> None:
    unreadable = update_of(1, "Er parkt im Hof", chat={"id": SABINE})  # a chat without a type
    await world.bot.intake.accept([unreadable, update_of(2, "Sie parkt im Hof")])
    await world.sees("Sie parkt im Hof")
    await world.settled()
    assert world.rows("SELECT state, reason FROM inbox ORDER BY id") == [("aside", "unreadable"), ("done", None)]


async def test_an_update_that_no_handler_takes_is_done(world: World) -> None:
    service = update_of(1, "", group_chat_created=True)
    del service["message"]["text"]
    of_next_year = {"update_id": 2, "message_thought": {"from": service["message"]["from"]}}
    await world.bot.intake.accept([service, of_next_year])
    await world.settled()
    assert world.states("inbox") == {"done": 2}
    assert world.calls() == []


@pytest.mark.usefixtures("soon")
async def test_a_handler_that_raises_outside_of_a_turn_counts_as_a_failed_try(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(translation, "event_of_message", unable)
    world.say("Er parkt im Hof")
    await world.settled()
    assert world.rows("SELECT state, tries, reason FROM inbox") == [("aside", TRIES, "a handler failed, see the log")]


async def test_while_storage_fails_a_chat_keeps_its_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "RETRY_AFTER", (0.05, 0.05, 0.05))
    with world.broken("inbox", "UPDATE"):
        world.standin.change_text(SABINE, world.say("Er parkt im Hof"), "Er parkt doch im Hof")
        world.say("Sie parkt im Hof")
        await until(lambda: len(world.rows("SELECT id FROM inbox")) == 3)
        assert set(world.states("inbox")) == {"open"}
    await world.settled()
    assert world.notes() == ["Er parkt im Hof", "Sie parkt im Hof"]


async def test_storage_that_fails_for_long_costs_no_update_its_turn_or_its_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a turn runs meanwhile: that storage fails is not the turn's fault, and nothing overtakes it."""
    monkeypatch.setattr(post, "RETRY_AFTER", (0.01, 0.01, 0.01))
    runs: list[str] = []
    stored = run_turn

    def counted(*arguments: Any, **named: Any) -> Any:
        runs.append("")
        return stored(*arguments, **named)

    monkeypatch.setattr(post, "run_turn", counted)
    with world.broken("inbox", "UPDATE"):
        world.say("Er parkt im Hof")
        await until(lambda: len(runs) > 3 * TRIES)
        world.say("Sie parkt im Hof")
        await until(lambda: len(world.rows("SELECT id FROM inbox")) == 2)
    await world.settled()
    assert world.notes() == ["Er parkt im Hof", "Sie parkt im Hof"]
    assert world.states("inbox") == {"done": 2}
