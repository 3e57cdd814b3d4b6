"""The one entry point: runs the bot, and does the operator's chores. No command runs the bot."""

import asyncio
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pydantic import ValidationError

from bot.settings import Settings
from dialogs.ports.people import Role

if TYPE_CHECKING:
    from knowledge.language.messages import Messages

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


def main() -> None:
    """Exit code 0 fine, 1 refused or failed with one line on stderr, 2 wrong usage."""
    app()


def fail(reason: object) -> NoReturn:
    """Ends with code 1 and one line that says why."""
    print(" ".join(str(reason).split()), file=sys.stderr)
    raise typer.Exit(1)


def load_settings() -> Settings:
    """The settings, or the end with the first thing that is wrong with them."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        fail(f"{name}: {first['msg']}" if name else first["msg"])


@contextmanager
def failing_in_one_line() -> Iterator[None]:
    """What is wrong with content, database or system ends the program with one line that says so."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    from bot.storage.engine import UnknownDatabase

    try:
        with failing_without_database():
            yield
    except DBAPIError as error:
        fail(f"the database can't be used: {error.orig}")
    except CommandError as error:
        fail(f"the database belongs to another version of the bot: {error}")
    except UnknownDatabase as error:
        fail(error)


@contextmanager
def failing_without_database() -> Iterator[None]:
    """The same for a command that has no database, and must not wait until all that one needs is imported."""
    from knowledge.faults import ContentError
    from knowledge.language.messages import MessageError

    try:
        yield
    except ContentError as error:
        more = len(error.faults) - 1
        fail(f"{error} (and {more} more: `python run_bot.py check` names them)" if more else error)
    except MessageError as error:
        fail(error)
    except OSError as error:
        fail(f"can't start: {error.strerror or error}")


@contextmanager
def telling_faults(settings: Settings) -> Iterator["Messages"]:
    """What is wrong with figures ends the program with one line in the default language that names the places."""
    from knowledge.accounting.faults import AccountingError
    from knowledge.catalogue import CONTENT_DIR
    from knowledge.language.messages import Messages

    messages = Messages.load(CONTENT_DIR)
    try:
        yield messages
    except AccountingError as error:
        fail(error.line(messages, settings.default_language))


@app.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Runs the bot: playground, polling or webhook, by the settings."""
    if context.invoked_subcommand is not None:
        return
    # Told to stop while it is still being loaded: nothing has begun. The running bot has handlers of its own.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    from bot.intake import AnotherPoller, TokenRefused, WebhookRefused
    from bot.logs import set_up_logging
    from bot.running import run as run_until_stopped
    from bot.storage.lock import AlreadyRunning

    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_format)
    try:
        with failing_in_one_line():
            asyncio.run(run_until_stopped(settings))
    except AnotherPoller:
        fail("another process fetches this bot's updates: stop it, or give this one a token of its own")
    except (TokenRefused, WebhookRefused, AlreadyRunning) as error:
        fail(error)


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="seller or manager")],
    team: Annotated[str, typer.Option(help="the team's name; one that does not exist is made")],
    as_json: Annotated[bool, typer.Option("--json", help="for machines")] = False,
) -> None:
    """Makes an invite: a code that lets one person in."""
    from bot.command_line.invites import create_invite

    settings = load_settings()
    try:
        with failing_in_one_line():
            made = create_invite(settings, role, team)
    except ValueError as error:
        fail(error)
    expires_at = made.expires_at.isoformat(timespec="seconds")
    if as_json:
        print(json.dumps({"code": made.code, "link": made.link, "expires_at": expires_at}))
    else:
        print(made.link or f"/start {made.code}")
        print(f"for one {role}, valid until {expires_at}")


@app.command()
def recognise() -> None:
    """Reads `lang<TAB>text` lines and answers each at once with the objections and signals in it, as JSON.

    `lang` is de, en or empty (detected).
    """
    from bot.command_line.recognition import answers_to

    settings = load_settings()
    with failing_without_database():
        for answer in answers_to(settings, sys.stdin.buffer):
            print(answer, flush=True)


@app.command()
def bab(
    file: Annotated[Path, typer.Argument(help="the sheet: .xlsx, .csv or .json")],
    as_json: Annotated[bool, typer.Option("--json", help="for machines, exact")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="write the completed sheet as a workbook: .xlsx")] = None,
) -> None:
    """Completes a cost distribution sheet (BAB): allocation, overhead rates, coverage, checks."""
    from bot.command_line.bab import bab_answer

    settings = load_settings()
    with failing_in_one_line(), telling_faults(settings) as messages:
        answer = bab_answer(file, messages, settings.default_language, as_json=as_json, out=out)
    print(answer)


@app.command()
def costing(
    file: Annotated[Path, typer.Argument(help="the costing or the machine's year: .json")],
    as_json: Annotated[bool, typer.Option("--json", help="for machines, exact")] = False,
) -> None:
    """Costs a product forward, backward or by difference, or a machine by the hour."""
    from bot.command_line.costing import costing_answer

    settings = load_settings()
    with failing_in_one_line(), telling_faults(settings) as messages:
        answer = costing_answer(file, messages, settings.default_language, as_json=as_json)
    print(answer)


@app.command()
def summary(
    team: Annotated[str, typer.Option(help="the team's name")],
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day on which it ends; else the one now running")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for machines: figures as numbers, and the text")] = False,
) -> None:
    """Shows the manager's daily summary of a team as it would be sent, also while the bot runs."""
    from bot.command_line.summary import NoSummary, summary_answer

    settings = load_settings()
    try:
        with failing_in_one_line():
            answer = summary_answer(settings, team, date.date() if date else None, as_json=as_json)
    except NoSummary as error:
        fail(error)
    print(answer)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="the new file")]) -> None:
    """Writes a consistent copy of the database, also while the bot runs."""
    from bot.storage.backup import NoBackup, back_up

    try:
        size = back_up(load_settings().database, file)
    except NoBackup as error:
        fail(error)
    print(f"{file}: {size} bytes")


@app.command()
def check() -> None:
    """Looks whether all is well: settings, content, database, schema."""
    from bot.command_line.checkup import Mark, look

    wrong = []
    for finding in look(load_settings()):
        print(f"{finding.mark:<4}  {finding}")
        if finding.mark is Mark.WRONG:
            wrong.append(str(finding))
    if wrong:
        fail(wrong[0] + (f" (and {len(wrong) - 1} more, named above)" if wrong[1:] else ""))


@app.command()
def migrate() -> None:
    """Brings the database's schema up to date."""
    from bot.storage.engine import open_engine
    from bot.storage.migration import migrate as bring_up_to_date

    settings = load_settings()
    with failing_in_one_line():
        settings.home.mkdir(parents=True, exist_ok=True)
        engine = open_engine(settings.database)
        bring_up_to_date(engine)
        engine.dispose()
    print("the schema is up to date")


if __name__ == "__main__":
    main()
