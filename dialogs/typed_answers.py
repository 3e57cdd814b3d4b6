"""How answers are read that the forms of several rooms ask for: a line of words, a day, an amount.

What only one room asks for is read beside its forms.
"""

from pydantic import PlainValidator, ValidationInfo

from dialogs.form_model import reading_of, tidy_name
from knowledge.language.amounts import read_amount
from knowledge.language.dates import DayTime, read_moment
from knowledge.language.errors import ReadingError
from knowledge.language.money import Money


def line_up_to(
    longest: int, *, empty: str = "form.text_empty", too_long: str = "form.words_too_long"
) -> PlainValidator:
    """Reads words in one line of at most `longest` characters; `empty` and `too_long` are the keys of what is said."""

    def read(text: str) -> str:
        words = tidy_name(text)
        if not words:
            raise ReadingError(empty)
        if len(words) > longest:
            raise ReadingError(too_long, n=longest)
        return words

    return PlainValidator(read)


def any_day(text: str, info: ValidationInfo) -> DayTime:
    """Also a day that has passed; raises ReadingError."""
    reading = reading_of(info)
    try:
        return read_moment(text, reading.language, reading.now)
    except ReadingError as error:  # a day is asked for, the time is an extra
        raise ReadingError("reading.day" if error.key == "reading.moment" else error.key, **error.params) from error


def coming_day(text: str, info: ValidationInfo) -> DayTime:
    """Today or later; raises ReadingError."""
    moment = any_day(text, info)
    if moment.day < reading_of(info).today:
        raise ReadingError("form.day_past", day=moment.day)
    return moment


def net_amount(text: str, info: ValidationInfo) -> Money:
    """Rounded to cents, because that is what is read back; below 0 is possible. Raises ReadingError."""
    reading = reading_of(info)
    return read_amount(text, reading.language, reading.currency).rounded()
