"""What the chat shows of a costing: how to begin, the gist of the result, and what can be changed."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from dialogs.cost_records import CostingInHand, Product, ReleasedRates
from dialogs.cost_words import amount, money, percent
from dialogs.costing_fields import FULL_COST, Ask, asks, value_at, with_released
from dialogs.press import Press
from dialogs.products import mark_of
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Table, Text, View
from knowledge.accounting.costing import Costed
from knowledge.accounting.exact import number, share
from knowledge.accounting.faults import Caution, shown
from knowledge.accounting.scheme import Direction, LineId, Scheme
from knowledge.accounting.vat import VatKind, country_of, vat_kinds, vat_rate

START: Final = "costing"
PRODUCTS_SHOWN: Final = 6
SCHEMES: Final = (Scheme.INDUSTRY.value, Scheme.TRADE.value, FULL_COST)

_LONGEST_LABEL: Final = 20
_LONGEST_BUTTON: Final = 40
_LONGEST_CAUTION: Final = 110
_GIST: Final = (
    LineId.PURCHASE_COST,
    LineId.MATERIAL_COST,
    LineId.PRODUCTION_COST,
    LineId.MANUFACTURING_COST,
    LineId.FULL_COST,
    LineId.PROFIT,
    LineId.LIST_PRICE,
    LineId.GROSS_PRICE,
)
"""The lines at a glance; all of them stand under 'So gerechnet'."""
_SOUGHT: Final = {Direction.FORWARD: LineId.LIST_PRICE, Direction.DIFFERENCE: LineId.PROFIT}
"""What the headline says already."""


def screen(costing: CostingInHand) -> str:
    """Each costing has a screen of its own."""
    return f"costing:{costing.id}"


def start_view(turn: Turn, products: Sequence[Product], released: ReleasedRates | None, page: int) -> View:
    """The products, one tap each, and the ways to begin anew."""
    hint = _rates_hint(turn, released)
    last = max(len(products) - 1, 0) // PRODUCTS_SHOWN
    page = page if 0 <= page <= last else 0
    listed = products[page * PRODUCTS_SHOWN : (page + 1) * PRODUCTS_SHOWN]
    rows: list[Row] = [
        (Button(shown(product.name, _LONGEST_BUTTON), Press("cost_product", value=mark_of(product.id))),)
        for product in listed
    ]
    if last:
        following = (page + 1) % (last + 1)
        rows.append((Button(turn.say("costing.more_products"), Press("cost_start", value=str(following))),))
    rows.append(tuple(Button(turn.say(f"costing.scheme.{name}"), Press("cost_new", value=name)) for name in SCHEMES))
    return View((Heading(turn.say("costing.title")), Text(turn.say("costing.how")), Hint(hint)), tuple(rows))


def direction_view(turn: Turn, scheme: str) -> View:
    """What is sought?"""
    directions = [direction for direction in Direction if (scheme, direction) != (FULL_COST, Direction.BACKWARD)]
    rows = tuple(
        (Button(turn.say(f"costing.direction.{direction}"), Press("cost_begin", value=f"{scheme}={direction}")),)
        for direction in directions
    )
    back = (Button(turn.say("costing.back"), Press("cost_start")),)
    return View((Heading(turn.say(f"costing.scheme.{scheme}")), Text(turn.say("costing.what_sought"))), (*rows, back))


def product_view(turn: Turn, product: Product, *, may_calculate: bool, gross: Fraction) -> View:
    """A product: its price, and the ways on. What it costs is shown to those who may see it, by calculating it."""
    blocks: list[Block] = [Heading(product.name)]
    if product.list_price is not None:
        words = turn.say("costing.list_price", net=money(turn, product.list_price), gross=money(turn, gross))
        blocks.append(Text(words))
    if not product.has_costing:
        blocks.append(Hint(turn.say("costing.no_costing")))
    elif not may_calculate:
        blocks.append(Hint(turn.say("costing.hidden")))
    mark = mark_of(product.id)
    ways = []
    if may_calculate and product.has_costing:
        ways = [
            Button(turn.say("costing.button.calculate"), Press("cost_open", value=mark)),
            Button(turn.say("costing.button.forget"), Press("cost_forget", value=mark)),
        ]
    back = (Button(turn.say("costing.back"), Press("cost_start")),)
    return View(tuple(blocks), ((tuple(ways), back) if ways else (back,)))


def result_view(
    turn: Turn, costing: CostingInHand, costed: Costed, released: ReleasedRates | None, cautions: Sequence[Caution]
) -> View:
    """The gist: costs, profit, prices, floors, warnings."""
    rows = tuple(
        (shown(turn.say(f"costing.line.{line}"), _LONGEST_LABEL), amount(costed[line], turn.language))
        for line in _GIST
        if line in costed and costed[line] and line is not _SOUGHT.get(costed.costing.direction)
    )
    direction = costed.costing.direction
    blocks: list[Block] = [Heading(_headline(turn, costed)), Table(rows)]
    if costed.profit_rate is not None:
        blocks.append(Text(turn.say("costing.table.profit_rate", rate=percent(costed.profit_rate, turn.language))))
    floors = costed.price_floor
    blocks.append(Text(turn.say("costing.table.long_term", amount=money(turn, floors.long_term))))
    if floors.short_term is not None:
        blocks.append(Text(turn.say("costing.table.short_term", amount=money(turn, floors.short_term))))
    blocks += [
        Text(turn.say("bab.caution", words=shown(caution.sentence(turn.messages, turn.language), _LONGEST_CAUTION)))
        for caution in cautions
    ]
    blocks.append(Hint(_rates_hint(turn, released)))
    others = tuple(
        Button(turn.say(f"costing.direction.{other}"), Press("cost_turn", costing.id, value=other.value))
        for other in Direction
        if other is not direction and not ("start" in costing.fields and other is Direction.BACKWARD)
    )
    return View(
        tuple(blocks),
        (
            (
                _button(turn, costing, "working"),
                _button(turn, costing, "change"),
            ),
            others,
            (_button(turn, costing, "save"),),
        ),
    )


def change_view(turn: Turn, costing: CostingInHand, released: ReleasedRates | None) -> View:
    """What was entered and what the released rates fill in, a button each."""
    filled = with_released(costing.fields, released)
    rows: list[Row] = []
    for place, ask in enumerate(asks(costing.fields, released)):
        value = value_at(filled, ask.path)
        words = turn.say("costing.now", label=label(turn, ask), value=_value(turn, ask, value))
        released_one = value is not None and value_at(costing.fields, ask.path) is None
        words = turn.say("costing.from_rates", words=words) if released_one else words
        rows.append((Button(words, Press("cost_ask", costing.id, value=str(place))),))
    rows.append(_vat_row(turn, costing))
    rows.append((_button(turn, costing, "show"),))
    return View((Heading(turn.say("costing.change_what")),), tuple(rows))


def label(turn: Turn, ask: Ask) -> str:
    """`Fertigungslöhne Fertigung I`."""
    name = turn.say(ask.label)
    return f"{name} {ask.stage}" if ask.stage else name


def vat_of(turn: Turn, kind: str) -> Fraction:
    """The rate of the team's country today."""
    return vat_rate(country_of(turn.person.team.region), VatKind(kind), turn.today)


def _headline(turn: Turn, costed: Costed) -> str:
    """What was sought, with its amount."""
    match costed.costing.direction:
        case Direction.FORWARD:
            return turn.say("costing.found.price", amount=money(turn, costed[LineId.LIST_PRICE]))
        case Direction.DIFFERENCE:
            return turn.say("costing.found.profit", amount=money(turn, costed[LineId.PROFIT]))
        case Direction.BACKWARD:
            trade = LineId.PURCHASE_LIST_PRICE in costed
            sought = LineId.PURCHASE_LIST_PRICE if trade else LineId.DIRECT_MATERIAL
            return turn.say(
                "costing.found.cost", line=turn.say(f"costing.line.{sought}"), amount=money(turn, costed[sought])
            )


def _rates_hint(turn: Turn, released: ReleasedRates | None) -> str:
    if released is None:
        return turn.say("costing.no_rates")
    return turn.say("costing.with_rates", n=released.version, period=released.period)


def _value(turn: Turn, ask: Ask, value: str | None) -> str:
    if value is None:
        return "–"
    if "share" in ask.form:
        return percent(share(value), turn.language)
    return amount(number(value), turn.language)


def _vat_row(turn: Turn, costing: CostingInHand) -> Row:
    country = country_of(turn.person.team.region)
    now = costing.fields.get("vat", VatKind.STANDARD)
    buttons = []
    for kind in vat_kinds(country, turn.today):
        words = turn.say("costing.vat", rate=percent(vat_rate(country, kind, turn.today), turn.language))
        words = turn.say("details.chosen", label=words) if kind == now else words
        buttons.append(Button(words, Press("cost_vat", costing.id, value=kind.value)))
    return tuple(buttons)


def _button(turn: Turn, costing: CostingInHand, name: str) -> Button:
    return Button(turn.say(f"costing.button.{name}"), Press(f"cost_{name}", costing.id))
