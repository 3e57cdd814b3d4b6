"""Products saved from a costing: next time one tap is enough, and the price room knows what a price leaves.

A product belongs to the team. Only who sees costs opens its costing or changes it; everybody may add one.
"""

from dialogs.accounting.costing_views import product_view, vat_of
from dialogs.accounting.products import id_for_name, product_of
from dialogs.accounting.words import money, sees_costs
from dialogs.conversation import steps
from dialogs.ports.costs import CostingInHand, Product, ProductId
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Heading, Text, View, line
from knowledge.accounting.costing import Costed
from knowledge.accounting.scheme import LineId
from knowledge.accounting.vat import VatKind
from knowledge.taxonomy import OfferKind


def may_open(turn: Turn) -> bool:
    """Whether this person may see what a product of the team costs."""
    return sees_costs(turn)


def view(turn: Turn, product: Product) -> View:
    """The product without its costs."""
    net = product.list_price or 0
    return product_view(turn, product, gross=net * (1 + vat_of(turn, product.vat)))


def save(turn: Turn, costing: CostingInHand, costed: Costed, name: str) -> None:
    """Keeps it under its name; one of that name is replaced by those who see what it costs."""
    known_id = id_for_name(turn, name)
    known = product_of(turn, known_id)
    if known is not None and known.has_costing and not may_open(turn):
        turn.show(line(turn.say("costing.name_taken", name=known.name)))
        return
    talk = steps.active_talk(turn)
    product = Product(
        id=known_id or ProductId(""),
        name=known.name if known else name,
        offer=known.offer if known else (talk and talk.offer) or OfferKind.GOODS,
        list_price=costed[LineId.LIST_PRICE],
        fields={name: value for name, value in costing.fields.items() if name != "vat"},
        vat=VatKind(costing.fields.get("vat", VatKind.STANDARD)),
    )
    turn.store.products.save(turn.person.team.id, product, turn.person.id, turn.at)
    price = money(turn, costed[LineId.LIST_PRICE])
    turn.show(line(turn.say("costing.saved", name=product.name, price=price)))


def forget_view(turn: Turn, costing: CostingInHand, product: Product) -> View:
    """What deleting takes away, before it is done."""
    yes = Button(turn.say("costing.button.forget"), Press("cost_forget", costing.id, value="sure"))
    no = Button(turn.say("costing.button.keep"), Press("cost_show", costing.id))
    blocks = (Heading(turn.say("costing.forget", name=product.name)), Text(turn.say("costing.forgetting")))
    return View(blocks, ((yes, no),))


def forget(turn: Turn, product: Product) -> None:
    """The costing of a product is removed; what the company's own content says of it stays."""
    turn.store.products.remove(turn.person.team.id, product.id)
