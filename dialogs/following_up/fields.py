"""What follow-ups ask for: a day, a sentence of the customer's, a sentence about the month."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import PlainValidator

from dialogs.form_model import AskedForm, Form, Question
from dialogs.typed_answers import coming_day
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError

LONGEST_SENTENCE: Final = 500


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


FOLLOW_UP_FORMS: Final[Mapping[str, type[Form]]] = {
    "due_day": DueDayForm,
    "satisfaction": SatisfactionForm,
    "hardship": HardshipForm,
}
"""The names are stored with a waiting question: add freely, rename never."""
