"""What the chat shows of a BAB: rates at a glance, what was entered so far, the saved ones. Drawing only reads."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dialogs.accounting.words import amount, rate
from dialogs.ports.costs import CostSheet, ReleasedRates
from dialogs.ports.people import Role
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Table, Text, View
from knowledge.accounting.checks import Check
from knowledge.accounting.exact import number
from knowledge.accounting.faults import AccountingError, shown
from knowledge.accounting.one_line import as_typed
from knowledge.accounting.sheet import BaseKind, CentreRole
from knowledge.accounting.summary import OverheadRate, Summary
from knowledge.language import writing

START: Final = "bab"
RATES_SHOWN: Final = 8
CAUTIONS_SHOWN: Final = 2
SAVED_SHOWN: Final = 8

_WIDTH: Final = 32
"""Characters of a table's line."""
_LONGEST_CENTRE: Final = 14
_LONGEST_CAUTION: Final = 110


def content_of(turn: Turn, sheet: CostSheet) -> dict[str, Any]:
    """The sheet parsed. A large one takes its time, so that most screens draw from the summary."""
    content: dict[str, Any] = json.loads(turn.store.cost_sheets.text(sheet.id))
    return content


def screen(sheet: CostSheet) -> str:
    """Each sheet has a screen of its own, so that two of them can be compared."""
    return f"bab:{sheet.id}"


def start_view(turn: Turn, released: ReleasedRates | None, unfinished: CostSheet | None) -> View:
    """The valid rates, and the ways to others: a line, a file, question by question."""
    rates: tuple[Block | None, ...] = ()
    if released is not None:
        rates = (Hint(_valid(turn, released)), _table(turn, released.rates, with_bases=False), None)
    go_on = (_button(turn, "go_on", unfinished),) if unfinished else ()
    begin = Button(turn.say("bab.button.begin"), Press("bab_new"))
    files = tuple(Button(turn.say(f"bab.button.{kind}"), Press("bab_file", value=kind)) for kind in FILES)
    saved = (Button(turn.say("bab.button.saved"), Press("bab_saved")),)
    return View((Heading(turn.say("bab.title")), *rates, Text(turn.say("bab.how"))), ((*go_on, begin), files, saved))


FILES: Final = ("template", "example")
"""What can be sent without a sheet: an empty one, and one to play with."""


def result_view(turn: Turn, sheet: CostSheet, summary: Summary) -> View:
    """Rates, manufacturing cost, checks, warnings, and what can be done with them."""
    title = " · ".join(
        word
        for word in (sheet.name or turn.say("bab.title"), sheet.period or summary.period, _unit(turn, summary))
        if word
    )
    return View(
        (
            Heading(shown(title, 80)),
            *_version(turn, sheet),
            *_rates(turn, summary),
            *_sums(turn, summary),
            *_checks(turn, summary.checks),
            *_cautions(turn, summary),
        ),
        _result_rows(turn, sheet),
    )


def _unit(turn: Turn, summary: Summary) -> str:
    """`EUR`, `TEUR`, or `1.000.000 EUR`."""
    if summary.unit == "1000" and summary.currency:
        return turn.say("bab.thousands", currency=summary.currency)
    size = amount(number(summary.unit), turn.language) if summary.unit not in ("", "1") else ""
    return " ".join(word for word in (size, summary.currency) if word)


def unfinished_view(turn: Turn, sheet: CostSheet) -> View:
    """What was entered so far; '–' is still missing."""
    return View(
        (Heading(turn.say("bab.unfinished")), Table(_entered(turn, sheet)), Hint(turn.say("bab.nothing_lost"))),
        (
            (_button(turn, "go_on", sheet), _button(turn, "change", sheet)),
            (_button(turn, "drop", sheet),),
        ),
    )


def change_view(turn: Turn, sheet: CostSheet) -> View:
    """Which centre shall be asked for again, or is there one more?"""
    rows: list[Row] = [
        (Button(shown(centre["name"], 40), Press("bab_ask", sheet.id, value=str(place))),)
        for place, centre in enumerate(content_of(turn, sheet).get("cost_centres", ()))
    ]
    more = (Button(turn.say("bab.button.add"), Press("bab_add", sheet.id)), _button(turn, "show", sheet))
    return View((Heading(turn.say("bab.change_what")), Table(_entered(turn, sheet))), (*rows, more))


def role_view(turn: Turn, sheet: CostSheet, place: int, name: str, action: str = "bab_role") -> View:
    """What a centre is there for, where its name does not tell."""
    buttons = [Button(turn.say(f"bab.role.{role}"), Press(action, sheet.id, value=f"{place}={role}")) for role in ROLES]
    rows = tuple(tuple(buttons[first : first + 2]) for first in range(0, len(buttons), 2))
    return View((Text(turn.say("bab.which_role", name=name)),), rows)


ROLES: Final = (
    CentreRole.MATERIAL,
    CentreRole.PRODUCTION,
    CentreRole.ADMINISTRATION,
    CentreRole.SALES,
    CentreRole.ADMINISTRATION_SALES,
    CentreRole.OTHER,
)
"""What a centre that is asked for can be; auxiliary centres need a sheet."""


def roles_with(about: Mapping[str, Any], value: str) -> dict[str, str] | None:
    """The roles of a file's unknown headings with the one that a button says; None where it does not fit any more."""
    place, _, role = value.partition("=")
    roles: dict[str, str] = dict(about["roles"])
    if role not in ROLES or not place.isdecimal() or int(place) >= len(about["unknown"]):
        return None
    return roles | {about["unknown"][int(place)]: role}


def saved_view(turn: Turn, sheets: Sequence[CostSheet]) -> View:
    """The saved sheets, the newest first; the released one is marked."""
    back = (Button(turn.say("bab.button.back"), Press("bab_start")),)
    if not sheets:
        return View((Heading(turn.say("bab.saved")), Text(turn.say("bab.none_saved"))), (back,))
    rows = tuple((Button(_name(turn, sheet), Press("bab_show", sheet.id)),) for sheet in sheets)
    return View((Heading(turn.say("bab.saved")),), (*rows, back))


def _name(turn: Turn, sheet: CostSheet) -> str:
    words = turn.say("bab.version", n=sheet.version, period=sheet.period)
    return turn.say("bab.marked", name=words) if sheet.is_released else words


def _valid(turn: Turn, released: ReleasedRates) -> str:
    day = writing.day(released.valid_from, turn.language, turn.today)
    return turn.say("bab.valid_rates", n=released.version, period=released.period, day=day)


def _version(turn: Turn, sheet: CostSheet) -> tuple[Block, ...]:
    if not sheet.version or sheet.valid_from is None:
        return ()
    day = writing.day(sheet.valid_from, turn.language, turn.today)
    key = "bab.is_released" if sheet.is_released else "bab.is_saved"
    return (Hint(turn.say(key, n=sheet.version, period=sheet.period, day=day)),)


def _rates(turn: Turn, summary: Summary) -> tuple[Block, ...]:
    if not summary.rates:
        return (Text(turn.say("bab.no_rates", amount=amount(summary.overheads, turn.language))),)
    table = _table(turn, summary.rates[:RATES_SHOWN], with_bases=True)
    more = len(summary.rates) - RATES_SHOWN
    return (table, Hint(turn.say("bab.more_rates", n=more))) if more > 0 else (table,)


def _table(turn: Turn, rates: Sequence[OverheadRate], *, with_bases: bool) -> Table:
    """Overheads over base and the rate; where that is too wide for a phone even without blanks, the rate alone."""
    short = [(shown(of.name, _LONGEST_CENTRE if with_bases else 20), rate(turn, of)) for of in rates]
    for slash in (" / ", "/") if with_bases else ():
        sums = [slash.join(amount(value, turn.language) for value in (of.overheads, of.base)) for of in rates]
        wide = [(name, both, words) for both, (name, words) in zip(sums, short, strict=True)]
        if _fits(wide):
            return Table(tuple(wide))
        nameless = [row[1:] for row in wide]
        if len(rates) == 1 and _fits(nameless):  # what was read matters more than what it is called
            return Table(tuple(nameless))
    return Table(tuple(short))


def _fits(rows: Sequence[tuple[str, ...]]) -> bool:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return sum(widths) + 2 * (len(widths) - 1) <= _WIDTH


def _sums(turn: Turn, summary: Summary) -> tuple[Block, ...]:
    makes = all(any(of.role is role for of in summary.rates) for role in (CentreRole.MATERIAL, CentreRole.PRODUCTION))
    lines: list[Block] = []
    if summary.cost_of_production is not None and makes:
        words = amount(summary.cost_of_production, turn.language)
        lines.append(Text(turn.say("accounting.table.cost_of_production", amount=words)))
        if summary.cost_of_sales is not None and summary.cost_of_sales != summary.cost_of_production:
            words = amount(summary.cost_of_sales, turn.language)
            lines.append(Text(turn.say("accounting.table.cost_of_sales", amount=words)))
    if summary.covered is not None:
        key = "bab.over_covered" if summary.covered >= 0 else "bab.under_covered"
        lines.append(Text(turn.say(key, amount=amount(abs(summary.covered), turn.language))))
    return tuple(lines)


def _checks(turn: Turn, checks: Sequence[Check]) -> tuple[Block, ...]:
    """The one that matters where all hold; those that do not, each with its two sides.

    Of overheads that were typed centre by centre there is nothing to check.
    """
    wrong = [check for check in checks if not check.holds]
    shown_ones = wrong or list(checks[-1:] if len(checks) > 1 else ())
    return tuple(
        Text(
            turn.say(
                "accounting.table.holds" if check.holds else "accounting.table.does_not_hold",
                name=_capital(turn.say(f"accounting.check.{check.kind}")),
                left=amount(check.left, turn.language),
                right=amount(check.right, turn.language),
            )
        )
        for check in shown_ones
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def what_is_wrong(turn: Turn, error: AccountingError) -> str:
    """All that does not go together in a sheet that was typed, in one line."""
    return AccountingError(*map(as_typed, error.faults)).line(turn.messages, turn.language)


def _cautions(turn: Turn, summary: Summary) -> tuple[Block, ...]:
    sentences = [as_typed(caution).sentence(turn.messages, turn.language) for caution in summary.cautions]
    lines = [Text(turn.say("bab.caution", words=shown(words, _LONGEST_CAUTION))) for words in sentences]
    more = len(lines) - CAUTIONS_SHOWN
    rest = (Hint(turn.say("bab.more_cautions", n=more)),) if more > 0 else ()
    return (*lines[:CAUTIONS_SHOWN], *rest)


def _result_rows(turn: Turn, sheet: CostSheet) -> tuple[Row, ...]:
    rows: list[Row] = [(_button(turn, "working", sheet), _button(turn, "workbook", sheet))]
    if not sheet.version:
        rows.append(tuple(_button(turn, name, sheet) for name in (*(("change",) if sheet.may_change else ()), "save")))
    elif turn.person.role is Role.MANAGER:
        rows.append((_button(turn, "withdraw" if sheet.is_released else "release", sheet),))
    return tuple(rows)


def _button(turn: Turn, name: str, sheet: CostSheet) -> Button:
    return Button(turn.say(f"bab.button.{name}"), Press(f"bab_{name}", sheet.id))


def _entered(turn: Turn, sheet: CostSheet) -> tuple[tuple[str, ...], ...]:
    """Centre, overheads, base."""
    rows = [(turn.say("bab.column.centre"), turn.say("bab.column.overheads"), turn.say("bab.column.base"))]
    content = content_of(turn, sheet)
    primary, bases = content.get("primary", {}), content.get("bases", {})
    for centre in content.get("cost_centres", ()):
        name, cost = shown(centre["name"], _LONGEST_CENTRE), primary.get(centre["id"])
        rows.append((name, "–" if cost is None else amount(number(cost), turn.language), _base(turn, bases, centre)))
    return tuple(rows)


def _base(turn: Turn, bases: dict[str, dict[str, str]], centre: dict[str, str]) -> str:
    base = bases.get(centre["id"])
    if base is None:
        return "" if centre.get("role") == CentreRole.OTHER else "–"
    kind = BaseKind(base["kind"])
    if kind.is_manufacturing_cost:
        return turn.say("bab.manufacturing_cost")
    size = amount(number(base["hours" if kind.is_hours else "amount"]), turn.language)
    return turn.say("bab.hours", n=size) if kind.is_hours else size
