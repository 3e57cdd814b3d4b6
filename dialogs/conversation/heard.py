"""What becomes of a typed text that nothing else has taken: help with what was recognised in it, or a question.

Sure: the help at once. Unsure: up to three readings to choose from. Nothing: the groups of objections, above them what
it may have been where that is not far-fetched. The text is kept as a draft in each case, so that it can still become a
note; nothing is recorded as an objection by typing it.
"""

from typing import Final

from dialogs import forms
from dialogs.conversation import moves, notes, signals, steps
from dialogs.conversation.help_state import HelpState, token_from
from dialogs.conversation.objection_groups import group_rows
from dialogs.conversation.objection_help import draft_of, edit_in_place, first_view, fresh, screen_of
from dialogs.conversation.objection_help_view import reading_button, signal_button
from dialogs.conversation.talk import Talk
from dialogs.ports.conversations import NoteId, NoteKind
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Turn
from dialogs.view import Button, Heading, Quote, Row, Text, View
from knowledge.recognition.matches import Label, Recognition
from knowledge.taxonomy import ObjectionId, SignalId

ACTIONS: Final = frozenset({"hels"})

_READINGS: Final = 3


def take(turn: Turn, text: str, found: Recognition) -> None:
    """Answers a typed text, in the conversation at hand or without one."""
    note = turn.store.notes.add(turn.person.id, None, NoteKind.DRAFT, text, turn.at)
    talk = steps.active_talk(turn)
    screen = notes.draft_screen(note)
    sure = tuple(match.id for match in found.answers)
    objections = [label for label in sure if isinstance(label, ObjectionId)]
    if objections:
        also = next((label for label in sure if label is not objections[0]), None)
        turn.show(first_view(turn, talk, fresh(turn, objections[0], also), screen), screen)
    elif sure:
        _show_signals(turn, talk, [label for label in sure if isinstance(label, SignalId)], note)
    elif found.matches:
        readings = tuple(match.id for match in found.matches)[:_READINGS]
        turn.show(_readings_view(turn, talk, readings, note), screen)
    else:
        guesses = tuple(match.id for match in found.guesses)[:_READINGS]
        turn.show(_draft_view(turn, talk, note, text, guesses), screen)


def handle(turn: Turn) -> None:
    """'etwas anderes': what was recognised is not meant; the groups stand in its place."""
    pressed = moves.press_and_talk(turn)
    if pressed is None:
        return
    press, talk = pressed
    draft = draft_of(screen_of(turn))
    note = turn.store.notes.get(turn.person.id, draft) if draft else None
    if note is None or note.kind is not NoteKind.DRAFT:
        edit_in_place(turn, View((Text(turn.say("objection.which_group")),), group_rows(turn, press.subject)))
    else:
        edit_in_place(turn, _draft_view(turn, talk, note.id, note.text))


def _show_signals(turn: Turn, talk: Talk | None, seen: list[SignalId], note: NoteId) -> None:
    """The first is noted where a conversation goes on; a second one is a button."""
    others: list[Row] = [(signal_button(turn, talk, signal),) for signal in seen[1:]]
    signals.hear(turn, talk, seen[0], (*others, *notes.keep_rows(turn, note, talk), *forms.resume_rows(turn)))


def _readings_view(turn: Turn, talk: Talk | None, readings: tuple[Label, ...], note: NoteId) -> View:
    """'Meint der Kunde eher …': the readings as buttons, and two ways out."""
    rows = reading_rows(turn, talk, readings)
    other = Button(turn.say("objection_help.other"), Press("hels", talk.id if talk else 0))
    words = Text(turn.say("objection_help.rather"))
    return View((words,), (*rows, (other,), *notes.keep_rows(turn, note, talk), *forms.resume_rows(turn)))


def reading_rows(turn: Turn, talk: Talk | None, readings: tuple[Label, ...]) -> tuple[Row, ...]:
    """A button for each of what a text may mean; it leads to the help, or notes the signal."""
    token = token_from(turn.new_code())
    return tuple(
        (signal_button(turn, talk, label),)
        if isinstance(label, SignalId)
        else (reading_button(turn, talk, HelpState(label, token)),)
        for label in readings
    )


def _draft_view(turn: Turn, talk: Talk | None, note: NoteId, text: str, guesses: tuple[Label, ...] = ()) -> View:
    """What was it? One of the guesses, an objection of some group, or a note."""
    words = turn.say("plain.maybe_this" if guesses else "plain.which_topic")
    return View(
        (Heading(turn.say("plain.what_was_it")), Text(words), Quote(shortened(text))),
        (
            *reading_rows(turn, talk, guesses),
            *group_rows(turn, talk.id if talk else 0),
            *notes.keep_rows(turn, note, talk),
            *forms.resume_rows(turn),
        ),
    )
