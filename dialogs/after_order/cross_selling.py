"""Cross-selling (Zusatzbedarf): notes that speak of another of the company's own products. Nothing is made up.

A product is meant where a note has a word of its name that no other product bears; typed words are compared without
their endings. Where a company lists no products, there is nothing to say.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.conversation.talk import CustomerId
from dialogs.ports.conversations import Note, NoteKind
from dialogs.read_back import shortened
from dialogs.turn import Turn
from dialogs.view import Block, Hint
from knowledge.language.writing import day as written_day
from knowledge.search_words import stem, words_of

_KINDS: Final = frozenset({NoteKind.NOTE, NoteKind.MISSING, NoteKind.PRODUCT})
_NOTES_READ: Final = 50
_SHOWN: Final = 2
_LONGEST_QUOTE: Final = 80
_SHORTEST_WORD: Final = 4
_SHORTEST_MODEL: Final = 3
"""Of a word with a digit in it, such as 'e200'."""


@dataclass(frozen=True, slots=True)
class CrossSale:
    """A product, and the words in which the customer's notes or interests speak of it."""

    product: str
    name: str
    words: str
    note: Note | None = None


def hints(turn: Turn, customer_id: CustomerId) -> Sequence[CrossSale]:
    """Each product at most once, by the newest note; without those that this customer was offered or has bought."""
    if not turn.knowledge.products:
        return ()
    customer = turn.store.customers.get(turn.person.id, customer_id)
    latest = turn.store.conversations.latest(turn.person.id, customer_id)
    offered = {latest.product} if latest and latest.product else set()
    notes = turn.store.notes.about(turn.person.id, customer_id, _NOTES_READ)
    texts = [(note.text, note) for note in notes if note.kind in _KINDS]
    interests = [(customer.interests, None)] if customer and customer.interests.strip() else []
    names = _telling_words({id_: product.name for id_, product in turn.knowledge.products.items()})
    found: dict[str, CrossSale] = {}
    for text, note in [*texts, *interests]:
        said = {stem(word) for word in words_of(text)}
        for id_, telling in names.items():
            if id_ not in found and id_ not in offered and telling & said:
                found[id_] = CrossSale(id_, turn.knowledge.products[id_].name, text, note)
    return tuple(found.values())


def blocks(turn: Turn, customer_id: CustomerId) -> Sequence[Block]:
    """The first of them as lines: what was said when, and which product fits it."""
    return [Hint(_line(turn, hint)) for hint in hints(turn, customer_id)[:_SHOWN]]


def _line(turn: Turn, hint: CrossSale) -> str:
    words = shortened(hint.words, _LONGEST_QUOTE)
    if hint.note is None:
        return turn.say("after_order.cross_selling.interest", words=words, product=hint.name)
    day = written_day(hint.note.at.astimezone(turn.now.tzinfo).date(), turn.language, turn.today)
    return turn.say("after_order.cross_selling.note", day=day, words=words, product=hint.name)


def _telling_words(names: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """The stems of each name that stand in no other one."""
    stems = {
        id_: {
            stem(word)
            for word in words_of(name)
            if len(word) >= (_SHORTEST_MODEL if any(sign.isdigit() for sign in word) else _SHORTEST_WORD)
        }
        for id_, name in names.items()
    }
    shared = Counter(word for words in stems.values() for word in words)
    return {id_: frozenset(word for word in words if shared[word] == 1) for id_, words in stems.items()}
