"""Texts, voice messages and files that come without a command, in the order in which something may take them.

The waiting question; what the card asks in place; in negotiation and closing an order with its amount, or a price; a
day with a time; else help with what is recognised in the text, or the question what it was. The list of customers asks
nothing: below it a text comes to the search where it is none of these, and what finds nobody goes on as if there were
no list where it is recognised beyond doubt, or no name. Of files calendars and cost distribution sheets are read.
"""

from dialogs import answers, forms
from dialogs.accounting import bab
from dialogs.agenda import importing, typed
from dialogs.conversation import heard, notes, price_room, steps, typed_order
from dialogs.conversation.talk import Asking, Standing
from dialogs.customers import listening
from dialogs.turn import Attachment, Document, Turn, Typed, Voice
from dialogs.view import View, line
from knowledge.recognition.matches import Recognition


def handle(turn: Turn) -> None:
    """A text goes to the first that takes it; voice is a note, a file a sheet or a calendar; pictures are not read."""
    match turn.event:
        case Typed(text=text, found=found):
            _take(turn, text, found)
        case Voice():
            notes.keep_voice(turn, turn.event)
        case Document() if importing.is_calendar(turn.event):
            importing.take(turn, turn.event)
        case Document():
            bab.take(turn, turn.event)
        case Attachment():
            turn.show(View(line(turn.say("plain.attachment")).blocks, forms.resume_rows(turn)))
        case _:
            raise TypeError(f"no plain text: {turn.event!r}")


def _take(turn: Turn, text: str, found: Recognition) -> None:
    talk, waiting, search = steps.active_talk(turn), forms.taking(turn), None
    ordered = typed_order.reads(turn, talk, text)
    if waiting is not None and waiting.form == listening.SEARCH:
        search, waiting = waiting, None
        listening.stop_listening(turn)  # whoever searches on is listened to again
    is_sure = bool(found.answers or ordered)
    if waiting is not None and (not is_sure or forms.can_read(turn, waiting, text)):
        answers.answer(turn, waiting, text)
    elif not text.strip():
        turn.show(line(turn.say("form.text_empty")))
    elif search is None and talk is not None and talk.standing is Standing.OPEN and talk.asking is Asking.MISSING:
        notes.keep_missing(turn, talk, text)
    # What is read exactly, such as a price in the negotiation or a day with a time, goes before what is recognised.
    elif talk is not None and ordered:
        typed_order.offer(turn, talk, text, ordered)
    elif talk is not None and (change := price_room.reads(turn, talk, text)) is not None:
        price_room.take(turn, talk, change)
    elif (planned := typed.reads(turn, text)) is not None:
        typed.ask(turn, text, planned, found)
    elif search is not None and forms.can_read(turn, search, text):
        answers.answer(turn, search, text)
    else:
        heard.take(turn, text, found)
