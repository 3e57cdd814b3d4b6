"""What winning customers costs (`/kosten`), by month and way: typed in a line or guided, changed by entering it again.

list → month → way → amount → list; 'november messe 4.800' does it at once, and what the line leaves out is asked.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from dialogs import forms
from dialogs.door import managers_only
from dialogs.ports.people import Role
from dialogs.press import Press
from dialogs.team.fields import SpendingForm
from dialogs.turn import Command, Pressed, Turn
from dialogs.view import Block, Button, Heading, Hint, Text, View, line, rows_of
from knowledge.figures.costs import CostEntry, Month
from knowledge.language import writing
from knowledge.language.errors import ReadingError
from knowledge.language.money import Money
from knowledge.language.spending_line import read_spending
from knowledge.taxonomy import AcquisitionId

COMMANDS: Final = frozenset({"costs"})
ACTIONS: Final = frozenset({"spend_list", "spend_new", "spend_month", "spend_way", "spend_move", "spend_to"})

SCREEN: Final = "costs"
MONTHS_ON_A_PAGE: Final = 3
MONTHS_TO_CHOOSE: Final = 6


@managers_only
def handle(turn: Turn) -> None:
    """The command with or without a line behind it, and its buttons."""
    match turn.event:
        case Command(argument=text) if text.strip():
            _read_line(turn, text)
        case Pressed(Press("spend_list", value=page)):
            turn.edit(SCREEN, list_view(turn, int(page) if page.isdecimal() else 0))
        case Pressed(Press("spend_new")):
            turn.edit(SCREEN, _months_view(turn))
        case Pressed(press):
            _pressed(turn, press)
        case _:
            turn.show(list_view(turn), SCREEN)


def keep(turn: Turn, filled: SpendingForm) -> None:
    """The amount that was asked for; by whoever still leads the team."""
    where = _where(filled.part)
    if turn.person.role is not Role.MANAGER:
        turn.show(line(turn.say("door.managers_only")))
    elif where is None:
        turn.show(list_view(turn), SCREEN)
    else:
        _keep(turn, CostEntry(*where, filled.amount))


def list_view(turn: Turn, page: int = 0) -> View:
    """The months with their costs, the latest first, a few on a page."""
    entries = turn.store.spendings.of(turn.person.team.id)
    months = list(dict.fromkeys(entry.month for entry in entries))
    page = min(page, max(len(months) - 1, 0) // MONTHS_ON_A_PAGE)
    shown = months[page * MONTHS_ON_A_PAGE : (page + 1) * MONTHS_ON_A_PAGE]
    blocks: list[Block] = [Heading(turn.say("spendings.title"))]
    for month in shown:
        blocks.append(Text(turn.say("spendings.month", month=_month_words(turn, month))))
        blocks += [Text(_line(turn, entry)) for entry in entries if entry.month == month]
    if not months:
        blocks.append(Text(turn.say("spendings.none")))
    blocks.append(Hint(turn.say("spendings.how")))
    earlier = (Button(turn.say("spendings.later"), Press("spend_list", value=str(page - 1))),) if page else ()
    further = (
        (Button(turn.say("spendings.earlier"), Press("spend_list", value=str(page + 1))),)
        if (page + 1) * MONTHS_ON_A_PAGE < len(months)
        else ()
    )
    new = (Button(turn.say("spendings.enter"), Press("spend_new")),)
    return View(tuple(blocks), tuple(row for row in ((*earlier, *further), new) if row))


def _read_line(turn: Turn, text: str) -> None:
    """What the line says is kept; what it leaves out is asked for. Without a month it is this one."""
    try:
        read = read_spending(text, turn.language, turn.today, turn.person.team.currency, _channels(turn))
    except ReadingError as error:
        turn.show(View((Text(turn.say(error.key, **error.params)), Hint(turn.say("spendings.how")))))
        return
    month = read.month or Month.of(turn.today)
    if read.amount is not None and read.amount.amount < 0:
        turn.show(View((Text(turn.say("spendings.negative")),)))
    elif read.channel is None:
        turn.show(_channels_view(turn, month, read.amount), SCREEN)
    elif read.amount is None:
        _ask_amount(turn, month, read.channel)
    else:
        _keep(turn, CostEntry(month, read.channel, read.amount.rounded()))


def _pressed(turn: Turn, press: Press) -> None:
    """A month, a way, or another way for what was entered. Values: 'month', 'month.way', 'month.way=…'."""
    what, wanted = press.split()
    month, where = _read_month(what.partition(".")[0]), _where(what)
    if press.action == "spend_month" and month is not None:
        turn.edit(SCREEN, _channels_view(turn, month, None))
    elif press.action == "spend_way" and where is not None:
        amount = _money(wanted)
        if amount is None:
            _ask_amount(turn, *where)
        else:
            _keep(turn, CostEntry(*where, amount))
    elif press.action == "spend_move" and where is not None:
        turn.edit(SCREEN, _other_way_view(turn, *where, currency=wanted))
    elif press.action == "spend_to" and where is not None:
        _move(turn, *where, wanted)
    else:
        turn.toast(turn.say("turn.unknown_press"))
        turn.edit(SCREEN, list_view(turn))


def _keep(turn: Turn, entry: CostEntry) -> None:
    turn.store.spendings.put(turn.person.team.id, entry)
    key = "spendings.kept" if entry.amount.amount else "spendings.taken_away"
    words = turn.say(key, month=_month_words(turn, entry.month), what=_line(turn, entry))
    currency = entry.amount.currency.lower()
    other = Button(
        turn.say("spendings.other_way"), Press("spend_move", value=f"{_token(entry.month)}.{entry.channel}={currency}")
    )
    all_of_them = Button(turn.say("spendings.all"), Press("spend_list"))
    view = View((Text(words),), ((other, all_of_them) if entry.amount.amount else (all_of_them,),))
    in_place = isinstance(turn.event, Pressed) and turn.event.screen == SCREEN
    if in_place:
        turn.edit(SCREEN, view)
    else:
        turn.show(view, SCREEN)


def _move(turn: Turn, month: Month, channel: AcquisitionId, wanted: str) -> None:
    """What was entered for one way belongs to another one; a second tap finds nothing to move."""
    currency, _, target = wanted.partition(".")
    entry = _entered(turn, month, channel, currency.upper())
    if entry is None or target not in set(AcquisitionId) or target == channel:
        turn.edit(SCREEN, list_view(turn))
        return
    spendings, team = turn.store.spendings, turn.person.team.id
    there = _entered(turn, month, AcquisitionId(target), currency.upper())
    amount = entry.amount + there.amount if there else entry.amount
    spendings.put(team, CostEntry(month, channel, Money(Decimal(0), amount.currency)))
    _keep(turn, CostEntry(month, AcquisitionId(target), amount))


def _entered(turn: Turn, month: Month, channel: AcquisitionId, currency: str) -> CostEntry | None:
    return next(
        (
            entry
            for entry in turn.store.spendings.of(turn.person.team.id)
            if (entry.month, entry.channel, entry.amount.currency) == (month, channel, currency)
        ),
        None,
    )


def _ask_amount(turn: Turn, month: Month, channel: AcquisitionId) -> None:
    label = turn.knowledge.acquisition[channel].label
    about = turn.say("spendings.about", month=_month_words(turn, month), way=label)
    forms.ask(turn, "spending", 0, ask=about, of="0", part=f"{_token(month)}.{channel}")


def _months_view(turn: Turn) -> View:
    month, buttons = Month.of(turn.today), []
    for _ in range(MONTHS_TO_CHOOSE):
        buttons.append(Button(_month_words(turn, month), Press("spend_month", value=_token(month))))
        month = Month(month.year, month.number - 1) if month.number > 1 else Month(month.year - 1, 12)
    back = (Button(turn.say("spendings.back"), Press("spend_list")),)
    return View((Text(turn.say("spendings.which_month")),), (*rows_of(buttons, 2), back))


def _channels_view(turn: Turn, month: Month, amount: Money | None) -> View:
    """Which way to win customers? An amount that was typed already comes along on the buttons."""
    typed = f"={amount.rounded().amount:f}{amount.currency.lower()}" if amount else ""
    buttons = [
        Button(choice.label, Press("spend_way", value=f"{_token(month)}.{channel}{typed}"))
        for channel, choice in turn.knowledge.acquisition.items()
    ]
    back = (Button(turn.say("spendings.back"), Press("spend_list")),)
    about = _month_words(turn, month)
    if amount is not None:
        about = f"{about}: {writing.money(amount.rounded(), turn.language)}"
    return View((Hint(about), Text(turn.say("spendings.which_way"))), (*rows_of(buttons, 2), back))


def _other_way_view(turn: Turn, month: Month, channel: AcquisitionId, currency: str) -> View:
    buttons = [
        Button(choice.label, Press("spend_to", value=f"{_token(month)}.{channel}={currency}.{other}"))
        for other, choice in turn.knowledge.acquisition.items()
        if other is not channel
    ]
    back = (Button(turn.say("spendings.back"), Press("spend_list")),)
    return View((Text(turn.say("spendings.which_way")),), (*rows_of(buttons, 2), back))


def _channels(turn: Turn) -> Mapping[AcquisitionId, Sequence[str]]:
    """The words of each way: its label, its id, and what people call it."""
    return {
        channel: [choice.label, channel.value, *turn.say(f"spendings.words.{channel}").split(", ")]
        for channel, choice in turn.knowledge.acquisition.items()
    }


def _line(turn: Turn, entry: CostEntry) -> str:
    label = turn.knowledge.acquisition[entry.channel].label
    return turn.say("spendings.line", way=label, amount=entry.amount)


def _month_words(turn: Turn, month: Month) -> str:
    return f"{turn.say('report.months').split()[month.number - 1]} {month.year}"


def _token(month: Month) -> str:
    return f"{month.year:04}-{month.number:02}"


def _read_month(token: str) -> Month | None:
    year, _, number = token.partition("-")
    try:
        return Month(int(year), int(number))
    except ValueError:
        return None


def _where(token: str) -> tuple[Month, AcquisitionId] | None:
    """Month and way of '2026-11.inbound'."""
    month_token, _, channel = token.partition(".")
    month = _read_month(month_token)
    if month is None or channel not in set(AcquisitionId):
        return None
    return month, AcquisitionId(channel)


def _money(token: str) -> Money | None:
    """Of '4800.00eur'."""
    amount, currency = token[:-3], token[-3:]
    try:
        return Money(Decimal(amount), currency.upper())
    except (ArithmeticError, ValueError):
        return None
