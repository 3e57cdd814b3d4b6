"""What the price room shows: the new price, what is left of it, and what to ask for in return."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from dialogs.accounting.products import mark_of, products_of
from dialogs.accounting.words import money, percent, sees_costs
from dialogs.conversation.price_change import token_of
from dialogs.conversation.situation import known_values
from dialogs.conversation.talk import Talk
from dialogs.ports.costs import Product
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Hint, Row, Say, Text, View, line
from knowledge.accounting.faults import shown
from knowledge.accounting.price_room import Floor, Light, PriceRoom
from knowledge.entries import Concession
from knowledge.language import writing
from knowledge.language.money import Money
from knowledge.language.price_changes import ChangeKind, PriceChange
from knowledge.taxonomy import ConcessionId

CONCESSIONS_SHOWN: Final = 3
PRODUCTS_ON_A_PAGE: Final = 6
_LONGEST_BUTTON: Final = 40


def screen(talk: Talk) -> str:
    """A conversation has one price room; the newest is at the bottom."""
    return f"room:{talk.id}"


@dataclass(frozen=True, slots=True)
class Offer:
    """The price on the table and the one that was typed, as the customer is told them (`gross`: with VAT)."""

    product: Product | None
    before: Money | None
    new: Money
    change: PriceChange
    gross: bool
    vat: Fraction

    @property
    def is_lower(self) -> bool:
        """Whether something is given away."""
        return self.before is not None and self.new.amount < self.before.amount

    @property
    def is_cash_discount(self) -> bool:
        """Whether the price stays, and only those who pay early pay less."""
        return self.change.kind is ChangeKind.CASH_DISCOUNT


def room_view(turn: Turn, talk: Talk, offer: Offer, room: PriceRoom | None) -> View:
    """The price, what is left of it as far as this person may see it, what to ask in return, and the ways on."""
    blocks: list[Block] = [Text(_headline(turn, offer))]
    if offer.gross:
        blocks.append(Hint(turn.say("price_room.with_vat", rate=percent(offer.vat, turn.language))))
    if room is None:
        blocks += _given_away(turn, offer)
    elif sees_costs(turn):
        blocks += _left(turn, offer, room)
    else:
        blocks.append(Text(turn.say(f"price_room.light.{room.light}")))
    if offer.is_lower:
        blocks += _in_return(turn, talk, offer, room)
    if offer.is_cash_discount:
        blocks.append(Hint(turn.say("price_room.price_stays")))
    return View(tuple(blocks), _rows(turn, talk, offer, room))


def choose_view(turn: Turn, talk: Talk, readings: Sequence[PriceChange], currency: str) -> View:
    """'12,500' in German, or a bare '8': which of the two is meant?"""
    buttons = tuple(
        Button(
            writing.percent(abs(reading.value), turn.language)
            if reading.kind is ChangeKind.SHARE
            else writing.money(Money(reading.value, currency), turn.language),
            Press("room_show", talk.id, value=token_of(reading)),
        )
        for reading in readings
    )
    return View((Text(turn.say("price_room.which")),), (buttons,))


def from_what_view(turn: Turn, talk: Talk, change: PriceChange) -> View:
    """A percentage or a difference, and no price that it starts from."""
    token = token_of(change)
    ways = (
        Button(turn.say("price_room.choose_product"), Press("room_list", talk.id, value=f"0={token}")),
        Button(turn.say("price_room.enter_price"), Press("room_from", talk.id, value=token)),
    )
    return View((Text(turn.say("price_room.from_what", change=_change(turn, change, None))),), (ways,))


def products_view(turn: Turn, talk: Talk, products: Sequence[Product], page: int, token: str) -> View:
    """Which product is sold here?"""
    last = max(len(products) - 1, 0) // PRODUCTS_ON_A_PAGE
    page = page if 0 <= page <= last else 0
    listed = products[page * PRODUCTS_ON_A_PAGE : (page + 1) * PRODUCTS_ON_A_PAGE]
    rows: list[Row] = [
        (
            Button(
                shown(product.name, _LONGEST_BUTTON),
                Press("room_of", talk.id, value=f"{mark_of(product.id)}={token}"),
            ),
        )
        for product in listed
    ]
    if last:
        following = f"{(page + 1) % (last + 1)}={token}"
        rows.append((Button(turn.say("costing.more_products"), Press("room_list", talk.id, value=following)),))
    rows.append((Button(turn.say("costing.back"), Press("room_show", talk.id, value=token)),))
    return View((Text(turn.say("price_room.which_product")),), tuple(rows))


def taken_view(turn: Turn, talk: Talk, seq: int) -> View:
    """What the screen becomes when the price was taken over, in step `seq`."""
    undo = Button(turn.say("price_room.undo"), Press("room_undo", talk.id, value=str(seq)))
    return View((Text(_now(turn, talk)),), ((undo,),))


def undone_view(turn: Turn, talk: Talk) -> View:
    """The price before it, or none."""
    return line(turn.say("price_room.undone", now=_now(turn, talk)))


def _now(turn: Turn, talk: Talk) -> str:
    """The price of the conversation."""
    if talk.price is None:
        return turn.say("price_room.no_price")
    price = Money(talk.price, talk.price_currency or turn.person.team.currency)
    key = "price_room.taken_gross" if talk.price_gross else "price_room.taken"
    now = turn.say(key, price=writing.money(price, turn.language))
    if talk.cash_discount is None:
        return now
    discount = turn.say("price_room.with_discount", share=writing.percent(talk.cash_discount, turn.language))
    return f"{now} {discount}"


def _headline(turn: Turn, offer: Offer) -> str:
    """`18.900 € − 8 % = 17.388 €`."""
    new = writing.money(offer.new, turn.language)
    if offer.before is None:
        return new
    before = writing.money(offer.before, turn.language)
    if offer.is_cash_discount:
        share = writing.percent(offer.change.value, turn.language)
        return turn.say("price_room.cash_discount", price=before, share=share, paid=new)
    if offer.change.kind is ChangeKind.PRICE:
        return turn.say("price_room.to_price", before=before, new=new, share=_share(turn, offer))
    return turn.say("price_room.change", before=before, change=_change(turn, offer.change, offer.before), new=new)


def _change(turn: Turn, change: PriceChange, before: Money | None) -> str:
    """`− 8 %`, `+ 500 €`."""
    size = abs(change.value)
    currency = before.currency if before else turn.person.team.currency
    words = (
        writing.percent(size, turn.language)
        if change.kind in (ChangeKind.SHARE, ChangeKind.CASH_DISCOUNT)
        else writing.money(Money(size, currency), turn.language)
    )
    if change.kind is ChangeKind.CASH_DISCOUNT:
        return turn.say("price_room.cash_discount_of", share=words)
    return f"{'−' if change.value < 0 else '+'} {words}"


def _share(turn: Turn, offer: Offer) -> str:
    if offer.before is None or not offer.before.amount:
        return "–"
    difference = Fraction(offer.new.amount - offer.before.amount)
    share = difference / Fraction(offer.before.amount)
    return f"{'−' if share < 0 else '+'}\N{NO-BREAK SPACE}{percent(abs(share), turn.language)}"


def _left(turn: Turn, offer: Offer, room: PriceRoom) -> list[Block]:
    """Remaining profit, and how far it is to the floors, which are told as the price is: with VAT or without."""
    factor = 1 + offer.vat if offer.gross else Fraction(1)
    key = "price_room.profit" if room.profit >= 0 else "price_room.loss"
    rate = "–" if room.profit_rate is None else percent(abs(room.profit_rate), turn.language, 1)
    lines: list[Block] = [Text(turn.say(key, amount=money(turn, abs(room.profit)), rate=rate))]
    lines.append(Text(_floor(turn, "long", room.long_term, factor)))
    if room.short_term is not None:
        lines.append(Text(_floor(turn, "short", room.short_term, factor)))
    return lines


def _floor(turn: Turn, which: str, floor: Floor, factor: Fraction) -> str:
    key = f"price_room.floor.{which}"
    side = "price_room.above" if floor.distance >= 0 else "price_room.below"
    distance = turn.say(side, amount=money(turn, abs(floor.distance) * factor))
    return turn.say(key, price=money(turn, floor.list_price * factor), distance=distance)


def _given_away(turn: Turn, offer: Offer) -> list[Block]:
    """Without a costing: what the change is in money."""
    lines: list[Block] = []
    if offer.before is not None and offer.is_lower:
        given = Money(offer.before.amount - offer.new.amount, offer.new.currency)
        share = percent(Fraction(given.amount) / Fraction(offer.before.amount), turn.language)
        lines.append(Text(turn.say("price_room.given_away", amount=writing.money(given, turn.language), share=share)))
    lines.append(Hint(turn.say("price_room.no_costing" if products_of(turn) else "price_room.no_products")))
    return lines


def _in_return(turn: Turn, talk: Talk, offer: Offer, room: PriceRoom | None) -> list[Block]:
    """Three things to ask for that fit this customer, and a sentence for the first.

    Below the floor nothing pays for the difference but a smaller scope.
    """
    kind = offer.product.offer if offer.product else talk.offer
    entries = turn.knowledge.concessions
    if room is not None and room.light is Light.RED:
        fitting: list[Concession] = [entries[ConcessionId.SMALLER_SCOPE]]
    elif offer.is_cash_discount:
        fitting = [entries[ConcessionId.TERM]] if entries[ConcessionId.TERM].fits(talk.target_group, kind) else []
    else:
        fitting = [entry for entry in entries.values() if entry.fits(talk.target_group, kind)][:CONCESSIONS_SHOWN]
    if not fitting:
        return []
    names = ", ".join(entry.label for entry in fitting)
    values = {**known_values(turn, talk), "price": writing.money(offer.new, turn.language)}
    return [Text(turn.say("price_room.only_for", what=names)), Say(fitting[0].say.filled(values))]


def _rows(turn: Turn, talk: Talk, offer: Offer, room: PriceRoom | None) -> tuple[Row, ...]:
    token = taken = token_of(PriceChange(ChangeKind.PRICE, offer.new.amount, gross=offer.gross))
    if offer.is_cash_discount and offer.before is not None:
        token = token_of(offer.change)
        taken = f"{token}={token_of(PriceChange(ChangeKind.PRICE, offer.before.amount, gross=offer.gross))}"
    rows: list[Row] = []
    if room is None and products_of(turn):
        value = f"0={token if offer.change.base is not None else token_of(offer.change)}"
        rows.append((Button(turn.say("price_room.choose_product"), Press("room_list", talk.id, value=value)),))
    working = Button(turn.say("costing.button.working"), Press("room_work", talk.id, value=f"{token}=0"))
    take = Button(turn.say("price_room.take"), Press("room_take", talk.id, value=taken))
    drop = Button(turn.say("price_room.drop"), Press("room_drop", talk.id))
    may_work = room is not None and sees_costs(turn) and (not offer.is_cash_discount or offer.change.base is None)
    rows.append((*((working,) if may_work else ()), take, drop))
    return tuple(rows)
