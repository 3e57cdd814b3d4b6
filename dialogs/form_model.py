"""What a form is: a model whose fields are asked for one by one, and how a field is read.

Validators read what was typed and raise ReadingError with the key of the sentence that tells the person. What they need
to know (language, day, currency) is the `Reading` in the validation context.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationInfo

from knowledge.language.languages import Language


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


def reading_of(info: ValidationInfo) -> Reading:
    """What the validator of a form may ask for."""
    if not isinstance(info.context, Reading):
        raise TypeError("a form is read with a Reading as its context")
    return info.context


def tidy_name(text: str) -> str:
    """The name in one line without what nobody sees: marks that turn the direction of writing, and empty ones.

    Left in, they would turn the rest of the line around, or make a name of nothing. The joiner of emoji stays.
    """
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf" or sign == _JOINER)
    return "" if not seen.replace(_JOINER, "").strip() else " ".join(seen.split())


class Form(BaseModel):
    """Base of all forms. A field with a default may be left out; one without a Question is known from the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keeps_time: ClassVar[bool] = False
    """Whether a time of day that is said with a day belongs to the answer; else it becomes a note."""

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


class AskedForm(Form):
    """A question in words that are put together when it is asked (`ask`), about the record `of` that keeps the answer.

    Nothing is lost when it is left: the record holds what was entered, and its screen leads back to the question.
    `part` says which part of the record the answer is for.
    """

    ask: str
    of: int
    part: str = ""


class UnboundForm(AskedForm):
    """A question whose own words say all of it: there is no record behind it."""

    ask: str = ""
    of: int = 0


@cache
def _questions(form: type[Form]) -> Mapping[str, Question]:
    return {
        name: item for name, field in form.model_fields.items() for item in field.metadata if isinstance(item, Question)
    }


@cache
def _adapter(form: type[Form], field: str) -> TypeAdapter[Any]:
    return TypeAdapter(form.model_fields[field].rebuild_annotation())
