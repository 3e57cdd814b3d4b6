"""The costing scheme (Kalkulationsschema): its lines in their order, in industry and in trade.

The order and the words are those of the textbooks (Schmolke/Deitermann, Industrielles Rechnungswesen IKR; for trade
the Handelskalkulation of the commercial schools). The ids are stored and exported: add freely, rename never.
"""

from enum import StrEnum
from fractions import Fraction
from typing import Final

from knowledge.accounting.exact import CENT, FIVE_CENTS


class Scheme(StrEnum):
    """What the cost object goes through: made (Zuschlagskalkulation) or bought (Handelskalkulation)."""

    INDUSTRY = "industry"
    TRADE = "trade"


class Direction(StrEnum):
    """What is sought: the price, the largest cost that the price bears, or the profit between both."""

    FORWARD = "forward"
    BACKWARD = "backward"
    DIFFERENCE = "difference"


class Rounding(StrEnum):
    """What each line is rounded to, half up."""

    EXACT = "exact"
    CENT = "cent"
    FIVE_CENTS = "0.05"

    @property
    def step(self) -> Fraction | None:
        """The smallest amount that a line can differ by, None where nothing is rounded."""
        return _STEPS[self]


_STEPS: Final = {Rounding.EXACT: None, Rounding.CENT: CENT, Rounding.FIVE_CENTS: FIVE_CENTS}


class LineId(StrEnum):
    """Every line, in the order of the scheme."""

    PURCHASE_LIST_PRICE = "purchase_list_price"
    PURCHASE_TRADE_DISCOUNT = "purchase_trade_discount"
    TARGET_PURCHASE_PRICE = "target_purchase_price"
    PURCHASE_CASH_DISCOUNT = "purchase_cash_discount"
    CASH_PURCHASE_PRICE = "cash_purchase_price"
    DELIVERY_COSTS = "delivery_costs"
    PURCHASE_COST = "purchase_cost"
    HANDLING_COSTS = "handling_costs"

    DIRECT_MATERIAL = "direct_material"
    MATERIAL_OVERHEADS = "material_overheads"
    MATERIAL_COST = "material_cost"
    PRODUCTION_WAGES = "production_wages"
    PRODUCTION_OVERHEADS = "production_overheads"
    MACHINE_COSTS = "machine_costs"
    SPECIAL_DIRECT_COSTS_PRODUCTION = "special_direct_costs_production"
    PRODUCTION_COST = "production_cost"
    MANUFACTURING_COST = "manufacturing_cost"
    MANUFACTURING_COST_OF_SALES = "manufacturing_cost_of_sales"
    DEVELOPMENT_OVERHEADS = "development_overheads"
    ADMINISTRATION_OVERHEADS = "administration_overheads"
    SALES_OVERHEADS = "sales_overheads"
    ADMINISTRATION_SALES_OVERHEADS = "administration_sales_overheads"

    SPECIAL_DIRECT_COSTS_SALES = "special_direct_costs_sales"
    FULL_COST = "full_cost"
    PROFIT = "profit"
    CASH_PRICE = "cash_price"
    CASH_DISCOUNT = "cash_discount"
    COMMISSION = "commission"
    CREDIT_PRICE = "credit_price"
    TRADE_DISCOUNT = "trade_discount"
    LIST_PRICE = "list_price"
    VAT = "vat"
    GROSS_PRICE = "gross_price"


SUMS: Final = frozenset(
    (
        LineId.TARGET_PURCHASE_PRICE,
        LineId.CASH_PURCHASE_PRICE,
        LineId.PURCHASE_COST,
        LineId.MATERIAL_COST,
        LineId.PRODUCTION_COST,
        LineId.MANUFACTURING_COST,
        LineId.MANUFACTURING_COST_OF_SALES,
        LineId.FULL_COST,
        LineId.CASH_PRICE,
        LineId.CREDIT_PRICE,
        LineId.LIST_PRICE,
        LineId.GROSS_PRICE,
    )
)
"""The lines that add up what stands above them."""

_PLACES: Final = {line.value: place for place, line in enumerate(LineId)}


def stage_line(line: LineId, place: int) -> str:
    """The id of a production stage's own line: `production_wages.1`."""
    return f"{line}.{place}"


def in_scheme(line: str) -> tuple[int, bool, int]:
    """Sorts ids as the scheme does: the stages' lines one after the other, then their sum."""
    name, _, place = line.partition(".")
    return _PLACES[name], not place, int(place or 0)
