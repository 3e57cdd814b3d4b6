"""What a conversation asks for: the customer, how it ends, what is offered, notes, days of tasks, corrections."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Final

from pydantic import PlainValidator, ValidationInfo

from dialogs.customers.fields import Name
from dialogs.form_model import Form, Question, reading_of
from dialogs.typed_answers import coming_day, net_amount
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError
from knowledge.language.money import Money
from knowledge.taxonomy import FollowUpTaskId


def _text(text: str) -> str:
    if not text.strip():
        raise ReadingError("form.text_empty")
    return text


def _order_amount(text: str, info: ValidationInfo) -> Money:
    amount = net_amount(text, info)
    if amount.amount < Decimal(0):
        raise ReadingError("form.amount_negative", amount=-amount)
    return amount


def _later_day(text: str, info: ValidationInfo) -> DayTime:
    day = coming_day(text, info)
    if day.day == reading_of(info).today:
        raise ReadingError("form.day_today")
    return day


FreeText = Annotated[str, PlainValidator(_text)]
Amount = Annotated[Money, PlainValidator(_order_amount)]
DueDay = Annotated[DayTime, PlainValidator(coming_day)]
LaterDay = Annotated[DayTime, PlainValidator(_later_day)]


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


CONVERSATION_FORMS: Final[Mapping[str, type[Form]]] = {
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
