"""What follow-ups ask for: a day, a sentence of the customer's, a sentence about the month."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import PlainValidator, ValidationInfo

from dialogs.accounting.fields import AskedForm, any_day
from dialogs.form_model import Form, Question, reading_of
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError

LONGEST_SENTENCE: Final = 500


def coming_day(text: str, info: ValidationInfo) -> DayTime:
    """Today or later."""
    moment = any_day(text, info)
    if moment.day < reading_of(info).today:
        raise ReadingError("form.day_past", day=moment.day)
    return moment


def _sentence(text: str) -> str:
    if not text.strip():
        raise ReadingError("form.text_empty")
    if len(text) > LONGEST_SENTENCE:
        raise ReadingError("form.words_too_long", n=LONGEST_SENTENCE)
    return text.strip()


Sentence = Annotated[str, PlainValidator(_sentence)]


class DueDayForm(AskedForm):
    """Another day for something due. `of` is its id, `part` its source, what it is, and the page of the list."""

    due: Annotated[Annotated[DayTime, PlainValidator(coming_day)], Question("form.task_date.due")]


class SatisfactionForm(AskedForm):
    """What a customer (`of`) said about how satisfied they are."""

    text: Annotated[Sentence | None, Question("after_order.satisfaction.sentence", skip="form.leave_out")] = None


class HardshipForm(AskedForm):
    """What made selling hard in a month; the sentence is matched to a theme and not kept."""

    text: Annotated[Sentence, Question("hardship.sentence")]


FOLLOWING_UP: Final[Mapping[str, type[Form]]] = {
    "due_day": DueDayForm,
    "satisfaction": SatisfactionForm,
    "hardship": HardshipForm,
}
"""The names are stored with a waiting question: add freely, rename never."""
