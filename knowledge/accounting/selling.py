"""From full cost to the price (Verkaufskalkulation), and back.

    full cost + profit                      = cash price (Barverkaufspreis)
    + cash discount + commission            = credit price (Zielverkaufspreis)
    + trade discount                        = list price (Listenverkaufspreis, net)
    + VAT                                   = gross price

Profit is taken vom Hundert of full cost; cash discount and commission together im Hundert of the credit price, trade
discount im Hundert of the list price, because the customer reckons from those (Schmolke/Deitermann, Industrielles
Rechnungswesen IKR).
"""

from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.calculation import Calculation
from knowledge.accounting.scheme import LineId
from knowledge.accounting.working import Figure, share

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What comes on top of full cost, as rates (fractions of 1)."""

    profit_rate: Fraction = ZERO
    cash_discount_rate: Fraction = ZERO
    commission_rate: Fraction = ZERO
    trade_discount_rate: Fraction = ZERO
    vat_rate: Fraction = ZERO

    def list_price_for(self, cash_price: Fraction) -> Fraction:
        """The list price of which this cash price is left; exact."""
        credit_price = cash_price / (1 - self.cash_discount_rate - self.commission_rate)
        return credit_price / (1 - self.trade_discount_rate)


@dataclass(frozen=True, slots=True)
class Price:
    """A price that stands, net (list price) or with VAT (gross price)."""

    amount: Fraction
    gross: bool = False


def add_profit(calculation: Calculation, terms: Terms, outside_profit_base: Figure | None) -> None:
    """Forward: full cost → cash price; `outside_profit_base` is the part of full cost that bears no profit."""
    to = calculation
    rate = share(terms.profit_rate, "profit_rate")
    to.of_hundred(LineId.PROFIT, rate, to[LineId.FULL_COST], less=outside_profit_base)
    to.total(LineId.CASH_PRICE, to[LineId.FULL_COST], to[LineId.PROFIT])


def take_profit_off(calculation: Calculation, terms: Terms, outside_profit_base: Figure | None) -> None:
    """Backward: cash price → full cost, auf Hundert."""
    to = calculation
    rate = share(terms.profit_rate, "profit_rate")
    to.on_hundred(LineId.PROFIT, rate, to[LineId.CASH_PRICE], less=outside_profit_base)
    to.total(LineId.FULL_COST, to[LineId.CASH_PRICE], less=[to[LineId.PROFIT]])


def add_discounts(calculation: Calculation, terms: Terms) -> None:
    """Forward: cash price → gross price."""
    to = calculation
    cash_discount, commission, trade_discount, vat = _rates(terms)
    to.in_hundred(LineId.CASH_DISCOUNT, cash_discount, to[LineId.CASH_PRICE], [cash_discount, commission])
    to.in_hundred(LineId.COMMISSION, commission, to[LineId.CASH_PRICE], [cash_discount, commission])
    to.total(LineId.CREDIT_PRICE, to[LineId.CASH_PRICE], to[LineId.CASH_DISCOUNT], to[LineId.COMMISSION])
    to.in_hundred(LineId.TRADE_DISCOUNT, trade_discount, to[LineId.CREDIT_PRICE])
    to.total(LineId.LIST_PRICE, to[LineId.CREDIT_PRICE], to[LineId.TRADE_DISCOUNT])
    _add_vat(to, vat)


def take_discounts_off(calculation: Calculation, terms: Terms, price: Price) -> None:
    """Backward: the price → cash price, vom Hundert; VAT comes out of a gross price auf Hundert."""
    to = calculation
    cash_discount, commission, trade_discount, vat = _rates(terms)
    if price.gross:
        to.given(LineId.GROSS_PRICE, price.amount)
        to.on_hundred(LineId.VAT, vat, to[LineId.GROSS_PRICE])
        to.total(LineId.LIST_PRICE, to[LineId.GROSS_PRICE], less=[to[LineId.VAT]])
    else:
        to.given(LineId.LIST_PRICE, price.amount)
        _add_vat(to, vat)
    to.of_hundred(LineId.TRADE_DISCOUNT, trade_discount, to[LineId.LIST_PRICE])
    to.total(LineId.CREDIT_PRICE, to[LineId.LIST_PRICE], less=[to[LineId.TRADE_DISCOUNT]])
    to.of_hundred(LineId.CASH_DISCOUNT, cash_discount, to[LineId.CREDIT_PRICE])
    to.of_hundred(LineId.COMMISSION, commission, to[LineId.CREDIT_PRICE])
    off = [to[LineId.CASH_DISCOUNT], to[LineId.COMMISSION]]
    to.total(LineId.CASH_PRICE, to[LineId.CREDIT_PRICE], less=off)


def _add_vat(to: Calculation, vat: Figure) -> None:
    to.of_hundred(LineId.VAT, vat, to[LineId.LIST_PRICE])
    to.total(LineId.GROSS_PRICE, to[LineId.LIST_PRICE], to[LineId.VAT])


def _rates(terms: Terms) -> tuple[Figure, Figure, Figure, Figure]:
    return (
        share(terms.cash_discount_rate, "cash_discount_rate"),
        share(terms.commission_rate, "commission_rate"),
        share(terms.trade_discount_rate, "trade_discount_rate"),
        share(terms.vat_rate, "vat_rate"),
    )
