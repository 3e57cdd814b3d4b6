"""Allocates general and auxiliary centres (innerbetriebliche Leistungsverrechnung) by three methods on the same flows.

Price of a centre = its cost ÷ (output − own use − deliveries to closed centres). The methods differ in which centres
are closed, and in what the cost is:

- step_down (Stufenleiter): closed are the centres allocated before; cost = primary + what those delivered
- direct (Anbau): closed are all general and auxiliary centres; cost = primary
- simultaneous (Gleichung): nothing is closed; cost = primary + what all others deliver, one equation a centre

What a centre makes beyond the deliveries listed goes outside the sheet, at the same price.
Source: Haberstock, Kostenrechnung I; Coenenberg/Fischer/Günther, Kostenrechnung und Kostenanalyse: the parts on
innerbetriebliche Leistungsverrechnung.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.elimination import solve
from knowledge.accounting.faults import Caution, Fault, Findings, Impossible, shown
from knowledge.accounting.sheet import NOTHING, Allocation, Method, Sheet


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one centre's delivery to another costs."""

    giver: str
    receiver: str
    quantity: Fraction
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Allocated:
    """The centres after allocation.

    `costs` are those of the allocated centres before they pass them on (primary and received). A centre that delivers
    nothing at all has no price, and all its costs are `outside`.
    """

    after: Mapping[str, Fraction]
    prices: Mapping[str, Fraction]
    outside: Mapping[str, Fraction]
    costs: Mapping[str, Fraction]
    deliveries: "tuple[Delivery, ...]" = ()
    transfers: tuple[Transfer, ...] = ()
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One allocation as its method sees it: what counts (`open_`), and what is left out (`closed`)."""

    place: str
    giver: str
    open_: Mapping[str, Fraction]
    closed: Mapping[str, Fraction]
    own_use: Fraction
    output: Fraction
    beyond: Fraction
    is_empty: bool  # nothing is listed and no output given: all goes outside, without a price

    @property
    def divisor(self) -> Fraction:
        """Output − own use − deliveries to closed centres."""
        return self.output - self.own_use - sum(self.closed.values(), NOTHING)


def allocate(sheet: Sheet, primary: Mapping[str, Fraction]) -> Allocated:
    """What each centre bears once the sheet's allocations are made by its method; amounts in the sheet's unit.

    Raises Impossible where costs have nowhere to go, with every such centre.
    """
    deliveries = _deliveries_of(sheet)
    if sheet.method is Method.SIMULTANEOUS:
        prices, costs = _all_at_once(sheet, deliveries, primary)
    else:
        prices, costs = _one_by_one(deliveries, primary)
    transfers = tuple(
        Transfer(delivery.giver, receiver, quantity, prices.get(delivery.giver, NOTHING) * quantity)
        for delivery in deliveries
        for receiver, quantity in delivery.open_.items()
    )
    outside = {
        delivery.giver: (
            costs[delivery.giver] if delivery.is_empty else prices.get(delivery.giver, NOTHING) * delivery.beyond
        )
        for delivery in deliveries
    }
    after = {centre: amount for centre, amount in primary.items() if centre not in outside}
    for transfer in transfers:
        if transfer.receiver in after:
            after[transfer.receiver] += transfer.amount
    return Allocated(
        after={centre: after.get(centre, NOTHING) for centre in primary},
        prices=prices,
        outside=outside,
        costs=costs,
        deliveries=deliveries,
        transfers=transfers,
        cautions=(*_left_out(deliveries), *_not_allocated(sheet, after)),
    )


def _deliveries_of(sheet: Sheet) -> tuple[Delivery, ...]:
    """The allocations in their order; own use counts nowhere."""
    allocated = {centre.id for centre in sheet.centres if centre.role.is_allocated}
    deliveries = []
    before: set[str] = set()
    for place, allocation in enumerate(sheet.allocations):
        closed: Collection[str] = before
        if sheet.method is Method.DIRECT:
            closed = allocated
        elif sheet.method is Method.SIMULTANEOUS:
            closed = ()
        deliveries.append(_delivery(sheet.place(f"allocations[{place}]", allocation.giver), allocation, closed))
        before.add(allocation.giver)
    return tuple(deliveries)


def _delivery(place: str, allocation: Allocation, closed: Collection[str]) -> Delivery:
    to_others = {centre: quantity for centre, quantity in allocation.to.items() if centre != allocation.giver}
    return Delivery(
        place=place,
        giver=allocation.giver,
        open_={centre: quantity for centre, quantity in to_others.items() if centre not in closed},
        closed={centre: quantity for centre, quantity in to_others.items() if centre in closed and quantity},
        own_use=allocation.to.get(allocation.giver, NOTHING),
        output=allocation.made,
        beyond=allocation.made - allocation.listed,
        is_empty=not allocation.to and allocation.output is None,
    )


def _one_by_one(
    deliveries: Collection[Delivery], primary: Mapping[str, Fraction]
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """(prices, costs) in the order of closing."""
    costs = {delivery.giver: primary[delivery.giver] for delivery in deliveries}
    prices: dict[str, Fraction] = {}
    findings = Findings()
    for delivery in deliveries:
        if not delivery.divisor:
            _stuck(delivery, costs[delivery.giver], findings)
            continue
        price = prices[delivery.giver] = costs[delivery.giver] / delivery.divisor
        for receiver, quantity in delivery.open_.items():
            if receiver in costs:
                costs[receiver] += price * quantity
    findings.refuse(Impossible)
    return prices, costs


def _stuck(delivery: Delivery, cost: Fraction, findings: Findings) -> None:
    """Costs of a centre that delivers nothing which counts: an error, unless there are none, or all goes outside."""
    if cost and not delivery.is_empty:
        findings.add(delivery.place, "accounting.sheet_fault.nowhere_to_go", cost=cost)


def _all_at_once(
    sheet: Sheet, deliveries: Collection[Delivery], primary: Mapping[str, Fraction]
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """(prices, costs) from divisor × price − Σ what others deliver × their prices = primary cost, a row a centre."""
    priced = [delivery for delivery in deliveries if delivery.divisor]
    _refuse_closed_circles(sheet, priced)
    rows = [
        [row.divisor if column is row else -column.open_.get(row.giver, NOTHING) for column in priced] for row in priced
    ]
    solution = solve(rows, [primary[delivery.giver] for delivery in priced])
    prices = {delivery.giver: price for delivery, price in zip(priced, solution, strict=True)}
    findings = Findings()
    costs: dict[str, Fraction] = {}
    for delivery in deliveries:
        received = (prices[giver.giver] * giver.open_.get(delivery.giver, NOTHING) for giver in priced)
        costs[delivery.giver] = sum(received, primary[delivery.giver])
        if delivery.giver not in prices:
            _stuck(delivery, costs[delivery.giver], findings)
    findings.refuse(Impossible)
    return prices, costs


def _refuse_closed_circles(sheet: Sheet, deliveries: Collection[Delivery]) -> None:
    """Centres that deliver to each other alone can't pass their costs on: exactly then the equations are singular."""
    givers = {delivery.giver for delivery in deliveries}
    ways_out = {
        delivery.giver
        for delivery in deliveries
        if delivery.beyond or any(quantity for centre, quantity in delivery.open_.items() if centre not in givers)
    }
    while found := {
        delivery.giver
        for delivery in deliveries
        if delivery.giver not in ways_out
        and any(quantity and centre in ways_out for centre, quantity in delivery.open_.items())
    }:
        ways_out |= found
    if caught := [delivery.giver for delivery in deliveries if delivery.giver not in ways_out]:
        centres = shown(", ".join(caught), 120)
        raise Impossible(
            Fault(sheet.place("allocations"), "accounting.sheet_fault.closed_circle", {"centres": centres})
        )


def _left_out(deliveries: Collection[Delivery]) -> list[Caution]:
    return [
        Caution(
            delivery.place,
            "accounting.warning.return_delivery_ignored",
            {"from": shown(delivery.giver), "to": shown(", ".join(delivery.closed), 120)},
        )
        for delivery in deliveries
        if delivery.closed
    ]


def _not_allocated(sheet: Sheet, after: Mapping[str, Fraction]) -> list[Caution]:
    """General and auxiliary centres whose costs stay where they are, although nobody is charged for them there."""
    return [
        Caution(
            sheet.place(f"cost_centres[{place}]", centre.id),
            "accounting.warning.not_allocated",
            {"amount": after[centre.id]},
        )
        for place, centre in enumerate(sheet.centres)
        if centre.role.is_allocated and after.get(centre.id)
    ]
