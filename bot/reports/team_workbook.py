"""The workbook of a team: tables that a pivot takes as they are, and three charts; the same input, the same bytes.

A team under four sellers has conversations, orders and their amount, and nothing else.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.reports.colours import INK
from bot.reports.pages import Book, Page
from bot.reports.team_rows import TeamRows
from bot.reports.team_tables import Table, write_table
from dialogs.reports.facts import TeamFacts
from dialogs.reports.words import Words
from knowledge.figures.matters import Span
from knowledge.taxonomy import PhaseId

GREEN: Final = "#1F7A4D"
BELOW: Final = 2
"""Rows between a table and its chart."""


def team_workbook(facts: TeamFacts, span: Span, words: Words, steps: Mapping[PhaseId, int]) -> bytes:
    """An .xlsx in the language's words. `steps`: how many were taken in each phase."""
    rows = TeamRows(facts, span, words, steps)
    book = Book(words.say("export.title"))
    write_table(book, rows.figures(), words.language)
    weeks = rows.weeks()
    _weeks_chart(book, write_table(book, weeks, words.language), weeks)
    if facts.only_sums:
        return book.finished()
    funnel = rows.funnel()
    _bars(book, write_table(book, funnel, words.language), funnel)
    for table in (rows.phases(), rows.conversations(), rows.outcomes()):
        write_table(book, table, words.language)
    losses = rows.losses()
    page = write_table(book, losses, words.language)
    if losses.rows:
        _bars(book, page, losses)
    write_table(book, rows.objections(), words.language)
    return book.finished()


def _weeks_chart(book: Book, page: Page, table: Table) -> None:
    """Conversations and orders side by side, a pair a week."""
    chart = book.chart("column")
    for column, colour in ((1, INK), (2, GREEN)):
        chart.add_series(_series(page, table, column, colour))
    chart.set_title({"name": table.name, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9DEE4"}}})
    chart.set_x_axis({"text_axis": True, "num_format": "dd.mm."})
    _put(page, table, chart)


def _bars(book: Book, page: Page, table: Table) -> None:
    """The first number of each row as a bar, in the order of the table from top to bottom."""
    chart = book.chart("bar")
    chart.add_series({**_series(page, table, 1, INK), "data_labels": {"value": True}, "gap": 40})
    chart.set_title({"name": table.name, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    _put(page, table, chart)


def _series(page: Page, table: Table, column: int, colour: str) -> dict[str, Any]:
    last = max(len(table.rows), 1)
    return {
        "name": [page.name, 0, column],
        "categories": [page.name, 1, 0, last, 0],
        "values": [page.name, 1, column, last, column],
        "fill": {"color": colour},
    }


def _put(page: Page, table: Table, chart: Any) -> None:
    chart.set_size({"width": 640, "height": 320})
    page.sheet.insert_chart(len(table.rows) + BELOW, 0, chart)
