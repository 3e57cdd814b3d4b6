"""Texts, voice messages and files that come without a command, in the order in which something may take them.

The waiting question; what the card asks in place; else the text is kept as a draft, and the person says what it was.
"""

from dialogs import answers, forms
from dialogs.conversation import notes, steps
from dialogs.conversation.objection_groups import group_rows
from dialogs.conversation.talk import Asking, Standing
from dialogs.ports import NoteKind
from dialogs.read_back import shortened
from dialogs.turn import Attachment, Turn, Typed, Voice
from dialogs.view import Heading, Quote, View, line


def handle(turn: Turn) -> None:
    """A text goes to the first that takes it; voice is a note; files are not read yet."""
    match turn.event:
        case Typed(text=text):
            _take(turn, text)
        case Voice():
            notes.keep_voice(turn, turn.event)
        case Attachment():
            turn.show(View(line(turn.say("plain.attachment")).blocks, forms.resume_rows(turn)))
        case _:
            raise TypeError(f"no plain text: {turn.event!r}")


def draft(turn: Turn, text: str) -> None:
    """Keeps the text as a draft and asks what it was: an objection of some group, or a note."""
    note = turn.store.notes.add(turn.person.id, None, NoteKind.DRAFT, text, turn.at)
    talk = steps.active_talk(turn)
    subject = talk.id if talk else 0
    turn.show(
        View(
            (Heading(turn.say("plain.what_was_it")), Quote(shortened(text))),
            (*group_rows(turn, subject), *notes.keep_rows(turn, note, talk), *forms.resume_rows(turn)),
        ),
        notes.draft_screen(note),
    )


def _take(turn: Turn, text: str) -> None:
    waiting = forms.taking(turn)
    talk = steps.active_talk(turn)
    if waiting is not None:
        answers.answer(turn, waiting, text)
    elif not text.strip():
        turn.show(line(turn.say("form.text_empty")))
    elif talk is not None and talk.standing is Standing.OPEN and talk.asking is Asking.MISSING:
        notes.keep_missing(turn, talk, text)
    else:
        draft(turn, text)
