"""What the chat shows of a costing: how to begin, the gist of the result, and what can be changed."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from dialogs.accounting.costing_fields import FULL_COST, asks, value_at, with_released
from dialogs.accounting.costing_wording import caution_words, label, value_words
from dialogs.accounting.products import mark_of
from dialogs.accounting.words import amount, money, percent
from dialogs.ports.costs import LONGEST_PRODUCT, CostingInHand, Product, ReleasedRates
from dialogs.ports.people import Role
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Table, Text, View
from knowledge.accounting.costing import Costed
from knowledge.accounting.faults import Caution, shown
from knowledge.accounting.scheme import Direction, LineId, Scheme
from knowledge.accounting.vat import VatKind, country_of, vat_kinds, vat_rate

START: Final = "costing"
PRODUCTS_SHOWN: Final = 6
SCHEMES: Final = (Scheme.INDUSTRY.value, Scheme.TRADE.value, FULL_COST)

_LONGEST_LABEL: Final = 20
_LONGEST_BUTTON: Final = 40
_MOST_LINES: Final = 12
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
_DETAILS: Final = (LineId.PURCHASE_COST, LineId.MATERIAL_COST, LineId.PRODUCTION_COST, LineId.MANUFACTURING_COST)
"""What a screen with many warnings can do without."""
_SOUGHT: Final = {Direction.FORWARD: LineId.LIST_PRICE, Direction.DIFFERENCE: LineId.PROFIT}
"""What the headline says already."""


def screen(costing: CostingInHand) -> str:
    """Each costing has a screen of its own."""
    return f"costing:{costing.id}"


def start_view(
    turn: Turn,
    products: Sequence[Product],
    released: ReleasedRates | None,
    unfinished: CostingInHand | None,
    page: int,
) -> View:
    """The products, one tap each, what was left unfinished, and the ways to begin anew."""
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
    if unfinished is not None:
        words = turn.say("costing.go_on", what=_kind(turn, unfinished))
        rows.append((Button(words, Press("cost_show", unfinished.id)),))
    rows.append(tuple(Button(turn.say(f"costing.scheme.{name}"), Press("cost_new", value=name)) for name in SCHEMES))
    how = Text(turn.say("costing.how" if products else "costing.how_at_first"))
    return View((Heading(turn.say("costing.title")), how, Hint(_rates_hint(turn, released))), tuple(rows))


def direction_view(turn: Turn, scheme: str) -> View:
    """What is sought?"""
    directions = [direction for direction in Direction if (scheme, direction) != (FULL_COST, Direction.BACKWARD)]
    rows = tuple(
        (Button(turn.say(f"costing.direction.{direction}"), Press("cost_begin", value=f"{scheme}={direction}")),)
        for direction in directions
    )
    back = (Button(turn.say("costing.back"), Press("cost_start")),)
    return View((Heading(turn.say(f"costing.scheme.{scheme}")), Text(turn.say("costing.what_sought"))), (*rows, back))


def product_view(turn: Turn, product: Product, *, gross: Fraction) -> View:
    """A product for those who do not see its costs, or that has none yet: its price."""
    blocks: list[Block] = [Heading(product.name)]
    if product.list_price is not None:
        words = turn.say("costing.list_price", net=money(turn, product.list_price), gross=money(turn, gross))
        blocks.append(Text(words))
    blocks.append(Hint(turn.say("costing.hidden" if product.has_costing else "costing.no_costing")))
    return View(tuple(blocks), ((Button(turn.say("costing.back"), Press("cost_start")),),))


def result_view(
    turn: Turn,
    costing: CostingInHand,
    costed: Costed,
    product: Product | None,
    released: ReleasedRates | None,
    cautions: Sequence[Caution],
) -> View:
    """The gist: costs, profit, prices, floors, warnings; where these are many, fewer of the costs."""
    below = _below_the_lines(turn, costing, costed, released, cautions)
    name = (Hint(shown(product.name, LONGEST_PRODUCT)),) if product else ()
    rows = tuple(
        (shown(turn.say(f"costing.line.{line}"), _LONGEST_LABEL), amount(costed[line], turn.language))
        for line in _gist(costed, _MOST_LINES - 2 - len(below))
    )
    blocks: tuple[Block, ...] = (Heading(_headline(turn, costed)), *name, Table(rows), *below)
    return View(blocks, _ways_on(turn, costing, costed, product))


def _below_the_lines(
    turn: Turn,
    costing: CostingInHand,
    costed: Costed,
    released: ReleasedRates | None,
    cautions: Sequence[Caution],
) -> list[Block]:
    """The profit's rate, the price floors, warnings, and that the rates released since are others."""
    below: list[Block] = []
    if costed.profit_rate is not None:
        lost = "loss_rate" if costed.profit_rate < 0 else "profit_rate"
        below.append(Text(turn.say(f"costing.table.{lost}", rate=percent(abs(costed.profit_rate), turn.language))))
    floors = costed.price_floor
    below.append(Text(turn.say("costing.table.long_term", amount=money(turn, floors.long_term))))
    if floors.short_term is not None:
        below.append(Text(turn.say("costing.table.short_term", amount=money(turn, floors.short_term))))
    below += [Text(turn.say("bab.caution", words=caution_words(turn, costing, caution))) for caution in cautions]
    if released is not None and with_released(costing.fields, released) != costing.fields:
        below.append(Hint(_rates_hint(turn, released)))
    return below


def _gist(costed: Costed, most: int) -> list[LineId]:
    """The lines that say how the price came about, without what was sought; details go first where room is short."""
    sought = _SOUGHT.get(costed.costing.direction)
    lines = [line for line in _GIST if line in costed and costed[line] and line is not sought]
    details = sum(line in _DETAILS for line in lines)  # they stand first
    return lines[min(details, max(len(lines) - most, 0)) :]


def _ways_on(turn: Turn, costing: CostingInHand, costed: Costed, product: Product | None) -> tuple[Row, ...]:
    """The working, a change, the other directions, and keeping it."""
    direction = costed.costing.direction
    others = tuple(
        Button(turn.say(f"costing.direction.{other}"), Press("cost_turn", costing.id, value=other.value))
        for other in Direction
        if other is not direction and not ("start" in costing.fields and other is Direction.BACKWARD)
    )
    save = (_button(turn, costing, "again"), _button(turn, costing, "save_new", "cost_save"))
    return (
        (_button(turn, costing, "working"), _button(turn, costing, "change")),
        others,
        save if product else (_button(turn, costing, "save"),),
    )


def change_view(turn: Turn, costing: CostingInHand, released: ReleasedRates | None) -> View:
    """What was entered and what the released rates fill in, a button each."""
    filled = with_released(costing.fields, released)
    rows: list[Row] = []
    for place, ask in enumerate(asks(costing.fields, released)):
        value = value_at(filled, ask.path)
        words = turn.say("costing.now", label=label(turn, ask), value=value_words(turn, ask, value))
        released_one = value is not None and value_at(costing.fields, ask.path) is None
        words = turn.say("costing.from_rates", words=words) if released_one else words
        rows.append((Button(words, Press("cost_ask", costing.id, value=str(place))),))
    rows.append(_vat_row(turn, costing))
    if costing.product is not None:
        rows.append((_button(turn, costing, "forget"),))
    rows.append((_button(turn, costing, "show"),))
    return View((Heading(turn.say("costing.change_what")),), tuple(rows))


def vat_of(turn: Turn, kind: str) -> Fraction:
    """The rate of the team's country today."""
    return vat_rate(country_of(turn.person.team.region), VatKind(kind), turn.today)


def _headline(turn: Turn, costed: Costed) -> str:
    """What was sought, with its amount."""
    match costed.costing.direction:
        case Direction.FORWARD:
            return turn.say("costing.found.price", amount=money(turn, costed[LineId.LIST_PRICE]))
        case Direction.DIFFERENCE:
            profit = costed[LineId.PROFIT]
            return turn.say(f"costing.found.{'loss' if profit < 0 else 'profit'}", amount=money(turn, abs(profit)))
        case Direction.BACKWARD:
            trade = LineId.PURCHASE_LIST_PRICE in costed
            sought = LineId.PURCHASE_LIST_PRICE if trade else LineId.DIRECT_MATERIAL
            return turn.say(
                "costing.found.cost", line=turn.say(f"costing.line.{sought}"), amount=money(turn, costed[sought])
            )


def _rates_hint(turn: Turn, released: ReleasedRates | None) -> str:
    if released is None:
        return turn.say("costing.no_rates_yet" if turn.person.role is Role.MANAGER else "costing.no_rates")
    return turn.say("costing.with_rates", n=released.version, period=released.period)


def _vat_row(turn: Turn, costing: CostingInHand) -> Row:
    country = country_of(turn.person.team.region)
    now = costing.fields.get("vat", VatKind.STANDARD)
    buttons = []
    for kind in vat_kinds(country, turn.today):
        words = turn.say("costing.vat", rate=percent(vat_rate(country, kind, turn.today), turn.language))
        words = turn.say("details.chosen", label=words) if kind == now else words
        buttons.append(Button(words, Press("cost_vat", costing.id, value=kind.value)))
    return tuple(buttons)


def _kind(turn: Turn, costing: CostingInHand) -> str:
    """`Fertigung, Den Preis`."""
    scheme = FULL_COST if "start" in costing.fields else costing.fields["scheme"]
    direction = turn.say(f"costing.direction.{costing.fields['direction']}")
    return turn.say("costing.kind", scheme=turn.say(f"costing.scheme.{scheme}"), direction=direction)


def _button(turn: Turn, costing: CostingInHand, name: str, action: str = "") -> Button:
    return Button(turn.say(f"costing.button.{name}"), Press(action or f"cost_{name}", costing.id))
