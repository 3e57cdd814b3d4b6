"""What the manager is asked for: what was spent, when the summary is due, days on which the team is off."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Final

from pydantic import PlainValidator, ValidationInfo

from dialogs.form_model import AskedForm, Form, Question, UnboundForm, reading_of
from dialogs.pushes.fields import clock_time
from dialogs.typed_answers import net_amount
from knowledge.language.day_spans import Days, read_days
from knowledge.language.errors import ReadingError
from knowledge.language.money import Money


def _costs(text: str, info: ValidationInfo) -> Money:
    """Net, in cents; nought is possible and takes an entry away."""
    amount = net_amount(text, info)
    if amount.amount < 0:
        raise ReadingError("spendings.negative")
    return amount


def _days(text: str, info: ValidationInfo) -> Days:
    reading = reading_of(info)
    return read_days(text, reading.language, reading.today)


class SpendingForm(AskedForm):
    """The costs of a month and a way to win customers, which `part` names."""

    amount: Annotated[Annotated[Money, PlainValidator(_costs)], Question("spendings.ask_amount")]


class SummaryTimeForm(UnboundForm):
    """When the daily summary is due, on the clock of the team's zone."""

    at: Annotated[Annotated[time, PlainValidator(clock_time)], Question("team.evening.ask_time")]


class DaysOffForm(UnboundForm):
    """Days on which the team is off: one, or from one to another."""

    days: Annotated[Annotated[Days, PlainValidator(_days)], Question("team.evening.ask_day_off")]


TEAM_FORMS: Final[Mapping[str, type[Form]]] = {
    "spending": SpendingForm,
    "summary_time": SummaryTimeForm,
    "days_off": DaysOffForm,
}
"""The names are stored with a waiting question: add freely, rename never."""
