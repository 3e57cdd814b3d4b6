"""One way to ask for fields: a question, the answer read, read back where it is an amount or a day, then the next.

The models in `fields` are the forms. What is entered waits as it was typed (`Waiting`): a field that stands in
`values` is being read back, one that does not is being asked. What happens with a complete form stands in `answers`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from zlib import crc32

from pydantic import ValidationError

from dialogs.conversation.card_text import customer_name
from dialogs.conversation.talk import ConversationId
from dialogs.fields import FORMS
from dialogs.form_model import Form, Reading
from dialogs.ports.store import Waiting
from dialogs.press import Press
from dialogs.read_back import shortened, token, typed_from, written
from dialogs.turn import QUESTION_WAITS, Pressed, Turn
from dialogs.view import Block, Button, Hint, Row, Text, View, line
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError
from knowledge.taxonomy import FollowUpTaskId, PhaseId

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
    if earlier is not None and _is_about(earlier, form, subject, known):
        waiting = replace(earlier, version=version)
        if turn.store.screens.messages_below(turn.sender.chat_id, SCREEN) == 0:
            turn.toast(turn.say("form.already_asked"))
            _draw(turn, waiting, rows, in_place=True)
        else:
            _draw(turn, waiting, rows)
        return
    first = next(iter(FORMS[form].questions()))
    answered = isinstance(turn.event, Pressed) and turn.event.screen == SCREEN  # the next one takes its place
    waiting = Waiting(form, first, subject, known, None, version, before=_worth_keeping(earlier))
    _draw(turn, waiting, rows, in_place=answered)


def listen(turn: Turn, form: str) -> None:
    """Lets a screen of its own ask the first question of a form: the next typed text answers it, nothing is drawn."""
    earlier = turn.store.forms.waiting(turn.person.id)
    first = next(iter(FORMS[form].questions()))
    waiting = Waiting(form, first, 0, {}, turn.at, before=_worth_keeping(earlier))
    turn.store.forms.ask(turn.person.id, waiting)


def taking(turn: Turn) -> Waiting | None:
    """The question that takes a typed text: asked within two hours, and its conversation has not moved since."""
    waiting = _known(turn)
    if waiting is None or waiting.asked_at is None or turn.at - waiting.asked_at > QUESTION_WAITS:
        return None
    if waiting.version:
        talk = turn.store.conversations.load(turn.person.id, ConversationId(waiting.subject))
        if talk is None or talk.version != waiting.version:
            return None
    return waiting


def left(turn: Turn) -> Waiting | None:
    """The question that waits as a button only: it is old, it was left, or its conversation has moved."""
    waiting = _known(turn)
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
        value = FORMS[waiting.form].read(waiting.field, text, _reading(turn))
    except ReadingError as error:
        following = _following(waiting)
        if waiting.field in waiting.values and following is not None and _A_WORD.search(text):
            return enter(turn, replace(waiting, field=following), text)  # asked for in the same message
        _complain(turn, waiting, error)
        return None
    entered = _with(waiting, text)
    if written(turn, value) is not None:
        _draw(turn, entered)
        return None
    return _go_on(turn, entered)


def can_read(turn: Turn, waiting: Waiting, text: str) -> bool:
    """Whether the text answers the waiting question; asking changes nothing."""
    form, following = FORMS[waiting.form], _following(waiting)
    fields = [waiting.field] if waiting.field not in waiting.values or following is None else [waiting.field, following]
    for field in fields:
        try:
            form.read(field, text, _reading(turn))
        except ReadingError:
            continue
        return True
    return False


def confirm(turn: Turn, waiting: Waiting, wanted: str) -> Form | None:
    """'Stimmt': kept if it still is what stood above the button, else read back anew."""
    value = _entered_value(turn, waiting)
    if value is None or token(value) != wanted:
        meant = typed_from(wanted, turn.language) if waiting.field in waiting.values and value is None else None
        _draw(turn, waiting if meant is None else _with(waiting, meant), in_place=True)  # typed in the other language
        return None
    if _following(waiting) is not None:  # its question stood in the same message, and may be left out
        return _complete(turn, waiting)
    return _go_on(turn, waiting)


def change(turn: Turn, waiting: Waiting, shown: str) -> None:
    """'Ändern': the same question again, if what stood above the button is what is being read back."""
    same = token(_entered_value(turn, waiting)) == shown
    _draw(turn, _without(waiting) if same else waiting, in_place=True)


def pick(turn: Turn, waiting: Waiting, wanted: str) -> None:
    """One of two ways to read what was typed; it is read back like any other."""
    text = typed_from(wanted, turn.language)
    _draw(turn, waiting if text is None else _with(waiting, text), in_place=True)


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
    waiting = _known(turn)
    if waiting is not None and (_has_entries(waiting) or "of" in waiting.values):  # a record holds the entries
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
    waiting = _known(turn)
    form, _, field = press.split()[0].partition(".")
    if waiting is None or (waiting.form, waiting.subject) != (form, press.subject):
        return None
    if press.action == "form_skip" and press.split()[1] != _mark(waiting):
        return None
    return waiting if not field or waiting.field == field else None


# What is shown


def _draw(turn: Turn, waiting: Waiting, rows: tuple[Row, ...] = (), *, in_place: bool = False) -> None:
    waiting = replace(waiting, asked_at=turn.at)
    turn.store.forms.ask(turn.person.id, waiting)
    view = _view(turn, waiting, rows)
    if in_place:
        turn.edit(SCREEN, view)
    else:
        turn.show(view, SCREEN)


def _complain(turn: Turn, waiting: Waiting, error: ReadingError) -> None:
    """One sentence about the text, above the question's buttons; two ways to read it are there to choose."""
    picks = tuple(
        Button(written(turn, value) or "", _press_with("form_pick", waiting, value))
        for value in (error.params.get("first"), error.params.get("second"))
        if written(turn, value) is not None
    )
    question = _view(turn, waiting)
    still_open: tuple[Block | None, ...] = ()
    if waiting.field in waiting.values:
        still_open = (None, *question.blocks)
    elif "ask" in waiting.values:  # the sentence has an example of its own
        still_open = (None, *_about(turn, waiting))
    blocks = (Text(turn.say(error.key, **error.params)), *still_open)
    turn.store.forms.ask(turn.person.id, replace(waiting, asked_at=turn.at))
    turn.show(View(blocks, ((picks,) if picks else ()) + question.rows), SCREEN)


def _view(turn: Turn, waiting: Waiting, rows: tuple[Row, ...] = ()) -> View:
    """The question of a field, or its answer read back together with a next question that may be left out."""
    leave_it = Button(turn.say("form.leave"), Press("form_leave", waiting.subject, value=waiting.form))
    questions = FORMS[waiting.form].questions()
    value = _entered_value(turn, waiting)
    if value is None:
        question = questions[waiting.field]
        skip = Press("form_skip", waiting.subject, value=f"{waiting.form}.{waiting.field}={_mark(waiting)}")
        skip_it = (Button(turn.say(question.skip), skip),) if question.skip else ()
        return View((*_about(turn, waiting), Text(turn.say(question.key))), (*rows, (*skip_it, leave_it)))
    following = _following(waiting)
    blocks: list[Block] = [*_about(turn, waiting)]
    blocks.append(Text(turn.say("form.read_back", value=written(turn, value) or shortened(str(value)))))
    if isinstance(value, DayTime) and value.time is not None and not FORMS[waiting.form].keeps_time:
        blocks.append(Hint(turn.say("form.time_as_note")))
    if following is not None:
        blocks.append(Text(turn.say(questions[following].key)))
    right = Button(turn.say("form.right"), _press_with("form_ok", waiting, value))
    change_it = Button(turn.say("form.change"), _press_with("form_change", waiting, value))
    return View(tuple(blocks), (*rows, (right, change_it, leave_it)))


def _about(turn: Turn, waiting: Waiting) -> tuple[Block, ...]:
    """Whose conversation, and which task, the question is about: several may be open, and a question may wait long.

    A question about something else brings its own words.
    """
    if waiting.values.get("ask"):
        return tuple(Text(words) for words in waiting.values["ask"].split("\n"))
    talk = turn.store.conversations.load(turn.person.id, ConversationId(waiting.subject)) if waiting.subject else None
    if talk is None:
        return ()
    customer, task = customer_name(turn, talk), waiting.values.get("task")
    if task not in set(FollowUpTaskId):
        return (Hint(customer),)
    label = turn.knowledge.follow_up[FollowUpTaskId(task)].label
    return (Hint(turn.say("form.about_task", customer=customer, task=label)),)


def _press_with(action: str, waiting: Waiting, value: object) -> Press:
    return Press(action, waiting.subject, value=f"{waiting.form}={token(value)}")


# Where a form stands


def _known(turn: Turn) -> Waiting | None:
    """What waits, if today's code still knows the form and the field."""
    waiting = turn.store.forms.waiting(turn.person.id)
    if waiting is None or waiting.form not in FORMS or waiting.field not in FORMS[waiting.form].questions():
        return None
    return waiting


def _reading(turn: Turn) -> Reading:
    return Reading(turn.language, turn.now, turn.person.team.currency)


def _entered_value(turn: Turn, waiting: Waiting) -> Any:
    """The value being read back; None where the field is still asked or its text says nothing any more."""
    text = waiting.values.get(waiting.field)
    try:
        return None if text is None else FORMS[waiting.form].read(waiting.field, text, _reading(turn))
    except ReadingError:  # a day that has passed meanwhile
        return None


def _following(waiting: Waiting) -> str | None:
    fields = list(FORMS[waiting.form].questions())
    return next(iter(fields[fields.index(waiting.field) + 1 :]), None)


def _go_on(turn: Turn, waiting: Waiting) -> Form | None:
    following = _following(waiting)
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
            form.read(field, waiting.values[field], _reading(turn))
        except ReadingError as error:  # it was right when it was entered, in the other language perhaps
            _complain(turn, _without(replace(waiting, field=field)), error)
            return None
    try:
        return form.complete(waiting.values, _reading(turn))
    except ValidationError:  # what was known from the start is an id that today's code does not have
        done(turn)
        turn.show(line(turn.say("form.no_longer")))
        return None


def _mark(waiting: Waiting) -> str:
    """Which of several questions of one form this is, so that a second tap does not leave out the next one too."""
    record = f"{waiting.values.get('of', '')}.{waiting.values.get('part', '')}"
    return f"{crc32(record.encode()):x}" if len(record) > 1 else ""


def _with(waiting: Waiting, text: str) -> Waiting:
    return replace(waiting, values={**waiting.values, waiting.field: text})


def _without(waiting: Waiting) -> Waiting:
    return replace(waiting, values={name: text for name, text in waiting.values.items() if name != waiting.field})


def _is_about(waiting: Waiting, form: str, subject: int, known: Mapping[str, str]) -> bool:
    return (waiting.form, waiting.subject) == (form, subject) and known.items() <= waiting.values.items()


def _has_entries(waiting: Waiting) -> bool:
    """Whether the person entered something, beside what was known from the start."""
    form = FORMS.get(waiting.form)
    return form is not None and not waiting.values.keys().isdisjoint(form.questions())


def _worth_keeping(waiting: Waiting | None) -> Waiting | None:
    return waiting if waiting is None or _has_entries(waiting) else waiting.before
