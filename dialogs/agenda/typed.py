"""Appointments by typing: a line behind the command is made at once, a plain text with a day and a time is asked about.

What was typed waits as a draft; its button reads it again as it was meant when it was typed.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.agenda import appointment, planning
from dialogs.agenda.views import card_view, details, draw
from dialogs.conversation import heard, notes, steps
from dialogs.conversation.moves import press_of
from dialogs.ports.conversations import NoteId, NoteKind
from dialogs.ports.days import Appointment
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Heading, Row, Text, View, line
from knowledge.language.errors import ReadingError
from knowledge.recognition.matches import Recognition

ACTIONS: Final = frozenset({"ag_make"})

_READINGS: Final = 2


def take_line(turn: Turn, text: str) -> None:
    """`/termine Do 10:30 Webcall Schäfer`: the appointment, or one sentence about what is not clear."""
    try:
        planned = planning.read(turn, text, turn.now)
    except ReadingError as error:
        key = "agenda.not_read" if error.key == "reading.moment" else error.key
        turn.show(line(turn.say(key, **error.params)))
        return
    if planned.appointment.starts_at < turn.at:
        _ask(turn, text, planned.appointment)
    else:
        appointment.show(turn, planning.add(turn, planned.appointment), fresh=True)


def reads(turn: Turn, text: str) -> Appointment | None:
    """The appointment that a plain text may mean: it names a day and a time."""
    try:
        planned = planning.read(turn, text, turn.now)
    except ReadingError:
        return None
    return planned.appointment if planned.names_day else None


def ask(turn: Turn, text: str, planned: Appointment, found: Recognition) -> None:
    """'Termin anlegen?', beside all else that the text may be."""
    _ask(turn, text, planned, found)


def handle(turn: Turn) -> None:
    """'Anlegen': the draft becomes an appointment; a second tap finds it there."""
    press = press_of(turn)
    note = turn.store.notes.get(turn.person.id, NoteId(press.subject))
    if note is None:
        turn.toast(turn.say("note.draft_gone"))
        return
    try:
        planned = planning.read(turn, note.text, _then(turn, note.at))
    except ReadingError as error:
        turn.toast(turn.say(error.key, **error.params))
        return
    made = planning.add(turn, planned.appointment)
    draw(turn, card_view(turn, made, fresh=True))


def _ask(turn: Turn, text: str, planned: Appointment, found: Recognition | None = None) -> None:
    note = turn.store.notes.add(turn.person.id, None, NoteKind.DRAFT, text, turn.at)
    talk = steps.active_talk(turn)
    is_past = planned.starts_at < turn.at
    make = Button(turn.say("agenda.button.make_anyway" if is_past else "agenda.button.make"), Press("ag_make", note))
    rows: list[Row] = [(make,)]
    if found is not None:
        no_appointment = Button(turn.say("agenda.button.no_appointment"), Press("hels", talk.id if talk else 0))
        rows[0] = (make, no_appointment)
        rows += heard.reading_rows(turn, talk, tuple(match.id for match in found.answers)[:_READINGS])
        rows += notes.keep_rows(turn, note, talk)
    question = Text(turn.say("agenda.ask_past" if is_past else "agenda.ask"))
    blocks = (question, None, Heading(planned.title), *details(turn, planned))
    turn.show(View(blocks, tuple(rows)), notes.draft_screen(note))


def _then(turn: Turn, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(turn.person.zone))
