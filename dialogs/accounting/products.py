"""What the team sells: the company's own products and those that were saved from a costing, as one list.

One id serves content and costing: a saved product whose name is that of a company's product bears its id.
"""

from base64 import b32encode
from collections.abc import Mapping
from fractions import Fraction
from hashlib import blake2s

from dialogs.ports.costs import Product, ProductId
from dialogs.turn import Turn
from knowledge.language.amounts import read_amount
from knowledge.language.errors import ReadingError


def products_of(turn: Turn) -> Mapping[ProductId, Product]:
    """All of them, the company's own first, in its order."""
    saved = {product.id: product for product in turn.store.products.all(turn.person.team.id)}
    own = {
        ProductId(id_): Product(ProductId(id_), entry.name, entry.offer, _price_in(turn, entry.price))
        for id_, entry in turn.knowledge.products.items()
    }
    return own | saved


def product_of(turn: Turn, product_id: str | None) -> Product | None:
    """The product of this id, as far as there still is one."""
    if not product_id:
        return None
    saved = turn.store.products.get(turn.person.team.id, ProductId(product_id))
    if saved is not None:
        return saved
    entry = turn.knowledge.products.get(product_id)
    if entry is None:
        return None
    return Product(ProductId(product_id), entry.name, entry.offer, _price_in(turn, entry.price))


def id_for_name(turn: Turn, name: str) -> ProductId | None:
    """The product of this name, capitals aside; None where it is a new one."""
    wanted = name.casefold()
    return next((id_ for id_, product in products_of(turn).items() if product.name.casefold() == wanted), None)


def mark_of(product_id: ProductId) -> str:
    """A product on a button: its id may be too long for one."""
    return b32encode(blake2s(product_id.encode(), digest_size=5).digest()).decode().lower()


def product_of_mark(turn: Turn, mark: str) -> Product | None:
    """The product whose button was pressed."""
    return next((product for id_, product in products_of(turn).items() if mark_of(id_) == mark), None)


def _price_in(turn: Turn, words: str) -> Fraction | None:
    """The net price that the company's own words name ('16.400 €'); None where they say more ('ab 89 € im Monat')."""
    try:
        price = read_amount(words, turn.language, turn.person.team.currency)
    except ReadingError:
        return None
    return Fraction(price.amount) if price.currency == turn.person.team.currency else None
