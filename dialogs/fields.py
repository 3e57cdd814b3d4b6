"""What can be asked for, as models: the fields of a form, how each is read, and the words that ask for it.

A model is a form. Its validators read what was typed and raise ReadingError with the key of the sentence that
tells the person. A field with a default may be left out. What a reading needs to know (language, day, currency) is
the `Reading` in the validation context.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, PlainValidator, TypeAdapter, ValidationInfo

from knowledge.language.amounts import read_amount
from knowledge.language.dates import DayTime, read_moment
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.money import Money
from knowledge.taxonomy import FollowUpTaskId

LONGEST_NAME: Final = 80
"""Characters of a customer's name: it stands in the first line of the card and on buttons."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a validator needs to know beside the text. `now` is the person's time, aware; ISO 4217 `currency`."""

    language: Language
    now: datetime
    currency: str

    @property
    def today(self) -> date:
        """The person's day."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Question:
    """The message that asks for a field, and the label of the button that leaves it out."""

    key: str
    skip: str = ""


_JOINER: Final = "\N{ZERO WIDTH JOINER}"
_DAY_KEYS: Final = {"reading.moment": "reading.day"}


def _reading(info: ValidationInfo) -> Reading:
    if not isinstance(info.context, Reading):
        raise TypeError("a form is read with a Reading as its context")
    return info.context


def tidy_name(text: str) -> str:
    """The name in one line without what nobody sees: marks that turn the direction of writing, and empty ones.

    Left in, they would turn the rest of the line around, or make a name of nothing. The joiner of emoji stays.
    """
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf" or sign == _JOINER)
    return "" if not seen.replace(_JOINER, "").strip() else " ".join(seen.split())


def _name(text: str) -> str:
    name = tidy_name(text)
    if not name:
        raise ReadingError("form.name_empty")
    if len(name) > LONGEST_NAME:
        raise ReadingError("form.name_too_long", n=LONGEST_NAME)
    return name


def _text(text: str) -> str:
    if not text.strip():
        raise ReadingError("form.text_empty")
    return text


def _amount(text: str, info: ValidationInfo) -> Money:
    """Rounded to cents, because that is what is read back."""
    reading = _reading(info)
    amount = read_amount(text, reading.language, reading.currency).rounded()
    if amount.amount < Decimal(0):
        raise ReadingError("form.amount_negative", amount=-amount)
    return amount


def _day(text: str, info: ValidationInfo) -> DayTime:
    reading = _reading(info)
    try:
        moment = read_moment(text, reading.language, reading.now)
    except ReadingError as error:  # a day is asked for, the time is an extra
        raise ReadingError(_DAY_KEYS.get(error.key, error.key), **error.params) from error
    if moment.day < reading.today:
        raise ReadingError("form.day_past", day=moment.day)
    return moment


def _later_day(text: str, info: ValidationInfo) -> DayTime:
    day = _day(text, info)
    if day.day == _reading(info).today:
        raise ReadingError("form.day_today")
    return day


Name = Annotated[str, PlainValidator(_name)]
FreeText = Annotated[str, PlainValidator(_text)]
Amount = Annotated[Money, PlainValidator(_amount)]
DueDay = Annotated[DayTime, PlainValidator(_day)]
LaterDay = Annotated[DayTime, PlainValidator(_later_day)]


class Form(BaseModel):
    """Base of all forms. A field without a Question is known from the start and not asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def questions(cls) -> Mapping[str, Question]:
        """Field → question, in the order in which they are asked."""
        return _questions(cls)

    @classmethod
    def may_be_left_out(cls, field: str) -> bool:
        """Whether the form is complete without this field."""
        return not cls.model_fields[field].is_required()

    @classmethod
    def read(cls, field: str, text: str, reading: Reading) -> Any:
        """The value of one field; raises ReadingError."""
        return _adapter(cls, field).validate_python(text, context=reading)

    @classmethod
    def complete(cls, values: Mapping[str, str], reading: Reading) -> Self:
        """The whole form from typed texts; what is left out is missing in `values`. Raises ReadingError."""
        return cls.model_validate(dict(values), context=reading)


@cache
def _questions(form: type[Form]) -> Mapping[str, Question]:
    return {
        name: item for name, field in form.model_fields.items() for item in field.metadata if isinstance(item, Question)
    }


@cache
def _adapter(form: type[Form], field: str) -> TypeAdapter[Any]:
    return TypeAdapter(form.model_fields[field].rebuild_annotation())


class CustomerForm(Form):
    """Whom a conversation is with."""

    name: Annotated[Name, Question("form.customer.name")]


class OrderForm(Form):
    """An order (Auftrag): its net amount and what it is about."""

    amount: Annotated[Amount | None, Question("form.order.amount", skip="form.order.without_amount")] = None
    what: Annotated[FreeText | None, Question("form.order.what", skip="form.leave_out")] = None


class PostponeForm(Form):
    """The day on which a postponed conversation goes on."""

    until: Annotated[LaterDay, Question("form.postpone.until")]


class LossTextForm(Form):
    """A loss reason in the seller's own words."""

    text: Annotated[FreeText, Question("form.loss_text.text")]


class NoteForm(Form):
    """A note of a conversation."""

    text: Annotated[FreeText, Question("form.note.text")]


class ProductForm(Form):
    """What is offered in a conversation, in the seller's words."""

    text: Annotated[FreeText, Question("form.product.text")]


class BenefitForm(Form):
    """The benefit that counts for the customer, in the seller's words."""

    text: Annotated[FreeText, Question("form.benefit.text")]


class TaskDateForm(Form):
    """The day by which a follow-up task shall be done."""

    task: FollowUpTaskId
    due: Annotated[DueDay, Question("form.task_date.due")]


class CorrectAmountForm(Form):
    """The amount of an order, corrected."""

    amount: Annotated[Amount, Question("form.correct_amount.amount")]


class CorrectLossTextForm(Form):
    """A loss reason, corrected to one in the seller's own words."""

    text: Annotated[FreeText, Question("form.loss_text.text")]


class CorrectDateForm(Form):
    """The day of a postponement, corrected."""

    until: Annotated[LaterDay, Question("form.correct_date.until")]


FORMS: Final[Mapping[str, type[Form]]] = {
    "customer": CustomerForm,
    "order": OrderForm,
    "postpone": PostponeForm,
    "loss_text": LossTextForm,
    "note": NoteForm,
    "product": ProductForm,
    "benefit": BenefitForm,
    "task_date": TaskDateForm,
    "correct_amount": CorrectAmountForm,
    "correct_loss_text": CorrectLossTextForm,
    "correct_date": CorrectDateForm,
}
"""The names are stored with a waiting question: add freely, rename never."""
