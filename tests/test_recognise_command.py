"""`python run_bot.py recognise`: a line in, a line of JSON out, at once and whatever stands in it."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from knowledge.recognition.models import load
from tests.bot.process import RUN_BOT, STARTS_WITHIN, environment

PRICE = {"id": "price_too_high", "kind": "objection"}
DATE = {"id": "asks_delivery_time", "kind": "signal"}


@dataclass
class Service:
    """The running command."""

    child: asyncio.subprocess.Process

    async def answer(self, line: bytes) -> list[dict[str, Any]]:
        """Writes a line and reads its answer before anything else is written."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.child.stdin.write(line)
        async with asyncio.timeout(STARTS_WITHIN):
            said = json.loads(await self.child.stdout.readline())
        assert list(said) == ["matches"]
        matches: list[dict[str, Any]] = said["matches"]
        return matches

    async def ends(self) -> tuple[int, str]:
        """Nothing more is said to it: its exit code and what it complains about."""
        assert self.child.stderr is not None
        async with asyncio.timeout(STARTS_WITHIN):
            _, err = await self.child.communicate(b"")
        assert self.child.returncode is not None
        return self.child.returncode, err.decode()


@asynccontextmanager
async def recognising(folder: Path, **settings: object) -> AsyncIterator[Service]:
    """The command in a process of its own."""
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        str(RUN_BOT),
        "recognise",
        cwd=folder,
        env=environment(folder, **settings),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
    )
    try:
        yield Service(child)
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()


@pytest.fixture(scope="session", autouse=True)
def _built_in_model(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Made by the set-up; where it was not, it is made before a process has to answer in time."""
    load(None, tmp_path_factory.mktemp("models"))


def first(matches: list[dict[str, Any]]) -> dict[str, Any]:
    """The best one, without its score."""
    return {name: matches[0][name] for name in ("id", "kind")}


def left_in(folder: Path) -> list[Path]:
    """What the process has left behind."""
    return list(folder.iterdir())


async def test_every_line_is_answered_at_once_whatever_stands_in_it(tmp_path: Path) -> None:
    async with recognising(tmp_path) as service:
        matches = await service.answer(b"de\tDas ist uns zu teuer\n")
        assert first(matches) == PRICE
        assert all(set(match) == {"id", "kind", "score"} for match in matches)
        scores = [match["score"] for match in matches]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)

        assert first(await service.answer("de\tWann könnten Sie liefern?\n".encode())) == DATE
        assert first(await service.answer(b"en\thow soon could you deliver\n")) == DATE
        assert first(await service.answer(b"\tthat is too expensive\n")) == PRICE, "an empty language is detected"
        assert first(await service.answer(b"xx\tdas ist uns zu teuer\n")) == PRICE, "an unknown one as well"
        assert first(await service.answer(b" DE \tdas ist uns zu teuer\n")) == PRICE
        assert first(await service.answer(b"das ist uns zu teuer\n")) == PRICE, "without a tab all is text"
        assert first(await service.answer(b"de\tdas ist\tuns zu teuer\n")) == PRICE, "only the first tab parts"
        assert first(await service.answer(b"de\tdas ist uns zu teuer\r\n")) == PRICE
        assert first(await service.answer(b"de\tdas ist uns zu teuer f\xfcr uns\n")) == PRICE, "no UTF-8"
        assert first(await service.answer("\ufeffde\tdas ist uns zu teuer\n".encode())) == PRICE

        for empty in (b"\n", b"\r\n", b"de\t\n", b"\t\n", b"\x00\n", b"de\t12:30\n", b"de\tdanke dir\n"):
            assert await service.answer(empty) == [], empty
        for odd in ("\ufdfa" * 5_000, "zu teuer " * 20_000, "\u0308" * 100):
            await service.answer(f"de\t{odd}\n".encode())
        assert first(await service.answer(b"de\tdas ist uns zu teuer\n")) == PRICE, "and it still answers"

        assert await service.ends() == (0, "")


async def test_a_last_line_without_its_end_is_answered(tmp_path: Path) -> None:
    async with recognising(tmp_path) as service:
        out, err = await service.child.communicate(b"de\tDas ist uns zu teuer")
        assert first(json.loads(out)["matches"]) == PRICE
        assert (service.child.returncode, err) == (0, b"")


async def test_it_leaves_nothing_behind_and_needs_no_database(tmp_path: Path) -> None:
    async with recognising(tmp_path, DATABASE_URL="nonsense://nowhere", TELEGRAM_BOT_TOKEN="1:TEST") as service:
        assert first(await service.answer(b"de\tDas ist uns zu teuer\n")) == PRICE
        assert await service.ends() == (0, "")
    assert not left_in(tmp_path)


async def test_broken_examples_of_a_company_end_it_with_one_line(tmp_path: Path) -> None:
    own = tmp_path / "own" / "de" / "utterances" / "signals"
    own.mkdir(parents=True)
    (own / "winks.txt").write_text("zwinkert")
    async with recognising(tmp_path, KNOWLEDGE_DIR=tmp_path / "own") as service:
        code, err = await service.ends()
    assert code == 1
    assert "winks.txt: the name is no id; expected one of nods_agreement" in err
    assert len(err.splitlines()) == 1
