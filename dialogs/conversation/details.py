"""Changing what a conversation is about while it runs: the card shows the choices and the answer in place.

What is sold and which benefit counts is asked for and kept as a note.
"""

from typing import Final

from dialogs import forms
from dialogs.conversation import card, moves, steps
from dialogs.conversation.card_details import DETAILS, choice_rows
from dialogs.conversation.situation import WORDS
from dialogs.conversation.talk import Talk, Trigger
from dialogs.fields import BenefitForm, ProductForm
from dialogs.turn import Turn

ACTIONS: Final = frozenset({"detail", "detail_set", "word"})


def handle(turn: Turn) -> None:
    """`detail` opens the choices of one detail, `detail_set` takes one, `word` asks for what is typed."""
    talk = moves.current(turn)
    if talk is None:
        return
    press = moves.press_of(turn)
    if press.action == "word" and press.value in WORDS:
        forms.ask(turn, press.value, talk.id)
        return
    name, wanted = press.split()
    detail = DETAILS.get(name)
    if detail is None or (press.action == "detail_set" and wanted not in detail.choices(turn)):
        card.draw_stale(turn, talk)
    elif press.action == "detail":
        card.redraw(turn, talk, choice_rows(turn, talk, detail))
    else:
        talk = steps.record(turn, talk, Trigger.DETAILS, **{detail.field: wanted})
        hint = detail.choices(turn)[wanted].hint
        turn.toast(hint)
        card.draw(turn, talk)


def keep_words(turn: Turn, talk: Talk, words: ProductForm | BenefitForm) -> None:
    """The answered question: sentences to say name it from now on."""
    name = "product" if isinstance(words, ProductForm) else "benefit"
    turn.store.notes.add(turn.person.id, talk.id, WORDS[name], words.text, turn.at)
    forms.show_kept(turn, words)
    card.draw(turn, talk)
