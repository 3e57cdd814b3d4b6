"""What is asked for about a customer, as forms."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final

from pydantic import PlainValidator, ValidationInfo

from dialogs.form_model import AskedForm, Form, Question, reading_of, tidy_name
from dialogs.typed_answers import any_day, line_up_to
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError

LONGEST_NAME: Final = 80
"""Characters of a customer's name: it stands in the first line of the card and on buttons."""
LONGEST_TEXT: Final = 500
LONGEST_QUERY: Final = 60

_A_YEAR = re.compile(r"\b[0-9]{4}\b")


def _words(text: str) -> str:
    words = "\n".join(line for line in map(tidy_name, text.splitlines()) if line)
    if not words:
        raise ReadingError("form.text_empty")
    if len(words) > LONGEST_TEXT:
        raise ReadingError("form.words_too_long", n=LONGEST_TEXT)
    return words


def _query(text: str) -> str:
    words = tidy_name(text)
    if not any(sign.isalnum() for sign in words) or len(words) > LONGEST_QUERY:
        raise ReadingError("customers.form.no_query")
    return words


def _past_day(text: str, info: ValidationInfo) -> DayTime:
    """A day up to today; one named without its year is the last one of that name."""
    moment, today = any_day(text, info), reading_of(info).today
    if moment.day > today and not _A_YEAR.search(text):
        try:
            moment = replace(moment, day=moment.day.replace(year=moment.day.year - 1))
        except ValueError:  # 29 February
            moment = replace(moment, day=moment.day.replace(year=moment.day.year - 1, day=28))
    if moment.day > today:
        raise ReadingError("customers.form.day_to_come", day=moment.day)
    return replace(moment, time=None)


Name = Annotated[str, line_up_to(LONGEST_NAME, empty="form.name_empty", too_long="form.name_too_long")]
Words = Annotated[str, PlainValidator(_words)]
Query = Annotated[str, PlainValidator(_query)]
PastDay = Annotated[DayTime, PlainValidator(_past_day)]


class CustomerSearchForm(Form):
    """A few letters of a customer, typed below the list."""

    query: Annotated[Query, Question("customers.form.search")]


class CustomerMeantForm(AskedForm):
    """Whom a name means that is much like a known one; `part` is the name as it was typed."""

    name: Annotated[Name, Question("customers.form.another_name")]


class CustomerNewForm(AskedForm):
    """The name of a new customer."""

    name: Annotated[Name, Question("customers.form.name")]


class CustomerNameForm(AskedForm):
    """Another name of a customer."""

    name: Annotated[Name, Question("customers.form.name")]


class CustomerCompanyForm(AskedForm):
    """The company that a customer belongs to; left out, it is emptied."""

    name: Annotated[Name | None, Question("customers.form.company", skip="customers.form.empty")] = None


class CustomerTextForm(AskedForm):
    """Contact data or interests (`part`), in the seller's words; left out, they are emptied."""

    text: Annotated[Words | None, Question("customers.form.text", skip="customers.form.empty")] = None


class CustomerDayForm(AskedForm):
    """The day of the first contact."""

    day: Annotated[PastDay, Question("customers.form.day")]


class CustomerNoteForm(AskedForm):
    """A note about a customer."""

    text: Annotated[Words, Question("customers.form.note")]


class CustomerOtherForm(AskedForm):
    """A few letters of the customer that another one shall be joined with."""

    query: Annotated[Query, Question("customers.form.search")]


CUSTOMER_FORMS: Final[Mapping[str, type[Form]]] = {
    "customer_search": CustomerSearchForm,
    "customer_meant": CustomerMeantForm,
    "customer_new": CustomerNewForm,
    "customer_name": CustomerNameForm,
    "customer_company": CustomerCompanyForm,
    "customer_text": CustomerTextForm,
    "customer_day": CustomerDayForm,
    "customer_note": CustomerNoteForm,
    "customer_other": CustomerOtherForm,
}
"""The names are stored with a waiting question: add freely, rename never."""
