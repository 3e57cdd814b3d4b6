"""The outcomes of a team as CSV, as spreadsheets of the language open it by a double click.

German: semicolons, decimal comma, 20.11.2026; English: commas, decimal point, 2026-11-20. UTF-8 with its mark. What
begins like a formula gets an apostrophe before it.
"""

import csv
import io
from datetime import date
from decimal import Decimal

from bot.reports.pages import LIKE_FORMULAS
from bot.reports.team_tables import Rate, Table, Value
from knowledge.language.languages import Language


def as_csv(table: Table, language: Language) -> bytes:
    """The table with its headings."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if language is Language.DE else ",")
    writer.writerow([column.heading for column in table.columns])
    writer.writerows([_written(value, language) for value in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


def _written(value: Value, language: Language) -> str:
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.lstrip()[:1] in LIKE_FORMULAS and value.strip() else value
        case date():
            return f"{value:%d.%m.%Y}" if language is Language.DE else value.isoformat()
        case Rate():
            return _written(value.share, language)
        case Decimal():
            return f"{value:f}".replace(".", ",") if language is Language.DE else f"{value:f}"
        case _:
            return str(value)
