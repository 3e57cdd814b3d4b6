"""The span that a workbook is asked for, as one types it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final

from pydantic import PlainValidator, ValidationInfo

from dialogs.form_model import Form, Question, Reading, UnboundForm, reading_of
from knowledge.figures.matters import Span
from knowledge.language.errors import ReadingError
from knowledge.language.spans import read_span

LONGEST: Final = timedelta(days=366)


def span_typed(text: str, reading: Reading) -> Span:
    """The days that were typed, at most a year; raises ReadingError."""
    first, last = read_span(text, reading.language, reading.today)
    if last - first >= LONGEST:
        raise ReadingError("export.too_long")
    return Span(first, last)


def _span(text: str, info: ValidationInfo) -> Span:
    return span_typed(text, reading_of(info))


class ExportSpanForm(UnboundForm):
    """From when to when."""

    span: Annotated[Annotated[Span, PlainValidator(_span)], Question("export.ask_span")]


EXPORT_FORMS: Final[Mapping[str, type[Form]]] = {"export_span": ExportSpanForm}
"""The names are stored with a waiting question: add freely, rename never."""
