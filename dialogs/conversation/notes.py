"""Notes of a conversation: typed or spoken at any time, read again under '⋯'.

A text that nobody asked for is a draft until somebody says that it is a note. Voice messages are kept by Telegram's
id of the file.
"""

from typing import Final
from zoneinfo import ZoneInfo

from dialogs import forms
from dialogs.conversation import card, moves, steps
from dialogs.conversation.card_text import customer_name
from dialogs.conversation.fields import NoteForm
from dialogs.conversation.talk import ConversationId, CustomerId, Talk, Trigger
from dialogs.ports.conversations import Note, NoteId, NoteKind
from dialogs.ports.store import Waiting
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Turn, Typed, Voice
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, line
from knowledge.language.dates import DayTime
from knowledge.language.moments import spoken_moment
from knowledge.language.writing import day as written_day

ACTIONS: Final = frozenset({"note", "notes", "note_keep"})

SHOWN: Final = 10
"""So many notes stand in the list, the newest first."""

_LONGEST_SHOWN: Final = 300

_OFFERED: Final = 3
"""So many open conversations are offered for a text or a voice message that none is active for."""


def handle(turn: Turn) -> None:
    """'Notiz', the list of notes, and 'Als Notiz' under a text or a voice message."""
    press = moves.press_of(turn)
    if press.action == "note_keep":
        _keep_draft(turn, press)
        return
    talk = moves.current(turn)
    if talk is None:
        return
    if press.action == "note":
        ask(turn, talk)
    else:
        turn.keep_in_reach(f"notes:{talk.id}", notes_view(turn, talk), line(turn.say("note.moved")))


def ask(turn: Turn, talk: Talk) -> None:
    """Asks for a note of this conversation."""
    forms.ask(turn, "note", talk.id)


def keep(turn: Turn, talk: Talk, note: NoteForm) -> None:
    """The answered form."""
    turn.store.notes.add(turn.person.id, talk.id, NoteKind.NOTE, note.text, turn.at)
    forms.show_kept(turn, note)
    card.draw(turn, talk)


def keep_missing(turn: Turn, talk: Talk, text: str) -> None:
    """What the customer still misses, while the card asks for it: the way leads back to the negotiation.

    Raises NoSuchMove where the card asks something else.
    """
    talk = steps.move(turn, talk, Trigger.MISSING_IN_OFFER)
    turn.store.notes.add(turn.person.id, talk.id, NoteKind.MISSING, text, turn.at)
    turn.show(line(turn.say("note.missing", text=shortened(text))))
    draw_after_answer(turn, talk)


def keep_time(turn: Turn, talk: Talk, moment: DayTime, about: str = "") -> None:
    """A time of day that was said with a date becomes a note, because steps hold days only."""
    if moment.time is None:
        return
    day = written_day(moment.day, turn.language, turn.today)
    text = turn.say("language.moment", day=day, time=moment.time)
    if about:
        text = turn.say("note.about", about=about, text=text)
    turn.store.notes.add(turn.person.id, talk.id, NoteKind.NOTE, text, turn.at)


def keep_voice(turn: Turn, voice: Voice) -> None:
    """A voice message is a note: of the conversation whose note is asked for, else of the active one, else a draft."""
    waiting = forms.taking(turn)
    if waiting is not None and waiting.form == "customer_note":
        _keep_voice_for_customer(turn, voice, waiting)
        return
    asked = waiting is not None and waiting.form == "note"
    talk = None
    if waiting is not None and asked:
        talk = turn.store.conversations.load(turn.person.id, ConversationId(waiting.subject))
    talk = talk or steps.active_talk(turn)
    kind = NoteKind.NOTE if talk else NoteKind.DRAFT
    subject = talk.id if talk else None
    note = turn.store.notes.add(turn.person.id, subject, kind, "", turn.at, voice.file_id)
    if talk is None:
        rows = keep_rows(turn, note, None)
        words = turn.say("note.which_conversation" if rows else "note.no_conversation")
        later = (Button(turn.say("note.keep"), Press("note_keep", value=str(note))),)
        turn.show(View((Text(words),), rows or (later,)), draft_screen(note))
        return
    turn.show(line(turn.say("note.voice_kept", customer=customer_name(turn, talk))))
    if waiting is not None and asked:
        forms.done(turn)
        forms.go_back(turn, waiting)
    card.draw(turn, talk)


def _keep_voice_for_customer(turn: Turn, voice: Voice, waiting: Waiting) -> None:
    """A note about a customer was asked for on their card."""
    customer = turn.store.customers.get(turn.person.id, CustomerId(int(waiting.values["of"])))
    if customer is None:
        forms.done(turn)
        turn.show(line(turn.say("opening.customer_gone")))
        return
    owner = turn.person.id
    turn.store.notes.add(owner, None, NoteKind.NOTE, "", turn.at, voice.file_id, customer_id=customer.id)
    turn.show(line(turn.say("note.voice_kept", customer=customer.name)))
    forms.done(turn)
    forms.go_back(turn, waiting)


def keep_rows(turn: Turn, note: NoteId, talk: Talk | None) -> tuple[Row, ...]:
    """'Als Notiz' for the active conversation; without one a button for each of the open ones used last."""
    if talk is not None:
        return ((Button(turn.say("note.keep"), Press("note_keep", talk.id, value=str(note))),),)
    return tuple(
        (
            Button(
                turn.say("note.keep_for", customer=listed.customer),
                Press("note_keep", listed.id, value=str(note)),
            ),
        )
        for listed in turn.store.conversations.open(turn.person.id, _OFFERED)
    )


def draft_screen(note: NoteId) -> str:
    """The screen on which a draft waits for what becomes of it."""
    return f"draft:{note}"


def notes_view(turn: Turn, talk: Talk) -> View:
    """The newest notes of a conversation, each with its moment and what it is about."""
    kept = [note for note in turn.store.notes.of(talk.id) if note.kind is not NoteKind.DRAFT]
    newest = sorted(kept, key=lambda note: (note.at, note.id), reverse=True)[:SHOWN]
    blocks: list[Block | None] = [Heading(turn.say("note.list", customer=customer_name(turn, talk)))]
    for note in newest:
        blocks += [None, Hint(_when_and_what(turn, note)), Text(_words(turn, note))]
    if not newest:
        blocks.append(Text(turn.say("note.none")))
    elif len(kept) > SHOWN:
        blocks += [None, Hint(turn.say("note.older", n=len(kept) - SHOWN))]
    add = Button(turn.say("note.add"), Press("note", talk.id))
    return View(tuple(blocks), ((add,),))


def draw_after_answer(turn: Turn, talk: Talk) -> None:
    """The card after an answer that moved the talk: below a typed one, in its place after a press."""
    if isinstance(turn.event, Typed):
        card.draw_at_bottom(turn, talk)
    else:
        card.draw(turn, talk)


def _keep_draft(turn: Turn, press: Press) -> None:
    note_id = NoteId(int(press.value)) if press.value.isdigit() else NoteId(0)
    note = turn.store.notes.get(turn.person.id, note_id)
    subject = ConversationId(press.subject) if press.subject else turn.person.active
    talk = turn.store.conversations.load(turn.person.id, subject) if subject else None
    if note is None:
        turn.toast(turn.say("note.draft_gone"))
        turn.edit(draft_screen(note_id), line(turn.say("note.draft_gone")))
        return
    if note.kind is not NoteKind.DRAFT:
        turn.toast(turn.say("note.kept"))
        return
    if talk is None:
        turn.toast(turn.say("note.no_conversation_yet"))
        return
    turn.store.notes.keep(turn.person.id, note.id, talk.id)
    turn.toast(turn.say("note.kept"))
    said = turn.say("note.kept_for", customer=customer_name(turn, talk), text=_words(turn, note))
    turn.edit(draft_screen(note.id), line(said))


def _when_and_what(turn: Turn, note: Note) -> str:
    zone = ZoneInfo(turn.person.zone)
    when = spoken_moment(turn.messages, note.at, turn.language, zone, turn.at)
    return turn.say(f"note.when.{note.kind}", when=when)


def _words(turn: Turn, note: Note) -> str:
    if note.file_id is not None:
        return turn.say("note.voice")
    return shortened(note.text, _LONGEST_SHOWN) or turn.say("note.emptied")
