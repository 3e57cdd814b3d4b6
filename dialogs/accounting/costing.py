"""`/kalkulation`: what a product costs and has to bring: forward, backward, or the profit between.

scheme → direction → questions → result; a product → result at once. Result → working, change, other direction, save.
A costing that was left goes on at the question where it stopped.
"""

from typing import Final

from dialogs import forms
from dialogs.accounting import costing_products
from dialogs.accounting.costing_fields import (
    OPTIONAL_FIGURE,
    OPTIONAL_SHARE,
    Ask,
    Fields,
    asks,
    begin,
    missing,
    with_value,
    without_value,
)
from dialogs.accounting.costing_views import (
    SCHEMES,
    START,
    change_view,
    direction_view,
    result_view,
    screen,
    start_view,
)
from dialogs.accounting.costing_wording import asked_words, label, refusal, so_far
from dialogs.accounting.costings_in_hand import (
    changed,
    in_hand,
    new,
    rates_of_today,
    unfinished,
    work_out,
    worked_out,
)
from dialogs.accounting.fields import FigureForm, OptionalFigureForm, OptionalShareForm, ProductNameForm, ShareForm
from dialogs.accounting.products import product_of, product_of_mark, products_of
from dialogs.accounting.words import amount, percent
from dialogs.accounting.working_pages import working_view
from dialogs.conversation import side_screens
from dialogs.conversation.moves import press_of
from dialogs.ports.costs import CostingInHand, Product
from dialogs.press import Press
from dialogs.turn import Command, Pressed, Turn
from dialogs.view import Button, View, line
from knowledge.accounting.exact import written
from knowledge.accounting.faults import AccountingError
from knowledge.accounting.scheme import Direction, LineId
from knowledge.accounting.vat import VatKind

COMMANDS: Final = frozenset({"costing"})
ACTIONS: Final = frozenset(
    {
        "cost_start", "cost_new", "cost_begin", "cost_product", "cost_ask", "cost_change", "cost_vat", "cost_show",
        "cost_turn", "cost_working", "cost_save", "cost_again", "cost_forget",
    }
)  # fmt: skip

Answer = FigureForm | OptionalFigureForm | ShareForm | OptionalShareForm


def handle(turn: Turn) -> None:
    """The command and the buttons of all its screens."""
    if isinstance(turn.event, Command):
        turn.show(_start(turn), START)
        return
    press = press_of(turn)
    match press.action:
        case "cost_start":
            turn.edit(START, _start(turn, int(press.value) if press.value.isdecimal() else 0))
        case "cost_new" if press.value in SCHEMES:
            turn.edit(START, direction_view(turn, press.value))
        case "cost_begin":
            _begin(turn, *press.split())
        case "cost_product":
            _open_product(turn, press)
        case _:
            _about_costing(turn, press)


def keep(turn: Turn, answer: Answer) -> None:
    """An answered question: kept, then the next one or the result."""
    costing = in_hand(turn, answer.of)
    if costing is None:
        turn.show(line(turn.say("costing.gone")))
        return
    fields, skipped = dict(costing.fields), costing.skipped
    if answer.value is None:
        fields, skipped = without_value(fields, answer.part), skipped | {answer.part}
    else:
        fields = with_value(fields, answer.part, written(answer.value))
    _go_on(turn, changed(turn, costing, fields, skipped), after=answer)


def keep_name(turn: Turn, answer: ProductNameForm) -> None:
    """The name under which a costing is kept as a product."""
    costing = in_hand(turn, answer.of)
    result = worked_out(turn, costing) if costing else None
    if costing is None or result is None:
        turn.show(line(turn.say("costing.gone")))
        return
    costing_products.save(turn, costing, result.costed, answer.name)


def _start(turn: Turn, page: int = 0) -> View:
    return start_view(turn, tuple(products_of(turn).values()), rates_of_today(turn), unfinished(turn), page)


def _begin(turn: Turn, scheme: str, direction: str) -> None:
    if scheme not in SCHEMES or direction not in set(Direction):
        turn.toast(turn.say("turn.unknown_press"))
        return
    _go_on(turn, new(turn, begin(scheme, Direction(direction), rates_of_today(turn))))


def _open_product(turn: Turn, press: Press) -> None:
    """Its costing for those who may see it, else its price."""
    product = product_of_mark(turn, press.value)
    if product is None:
        turn.toast(turn.say("costing.product_gone"))
        turn.edit(START, _start(turn))
    elif product.has_costing and costing_products.may_open(turn):
        _go_on(turn, new(turn, {**product.fields, "vat": product.vat.value}, product.id))
    else:
        turn.edit(START, costing_products.view(turn, product))


def _about_costing(turn: Turn, press: Press) -> None:
    costing = in_hand(turn, press.subject)
    if costing is None:
        turn.toast(turn.say("costing.gone"))
        return
    match press.action:
        case "cost_change":
            turn.edit(screen(costing), change_view(turn, costing, rates_of_today(turn)))
        case "cost_ask":
            known = asks(costing.fields, rates_of_today(turn))
            if press.value.isdecimal() and int(press.value) < len(known):
                _ask(turn, costing, known[int(press.value)])
        case "cost_vat" if press.value in set(VatKind):
            costing = changed(turn, costing, {**costing.fields, "vat": press.value}, costing.skipped)
            turn.edit(screen(costing), change_view(turn, costing, rates_of_today(turn)))
        case "cost_turn" if press.value in set(Direction):
            fields = {**costing.fields, "direction": press.value}
            _go_on(turn, changed(turn, costing, _with_price(turn, costing, fields), costing.skipped))
        case "cost_working":
            _show_working(turn, costing, int(press.value) if press.value.isdecimal() else 0)
        case "cost_save":
            forms.ask(turn, "product_name", 0, ask=turn.say("costing.ask.name"), of=str(costing.id))
        case "cost_again":
            _save_again(turn, costing)
        case "cost_forget" if (product := product_of(turn, costing.product)) is not None:
            _forget(turn, costing, product, sure=press.value == "sure")
        case _:
            _go_on(turn, costing)


def _save_again(turn: Turn, costing: CostingInHand) -> None:
    """The changed costing under the name of the product that it began with."""
    product, result = product_of(turn, costing.product), worked_out(turn, costing)
    if product is None:
        turn.toast(turn.say("costing.product_gone"))
    elif result is None:
        _go_on(turn, costing)
    else:
        costing_products.save(turn, costing, result.costed, product.name)


def _forget(turn: Turn, costing: CostingInHand, product: Product, *, sure: bool) -> None:
    """Asks once, because the whole team would miss it."""
    if not sure:
        turn.edit(screen(costing), costing_products.forget_view(turn, costing, product))
        return
    costing_products.forget(turn, product)
    turn.edit(screen(costing), line(turn.say("costing.forgotten", name=product.name)))


def _with_price(turn: Turn, costing: CostingInHand, fields: Fields) -> Fields:
    """Turned from forward: the price that came out stands now, and can be changed."""
    result = worked_out(turn, costing)
    if result is None or "list_price" in fields:
        return fields
    return with_value(fields, "list_price", written(result.costed[LineId.LIST_PRICE]))


def _go_on(turn: Turn, costing: CostingInHand, after: Answer | None = None) -> None:
    """Asks for the first thing that is missing, `after` an answer; where nothing is, the result."""
    ask = missing(costing, rates_of_today(turn))
    if ask is not None:
        _ask(turn, costing, ask, after)
        return
    try:
        result = work_out(turn, costing)
    except AccountingError as error:
        view = change_view(turn, costing, rates_of_today(turn)).with_hint(refusal(turn, costing, error))
    else:
        product = product_of(turn, costing.product)
        view = result_view(turn, costing, result.costed, product, rates_of_today(turn), result.cautions)
    if isinstance(turn.event, Pressed) and turn.event.screen == forms.SCREEN:  # the last question was left out
        turn.edit(forms.SCREEN, line(turn.say("form.nothing_entered")))
        if turn.store.screens.messages_below(turn.sender.chat_id, screen(costing)) is None:
            turn.show(view, screen(costing))
        else:
            turn.move_down(screen(costing), view, line(turn.say("costing.moved")))
    else:
        side_screens.answer(turn, screen(costing), view, turn.say("costing.moved"))


def _ask(turn: Turn, costing: CostingInHand, ask: Ask, after: Answer | None = None) -> None:
    """The question, below what was understood of the one before."""
    form = {"figure": OPTIONAL_FIGURE, "share": OPTIONAL_SHARE}.get(ask.form, ask.form) if ask.later else ask.form
    above = _noted(turn, costing, after) or so_far(turn, costing, ask)
    words = "\n".join(filter(None, (above, asked_words(turn, ask))))
    forms.ask(turn, form, 0, ask=words, of=str(costing.id), part=ask.path)


def _noted(turn: Turn, costing: CostingInHand, answer: Answer | None) -> str:
    """An answer as it was understood; empty where there is none, or where it was left out."""
    if answer is None or answer.value is None:
        return ""
    asked = next((ask for ask in asks(costing.fields, rates_of_today(turn)) if ask.path == answer.part), None)
    if asked is None:
        return ""
    is_share = isinstance(answer, ShareForm | OptionalShareForm)
    words = (percent if is_share else amount)(answer.value, turn.language)
    return turn.say("costing.noted", label=label(turn, asked), value=words)


def _show_working(turn: Turn, costing: CostingInHand, page: int) -> None:
    result = worked_out(turn, costing)
    if result is None:
        _go_on(turn, costing)
        return
    view = working_view(
        turn,
        turn.say("costing.working"),
        result.costed.working,
        page,
        lambda wanted: Press("cost_working", costing.id, value=str(wanted)),
        Button(turn.say("costing.button.show"), Press("cost_show", costing.id)),
    )
    turn.edit(screen(costing), view)
