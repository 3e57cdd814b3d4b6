"""Where a form stands: what of it was entered, what comes next, and which of several questions is meant.

What is entered waits as it was typed (`Waiting`): a field that stands in `values` is being read back, one that does not
is being asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zlib import crc32

from dialogs.fields import FORMS
from dialogs.form_model import Reading
from dialogs.ports.store import Waiting
from dialogs.turn import Turn
from knowledge.language.errors import ReadingError


def waiting_now(turn: Turn) -> Waiting | None:
    """What waits, if today's code still knows the form and the field."""
    waiting = turn.store.forms.waiting(turn.person.id)
    if waiting is None or waiting.form not in FORMS or waiting.field not in FORMS[waiting.form].questions():
        return None
    return waiting


def reading_for(turn: Turn) -> Reading:
    """What a typed text is read with: the person's language and time, the team's currency."""
    return Reading(turn.language, turn.now, turn.person.team.currency)


def entered_value(turn: Turn, waiting: Waiting) -> Any:
    """The value being read back; None where the field is still asked or its text says nothing any more."""
    text = waiting.values.get(waiting.field)
    try:
        return None if text is None else FORMS[waiting.form].read(waiting.field, text, reading_for(turn))
    except ReadingError:  # a day that has passed meanwhile
        return None


def following_field(waiting: Waiting) -> str | None:
    """The field that is asked for after this one; None after the last."""
    fields = list(FORMS[waiting.form].questions())
    return next(iter(fields[fields.index(waiting.field) + 1 :]), None)


def mark_of(waiting: Waiting) -> str:
    """Which of several questions of one form this is, so that a second tap does not leave out the next one too."""
    record = f"{waiting.values.get('of', '')}.{waiting.values.get('part', '')}"
    return f"{crc32(record.encode()):x}" if len(record) > 1 else ""


def with_text(waiting: Waiting, text: str) -> Waiting:
    """The field entered, so that it is read back."""
    return replace(waiting, values={**waiting.values, waiting.field: text})


def without_text(waiting: Waiting) -> Waiting:
    """The field not entered, so that it is asked for again."""
    return replace(waiting, values={name: text for name, text in waiting.values.items() if name != waiting.field})


def is_about(waiting: Waiting, form: str, subject: int, known: Mapping[str, str]) -> bool:
    """Whether the same is asked: this form, about this subject, with what is known from the start."""
    return (waiting.form, waiting.subject) == (form, subject) and known.items() <= waiting.values.items()


def has_entries(waiting: Waiting) -> bool:
    """Whether the person entered something, beside what was known from the start."""
    form = FORMS.get(waiting.form)
    return form is not None and not waiting.values.keys().isdisjoint(form.questions())


def worth_keeping(waiting: Waiting | None) -> Waiting | None:
    """What comes back when another question, which interrupts this one, is done: itself where something was entered."""
    return waiting if waiting is None or has_entries(waiting) else waiting.before
