"""The tab of the control sums, live, and of what should not be overlooked; then how everything was worked out."""

from collections.abc import Mapping
from decimal import Decimal

from bot.reports.allocation_layout import BEYOND, COST, DIVISOR, PRICE, AllocationLayout
from bot.reports.bab_layout import LABELS, TOTAL, BabLayout
from bot.reports.pages import HEAD, HEAD_LEFT, NOTE, PROSE, TITLE, Page, cell
from knowledge.accounting import readable
from knowledge.accounting.bab_working import working
from knowledge.accounting.checks import CheckKind
from knowledge.accounting.exact import fixed
from knowledge.accounting.one_line import as_typed
from knowledge.accounting.working import Figure, Kind
from knowledge.language import writing

MOST_STEPS = 1_000
MOST_TERMS = 40


def write_checks(page: Page, layout: BabLayout, there: AllocationLayout, bab_page: Page) -> None:
    """Each check with both sides as formulas, their difference, and whether they agree."""
    say = layout.words
    page.text(0, 0, say("workbook.checks_title"), TITLE)
    for column, key in enumerate(
        ("workbook.check", "workbook.left", "workbook.right", "workbook.difference", "workbook.holds")
    ):
        page.text(2, column, say(key), HEAD if column else HEAD_LEFT)
    sides = _sides(layout, there, bab_page)
    row = 3
    for check in layout.bab.checks:
        left, right = sides[check.kind]
        page.text(row, 0, _capital(say(f"accounting.check.{check.kind}")))
        page.formula(row, 1, left, check.left, layout.amount)
        page.formula(row, 2, right, check.right, layout.amount)
        page.formula(row, 3, f"{cell(row, 1)}-{cell(row, 2)}", check.left - check.right, layout.amount)
        yes, no = say("workbook.yes"), say("workbook.no")
        is_same = f'IF(ABS({cell(row, 3)})<0.000001,"{yes}","{no}")'
        page.formula(row, 4, is_same, yes if check.holds else no, {"bold": True, "align": "right"})
        row += 1
    for caution in layout.bab.cautions:
        row += 1
        page.text(row, 0, as_typed(caution).sentence(say.messages, say.language), NOTE)
    page.sheet.set_column(0, 0, 46)
    page.sheet.set_column(1, 4, 16)
    page.sheet.freeze_panes(3, 0)


def _sides(layout: BabLayout, there: AllocationLayout, bab: Page) -> Mapping[CheckKind, tuple[str, str]]:
    """Both sides of each check as formulas."""
    first, last = layout.first, layout.last
    rows = layout.cost_types
    outside = ""
    sides = {}
    if rows:
        inside = bab.range_ref(rows[0], first, rows[-1], last)
        sides[CheckKind.ROWS] = f"SUM({inside})", f"SUM({bab.range_ref(rows[0], TOTAL, rows[-1], TOTAL)})"
    if layout.allocations:
        top, bottom = layout.primary + 1, layout.after - 1
        outside = f"-SUM({bab.range_ref(top, TOTAL, bottom, TOTAL)})"
        delivered = f"{there.whole(DIVISOR)}-{there.whole(BEYOND)}"
        arrived = f"SUMPRODUCT({there.whole(PRICE)},{delivered}){outside}"
        sides[CheckKind.PASSED_ON] = arrived, f"SUM({there.whole(COST)})"
    main = "+".join(layout.of(bab, layout.after, centre.id) for centre in layout.bab.sheet.main_centres) or "0"
    sides[CheckKind.MAIN_CENTRES] = main + outside, bab.ref(layout.primary, TOTAL)
    return sides


def write_working(page: Page, layout: BabLayout) -> None:
    """Line by line how the results came about, with the numbers in them."""
    say = layout.words

    def written(figure: Figure) -> str:
        places = 4 if figure.kind is Kind.PRICE else 2
        if figure.kind is Kind.SHARE:
            return readable.percent(figure.value, say.language, 2)
        whole = figure.value.denominator == 1
        return writing.number(Decimal(fixed(figure.value, places)), say.language, 0 if whole else None)

    page.text(0, LABELS, say("workbook.working_title"), TITLE)
    page.text(1, LABELS, say("workbook.working_note"), NOTE)
    longest = 0
    for row, step in enumerate(working(layout.bab)[:MOST_STEPS], 3):
        label = say(step.label, **{name: str(value) for name, value in step.params.items()})
        terms = len(step.operands)
        formula = step.formula(written) if terms <= MOST_TERMS else say("workbook.many_terms", n=terms)
        longest = max(longest, len(formula))
        page.text(row, 0, _capital(label))
        page.text(row, 1, formula, PROSE)
        page.text(row, 2, f"= {written(step.result)}", {"align": "right", "bold": True})
    page.sheet.set_column(0, 0, 46)
    page.sheet.set_column(1, 1, min(max(longest + 2, 24), 80))
    page.sheet.set_column(2, 2, 18)
    page.sheet.freeze_panes(3, 0)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
