"""What the questions of cost accounting ask for: figures, rates, centres, names; amounts are exact and not read back.

Each of them stands in the next question or on the sheet as it was understood.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Final

from pydantic import PlainValidator, ValidationInfo

from dialogs.form_model import AskedForm, Form, Question, reading_of, tidy_name
from dialogs.ports.costs import LONGEST_PERIOD, LONGEST_PRODUCT
from dialogs.typed_answers import any_day, line_up_to
from knowledge.accounting.one_line import LONGEST_NAME, MOST_CENTRES
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError
from knowledge.language.numbers import read_number, read_percent
from knowledge.language.quantities import read_quantity


@dataclass(frozen=True, slots=True)
class Size:
    """An amount, or hours where they were named so."""

    value: Fraction
    hours: bool = False


_HOURS: Final = frozenset(("h", "std", "stunden", "stunde", "hours", "hour", "hrs"))


def _figure(text: str, info: ValidationInfo) -> Fraction:
    value = read_number(text, reading_of(info).language)
    if value < 0:
        raise ReadingError("form.figure_negative")
    return Fraction(value)


def _cost(text: str, info: ValidationInfo) -> Fraction:
    return Fraction(read_number(text, reading_of(info).language))


def _size(text: str, info: ValidationInfo) -> Size:
    quantity = read_quantity(text, reading_of(info).language)
    hours = bool(quantity.after) and set(quantity.after) <= _HOURS
    if quantity.before or (quantity.after and not hours):
        raise ReadingError("reading.number", text=text)
    if quantity.value <= 0:
        raise ReadingError("form.base_not_positive")
    return Size(Fraction(quantity.value), hours)


def _share(text: str, info: ValidationInfo) -> Fraction:
    share = read_percent(text, reading_of(info).language, bare=True)
    if share < 0:
        raise ReadingError("form.figure_negative")
    return Fraction(share)


def _discount(text: str, info: ValidationInfo) -> Fraction:
    """Taken off a price (im Hundert): the whole would leave nothing to reckon from."""
    share = _share(text, info)
    if share >= 1:
        raise ReadingError("form.discount_whole")
    return share


def _centres(text: str) -> tuple[str, ...]:
    names = tuple(tidy_name(part) for part in text.replace("\n", ";").split(";") if tidy_name(part))
    if not names:
        raise ReadingError("form.centres_empty")
    if len(names) > MOST_CENTRES or max(map(len, names)) > LONGEST_NAME:
        raise ReadingError("form.centres_too_many", n=MOST_CENTRES, longest=LONGEST_NAME)
    if len({name.casefold() for name in names}) < len(names):
        raise ReadingError("form.centres_twice")
    return names


AnyDay = Annotated[DayTime, PlainValidator(any_day)]
Figure = Annotated[Fraction, PlainValidator(_figure)]
Cost = Annotated[Fraction, PlainValidator(_cost)]
BaseSize = Annotated[Size, PlainValidator(_size)]
Share = Annotated[Fraction, PlainValidator(_share)]
Discount = Annotated[Fraction, PlainValidator(_discount)]
Centres = Annotated[tuple[str, ...], PlainValidator(_centres)]


class CentresForm(AskedForm):
    """The main centres of a BAB."""

    names: Annotated[Centres | None, Question("form.asked.centres", skip="form.asked.usual_centres")] = None


class FurtherCentresForm(AskedForm):
    """Centres that are added to a BAB."""

    names: Annotated[Centres, Question("form.asked.centres")]


class CostForm(AskedForm):
    """The overheads of a centre; below 0 is possible, and is told."""

    cost: Annotated[Cost, Question("form.asked.figure")]


class BaseForm(AskedForm):
    """What a centre's rate is taken on."""

    base: Annotated[BaseSize, Question("form.asked.base")]


class FigureForm(AskedForm):
    """An amount or a number of hours of a costing."""

    value: Annotated[Figure, Question("form.asked.figure")]


class OptionalFigureForm(AskedForm):
    """The same where it may be left out."""

    value: Annotated[Figure | None, Question("form.asked.figure", skip="form.leave_out")] = None


class ShareForm(AskedForm):
    """A rate of a costing."""

    value: Annotated[Share, Question("form.asked.share")]


class OptionalShareForm(AskedForm):
    """A discount or a commission; it may be left out."""

    value: Annotated[Discount | None, Question("form.asked.share", skip="form.leave_out")] = None


class SaveSheetForm(AskedForm):
    """What a saved BAB is called, and from which day on its rates hold."""

    period: Annotated[Annotated[str, line_up_to(LONGEST_PERIOD)], Question("form.save_sheet.period")]
    valid_from: Annotated[AnyDay | None, Question("form.save_sheet.valid_from", skip="form.save_sheet.today")] = None


class ProductNameForm(AskedForm):
    """The name under which a costing is kept."""

    name: Annotated[Annotated[str, line_up_to(LONGEST_PRODUCT)], Question("form.asked.product_name")]


class TablePriceForm(AskedForm):
    """The price that a change in the negotiation starts from."""

    price: Annotated[Figure, Question("form.asked.figure")]


ACCOUNTING_FORMS: Final[Mapping[str, type[Form]]] = {
    "bab_centres": CentresForm,
    "bab_further": FurtherCentresForm,
    "bab_cost": CostForm,
    "bab_base": BaseForm,
    "figure": FigureForm,
    "optional_figure": OptionalFigureForm,
    "share": ShareForm,
    "optional_share": OptionalShareForm,
    "save_sheet": SaveSheetForm,
    "product_name": ProductNameForm,
    "table_price": TablePriceForm,
}
"""The names are stored with a waiting question: add freely, rename never."""
