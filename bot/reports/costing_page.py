"""The tab in which one job is costed: the rates are linked to the BAB, the pale cells are for typing.

It begins with the direct costs of the whole period, so that its manufacturing cost is that of the sheet.
The scheme is that of `knowledge.accounting.scheme`.
"""

from dataclasses import dataclass
from fractions import Fraction

from bot.reports.bab_layout import BabLayout
from bot.reports.pages import HEAD, HEAD_LEFT, INPUT, NOTE, SHARE, SUM, TITLE, Look, Page, cell
from knowledge.accounting.rates import Rate
from knowledge.accounting.scheme import LineId
from knowledge.accounting.sheet import NOTHING, BaseKind, CentreRole, CostCentre

LABEL, RATE_COLUMN, AMOUNT = 0, 1, 2
HEAD_ROW = 3
MONEY: Look = {"num_format": "#,##0.00"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that was written: its amount's cell and value."""

    at: str
    value: Fraction


class CostingPage:
    """Writes one tab from top to bottom."""

    def __init__(self, page: Page, layout: BabLayout, bab_page: Page) -> None:
        self._page = page
        self._at = layout
        self._bab_page = bab_page
        self._say = layout.words
        self._rates = {rate.centre: rate for rate in layout.bab.rates}
        self._row = HEAD_ROW

    def write(self) -> None:
        """Costs up to the full cost, then the prices."""
        page = self._page
        page.text(0, LABEL, self._say("workbook.costing_title"), TITLE)
        page.text(1, LABEL, self._say("workbook.costing_note"), NOTE)
        page.text(HEAD_ROW, LABEL, self._say("workbook.line"), HEAD_LEFT)
        page.text(HEAD_ROW, RATE_COLUMN, self._say("workbook.rate_or_hours"), HEAD)
        page.text(HEAD_ROW, AMOUNT, self._at.unit or self._say("workbook.amount"), HEAD)
        material = self._material()
        production = self._production()
        cost = self._sum(LineId.MANUFACTURING_COST, [material, production])
        full_cost = self._full_cost(cost)
        self._prices(full_cost)
        page.sheet.set_column(LABEL, LABEL, 46)
        page.sheet.set_column(RATE_COLUMN, AMOUNT, 16)
        page.sheet.freeze_panes(HEAD_ROW + 1, 0)
        page.sheet.repeat_rows(HEAD_ROW)

    def _centres(self, *roles: CentreRole) -> list[CostCentre]:
        return [centre for centre in self._at.bab.sheet.centres if centre.role in roles and centre.id in self._rates]

    def _material(self) -> _Line:
        lines = []
        centres = self._centres(CentreRole.MATERIAL)
        for centre in centres:
            named = f" ({self._at.names[centre.id]})" if len(centres) > 1 else ""
            direct = self._input(self._label(LineId.DIRECT_MATERIAL) + named, self._direct(centre))
            lines += [direct, self._overheads(self._label(LineId.MATERIAL_OVERHEADS) + named, centre, direct)]
        if not centres:
            lines.append(self._input(self._label(LineId.DIRECT_MATERIAL), NOTHING))
        return self._sum(LineId.MATERIAL_COST, lines)

    def _production(self) -> _Line:
        lines = []
        for centre in self._centres(CentreRole.PRODUCTION):
            stage = self._at.names[centre.id]
            wages = self._input(self._say("costing.stage_line.production_wages", stage=stage), self._direct(centre))
            lines.append(wages)
            label = self._say("costing.stage_line.production_overheads", stage=stage)
            if self._rates[centre.id].per:
                lines.append(self._by_hours(label, stage, self._rates[centre.id]))
            else:
                lines.append(self._overheads(label, centre, wages))
        special = self._at.bab.sheet.special_direct_costs_production
        lines.append(self._input(self._label(LineId.SPECIAL_DIRECT_COSTS_PRODUCTION), special))
        return self._sum(LineId.PRODUCTION_COST, lines)

    def _full_cost(self, cost: _Line) -> _Line:
        lines = [cost]
        for role, line in (
            (CentreRole.ADMINISTRATION, LineId.ADMINISTRATION_OVERHEADS),
            (CentreRole.SALES, LineId.SALES_OVERHEADS),
            (CentreRole.ADMINISTRATION_SALES, LineId.ADMINISTRATION_SALES_OVERHEADS),
        ):
            centres = [centre for centre in self._centres(role) if self._rates[centre.id].per is None]
            for centre in centres:
                named = f" ({self._at.names[centre.id]})" if len(centres) > 1 else ""
                lines.append(self._overheads(self._label(line) + named, centre, cost))
        lines.append(self._input(self._label(LineId.SPECIAL_DIRECT_COSTS_SALES), NOTHING))
        return self._sum(LineId.FULL_COST, lines)

    def _prices(self, full_cost: _Line) -> None:
        """Profit on full cost; cash discount and commission on the credit price; trade discount on the list price."""
        profit = self._share(LineId.PROFIT, f"{full_cost.at}*{{rate}}")
        cash = self._sum(LineId.CASH_PRICE, [full_cost, profit])
        first, second = cell(self._row + 1, RATE_COLUMN), cell(self._row + 2, RATE_COLUMN)
        discount = self._share(LineId.CASH_DISCOUNT, f"{cash.at}/(1-{first}-{second})*{{rate}}")
        commission = self._share(LineId.COMMISSION, f"{cash.at}/(1-{first}-{second})*{{rate}}")
        credit = self._sum(LineId.CREDIT_PRICE, [cash, discount, commission])
        trade = self._share(LineId.TRADE_DISCOUNT, f"{credit.at}/(1-{{rate}})*{{rate}}")
        list_price = self._sum(LineId.LIST_PRICE, [credit, trade])
        vat = self._share(LineId.VAT, f"{list_price.at}*{{rate}}")
        self._sum(LineId.GROSS_PRICE, [list_price, vat])

    def _direct(self, centre: CostCentre) -> Fraction:
        return self._at.bab.sheet.bases[centre.id].direct

    def _label(self, line: LineId) -> str:
        return self._say(f"costing.line.{line}")

    def _next(self, label: str, *looks: Look) -> int:
        self._row += 1
        self._page.text(self._row, LABEL, label, *looks)
        return self._row

    def _input(self, label: str, value: Fraction) -> _Line:
        row = self._next(label)
        self._page.number(row, AMOUNT, value, INPUT, MONEY)
        return _Line(cell(row, AMOUNT), value)

    def _overheads(self, label: str, centre: CostCentre, base: _Line) -> _Line:
        """A share of the base, at the rate in the BAB."""
        row, rate = self._next(label), self._rates[centre.id]
        self._page.formula(row, RATE_COLUMN, self._source(rate), rate.exact, SHARE)
        value = base.value * rate.exact
        self._page.formula(row, AMOUNT, f"{base.at}*{cell(row, RATE_COLUMN)}", value, MONEY)
        return _Line(cell(row, AMOUNT), value)

    def _by_hours(self, label: str, stage: str, rate: Rate) -> _Line:
        """Hours, to be typed, at the rate per hour in the BAB."""
        key = "workbook.labour" if rate.per is BaseKind.LABOUR_HOURS else "workbook.machine"
        row = self._next(self._say(key, stage=stage))
        self._page.number(row, RATE_COLUMN, rate.base, INPUT, MONEY)
        hours = cell(row, RATE_COLUMN)
        row = self._next(label)
        self._page.formula(row, RATE_COLUMN, self._source(rate), rate.exact, MONEY)
        value = rate.base * rate.exact
        self._page.formula(row, AMOUNT, f"{hours}*{cell(row, RATE_COLUMN)}", value, MONEY)
        return _Line(cell(row, AMOUNT), value)

    def _share(self, line: LineId, formula: str) -> _Line:
        """A share that is typed; it begins at 0 %."""
        row = self._next(self._label(line))
        self._page.number(row, RATE_COLUMN, NOTHING, INPUT, SHARE)
        self._page.formula(row, AMOUNT, formula.format(rate=cell(row, RATE_COLUMN)), NOTHING, MONEY)
        return _Line(cell(row, AMOUNT), NOTHING)

    def _sum(self, line: LineId, terms: list[_Line]) -> _Line:
        row = self._next(self._label(line), SUM)
        self._page.blank(row, range(RATE_COLUMN, AMOUNT), SUM)
        value = sum((term.value for term in terms), NOTHING)
        self._page.formula(row, AMOUNT, "+".join(term.at for term in terms), value, SUM, MONEY)
        return _Line(cell(row, AMOUNT), value)

    def _source(self, rate: Rate) -> str:
        return self._at.of(self._bab_page, self._at.below["rate"], rate.centre)
