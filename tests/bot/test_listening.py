"""Hearing what people type: in time or not at all, and never in the way of a turn."""

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.listening import HEARS_WITHIN, HOUSE, Listening
from dialogs.turn import Command, Event, Typed, Voice
from knowledge.language.languages import Language
from knowledge.recognition.matches import NOTHING, Match, Recogniser, Recognition
from knowledge.recognition.models import load
from knowledge.taxonomy import ObjectionId
from tests.bot.world import PATIENCE, until

SAID = "das ist uns viel zu teuer, sagt Zwiebelfisch"
TOO_EXPENSIVE = Recognition((Match(ObjectionId.PRICE_TOO_HIGH, 0.9),), (Match(ObjectionId.PRICE_TOO_HIGH, 0.9),))


class Deaf:
    """Fails with the text in its hands."""

    def recognise(self, text: str, language: Language | None = None) -> Recognition:
        raise ValueError(f"can't make anything of {text!r} in {language}")


class Sleepy:
    """Says nothing until it is woken; hears the same in everything."""

    def __init__(self, *, awake: bool = False) -> None:
        self.awake = threading.Event()
        if awake:
            self.awake.set()

    def recognise(self, text: str, language: Language | None = None) -> Recognition:
        assert self.awake.wait(PATIENCE), (text, language)
        return TOO_EXPENSIVE


@asynccontextmanager
async def listening(
    tmp_path: Path, recogniser: Recogniser | None = None, overlay: Path | None = None, maker: str = ""
) -> AsyncIterator[Listening]:
    """One that is closed at the end; `maker` is Python code that makes the model."""
    program = (sys.executable, "-c", maker) if maker else (sys.executable, "-m", "knowledge.recognition", "--attended")
    ears = Listening(overlay, tmp_path / "models", recogniser, program)
    try:
        yield ears
    finally:
        ears.close()


@pytest.fixture(scope="session", autouse=True)
def _built_in_model(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Made by the set-up; where it was not, it is made before somebody waits for it."""
    load(None, tmp_path_factory.mktemp("models"))


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A company's folder with a word of its own."""
    file = tmp_path / "own" / "de" / "utterances" / "objections" / "no_budget.txt"
    file.parent.mkdir(parents=True)
    file.write_text("der Kranichdeckel ist erreicht\nmehr gibt der Kranichdeckel nicht her\nKranichdeckel\n")
    return tmp_path / "own"


async def test_before_the_model_is_there_nothing_is_heard(tmp_path: Path) -> None:
    async with listening(tmp_path) as ears:
        assert await ears.recognise(SAID) == NOTHING


async def test_once_it_is_loaded_it_hears(tmp_path: Path) -> None:
    async with listening(tmp_path) as ears:
        await ears.start()
        assert (await ears.recognise(SAID)).answers[0].id is ObjectionId.PRICE_TOO_HIGH
    assert not (tmp_path / "models").exists(), "nothing had to be made"


@pytest.mark.parametrize(
    ("event", "heard"),
    [
        (Typed(SAID), Typed(SAID, TOO_EXPENSIVE)),
        (Typed("  "), Typed("  ")),
        (Command("objection", SAID), Command("objection", SAID, TOO_EXPENSIVE)),
        (Command("objection"), Command("objection")),
        (Command("talk", SAID), Command("talk", SAID)),
        (Voice("voice-1", 7), Voice("voice-1", 7)),
    ],
    ids=["text", "spaces", "objection", "no-words", "another-command", "voice"],
)
async def test_it_listens_to_texts_and_to_what_stands_behind_objection(
    tmp_path: Path, event: Event, heard: Event
) -> None:
    async with listening(tmp_path, Sleepy(awake=True)) as ears:
        assert await ears.hear(event) == heard


async def test_a_text_that_takes_too_long_goes_on_unrecognised_and_the_next_is_heard(tmp_path: Path) -> None:
    sleepy = Sleepy()
    async with listening(tmp_path, sleepy) as ears:
        try:
            with capture_logs() as logs:
                assert await ears.recognise(SAID) == NOTHING
            assert logs == [{"event": "not_recognised_in_time", "seconds": HEARS_WITHIN, "log_level": "warning"}]
        finally:
            sleepy.awake.set()
        assert await ears.recognise("und keine Zeit") == TOO_EXPENSIVE


async def test_the_loop_goes_on_while_somebody_is_heard(tmp_path: Path) -> None:
    sleepy = Sleepy()
    async with listening(tmp_path, sleepy) as ears:
        hearing = asyncio.create_task(ears.recognise(SAID))
        await asyncio.sleep(0)
        assert not hearing.done()
        sleepy.awake.set()
        assert await hearing == TOO_EXPENSIVE


async def test_a_recogniser_that_fails_ends_no_turn_and_its_text_is_not_logged(tmp_path: Path) -> None:
    async with listening(tmp_path, Deaf()) as ears:
        with capture_logs() as logs:
            assert await ears.recognise(SAID) == NOTHING
    assert logs == [{"event": "recognition_failed", "fault": "ValueError", "log_level": "error"}]


async def test_broken_examples_are_told_and_end_nothing(tmp_path: Path, overlay: Path) -> None:
    (overlay / "de" / "utterances" / "objections" / "winks.txt").write_text("zwinkert")
    async with listening(tmp_path, Sleepy(awake=True), overlay) as ears:
        with capture_logs() as logs:
            await ears.start()
        assert await ears.recognise(SAID) == TOO_EXPENSIVE
    assert logs == [{"event": "recognition_not_loaded", "fault": "ContentError", "log_level": "error"}]


async def test_without_a_companys_broken_examples_the_built_in_ones_are_heard(tmp_path: Path, overlay: Path) -> None:
    (overlay / "de" / "utterances" / "objections" / "winks.txt").write_text("zwinkert")
    async with listening(tmp_path, None, overlay) as ears:
        with capture_logs() as logs:
            await ears.start()
        assert (await ears.recognise(SAID)).answers[0].id is ObjectionId.PRICE_TOO_HIGH
    assert [entry["event"] for entry in logs] == ["recognition_not_loaded"]


async def test_where_no_process_can_be_started_the_former_model_goes_on_answering(
    tmp_path: Path, overlay: Path
) -> None:
    ears = Listening(overlay, tmp_path / "models", maker=(str(tmp_path / "gone"),))
    try:
        with capture_logs() as logs:
            await ears.start()
        assert (await ears.recognise(SAID)).answers[0].id is ObjectionId.PRICE_TOO_HIGH
    finally:
        ears.close()
    assert logs[-1] == {"event": "recognition_not_made", "fault": "FileNotFoundError", "log_level": "error"}


def maker_of_few(tmp_path: Path) -> str:
    """A program that makes a company's model as the real one does, but of few examples; waits for `go` first."""
    return f"""
import pathlib, shutil, sys, time
sys.path.insert(0, {str(HOUSE)!r})
(overlay, folder) = map(pathlib.Path, (sys.argv[2], sys.argv[3]))
assert sys.argv[1] == "--overlay"
tmp = pathlib.Path({str(tmp_path)!r})
(tmp / "begun").touch()
while not (tmp / "go").exists():
    time.sleep(0.01)
from knowledge.recognition.models import BUILT_IN_CONTENT, Models, models_for
for language in ("de", "en"):
    for kind, name in (("objections", "price_too_high"), ("signals", "asks_price"), ("none", "everyday")):
        place = pathlib.Path(language, "utterances", kind)
        (tmp / "few" / place).mkdir(parents=True)
        lines = (BUILT_IN_CONTENT / place / (name + ".txt")).read_text(encoding="utf-8").splitlines()
        (tmp / "few" / place / (name + ".txt")).write_text("\\n".join(lines[:30]), encoding="utf-8")
wanted = models_for(overlay, folder)
few = Models((tmp / "few", overlay), (tmp / "kept",), (), wanted.engine)
few.make()
folder.mkdir(parents=True)
shutil.copy(tmp / "kept" / few.name, folder / wanted.name)
"""


async def test_while_a_companys_words_are_learnt_by_another_process_the_former_model_answers(
    tmp_path: Path, overlay: Path
) -> None:
    async with listening(tmp_path, None, overlay, maker_of_few(tmp_path)) as ears:
        with capture_logs() as logs:
            starting = asyncio.create_task(ears.start())
            await until((tmp_path / "begun").exists, PATIENCE)
            before = await ears.recognise(SAID)
            assert before.answers[0].id is ObjectionId.PRICE_TOO_HIGH
            (tmp_path / "go").touch()
            async with asyncio.timeout(6 * PATIENCE):
                await starting
        after = await ears.recognise("Kranichdeckel ist erreicht", Language.DE)
        assert after.matches[0].id is ObjectionId.NO_BUDGET
    assert [entry["event"] for entry in logs] == ["recognition_learns", "recognition_has_learnt"]


async def test_where_it_can_not_be_learnt_the_former_model_goes_on_answering(tmp_path: Path, overlay: Path) -> None:
    async with listening(tmp_path, None, overlay, "import sys; sys.exit(3)") as ears:
        with capture_logs() as logs:
            await ears.start()
        assert (await ears.recognise(SAID)).answers[0].id is ObjectionId.PRICE_TOO_HIGH
    assert logs[-1] == {"event": "recognition_not_made", "exit_code": 3, "log_level": "error"}


async def test_a_bot_that_stops_takes_the_learning_process_with_it(tmp_path: Path, overlay: Path) -> None:
    number = tmp_path / "number"
    maker = f"import os, pathlib, time; pathlib.Path({str(number)!r}).write_text(str(os.getpid())); time.sleep(60)"
    async with listening(tmp_path, None, overlay, maker) as ears:
        starting = asyncio.create_task(ears.start())
        await until(lambda: number.exists() and number.read_text(), PATIENCE)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        with pytest.raises(ProcessLookupError):
            os.kill(int(number.read_text()), 0)
