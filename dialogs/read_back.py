"""How what was entered is read back before it is kept, and how a button names exactly what it read back."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from dialogs.turn import Turn
from knowledge.language import writing
from knowledge.language.dates import DayTime
from knowledge.language.languages import Language
from knowledge.language.money import Money

LONGEST_ECHO: Final = 200
"""Characters of a text that a confirmation repeats."""

_AMOUNT = re.compile(r"(-?[0-9]{1,15}(?:\.[0-9]{1,2})?)([a-z]{3})", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def written(turn: Turn, value: object) -> str | None:
    """An amount or a day in words; None for a text, which is kept as it was typed."""
    match value:
        case Money():
            return writing.money(value, turn.language)
        case date():
            return writing.day(value, turn.language, turn.today)
        case DayTime(day=day, time=time):
            in_words = writing.day(day, turn.language, turn.today)
            return turn.say("language.moment", day=in_words, time=time) if time else in_words
        case _:
            return None


def token(value: object) -> str:
    """An amount or a day as a button carries it: 'Stimmt' then means what stood above it, whatever was typed since."""
    match value:
        case Money(amount=amount, currency=currency):
            return f"{amount:f}{currency.lower()}"
        case date():
            return value.isoformat()
        case DayTime(day=day, time=time):
            return day.isoformat() + (f"{time:-%H-%M}" if time else "")
        case _:
            return ""


def typed_from(text: str, language: Language) -> str | None:
    """What one would type for the amount or the day that `token` wrote; None for anything else."""
    amount = _AMOUNT.fullmatch(text)
    if amount:
        return writing.money(Money(Decimal(amount[1]), amount[2].upper()), language)
    return text if _DAY.fullmatch(text) else None


def shortened(text: str, longest: int = LONGEST_ECHO) -> str:
    """A text in one line, cut with an ellipsis."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
