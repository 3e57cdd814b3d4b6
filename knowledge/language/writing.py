"""Writes numbers, money, shares, days and times as the language does (Babel's CLDR patterns).

Half up wherever places are cut, because people check with a pocket calculator; Babel alone would round half
to even.
Days as one says them ('heute', 'morgen') need words and live in `moments`.
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import cast

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import get_currency_symbol

from knowledge.language.languages import Language
from knowledge.language.money import Money

NBSP = "\N{NO-BREAK SPACE}"

_WIDE = Context(prec=100)  # no number that was read is cut
_SWISS_GERMAN = Locale.parse("de_CH")


def number(x: int | Decimal, language: Language, places: int | None = None) -> str:
    """`12.500,5` or `12,500.5`; with `places` rounded half up to exactly so many, without them exact.

    Raises ValueError for NaN and infinity.
    """
    if isinstance(x, int) and -1000 < x < 1000 and not places:
        return str(int(x))  # the usual case, ten times faster
    return _digits(Decimal(x), language.locale, places)


def money(m: Money, language: Language) -> str:
    """`12.500 €`, `12.500,50 €`, `CHF 12’500`, `€12,500`: cents, half up, only where there are some.

    Francs keep their Swiss look in German, because whoever quotes in francs writes them so. Spaces do not
    break.
    """
    rounded = m.rounded()
    locale = _SWISS_GERMAN if m.currency == "CHF" and language is Language.DE else language.locale
    prefix, suffix = _around_money(locale, m.currency, rounded.amount < 0)
    return prefix + _digits(abs(rounded.amount), locale, 0 if rounded.is_whole else 2) + suffix


def percent(share: Decimal, language: Language, places: int | None = None) -> str:
    """A fraction of 1 as per cent: `Decimal("0.08")` is `8 %`; `places` are those of the percentage."""
    digits = _digits(share * 100, language.locale, places)
    return _percent_pattern(language).format(digits)


def day(d: date, language: Language, today: date | None = None) -> str:
    """`Fr., 20.11.` or `Fri 20 Nov`; with the year unless `today` shows that it is this one."""
    if isinstance(d, datetime):
        raise TypeError("a day is a date; of a moment take the date in the person's zone first")
    with_year = today is None or d.year != today.year
    return format_skeleton(_DAY_SKELETONS[language, with_year], d, locale=language.locale)


def letter_date(d: date, language: Language) -> str:
    """The date as it stands in a letter: `20. November 2026`, `20 November 2026`."""
    return format_date(d, "long", locale=language.locale)


def clock(t: time, language: Language) -> str:
    """The time of day, 24 hours: `09:30`."""
    return format_time(t, "short", locale=language.locale)


_DAY_SKELETONS = {
    (Language.DE, False): "MEd",
    (Language.DE, True): "yMEd",
    (Language.EN, False): "MMMEd",  # a month in letters, since 3/4 means two days in English
    (Language.EN, True): "yMMMEd",
}


def _digits(x: Decimal, locale: Locale, places: int | None) -> str:
    """Python groups, CLDR names the marks: exact, and ten times faster than Babel's general pattern."""
    if not x.is_finite():
        raise ValueError(f"only finite numbers can be written, not {x}")
    if places is not None:
        x = x.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    written = f"{abs(x) if x.is_zero() else x:,f}"  # never '-0'
    if places is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.translate(_marks(locale))


@cache
def _marks(locale: Locale) -> dict[int, str]:
    symbols = locale.number_symbols["latn"]
    return str.maketrans({",": symbols["group"], ".": symbols["decimal"], "-": symbols["minusSign"]})


@cache
def _around_money(locale: Locale, currency: str, negative: bool) -> tuple[str, str]:
    pattern = locale.currency_formats["standard"]
    symbol = get_currency_symbol(currency, locale=locale)
    prefix, suffix = pattern.prefix[negative], pattern.suffix[negative]
    if symbol[-1].isalpha() and prefix.endswith("¤"):
        prefix += NBSP  # CLDR's spacing between letters and digits, which Babel leaves out
    prefix, suffix = (part.replace("¤", symbol).replace(" ", NBSP) for part in (prefix, suffix))
    return prefix, suffix


@cache
def _percent_pattern(language: Language) -> str:
    pattern = cast(str, language.locale.percent_formats[None].pattern)
    return pattern.replace("#,##0", "{}").replace(" ", NBSP)
