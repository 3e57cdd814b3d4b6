"""Texts, voice messages and files that come without a command, in the order in which something may take them.

The waiting question; what the card asks in place; in negotiation and closing a price; a day with a time; else help with
what is recognised in the text, or the question what it was. Of files calendars and cost distribution sheets are read.
"""

from dialogs import answers, forms
from dialogs.accounting import bab
from dialogs.agenda import importing, typed
from dialogs.conversation import heard, notes, price_room, steps
from dialogs.conversation.talk import Asking, Standing
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
    waiting = forms.taking(turn)
    talk = steps.active_talk(turn)
    if waiting is not None and (not found.answers or forms.can_read(turn, waiting, text)):
        answers.answer(turn, waiting, text)
    elif not text.strip():
        turn.show(line(turn.say("form.text_empty")))
    elif talk is not None and talk.standing is Standing.OPEN and talk.asking is Asking.MISSING:
        notes.keep_missing(turn, talk, text)
    # What is read exactly, such as a price in the negotiation or a day with a time, goes before what is recognised.
    elif talk is not None and (change := price_room.reads(turn, talk, text)) is not None:
        price_room.take(turn, talk, change)
    elif (planned := typed.reads(turn, text)) is not None:
        typed.ask(turn, text, planned, found)
    else:
        heard.take(turn, text, found)
