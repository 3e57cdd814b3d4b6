"""How a span is called: by its week, month, quarter or year where it is one, else by its first and last day."""

from dialogs.reports.period_view import period_words
from dialogs.reports.periods import Period, PeriodKind
from dialogs.reports.words import Words
from knowledge.figures.matters import Span
from knowledge.language import writing
from knowledge.language.spans import month_around, quarter_around, week_around, year_around


def span_words(words: Words, span: Span) -> str:
    """'Oktober 2026', '3. Quartal 2026', '2026', '01.10.2026 bis 15.10.2026'."""
    first, days = span.first, (span.first, span.last)
    if days == year_around(first):
        return str(first.year)
    if days == quarter_around(first):
        return words.say("export.quarter", quarter=str(1 + first.month // 3), year=str(first.year))
    if days == month_around(first):
        return period_words(words, Period(PeriodKind.MONTH, first))
    if days == week_around(first):
        return period_words(words, Period(PeriodKind.WEEK, first))
    if first == span.last:
        return writing.day(first, words.language)
    return words.say(
        "export.from_to", first=writing.day(first, words.language), last=writing.day(span.last, words.language)
    )
