"""The price room: in the negotiation a typed '8 %', '-500' or '18.900' → what is left, and what to ask in return.

The price on the table is the one that was typed with it ('8 % auf 20.000'), else the conversation's, else the product's
list price, else it is asked for once. Nothing is recorded before 'übernehmen'; then the price is the conversation's,
with the cash discount (Skonto) that was granted on it, sentences to say name it, the order proposes it, and
'Rückgängig' gives the one before.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from dialogs import forms
from dialogs.accounting.costings_in_hand import costing_of
from dialogs.accounting.fields import TablePriceForm
from dialogs.accounting.products import id_for_name, product_of, product_of_mark, products_of
from dialogs.accounting.words import sees_costs
from dialogs.accounting.working_pages import working_view
from dialogs.conversation import card, moves, steps
from dialogs.conversation.price_change import change_from, changed, readings, token_of
from dialogs.conversation.price_room_view import (
    Offer,
    choose_view,
    from_what_view,
    products_view,
    room_view,
    screen,
    taken_view,
    undone_view,
)
from dialogs.conversation.situation import words_for
from dialogs.conversation.talk import ConversationId, Standing, Step, Talk, Trigger, Value
from dialogs.ports.costs import Product
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, View, line
from knowledge.accounting.coins import in_coins
from knowledge.accounting.faults import AccountingError
from knowledge.accounting.price_room import PriceRoom, price_room
from knowledge.accounting.vat import GROSS, VatKind, country_of, vat_rate
from knowledge.language.money import CENT, Money
from knowledge.language.price_changes import ChangeKind, PriceChange, read_price_change
from knowledge.taxonomy import PhaseId

ACTIONS: Final = frozenset(
    {"room_show", "room_take", "room_drop", "room_from", "room_list", "room_of", "room_work", "room_undo"}
)

LARGEST_SHARE: Final = 10
"""Ten times the price: more is no percentage of it."""

PHASES: Final = (PhaseId.NEGOTIATION, PhaseId.CLOSING)


def reads(turn: Turn, talk: Talk | None, text: str) -> PriceChange | None:
    """The change of price that a typed text is, where one is looked for: in negotiation and closing."""
    if talk is None or talk.standing is not Standing.OPEN or talk.phase not in PHASES:
        return None
    change = read_price_change(text, turn.language)
    if change is None:
        return None
    if change.base is not None:
        change = replace(change, base=change.base.quantize(CENT, ROUND_HALF_UP))
    if change.kind in (ChangeKind.SHARE, ChangeKind.CASH_DISCOUNT):
        return change if abs(change.value) <= LARGEST_SHARE else None
    return replace(change, value=change.value.quantize(CENT, ROUND_HALF_UP))


def take(turn: Turn, talk: Talk, change: PriceChange) -> None:
    """Answers a typed change of price."""
    view = _view(turn, talk, change)
    if view is not None:
        turn.show(view, screen(talk))


def handle(turn: Turn) -> None:
    """The buttons of the price room."""
    talk = moves.current(turn)
    if talk is None:
        return
    press = moves.press_of(turn)
    mark, token = press.split()
    match press.action:
        case "room_take":
            _take_over(turn, talk, press.value)
        case "room_drop":
            turn.edit(screen(talk), line(turn.say("price_room.dropped")))
        case "room_from":
            _ask_price(turn, talk, press.value)
        case "room_list":
            page = int(mark) if mark.isdecimal() else 0
            turn.edit(screen(talk), products_view(turn, talk, list(products_of(turn).values()), page, token))
        case "room_of":
            _choose(turn, talk, mark, token)
        case "room_undo":
            _undo(turn, talk, int(press.value) if press.value.isdecimal() else 0)
        case "room_work":
            _show_working(turn, talk, mark, int(token) if token.isdecimal() else 0)
        case _:
            _redraw(turn, talk, press.value)


def keep_price(turn: Turn, answer: TablePriceForm) -> None:
    """The price from which a change starts, asked for once: it is the conversation's from now on."""
    talk = turn.store.conversations.load(turn.person.id, ConversationId(answer.of))
    change = change_from(answer.part)
    if talk is None or change is None or talk.standing is not Standing.OPEN:
        turn.show(line(turn.say("form.moved_on")))
        return
    gross = talk.target_group in GROSS
    price = in_coins(answer.price, turn.person.team.currency)
    take(turn, _record(turn, talk, price, gross=gross), change)


def agreed_net(turn: Turn, talk: Talk) -> Money | None:
    """The price that was taken over, without VAT, as an order is written down; None where none was."""
    if talk.price is None:
        return None
    table = _table(turn, talk)
    if table.price is None or not table.gross:
        return table.price
    return in_coins(Fraction(table.price.amount) / (1 + table.vat), table.price.currency)


@dataclass(frozen=True, slots=True)
class _Table:
    """What the negotiation is about: the product, its VAT, and the price on the table."""

    product: Product | None
    vat: Fraction
    gross: bool
    price: Money | None


def _table(turn: Turn, talk: Talk) -> _Table:
    product = _product(turn, talk)
    kind = product.vat if product else VatKind.STANDARD
    vat = vat_rate(country_of(turn.person.team.region), kind, turn.today)
    gross = talk.price_gross if talk.price is not None else talk.target_group in GROSS
    price = None
    if talk.price is not None:
        price = Money(talk.price, talk.price_currency or turn.person.team.currency)
    elif product is not None and product.list_price is not None:
        exact = product.list_price * (1 + vat) if gross else product.list_price
        price = in_coins(exact, turn.person.team.currency)
    return _Table(product, vat, gross, price)


def _product(turn: Turn, talk: Talk) -> Product | None:
    """The one that was chosen, else the one that was written down by its name."""
    chosen = product_of(turn, talk.product)
    return chosen or product_of(turn, id_for_name(turn, words_for(turn, talk).get("product", "")))


def _view(turn: Turn, talk: Talk, change: PriceChange) -> View | None:
    """The room; or a choice where the number can be read in two ways; None where a price was asked for first."""
    table = _starting_at(_table(turn, talk), change, turn.person.team.currency)
    currency = table.price.currency if table.price else turn.person.team.currency
    if change.currency not in (None, currency):
        return line(turn.say("price_room.other_currency", currency=currency))
    if meant := readings(table.price, change):
        return choose_view(turn, talk, meant, currency)
    if table.price is None and change.kind is not ChangeKind.PRICE:
        if not products_of(turn):
            _ask_price(turn, talk, token_of(change))
            return None
        return from_what_view(turn, talk, change)
    change = _as_shown(table, change)
    before = table.price or Money(Decimal(0), currency)
    new = changed(before, change)
    if new.amount <= 0:
        return line(turn.say("price_room.below_zero"))
    offer = Offer(table.product, table.price, new, change, gross=table.gross, vat=table.vat)
    return room_view(turn, talk, offer, _room(turn, table, new, change))


def _starting_at(table: _Table, change: PriceChange, currency: str) -> _Table:
    """The same where the price was named together with the percentage."""
    if change.base is None:
        return table
    exact, factor = Fraction(change.base), 1 + table.vat
    if change.gross is not None and change.gross is not table.gross:
        exact = exact * factor if table.gross else exact / factor
    return replace(table, price=in_coins(exact, table.price.currency if table.price else currency))


def _as_shown(table: _Table, change: PriceChange) -> PriceChange:
    """In the customer's terms: what was said net or gross is turned into what stands on the table."""
    is_share = change.kind in (ChangeKind.SHARE, ChangeKind.CASH_DISCOUNT)
    if is_share or change.gross is None or change.gross is table.gross:
        return change
    factor = 1 + table.vat
    exact = Fraction(change.value) * (factor if table.gross else 1 / factor)
    return replace(change, value=in_coins(exact, "EUR").amount, gross=None)


def _room(turn: Turn, table: _Table, new: Money, change: PriceChange) -> PriceRoom | None:
    """What is left at this price; None without a costing. A cash discount leaves the price as it is."""
    if table.product is None or not table.product.has_costing or new.currency != turn.person.team.currency:
        return None
    planned = costing_of(turn, table.product.fields, table.product.vat)
    if planned is None:
        return None
    cash_discount = Fraction(change.value) if change.kind is ChangeKind.CASH_DISCOUNT else None
    price = new if cash_discount is None or table.price is None else table.price
    net = Fraction(price.amount) / (1 + table.vat) if table.gross else Fraction(price.amount)
    try:
        return price_room(planned, net, cash_discount)
    except AccountingError:
        return None


def _redraw(turn: Turn, talk: Talk, token: str) -> None:
    change = change_from(token)
    view = _view(turn, talk, change) if change else None
    if view is not None:
        turn.edit(screen(talk), view)


def _ask_price(turn: Turn, talk: Talk, token: str) -> None:
    gross = talk.target_group in GROSS
    words = turn.say("price_room.ask_gross" if gross else "price_room.ask_net")
    forms.ask(turn, "table_price", 0, ask=words, of=str(talk.id), part=token)


def _choose(turn: Turn, talk: Talk, mark: str, token: str) -> None:
    """The product that is sold here: a step, as when it is chosen on the card."""
    product = product_of_mark(turn, mark)
    if product is None:
        turn.toast(turn.say("costing.product_gone"))
        return
    talk = steps.record(turn, talk, Trigger.DETAILS, product=product.id, offer=product.offer)
    turn.toast(turn.say("details.product_chosen", name=product.name))
    change = change_from(token)
    if _table(turn, talk).price is None and change is not None and change.kind is not ChangeKind.PRICE:
        _ask_price(turn, talk, token)
    else:
        _redraw(turn, talk, token)


def _take_over(turn: Turn, talk: Talk, taken: str) -> None:
    """The price that the button carries, or `discount=price`: what stood on the screen holds, whatever came since."""
    discount_token, is_discount, price_token = taken.rpartition("=")
    change, discount = change_from(price_token), change_from(discount_token)
    is_price = change is not None and change.kind is ChangeKind.PRICE
    fits = not is_discount or (discount is not None and discount.kind is ChangeKind.CASH_DISCOUNT)
    if change is None or not is_price or not fits or talk.phase not in PHASES or talk.standing is not Standing.OPEN:
        card.draw_stale(turn, talk)
        return
    table = _table(turn, talk)
    currency = table.price.currency if table.price else turn.person.team.currency
    price = Money(change.value, currency)
    granted: dict[str, Value] = {}
    if discount is not None:
        granted["cash_discount"] = f"{discount.value:f}" if discount.value else None
    talk = _record(turn, talk, price, gross=bool(change.gross), **granted)
    turn.edit(screen(talk), taken_view(turn, talk, _prices(turn, talk)[-1].seq))
    card.draw(turn, talk)


def _undo(turn: Turn, talk: Talk, seq: int) -> None:
    """What held before step `seq` took over a price or a cash discount, as long as no other has come since."""
    prices = _prices(turn, talk)
    if not prices or prices[-1].seq != seq or talk.standing is not Standing.OPEN:
        card.draw_stale(turn, talk)
        return
    earlier: dict[str, Value] = {"price": None, "price_currency": None, "price_gross": False, "cash_discount": None}
    for step in prices[:-1]:
        earlier |= step.payload
    talk = steps.record(turn, talk, Trigger.PRICE, **{name: earlier[name] for name in prices[-1].payload})
    turn.edit(screen(talk), undone_view(turn, talk))
    card.draw(turn, talk)


def _prices(turn: Turn, talk: Talk) -> list[Step]:
    """The prices that were taken over, in their order."""
    return [step for step in turn.store.conversations.steps(talk.id) if step.trigger is Trigger.PRICE]


def _record(turn: Turn, talk: Talk, price: Money, *, gross: bool, **granted: Value) -> Talk:
    told: dict[str, Value] = {"price": f"{price.amount:f}", "price_currency": price.currency, "price_gross": gross}
    return steps.record(turn, talk, Trigger.PRICE, **told, **granted)


def _show_working(turn: Turn, talk: Talk, token: str, page: int) -> None:
    """Every line of the difference costing; asked anew whether this person may see it."""
    change, table = change_from(token), _table(turn, talk)
    room = None
    if change is not None and sees_costs(turn):
        if change.kind is ChangeKind.PRICE:
            table = replace(table, gross=bool(change.gross))
        room = _room(turn, table, changed(table.price or Money(Decimal(0), turn.person.team.currency), change), change)
    if room is None:
        turn.toast(turn.say("costing.hidden"))
        return
    view = working_view(
        turn,
        turn.say("price_room.working"),
        room.costed.working,
        page,
        lambda wanted: Press("room_work", talk.id, value=f"{token}={wanted}"),
        Button(turn.say("costing.button.show"), Press("room_show", talk.id, value=token)),
    )
    turn.edit(screen(talk), view)
