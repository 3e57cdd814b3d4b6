"""Whether the parts of a sheet go together, whatever file it was read from. Every fault is found in one go."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from knowledge.accounting.exact import total
from knowledge.accounting.faults import Fault, Findings, shown
from knowledge.accounting.sheet import Allocation, CentreRole, CostType, Method, Sheet

MOST_CENTRES: Final = 1_000
MOST_COST_TYPES: Final = 5_000
MOST_AT_ONCE: Final = 100
"""Centres of the simultaneous method: exact equations of so many take some seconds, of twice as many a minute."""

TOTAL: Final = "total"
"""The id of the sum in results, so no centre's."""


def inconsistencies(sheet: Sheet, *, roles_are_sure: bool) -> tuple[Fault, ...]:
    """What does not go together: strange and double ids, sums, keys, roles, quantities, bases.

    Unless the roles of the centres are sure, what depends on them is left out.
    """
    findings = Findings()
    _sizes(sheet, findings)
    _centres(sheet, findings)
    _cost_types(sheet, findings)
    if roles_are_sure:
        _allocations(sheet, findings)
        _bases(sheet, findings)
        _normal_rates(sheet, findings)
    return findings.faults


def _sizes(sheet: Sheet, findings: Findings) -> None:
    at_once = sheet.method is Method.SIMULTANEOUS
    for path, count, most in (
        ("cost_centres", len(sheet.centres), MOST_CENTRES),
        ("overheads", len(sheet.cost_types), MOST_COST_TYPES),
        ("allocations", len(sheet.allocations), MOST_AT_ONCE if at_once else MOST_CENTRES),
    ):
        if count > most:
            findings.add(sheet.place(path), "accounting.sheet_fault.too_many", most=most, count=count)
    if not sheet.centres:
        findings.add(sheet.place("cost_centres"), "accounting.sheet_fault.no_centre")


def _centres(sheet: Sheet, findings: Findings) -> None:
    seen = set[str]()
    for place, centre in enumerate(sheet.centres):
        where = sheet.place(f"cost_centres[{place}].id")
        if centre.id in seen:
            findings.add(where, "accounting.sheet_fault.centre_twice", centre=shown(centre.id))
        if centre.id == TOTAL:
            findings.add(where, "accounting.sheet_fault.centre_named_total", centre=TOTAL)
        seen.add(centre.id)
    _known(sheet, findings, "primary", sheet.primary)


def _cost_types(sheet: Sheet, findings: Findings) -> None:
    times = Counter(row.name for row in sheet.cost_types)
    for place, row in enumerate(sheet.cost_types):
        path = f"overheads[{place}]"
        if times[row.name] > 1:
            findings.add(sheet.place(f"{path}.name"), "accounting.sheet_fault.row_twice", row=shown(row.name))
        _known(sheet, findings, f"{path}.amounts", row.amounts, row.name)
        _known(sheet, findings, f"{path}.key", row.key, row.name)
        _adds_up(sheet, findings, path, row)


def _adds_up(sheet: Sheet, findings: Findings, path: str, row: CostType) -> None:
    if row.amounts and row.key:
        findings.add(sheet.place(path, row.name), "accounting.sheet_fault.amounts_and_key")
    elif row.key:
        if any(share < 0 for share in row.key.values()):
            return  # told by the reader
        if row.total and not any(row.key.values()):
            findings.add(sheet.place(f"{path}.key", row.name), "accounting.sheet_fault.empty_key", total=row.total)
    elif row.total and not row.amounts:
        findings.add(sheet.place(path, row.name), "accounting.sheet_fault.not_distributed", total=row.total)
    elif (added := total(row.amounts.values())) != row.total:
        findings.add(
            sheet.place(f"{path}.total", row.name),
            "accounting.sheet_fault.row_sum",
            total=row.total,
            added=added,
            difference=row.total - added,
        )


def _allocations(sheet: Sheet, findings: Findings) -> None:
    centres = sheet.by_id
    seen = set[str]()
    for place, allocation in enumerate(sheet.allocations):
        path = f"allocations[{place}]"
        giver = centres.get(allocation.giver)
        where = sheet.place(f"{path}.from")
        if giver is None:
            _unknown(sheet, findings, f"{path}.from", allocation.giver)
        elif not giver.role.is_allocated:
            findings.add(where, "accounting.sheet_fault.not_allocated", centre=shown(giver.id), role=giver.role.value)
        elif allocation.giver in seen:
            findings.add(where, "accounting.sheet_fault.allocated_twice", centre=shown(giver.id))
        seen.add(allocation.giver)
        _known(sheet, findings, f"{path}.to", allocation.to, allocation.giver)
        _output(sheet, findings, path, allocation)


def _output(sheet: Sheet, findings: Findings, path: str, allocation: Allocation) -> None:
    if allocation.output is not None and allocation.output < allocation.listed:
        findings.add(
            sheet.place(f"{path}.output", allocation.giver),
            "accounting.sheet_fault.output_too_small",
            output=allocation.output,
            listed=allocation.listed,
        )


def _bases(sheet: Sheet, findings: Findings) -> None:
    _known(sheet, findings, "bases", sheet.bases)
    manufacturing = sheet.manufacturing_centres
    without = [centre.id for centre in manufacturing if centre.id not in sheet.bases]
    for centre in sheet.centres:
        base = sheet.bases.get(centre.id)
        if base is None:
            continue
        where = sheet.place(f"bases.{centre.id}")
        if centre.role.is_allocated or centre.role is CentreRole.OTHER:
            findings.add(where, "accounting.sheet_fault.no_rate_here", role=centre.role.value)
        elif not base.kind.is_manufacturing_cost:
            continue
        elif centre.role.is_manufacturing:
            findings.add(where, "accounting.sheet_fault.circular_base", kind=base.kind.value, role=centre.role.value)
        elif without:
            findings.add(where, "accounting.sheet_fault.base_missing", centres=shown(", ".join(without), 120))
        elif not manufacturing:
            findings.add(where, "accounting.sheet_fault.no_manufacturing")


def _normal_rates(sheet: Sheet, findings: Findings) -> None:
    _known(sheet, findings, "normal_rates", sheet.normal_rates)
    for centre in sheet.centres:
        if centre.id in sheet.normal_rates and centre.id not in sheet.bases:
            findings.add(sheet.place(f"normal_rates.{centre.id}"), "accounting.sheet_fault.normal_without_base")


def _known(sheet: Sheet, findings: Findings, path: str, ids: Iterable[str], title: str = "") -> None:
    known = {centre.id for centre in sheet.centres}
    for name in ids:
        if name not in known:
            _unknown(sheet, findings, f"{path}.{name}", name, title)


def _unknown(sheet: Sheet, findings: Findings, path: str, name: str, title: str = "") -> None:
    if not sheet.centres:
        return  # told once, at the list
    known = shown(", ".join(dict.fromkeys(centre.id for centre in sheet.centres)), 120)
    findings.add(sheet.place(path, title), "accounting.sheet_fault.unknown_centre", centre=shown(name), known=known)
