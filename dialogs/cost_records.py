"""What is kept of cost accounting: sheets with their versions, released rates, costings in hand, the team's products.

Amounts and rates are exact: text such as `79/983` in storage, Fractions here. A sheet and a costing are kept in the
JSON of the contract (`knowledge.accounting.json_sheet`, `json_costing`), so that reading stays strict.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final, NewType

from dialogs.conversation.talk import PersonId
from knowledge.accounting.summary import OverheadRate, Summary
from knowledge.accounting.vat import VatKind
from knowledge.taxonomy import OfferKind

CostSheetId = NewType("CostSheetId", int)
CostingId = NewType("CostingId", int)
ProductId = NewType("ProductId", str)
"""The id of a product in a company's own content (`e200`), else one that can't be such an id (`p.17`)."""

LONGEST_PERIOD: Final = 40
LONGEST_PRODUCT: Final = 60


@dataclass(frozen=True, slots=True)
class CostSheet:
    """A BAB; `summary` is there as soon as it is computed. The sheet itself is `CostSheets.text`, since it may be long.

    `version` counts a team's saved sheets; 0: nobody has saved it yet, then only its owner sees it.
    """

    id: CostSheetId
    owner: PersonId | None = None
    summary: Summary | None = None
    name: str = ""
    """Of the file that it was read from."""
    version: int = 0
    period: str = ""
    valid_from: date | None = None
    released_at: datetime | None = None

    @property
    def may_change(self) -> bool:
        """Whether it was entered here and nobody has saved it; what was read from a file is changed in the file."""
        return not self.version and not self.name

    @property
    def is_released(self) -> bool:
        """Whether a manager has made its rates the team's."""
        return self.released_at is not None


@dataclass(frozen=True, slots=True)
class ReleasedRates:
    """The team's valid rates, without the sheet that they come from."""

    sheet: CostSheetId
    version: int
    period: str
    valid_from: date
    rates: tuple[OverheadRate, ...]


@dataclass(frozen=True, slots=True)
class CostingInHand:
    """A costing that somebody works on: `fields` as in the contract, `skipped` what was asked and left out."""

    id: CostingId
    fields: Mapping[str, Any]
    skipped: frozenset[str] = frozenset()
    product: ProductId | None = None
    """The product that it began with."""


@dataclass(frozen=True, slots=True)
class Product:
    """What the team sells. `fields` are what was entered of its costing; without them there is none.

    `list_price` is the planned one, net; None where it is not known.
    """

    id: ProductId
    name: str
    offer: OfferKind
    list_price: Fraction | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    vat: VatKind = VatKind.STANDARD

    @property
    def has_costing(self) -> bool:
        """Whether it can be said what a price leaves."""
        return bool(self.fields)
