"""The empty sheet to fill in: headings, sums and rates are there, a second tab says how it is read."""

from typing import Final

from bot.reports.bab_layout import CENTS, FIRST_ROW, HEAD_ROW, LABELS, TITLE_ROW, TOTAL, UNIT_ROW
from bot.reports.pages import (
    HEAD,
    HEAD_LEFT,
    INPUT,
    NOTE,
    PROSE,
    QUIET,
    RATE,
    SHARE,
    SUM,
    TITLE,
    Book,
    Page,
    cell,
    cells,
)
from knowledge.accounting.readable import Words
from knowledge.accounting.sheet import NOTHING
from knowledge.language.languages import Language
from knowledge.language.messages import Messages

EMPTY_ROWS: Final = 7
BUILDING: Final = TOTAL + 1
MATERIAL: Final = BUILDING + 1
PRODUCTION: Final = MATERIAL + 1
LAST: Final = PRODUCTION + 2


def template_workbook(messages: Messages, language: Language) -> bytes:
    """An .xlsx with one general centre and the four main ones; what is filled in can be sent back."""
    words = Words(messages, language)
    book = Book(words("workbook.title"))
    _sheet(book.page(words("workbook.tab.bab")), words)
    _hints(book.page(words("workbook.tab.hints")), words)
    return book.finished()


def _sheet(page: Page, say: Words) -> None:
    page.text(TITLE_ROW, LABELS, say("workbook.title"), TITLE)
    page.text(UNIT_ROW, LABELS, say("workbook.unit", unit="EUR"), NOTE)
    page.text(HEAD_ROW, LABELS, say("workbook.cost_type"), HEAD_LEFT)
    centres = [
        say("example.centre.building"),
        say("example.centre.material"),
        say("example.centre.production"),
        say("example.centre.administration_alone"),
        say("example.centre.sales"),
    ]
    for column, name in enumerate([say("workbook.total"), *centres], TOTAL):
        page.text(HEAD_ROW, column, name, HEAD)
    cost_types = [
        say("example.cost_type.auxiliary_wages"),
        say("example.cost_type.salaries"),
        say("example.cost_type.social_benefits"),
        say("example.cost_type.maintenance"),
        say("example.cost_type.interest"),
    ]
    primary = FIRST_ROW + len(cost_types) + EMPTY_ROWS
    for row in range(FIRST_ROW, primary):
        name = cost_types[row - FIRST_ROW] if row - FIRST_ROW < len(cost_types) else ""
        page.text(row, LABELS, name) if name else page.blank(row, range(1))
        page.blank(row, range(BUILDING, LAST + 1), INPUT, CENTS)
        page.formula(row, TOTAL, f"SUM({cells(row, BUILDING, row, LAST)})", NOTHING, CENTS)
    allocation, after = primary + 1, primary + 2
    _sums(page, primary, FIRST_ROW, say("workbook.primary"))
    page.text(allocation, LABELS, say("workbook.allocation", centre=centres[0]), QUIET)
    page.formula(allocation, BUILDING, f"-{cell(primary, BUILDING)}", NOTHING, QUIET, CENTS)
    page.blank(allocation, range(MATERIAL, LAST + 1), INPUT, CENTS)
    _sums(page, after, primary, say("workbook.after"))
    _rates(page, after, say)
    page.sheet.set_column(LABELS, LABELS, 34)
    page.sheet.set_column(TOTAL, LAST, 14)
    page.sheet.set_row(HEAD_ROW, 20)
    page.sheet.freeze_panes(HEAD_ROW + 1, TOTAL + 1)
    page.sheet.repeat_rows(HEAD_ROW)


def _sums(page: Page, row: int, first: int, label: str) -> None:
    page.text(row, LABELS, label, SUM)
    for column in range(TOTAL, LAST + 1):
        page.formula(row, column, f"SUM({cells(first, column, row - 1, column)})", NOTHING, SUM, CENTS)


def _rates(page: Page, after: int, say: Words) -> None:
    """Bases of material and production are typed; administration and sales are left empty: the manufacturing cost."""
    base, rate = after + 2, after + 3
    page.text(base, LABELS, say("workbook.base"))
    page.blank(base, range(MATERIAL, PRODUCTION + 1), INPUT, CENTS)
    page.text(rate, LABELS, say("workbook.rate"), RATE)
    page.blank(rate, range(TOTAL, MATERIAL), RATE)
    manufacturing = "+".join(cell(row, column) for column in (MATERIAL, PRODUCTION) for row in (after, base))
    for column in range(MATERIAL, LAST + 1):
        below = cell(base, column) if column <= PRODUCTION else f"({manufacturing})"
        page.formula(rate, column, f'IF({below}=0,"",{cell(after, column)}/{below})', "", RATE, SHARE)


def _hints(page: Page, say: Words) -> None:
    page.text(0, 0, say("workbook.tab.hints"), TITLE)
    hints = [
        say("workbook.hint.layout"),
        say("workbook.hint.centres"),
        say("workbook.hint.numbers"),
        say("workbook.hint.key"),
        say("workbook.hint.allocation"),
        say("workbook.hint.bases"),
        say("workbook.hint.hours"),
        say("workbook.hint.stock"),
        say("workbook.hint.send"),
    ]
    for row, hint in enumerate(hints, 2):
        page.text(row, 0, hint, PROSE)
        page.sheet.set_row(row, 32)
    page.sheet.set_column(0, 0, 110)
