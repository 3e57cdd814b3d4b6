"""Changing what a conversation is about while it runs: the card shows the choices and the answer in place.

What is sold is chosen from the company's products where it has any. Else it is asked for and kept as a note, as is the
benefit that counts.
"""

from typing import Final

from dialogs import forms
from dialogs.conversation import card, moves, steps
from dialogs.conversation.card_details import DETAILS, choice_rows
from dialogs.conversation.fields import BenefitForm, ProductForm
from dialogs.conversation.product_choice import TYPED, product_of_mark, product_rows
from dialogs.conversation.situation import WORDS
from dialogs.conversation.talk import Talk, Trigger
from dialogs.customers import from_talk
from dialogs.turn import Turn

ACTIONS: Final = frozenset({"detail", "detail_set", "word", "sells"})


def handle(turn: Turn) -> None:
    """`detail` opens the choices of one detail, `detail_set` takes one, `word` asks for what is typed.

    Where there are products, `word` opens them first, and `sells` takes one.
    """
    talk = moves.current(turn)
    if talk is None:
        return
    press = moves.press_of(turn)
    name, wanted = press.split()
    if press.action == "word" and name in WORDS:
        _words(turn, talk, name, wanted)
        return
    if press.action == "sells":
        _keep_product(turn, talk, press.value)
        return
    detail = DETAILS.get(name)
    if detail is None or (press.action == "detail_set" and wanted not in detail.choices(turn)):
        card.draw_stale(turn, talk)
    elif press.action == "detail":
        card.redraw(turn, talk, choice_rows(turn, talk, detail))
    else:
        talk = steps.record(turn, talk, Trigger.DETAILS, **{detail.field: wanted})
        from_talk.chosen(turn, talk, detail.field)
        hint = detail.choices(turn)[wanted].hint
        turn.toast(hint)
        card.draw(turn, talk)


def keep_words(turn: Turn, talk: Talk, words: ProductForm | BenefitForm) -> None:
    """The answered question: sentences to say name it from now on."""
    name = "product" if isinstance(words, ProductForm) else "benefit"
    turn.store.notes.add(turn.person.id, talk.id, WORDS[name], words.text, turn.at)
    if name == "product" and talk.product is not None:
        talk = steps.record(turn, talk, Trigger.DETAILS, product=None)
    forms.show_kept(turn, words)
    card.draw(turn, talk)


def _words(turn: Turn, talk: Talk, name: str, wanted: str) -> None:
    if name == "product" and wanted != TYPED and turn.knowledge.products:
        card.redraw(turn, talk, product_rows(turn, talk, wanted))
    else:
        forms.ask(turn, name, talk.id)


def _keep_product(turn: Turn, talk: Talk, mark: str) -> None:
    """The product and what kind of offer it is; sentences to say name it from now on."""
    id_ = product_of_mark(turn, mark)
    if id_ is None:
        card.draw_stale(turn, talk)
        return
    product = turn.knowledge.products[id_]
    talk = steps.record(turn, talk, Trigger.DETAILS, product=id_, offer=product.offer)
    turn.toast(turn.say("details.product_chosen", name=product.name))
    card.draw(turn, talk)
