"""`/export`: the team's figures as a workbook, or its outcomes as CSV. Both are made when they are sent.

spans → workbook → CSV of the same span, or another span. 'oktober' or '1.10. bis 15.10.' behind the command does it
at once.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from dialogs import forms
from dialogs.door import managers_only
from dialogs.exporting.fields import ExportSpanForm, span_typed
from dialogs.exporting.words import span_words
from dialogs.form_model import Reading
from dialogs.press import Press
from dialogs.reports.buttons import TEAM_WORKBOOK
from dialogs.reports.words import Words
from dialogs.turn import Command, Pressed, Turn
from dialogs.view import Button, Heading, Hint, Text, View, rows_of
from knowledge.figures.matters import Span
from knowledge.language.errors import ReadingError
from knowledge.language.spans import month_around, quarter_around, year_around

COMMANDS: Final = frozenset({"export"})
ACTIONS: Final = frozenset({"exp_book", "exp_csv", "exp_other", "exp_spans"})

SCREEN: Final = "export"

TEAM_CSV: Final = "team_csv"
"""The kind of the file; its values are `team`, `first`, `last` and `asked_at`, those of the workbook too."""


@managers_only
def handle(turn: Turn) -> None:
    """The command, with or without a span behind it, and its buttons."""
    match turn.event:
        case Command(argument=typed) if typed.strip():
            _typed(turn, typed)
        case Pressed(Press("exp_other")):
            forms.ask(turn, "export_span", 0)
        case Pressed(Press("exp_book", value=days)) if span := _read(days):
            _send(turn, TEAM_WORKBOOK, span)
        case Pressed(Press("exp_csv", value=days)) if span := _read(days):
            _send(turn, TEAM_CSV, span)
        case Pressed(Press("exp_spans")):
            turn.edit(SCREEN, spans_view(turn))
        case Pressed():
            turn.toast(turn.say("turn.unknown_press"))
        case _:
            turn.show(spans_view(turn), SCREEN)


def keep(turn: Turn, filled: ExportSpanForm) -> None:
    """The span that was asked for; whoever was a manager when it was asked may be none any more."""
    managers_only(lambda turn: _send(turn, TEAM_WORKBOOK, filled.span))(turn)


def spans_view(turn: Turn) -> View:
    """What a workbook holds, and the usual spans."""
    today = turn.today
    a_day = timedelta(days=1)
    quarter = quarter_around(today)
    usual = {
        "month": month_around(today),
        "last_month": month_around(today.replace(day=1) - a_day),
        "quarter": quarter,
        "last_quarter": quarter_around(quarter[0] - a_day),
        "year": year_around(today),
        "last_year": year_around(year_around(today)[0] - a_day),
    }
    choices = [
        Button(turn.say(f"export.span.{name}"), Press("exp_book", value=_token(Span(*days))))
        for name, days in usual.items()
    ]
    other = Button(turn.say("export.other"), Press("exp_other"))
    return View(
        (Heading(turn.say("export.title")), Text(turn.say("export.what")), Hint(turn.say("export.how"))),
        (*rows_of(choices, 2), (other,)),
    )


def _typed(turn: Turn, typed: str) -> None:
    try:
        span = span_typed(typed, Reading(turn.language, turn.now, turn.person.team.currency))
    except ReadingError as error:
        turn.show(View((Text(turn.say(error.key, **error.params)),), spans_view(turn).rows), SCREEN)
        return
    _send(turn, TEAM_WORKBOOK, span)


def _send(turn: Turn, kind: str, span: Span) -> None:
    """The file follows the screen that says so; the same span can be had in the other form."""
    asked_at = datetime.fromtimestamp(int(turn.at.timestamp()) + 1, UTC)
    words = Words.of(turn.messages, turn.catalogue, turn.language)
    other, action = ("csv", "exp_csv") if kind == TEAM_WORKBOOK else ("book", "exp_book")
    view = View(
        (Text(turn.say(f"export.comes.{kind}", span=span_words(words, span))),),
        (
            (
                Button(turn.say(f"export.as.{other}"), Press(action, value=_token(span))),
                Button(turn.say("export.another"), Press("exp_spans")),
            ),
        ),
    )
    if isinstance(turn.event, Pressed) and turn.event.screen == SCREEN:
        turn.edit(SCREEN, view)
    else:
        turn.show(view, SCREEN)
    turn.send_file(
        kind,
        team=turn.person.team.id,
        first=span.first.isoformat(),
        last=span.last.isoformat(),
        asked_at=asked_at.isoformat(),
    )


def _token(span: Span) -> str:
    return f"{span.first:%Y%m%d}-{span.last:%Y%m%d}"


def _read(token: str) -> Span | None:
    """The span that `_token` wrote; None for anything else."""
    first, _, last = token.partition("-")
    try:
        span = Span(datetime.strptime(first, "%Y%m%d").date(), datetime.strptime(last, "%Y%m%d").date())  # noqa: DTZ007 (days)
    except ValueError:
        return None
    return span if (span.last - span.first).days < 366 else None
