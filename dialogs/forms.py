"""One way to ask for fields: a question, the answer read, read back where it is an amount or a day, then the next.

The forms are the models that `fields` gathers. What is entered waits as it was typed (`Waiting`): a field that stands
in `values` is being read back, one that does not is being asked. What happens with a complete form stands in `answers`.
"""

import re
from dataclasses import replace
from typing import Final

from pydantic import ValidationError

from dialogs.conversation.talk import ConversationId
from dialogs.fields import FORMS
from dialogs.form_model import Form
from dialogs.form_progress import (
    entered_value,
    following_field,
    has_entries,
    is_about,
    mark_of,
    reading_for,
    waiting_now,
    with_text,
    without_text,
    worth_keeping,
)
from dialogs.form_view import complaint_view, question_view
from dialogs.ports.store import Waiting
from dialogs.press import Press
from dialogs.read_back import shortened, token, typed_from, written
from dialogs.turn import QUESTION_WAITS, Pressed, Turn
from dialogs.view import Button, Row, line
from knowledge.language.errors import ReadingError
from knowledge.taxonomy import PhaseId

SCREEN: Final = "ask"
"""The newest question of a chat. Older ones keep their buttons: each says what shall hold, so they do no harm."""

WHOM: Final = frozenset({"customer", "customer_meant", "customer_search", "customer_new"})
"""Questions that are answered as soon as it is known with whom a conversation is."""

_A_WORD = re.compile(r"[^\W\d_]{3,}")


def ask(turn: Turn, form: str, subject: int, version: int = 0, rows: tuple[Row, ...] = (), **known: str) -> None:
    """Asks the first question of a form about a subject (a conversation's id, 0 for none).

    With the talk's `version` the question takes texts only until the talk moves. `rows` stand above the question's
    own buttons; `known` fields are not asked for. A question about the same goes on with what was entered; another
    one in which something was entered comes back when this one is done.
    """
    earlier = turn.store.forms.waiting(turn.person.id)
    if earlier is not None and is_about(earlier, form, subject, known):
        waiting = replace(earlier, version=version)
        if turn.store.screens.messages_below(turn.sender.chat_id, SCREEN) == 0:
            turn.toast(turn.say("form.already_asked"))
            _draw(turn, waiting, rows, in_place=True)
        else:
            _draw(turn, waiting, rows)
        return
    first = next(iter(FORMS[form].questions()))
    answered = isinstance(turn.event, Pressed) and turn.event.screen == SCREEN  # the next one takes its place
    waiting = Waiting(form, first, subject, known, None, version, before=worth_keeping(earlier))
    _draw(turn, waiting, rows, in_place=answered)


def listen(turn: Turn, form: str) -> None:
    """Lets a screen of its own ask the first question of a form: the next typed text answers it, nothing is drawn."""
    earlier = turn.store.forms.waiting(turn.person.id)
    first = next(iter(FORMS[form].questions()))
    waiting = Waiting(form, first, 0, {}, turn.at, before=worth_keeping(earlier))
    turn.store.forms.ask(turn.person.id, waiting)


def taking(turn: Turn) -> Waiting | None:
    """The question that takes a typed text: asked within two hours, and its conversation has not moved since."""
    waiting = waiting_now(turn)
    if waiting is None or waiting.asked_at is None or turn.at - waiting.asked_at > QUESTION_WAITS:
        return None
    if waiting.version:
        talk = turn.store.conversations.load(turn.person.id, ConversationId(waiting.subject))
        if talk is None or talk.version != waiting.version:
            return None
    return waiting


def left(turn: Turn) -> Waiting | None:
    """The question that waits as a button only: it is old, it was left, or its conversation has moved."""
    waiting = waiting_now(turn)
    if waiting is None or taking(turn) is not None:
        return None
    if waiting.version:  # asked about how a conversation ends: over when that has ended
        talk = turn.store.conversations.load(turn.person.id, ConversationId(waiting.subject))
        if talk is None or talk.phase is PhaseId.FOLLOW_UP:
            return None
    return waiting


def resume_rows(turn: Turn) -> tuple[Row, ...]:
    """The button that takes up the question that was left, where there is one."""
    waiting = left(turn)
    if waiting is None:
        return ()
    press = Press("form_resume", waiting.subject, value=waiting.form)
    return ((Button(turn.say("form.resume"), press),),)


def enter(turn: Turn, waiting: Waiting, text: str) -> Form | None:
    """Takes a typed text: the complete form, or None where a question or a sentence about the text was shown."""
    try:
        value = FORMS[waiting.form].read(waiting.field, text, reading_for(turn))
    except ReadingError as error:
        following = following_field(waiting)
        if waiting.field in waiting.values and following is not None and _A_WORD.search(text):
            return enter(turn, replace(waiting, field=following), text)  # asked for in the same message
        _complain(turn, waiting, error)
        return None
    entered = with_text(waiting, text)
    if written(turn, value) is not None:
        _draw(turn, entered)
        return None
    return _go_on(turn, entered)


def can_read(turn: Turn, waiting: Waiting, text: str) -> bool:
    """Whether the text answers the waiting question; asking changes nothing."""
    form, following = FORMS[waiting.form], following_field(waiting)
    fields = [waiting.field] if waiting.field not in waiting.values or following is None else [waiting.field, following]
    for field in fields:
        try:
            form.read(field, text, reading_for(turn))
        except ReadingError:
            continue
        return True
    return False


def confirm(turn: Turn, waiting: Waiting, wanted: str) -> Form | None:
    """'Stimmt': kept if it still is what stood above the button, else read back anew."""
    value = entered_value(turn, waiting)
    if value is None or token(value) != wanted:
        was_entered = waiting.field in waiting.values and value is None  # typed in the other language
        meant = typed_from(wanted, turn.language) if was_entered else None
        _draw(turn, waiting if meant is None else with_text(waiting, meant), in_place=True)
        return None
    if following_field(waiting) is not None:  # its question stood in the same message, and may be left out
        return _complete(turn, waiting)
    return _go_on(turn, waiting)


def change(turn: Turn, waiting: Waiting, shown: str) -> None:
    """'Ändern': the same question again, if what stood above the button is what is being read back."""
    same = token(entered_value(turn, waiting)) == shown
    _draw(turn, without_text(waiting) if same else waiting, in_place=True)


def pick(turn: Turn, waiting: Waiting, wanted: str) -> None:
    """One of two ways to read what was typed; it is read back like any other."""
    text = typed_from(wanted, turn.language)
    _draw(turn, waiting if text is None else with_text(waiting, text), in_place=True)


def skip(turn: Turn, waiting: Waiting) -> Form | None:
    """'Weglassen': goes on without the field that is being asked, if it may be left out."""
    if waiting.field in waiting.values or not FORMS[waiting.form].may_be_left_out(waiting.field):
        _draw(turn, waiting, in_place=True)
        return None
    return _go_on(turn, waiting)


def resume(turn: Turn, waiting: Waiting) -> None:
    """Asks again what was left, with everything that was entered."""
    version = waiting.version
    if version:
        talk = turn.store.conversations.load(turn.person.id, ConversationId(waiting.subject))
        version = talk.version if talk else version
    _draw(turn, replace(waiting, version=version))


def leave(turn: Turn) -> bool:
    """Leaves the question; True where something was entered, which then waits for 'Frage fortsetzen'."""
    waiting = waiting_now(turn)
    if waiting is not None and (has_entries(waiting) or "of" in waiting.values):  # a record holds the entries
        turn.store.forms.ask(turn.person.id, replace(waiting, asked_at=None))
        return True
    done(turn)
    return False


def set_aside(turn: Turn) -> None:
    """Who goes on with a conversation types about that: a question about anything else takes no texts any more."""
    waiting = taking(turn)
    if waiting is None or waiting.subject or waiting.form == "table_price":
        return
    if waiting.form in WHOM:
        done(turn)
    else:
        leave(turn)


def done(turn: Turn) -> None:
    """The question is answered or dropped; the one that it interrupted waits again, as a button."""
    waiting = turn.store.forms.waiting(turn.person.id)
    if waiting is not None and waiting.before is not None:
        turn.store.forms.ask(turn.person.id, replace(waiting.before, asked_at=None))
    else:
        turn.store.forms.done(turn.person.id)


def go_back(turn: Turn, finished: Waiting) -> None:
    """Asks again the question that a finished one interrupted, if that still makes sense."""
    waiting = left(turn)
    if finished.before is not None and waiting is not None:
        resume(turn, waiting)


def show_kept(turn: Turn, filled: Form) -> None:
    """Says what was kept: in place of the question after a press, below the text after a typed answer."""
    values = [getattr(filled, field) for field in filled.questions()]
    words = " · ".join(written(turn, value) or shortened(str(value)) for value in values if value is not None)
    view = line(turn.say("form.kept", values=words) if words else turn.say("form.nothing_entered"))
    if isinstance(turn.event, Pressed):
        turn.edit(SCREEN, view)
    else:
        turn.show(view)


def waiting_for(turn: Turn, press: Press) -> Waiting | None:
    """The waiting question that a button belongs to; None where another one, or none, waits."""
    waiting = waiting_now(turn)
    form, _, field = press.split()[0].partition(".")
    if waiting is None or (waiting.form, waiting.subject) != (form, press.subject):
        return None
    if press.action == "form_skip" and press.split()[1] != mark_of(waiting):
        return None
    return waiting if not field or waiting.field == field else None


def _draw(turn: Turn, waiting: Waiting, rows: tuple[Row, ...] = (), *, in_place: bool = False) -> None:
    waiting = replace(waiting, asked_at=turn.at)
    turn.store.forms.ask(turn.person.id, waiting)
    view = question_view(turn, waiting, rows)
    if in_place:
        turn.edit(SCREEN, view)
    else:
        turn.show(view, SCREEN)


def _complain(turn: Turn, waiting: Waiting, error: ReadingError) -> None:
    turn.store.forms.ask(turn.person.id, replace(waiting, asked_at=turn.at))
    turn.show(complaint_view(turn, waiting, error), SCREEN)


def _go_on(turn: Turn, waiting: Waiting) -> Form | None:
    following = following_field(waiting)
    if following is None:
        return _complete(turn, waiting)
    _draw(turn, replace(waiting, field=following), in_place=isinstance(turn.event, Pressed))
    return None


def _complete(turn: Turn, waiting: Waiting) -> Form | None:
    """The whole form. It stays stored until its end was kept, so that it can be taken up again otherwise."""
    turn.store.forms.ask(turn.person.id, waiting)
    form = FORMS[waiting.form]
    for field in waiting.values.keys() & form.questions().keys():
        try:
            form.read(field, waiting.values[field], reading_for(turn))
        except ReadingError as error:  # it was right when it was entered, in the other language perhaps
            _complain(turn, without_text(replace(waiting, field=field)), error)
            return None
    try:
        return form.complete(waiting.values, reading_for(turn))
    except ValidationError:  # what was known from the start is an id that today's code does not have
        done(turn)
        turn.show(line(turn.say("form.no_longer")))
        return None
