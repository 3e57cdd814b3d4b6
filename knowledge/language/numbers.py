"""Reads numbers and percentages as people type them: '12.500', '12,5k', '3 Mio.', '12500 €', '−5', '8 %'.

Exact Decimals; ASCII digits only, no exponents, no NaN. How separators are read: `digits`.
"""

from decimal import Decimal

from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.quantities import LONGEST_TEXT, read_quantity


def read_number(text: str, language: Language) -> Decimal:
    """The number in `text`; a currency may stand beside it and is left out.

    Raises ReadingError `reading.number` or `reading.number_too_large`, each with `text`.
    """
    quantity = read_quantity(text, language)
    if quantity.before or quantity.after:
        raise ReadingError("reading.number", text=text[:LONGEST_TEXT])
    return quantity.value


def read_percent(text: str, language: Language, *, bare: bool = False) -> Decimal:
    """A share as a fraction of 1: '8 %', '8,5 Prozent', '-8 percent' are 0.08, 0.085 and -0.08.

    With `bare` a number alone will do, for fields where only a percentage can be meant. Limits are the
    caller's. Raises ReadingError `reading.percent` with `text`.
    """
    try:
        quantity = read_quantity(text, language)
    except ReadingError as error:
        raise ReadingError("reading.percent", **error.params) from error
    marked = quantity.after in _PERCENT_SIGNS or (bare and not quantity.after)
    if quantity.before or quantity.currency or not marked:
        raise ReadingError("reading.percent", text=text[:LONGEST_TEXT])
    return quantity.value.scaleb(-2)


_PERCENT_SIGNS = {("%",), ("prozent",), ("percent",), ("per", "cent"), ("pct",), ("v", "h"), ("vh",)}
