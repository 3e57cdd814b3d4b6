"""The workbook of a completed BAB: sheet, allocation, checks, a costing with the rates linked in, the working."""

from bot.reports.allocation_layout import AllocationLayout
from bot.reports.allocation_page import AllocationPage
from bot.reports.bab_layout import BabLayout
from bot.reports.bab_page import BabPage
from bot.reports.checks_page import write_checks, write_working
from bot.reports.costing_page import CostingPage
from bot.reports.pages import Book
from knowledge.accounting.bab import Bab, compute
from knowledge.accounting.example import example_sheet
from knowledge.accounting.readable import Words
from knowledge.language.languages import Language
from knowledge.language.messages import Messages


def bab_workbook(bab: Bab, messages: Messages, language: Language) -> bytes:
    """An .xlsx with live formulas and their results, in the language's words. The same BAB gives the same bytes."""
    words = Words(messages, language)
    book = Book(words("workbook.title"))
    layout = BabLayout(bab, words)
    bab_page = book.page(words("workbook.tab.bab"))
    pages = {}
    if layout.allocations:
        pages["allocation"] = book.page(words("workbook.tab.allocation"))
    allocation = AllocationLayout(layout, pages.get("allocation", bab_page))
    BabPage(bab_page, layout, allocation).write()
    if layout.allocations:
        AllocationPage(allocation.page, layout, allocation, bab_page).write()
    write_checks(book.page(words("workbook.tab.checks")), layout, allocation, bab_page)
    if bab.rates:
        CostingPage(book.page(words("workbook.tab.costing")), layout, bab_page).write()
    write_working(book.page(words("workbook.tab.working")), layout)
    return book.finished()


def example_workbook(messages: Messages, language: Language) -> bytes:
    """The model calculation of a multi-step BAB, to play with."""
    return bab_workbook(compute(example_sheet(messages, language)), messages, language)
