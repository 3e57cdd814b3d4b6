"""The control sums of a BAB: they hold by construction, and are shown because people check."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from knowledge.accounting.allocation import Allocated
from knowledge.accounting.distribution import Distribution
from knowledge.accounting.exact import total
from knowledge.accounting.sheet import Sheet


class CheckKind(StrEnum):
    """What is compared; the value names the sentence."""

    ROWS = "rows"
    PASSED_ON = "passed_on"
    MAIN_CENTRES = "main_centres"


@dataclass(frozen=True, slots=True)
class Check:
    """Two sums that must be the same, in the sheet's unit."""

    kind: CheckKind
    left: Fraction
    right: Fraction

    @property
    def holds(self) -> bool:
        """Whether they are, exactly."""
        return self.left == self.right


def checks(sheet: Sheet, distribution: Distribution, allocated: Allocated) -> tuple[Check, ...]:
    """Those that say something about this sheet.

    Where auxiliary centres stand in a sheet in which nothing is allocated, the main centres are not meant to carry all.
    """
    found = []
    if sheet.cost_types:
        rows = total(amount for row in distribution.rows for amount in row.amounts.values())
        found.append(Check(CheckKind.ROWS, rows, total(row.total for row in sheet.cost_types)))
    outside = total(allocated.outside.values())
    if sheet.allocations:
        arrived = total(transfer.amount for transfer in allocated.transfers) + outside
        found.append(Check(CheckKind.PASSED_ON, arrived, total(allocated.costs.values())))
    main = sheet.main_centres
    if sheet.allocations or len(main) == len(sheet.centres):
        carried = total(allocated.after[centre.id] for centre in main) + outside
        found.append(Check(CheckKind.MAIN_CENTRES, carried, distribution.total))
    return tuple(found)
