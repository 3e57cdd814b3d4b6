"""Logs hold ids: never the token, a name or a text, whatever happens and at every level."""

import logging
from pathlib import Path

import pytest

from bot.logs import set_up_logging, without_words
from bot.playground.serving import running_standin
from tests.bot.process import Process, running
from tests.bot.world import MARKUS, PEOPLE, SABINE, World, until

CUSTOMER = "Zwiebelfisch & Söhne"
TYPED = "Quittenmarmelade"
SECRET_TOKEN = "1:A-token-nobody-may-see"

NEVER = ("Zwiebelfisch", TYPED, "Sabine", "Markus", "nobody-may-see", "A-token")

SABOTAGE = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from bot import post, routes
post.RETRY_AFTER = (0.02, 0.02, 0.02)

def broken(turn):
    try:
        raise KeyError(turn.event.argument)
    except KeyError as error:
        raise ValueError(f"can't read {{turn.event!r}} of {{turn.person.name}}") from error

def badly_stored(turn):
    turn.store.customers.create(turn.person.id, turn.event.argument, alias=None, at=turn.at)

routes.COMMANDS["help"] = broken
routes.COMMANDS["settings"] = badly_stored
import run_bot
run_bot.main()
"""
"""The real process with two dialogs that fail with people's words in their hands."""


async def a_whole_session(world: World, process: Process) -> None:
    """Everything that may leave words in a log: a talk, and each kind of failure."""
    faults = world.standin.faults
    await _until_answered(world, f"/gespraech {CUSTOMER}")
    world.press("Weiter")
    world.press("Weiter")
    faults.refuse("sendMessage", 400, f'can\'t parse entities: Unsupported start tag "{TYPED}" at byte offset 7')
    world.say(f"{TYPED} eins")
    await _told(process, "telegram_refused")
    faults.refuse("sendMessage", 429, retry_after=1)
    world.say(f"{TYPED} zwei")
    await _told(process, "telegram_asks_to_wait")
    faults.lose_reply("sendMessage")
    await _told(process, "network_fault")
    faults.refuse("answerCallbackQuery", 400, f"something about '{TYPED}'")
    world.press("Zurück")
    await _told(process, "answer_refused")
    await _until_answered(world, f"/hilfe {TYPED}")
    await _until_answered(world, f"/einstellungen {CUSTOMER}")
    with world.broken("inbox"):
        world.say(f"{TYPED} drei", MARKUS)
        await _told(process, "intake_failed")
    await until(lambda: world.from_bot(MARKUS), 20)
    world.standin.set_blocked(MARKUS, True)
    await until(lambda: world.rows("SELECT id FROM person WHERE blocked_at IS NOT NULL"))


async def _told(process: Process, event: str) -> None:
    await until(lambda: event in process.text, 20)


async def _until_answered(world: World, text: str) -> None:
    sent = world.say(text)
    await world.standin.until(lambda: world.from_bot() and world.from_bot()[-1]["message_id"] > sent, 20)


@pytest.mark.parametrize("log_format", ["console", "json"])
async def test_a_whole_session_with_all_its_failures_leaves_no_word_in_the_log(
    tmp_path: Path, at_home: Path, log_format: str
) -> None:
    async with running_standin(SECRET_TOKEN, people=PEOPLE, limits=None) as standin:
        world = World(standin, at_home)
        world.join(SABINE, "Sabine")
        world.join(MARKUS, "Markus")
        async with running(
            tmp_path,
            "-c",
            SABOTAGE,
            TELEGRAM_BOT_TOKEN=SECRET_TOKEN,
            TELEGRAM_API_URL=standin.url,
            LOG_LEVEL="debug",
            LOG_FORMAT=log_format,
        ) as process:
            await a_whole_session(world, process)
            process.terminate()
            assert await process.code() == 0
    leaks = [line for line in process.lines if any(word in line for word in NEVER)]
    assert leaks == []
    for kind in ("ValueError", "KeyError", "IntegrityError"):
        assert kind in process.text
    assert "dialogs/door.py" in process.text, "the way through the code is told"


def test_an_exception_is_told_by_types_and_places_alone() -> None:
    try:
        try:
            raise KeyError(TYPED)
        except KeyError as error:
            error.add_note(CUSTOMER)
            raise ExceptionGroup(TYPED, [ValueError(CUSTOMER), OSError(TYPED)]) from error
    except ExceptionGroup as error:
        entry = without_words(None, "error", {"event": "turn_failed", "chat_id": 1, "exc_info": error})
    told = entry.pop("exception")
    assert entry == {"event": "turn_failed", "chat_id": 1}
    lines = told.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "builtins.KeyError",
        "builtins.ExceptionGroup",
        "builtins.ValueError",
        "builtins.OSError",
    ]
    assert lines[1].startswith("  tests/bot/test_logs.py:")
    assert lines[1].endswith(" test_an_exception_is_told_by_types_and_places_alone")


@pytest.mark.parametrize("exc_info", [True, None, False])
def test_where_nothing_was_raised_nothing_is_told(exc_info: bool | None) -> None:
    assert without_words(None, "error", {"event": "stopped", "exc_info": exc_info}) == {"event": "stopped"}


def test_a_reason_loses_what_it_quotes() -> None:
    reasons = {
        "message to edit not found": "message to edit not found",
        "message can't be edited": "message can't be edited",
        f'Unsupported start tag "{TYPED}" at byte offset 3': "Unsupported start tag … at byte offset 3",
        f"URL 'https://{TYPED}' is invalid: \"{CUSTOMER}\"": "URL … is invalid: …",
    }
    for reason, told in reasons.items():
        assert without_words(None, "info", {"event": "refused", "reason": reason})["reason"] == told


def test_of_a_librarys_message_the_first_line_stays() -> None:
    record = {"event": f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{TYPED}')>"}
    assert without_words(None, "error", record) == {"event": "Task exception was never retrieved"}


def test_libraries_are_heard_from_warnings_on_whatever_the_level() -> None:
    set_up_logging("debug", "json")
    try:
        for name in ("sqlalchemy.engine", "aiohttp.client", "httpx", "telegram.ext", "transitions", "asyncio"):
            assert logging.getLogger(name).getEffectiveLevel() == logging.WARNING, name
        assert logging.getLogger("bot.delivery").getEffectiveLevel() == logging.DEBUG
    finally:
        set_up_logging("info", "json")
