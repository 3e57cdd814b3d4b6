"""Which of the company's products a conversation is about: chosen on the card, page by page, or typed.

What is chosen is a step with the product's id, which is the same in every language; what is typed is a note.
"""

from base64 import b32encode
from hashlib import blake2s
from typing import Final

from dialogs.accounting.products import product_of
from dialogs.conversation.talk import Talk
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Row, rows_of

TYPED: Final = "typed"
"""The value of the button under the products that asks for something else."""

ON_A_PAGE: Final = 6
_DIGITS: Final = 3
"""More of them are no page."""


def product_name(turn: Turn, talk: Talk) -> str:
    """The name of the chosen product; empty where none was chosen, or where the company has it no more."""
    product = product_of(turn, talk.product)
    return product.name if product else ""


def product_rows(turn: Turn, talk: Talk, at: str) -> tuple[Row, ...]:
    """The products of page `at`, the chosen one marked, and the ways to the next page, to typing and back."""
    products = list(turn.knowledge.products.items())
    page = int(at) if at.isdecimal() and len(at) <= _DIGITS and int(at) * ON_A_PAGE < len(products) else 0
    buttons = [
        Button(
            turn.say("details.chosen", label=product.name) if id_ == talk.product else product.name,
            Press("sells", talk.id, value=_mark(id_)),
        )
        for id_, product in products[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    ]
    ways = [
        Button(turn.say("details.something_else"), Press("word", talk.id, value=f"product={TYPED}")),
        Button(turn.say("card.button.less"), Press("less", talk.id)),
    ]
    if len(products) > ON_A_PAGE:
        following = page + 1 if (page + 1) * ON_A_PAGE < len(products) else 0
        ways.append(Button(turn.say("details.more_products"), Press("word", talk.id, value=f"product={following}")))
    return (*rows_of(buttons, 1), tuple(ways))


def product_of_mark(turn: Turn, mark: str) -> str | None:
    """The id of the product whose button was pressed; None where the company has it no more."""
    return next((id_ for id_ in turn.knowledge.products if _mark(id_) == mark), None)


def _mark(product: str) -> str:
    """A product on a button: an id may be too long for one, and its place may change."""
    return b32encode(blake2s(product.encode(), digest_size=5).digest()).decode().lower()
