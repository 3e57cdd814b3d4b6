"""`run_bot.py summary`: the manager's message on the command line, as text and as numbers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from bot.turns import House
from run_bot import app
from tests.bot.process import Ended
from tests.dialogs.team_life import TeamLife
from tests.dialogs.test_reports import pushed

FRIDAY = datetime(2024, 11, 22, 9, 0, tzinfo=UTC)
SUEDEN = ("summary", "--team", "team  süd")


@pytest.fixture
def typed(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Runs a command without a process, on the database that the transcript was written to."""
    monkeypatch.chdir(tmp_path)
    settings = {"TELEGRAM_BOT_TOKEN": "1:TEST", "DATABASE_URL": engine.url.render_as_string(hide_password=False)}

    def typed(*arguments: str, **others: str) -> Ended:
        ended = CliRunner().invoke(app, arguments, env={**settings, **others})
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    return typed


@pytest.fixture
def life(engine: Engine, house: House) -> TeamLife:
    """A Friday with two orders, a loss and two objections."""
    life = TeamLife.of(engine, house)
    life.at(FRIDAY)
    life.wins(0, "Muster GmbH", "12.000,50")
    life.wins(1, "Huber AG", "CHF 1'000")
    life.loses(2, "Schmidt", "Kein Bedarf")
    life.talks(3, "Kunz", "Weiter", "Einwand", "Preis", "Zu teuer")
    return life


def test_it_is_the_text_that_the_manager_is_sent(life: TeamLife, typed: Callable[..., Ended]) -> None:
    ended = typed(*SUEDEN, "--date", "2024-11-22")
    assert (ended.code, ended.err) == (0, "")
    life.at(FRIDAY.replace(hour=17))
    assert ended.out.replace("\N{NO-BREAK SPACE}", " ").strip() == pushed(life, FRIDAY.date())
    assert "4 Gespräche, 2 Aufträge, CHF 1’000 + 12.000,50" in ended.out.replace("\N{NO-BREAK SPACE}", " ")


def test_with_json_the_figures_are_numbers(life: TeamLife, typed: Callable[..., Ended]) -> None:
    answer = json.loads(typed(*SUEDEN, "--date", "2024-11-22", "--json").out)
    assert (answer["team"], answer["day"]) == ("Team Süd", "2024-11-22")
    assert (answer["from"], answer["until"]) == ("2024-11-21T17:00:00+00:00", "2024-11-22T17:00:00+00:00")
    figures = answer["figures"]
    assert (figures["conversations"], figures["orders"]) == (4, 2)
    assert figures["turnover"] == {"CHF": 1000, "EUR": 12000.5}
    assert figures["closing_rate"] is None, "three cases make no percentage"
    assert answer["numbers"]["closing_rate"] == {"won": 2, "lost": 1, "no_decision": 0}
    assert figures["objections"] == {"price_too_high": 1}
    assert figures["loss_reasons"] == {"no_need": 1}
    assert figures["follow_ups"] == {"overdue": 0, "today": 0, "next": 0}
    assert figures["suggestion"] is None
    assert answer["text"].splitlines()[0] == "Team Süd · Fr., 22.11."


def test_under_four_sellers_the_numbers_are_left_out_too(
    engine: Engine, house: House, typed: Callable[..., Ended]
) -> None:
    life = TeamLife.of(engine, house, sellers=3)
    life.at(FRIDAY)
    life.loses(0, "Schmidt", "Kein Bedarf")
    answer = json.loads(typed(*SUEDEN, "--date", "2024-11-22", "--json").out)
    assert answer["figures"] == {"conversations": 1, "orders": 0, "turnover": {}}
    assert set(answer["numbers"]) == {"conversations", "orders"}


def test_without_a_day_it_is_the_one_now_running(life: TeamLife, typed: Callable[..., Ended]) -> None:
    heading, since, activity = typed(*SUEDEN).out.splitlines()[:3]
    assert heading.endswith(", bis jetzt")
    assert since.startswith("Seit ")
    assert activity == "Keine Gespräche."


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("summary", "--team", "Team Nord"), "there is no team 'Team Nord'"),
        ((*SUEDEN, "--date", "2024-11-23"), "no summary ends on 2024-11-23"),
        ((*SUEDEN, "--date", "2999-01-02"), "has not begun"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(
    life: TeamLife, typed: Callable[..., Ended], arguments: tuple[str, ...], complaint: str
) -> None:
    ended = typed(*arguments)
    assert (ended.code, ended.out) == (1, "")
    assert complaint in ended.complaint


@pytest.mark.parametrize("arguments", [("summary",), (*SUEDEN, "--date", "gestern"), (*SUEDEN, "--day", "2024-11-22")])
def test_wrong_usage_is_2(typed: Callable[..., Ended], arguments: tuple[str, ...]) -> None:
    assert typed(*arguments).code == 2


def test_without_a_database_it_makes_none(typed: Callable[..., Ended], tmp_path: Path) -> None:
    ended = typed(*SUEDEN, DATABASE_URL="", DATA_DIR=str(tmp_path / "data"))
    assert ended.code == 1
    assert "no database yet" in ended.complaint
    assert not (tmp_path / "data").exists()


def test_it_reads_while_the_bot_writes(life: TeamLife, typed: Callable[..., Ended]) -> None:
    with life.engine.begin() as connection:
        connection.execute(text("UPDATE team SET quiet_line = 0"))
        assert typed(*SUEDEN, "--date", "2024-11-22").code == 0
