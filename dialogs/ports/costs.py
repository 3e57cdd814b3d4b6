"""What is kept of cost accounting: sheets with their versions, released rates, costings in hand, the team's products.

Amounts and rates are exact: text such as `79/983` in storage, Fractions here. A sheet and a costing are kept in the
JSON of the contract (`knowledge.accounting.json_sheet`, `json_costing`), so that reading stays strict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final, NewType, Protocol

from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Person, TeamId
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


class CostSheets(Protocol):
    """BABs: those in hand belong to a person, saved ones to the team; its released rates are for everybody."""

    def add(
        self, owner: PersonId, team_id: TeamId, text: str, summary: Summary | None, at: datetime,
        name: str = "",
    ) -> CostSheetId: ...  # fmt: skip
    def change(self, sheet_id: CostSheetId, text: str, summary: Summary | None, at: datetime) -> None: ...
    def get(self, person: Person, sheet_id: CostSheetId) -> CostSheet | None:
        """The person's own, or for a manager one that the team has saved."""

    def text(self, sheet_id: CostSheetId) -> str:
        """The sheet as JSON, also an unfinished one."""

    def unfinished(self, owner: PersonId) -> CostSheet | None:
        """The newest that the person has begun to type and not finished."""

    def discard(self, sheet_id: CostSheetId) -> None:
        """Removes one that nobody has saved."""

    def save(self, sheet_id: CostSheetId, team_id: TeamId, period: str, valid_from: date, at: datetime) -> int:
        """The team's next version; a saved one keeps its number. Nothing is valid before it is released."""

    def saved(self, person: Person, limit: int) -> Sequence[CostSheet]:
        """What was saved, the newest first: for a manager all of the team's, for a seller the own ones."""

    def release(self, sheet_id: CostSheetId, by: PersonId, at: datetime | None) -> None:
        """Makes its rates the team's from its day on; `at` None takes that back."""

    def released_rates(self, team_id: TeamId, on: date) -> ReleasedRates | None:
        """Of the released sheets the one that began last, the higher version where two began on one day."""


class Costings(Protocol):
    """Costings that a person works on."""

    def add(self, owner: PersonId, fields: Mapping[str, Any], product: ProductId | None, at: datetime) -> CostingId: ...
    def get(self, owner: PersonId, costing_id: CostingId) -> CostingInHand | None: ...
    def latest(self, owner: PersonId) -> CostingInHand | None:
        """The one that was worked on last."""

    def change(
        self, costing_id: CostingId, fields: Mapping[str, Any], skipped: frozenset[str], at: datetime
    ) -> None: ...


class Products(Protocol):
    """What the team sells, with its costing. What a company's own content lists is there without a row."""

    def all(self, team_id: TeamId) -> Sequence[Product]:
        """By name."""

    def get(self, team_id: TeamId, product_id: ProductId) -> Product | None: ...
    def save(self, team_id: TeamId, product: Product, by: PersonId, at: datetime) -> ProductId:
        """Keeps it under its id; an empty id becomes a new one."""

    def remove(self, team_id: TeamId, product_id: ProductId) -> None: ...
