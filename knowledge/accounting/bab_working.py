"""How a BAB came about, line by line: keys, sums, prices, manufacturing cost, rates, coverage.

Ids of the steps are paths (`rates.mat`), and each figure names the step or the field that it comes from.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from knowledge.accounting.allocation import Delivery
from knowledge.accounting.bab import Bab
from knowledge.accounting.exact import total as sum_of
from knowledge.accounting.sheet import Method
from knowledge.accounting.working import Step, Working, amount, price, quantity, share, step, total


def working(bab: Bab) -> Working:
    """All lines in the order in which one would write them."""
    return (
        *distribution_steps(bab),
        *allocation_steps(bab),
        *manufacturing_steps(bab),
        *rate_steps(bab),
        *coverage_steps(bab),
    )


def distribution_steps(bab: Bab) -> Iterator[Step]:
    """Each share of a row with a key, and the primary overheads of each centre."""
    names = _names(bab)
    for place, (row, distributed) in enumerate(zip(bab.sheet.cost_types, bab.distribution.rows, strict=True)):
        shares = sum_of(row.key.values())
        if not shares:
            continue
        for centre, part in row.key.items():
            yield step(
                f"overheads[{place}].{centre}",
                "accounting.working.by_key",
                "{total} * {share} / {shares}",
                {
                    "total": amount(row.total, f"overheads[{place}].total"),
                    "share": quantity(part, f"overheads[{place}].key.{centre}"),
                    "shares": quantity(shares),
                },
                amount(distributed.amounts[centre]),
                row=row.name,
                centre=names[centre],
            )
    for centre in names:
        terms = [
            amount(row.amounts[centre], f"overheads[{place}].{centre}")
            for place, row in enumerate(bab.distribution.rows)
            if row.amounts.get(centre)
        ]
        if centre in bab.sheet.primary:
            terms.append(amount(bab.sheet.primary[centre], f"primary.{centre}"))
        result = amount(bab.distribution.primary[centre])
        yield total(f"primary.{centre}", "accounting.working.primary", terms, result, centre=names[centre])


def allocation_steps(bab: Bab) -> Iterator[Step]:
    """Cost, price and deliveries of each allocated centre, then what each other centre bears in the end.

    In the simultaneous method a cost already names prices that come later: these lines are its equations, solved.
    """
    if not bab.sheet.allocations:
        return
    names, allocated = _names(bab), bab.allocated
    borne = {centre: [amount(bab.distribution.primary[centre], f"primary.{centre}")] for centre in names}
    for transfer in allocated.transfers:
        if transfer.amount:
            source = f"allocations.{transfer.giver}.{transfer.receiver}"
            borne[transfer.receiver].append(amount(transfer.amount, source))
    for delivery in allocated.deliveries:
        giver = delivery.giver
        cost = amount(allocated.costs[giver])
        yield total(f"costs.{giver}", "accounting.working.cost", borne[giver], cost, centre=names[giver])
        if giver in allocated.prices:
            yield _price_step(bab, delivery, names[giver])
            yield from _transfer_steps(bab, delivery, names)
    for centre in names:
        if centre not in allocated.outside:
            bears = amount(allocated.after[centre])
            yield total(f"after.{centre}", "accounting.working.after", borne[centre], bears, centre=names[centre])


def _price_step(bab: Bab, delivery: Delivery, name: str) -> Step:
    at_once = bab.sheet.method is Method.SIMULTANEOUS
    operands = {
        "cost": amount(bab.allocated.costs[delivery.giver], f"costs.{delivery.giver}"),
        "output": quantity(delivery.output, f"allocations.{delivery.giver}.output"),
    }
    left_out = {"own_use": delivery.own_use, "closed": sum_of(delivery.closed.values())}
    operands |= {part: quantity(size) for part, size in left_out.items() if size}
    minus = "".join(f" - {{{part}}}" for part in left_out if part in operands)
    return step(
        f"allocation_prices.{delivery.giver}",
        "accounting.working.price_at_once" if at_once else "accounting.working.price",
        f"{{cost}} / ({{output}}{minus})" if minus else "{cost} / {output}",
        operands,
        price(bab.allocated.prices[delivery.giver]),
        centre=name,
    )


def _transfer_steps(bab: Bab, delivery: Delivery, names: Mapping[str, str]) -> Iterator[Step]:
    giver = delivery.giver
    giver_price = bab.allocated.prices[giver]
    for receiver, delivered in delivery.open_.items():
        yield step(
            f"allocations.{giver}.{receiver}",
            "accounting.working.transfer",
            "{price} * {quantity}",
            {
                "price": price(giver_price, f"allocation_prices.{giver}"),
                "quantity": quantity(delivered, f"allocations.{giver}.to.{receiver}"),
            },
            amount(giver_price * delivered),
            giver=names[giver],
            receiver=names[receiver],
        )


def manufacturing_steps(bab: Bab) -> Iterator[Step]:
    """Manufacturing cost of production and of sales, where they are known."""
    cost, sheet = bab.manufacturing_cost, bab.sheet
    if cost is None:
        return
    terms = []
    for centre in sheet.manufacturing_centres:
        terms.append(amount(sheet.bases[centre.id].direct, f"bases.{centre.id}"))
        terms.append(amount(bab.allocated.after[centre.id], f"after.{centre.id}"))
    if sheet.special_direct_costs_production:
        terms.append(amount(sheet.special_direct_costs_production, "special_direct_costs_production"))
    name = "manufacturing_cost_of_production"
    yield total(name, "accounting.working.cost_of_production", terms, amount(cost.of_production))
    if sheet.stock_increase or sheet.stock_decrease:
        yield step(
            "manufacturing_cost_of_sales",
            "accounting.working.cost_of_sales",
            "{of_production} - {increase} + {decrease}",
            {
                "of_production": amount(cost.of_production, name),
                "increase": amount(sheet.stock_increase, "stock.increase"),
                "decrease": amount(sheet.stock_decrease, "stock.decrease"),
            },
            amount(cost.of_sales),
        )


def rate_steps(bab: Bab) -> Iterator[Step]:
    """Overheads ÷ base of each centre."""
    names = _names(bab)
    for rate in bab.rates:
        kind = bab.sheet.bases[rate.centre].kind
        source = kind.value if kind.is_manufacturing_cost else f"bases.{rate.centre}"
        yield step(
            f"rates.{rate.centre}",
            "accounting.working.rate_per_hour" if kind.is_hours else "accounting.working.rate",
            "{overheads} / {base}",
            {
                "overheads": amount(rate.overheads, f"after.{rate.centre}"),
                "base": quantity(rate.base, source) if kind.is_hours else amount(rate.base, source),
            },
            price(rate.exact) if kind.is_hours else share(rate.exact),
            centre=names[rate.centre],
        )


def coverage_steps(bab: Bab) -> Iterator[Step]:
    """What was charged, and how far that covers the overheads."""
    if bab.coverage is None:
        return
    names = _names(bab)
    for centre, covered in bab.coverage.centres.items():
        is_hours = bab.sheet.bases[centre].kind.is_hours
        rate: Fraction = bab.sheet.normal_rates[centre]
        base: Fraction = bab.coverage.bases[centre]
        yield step(
            f"coverage.{centre}.normal",
            "accounting.working.charged",
            "{rate} * {base}",
            {
                "rate": (price if is_hours else share)(rate, f"normal_rates.{centre}"),
                "base": (quantity if is_hours else amount)(base, f"bases.{centre}"),
            },
            amount(covered.normal),
            centre=names[centre],
        )
        yield step(
            f"coverage.{centre}",
            "accounting.working.coverage",
            "{normal} - {actual}",
            {
                "normal": amount(covered.normal, f"coverage.{centre}.normal"),
                "actual": amount(covered.actual, f"after.{centre}"),
            },
            amount(covered.difference),
            centre=names[centre],
        )


def _names(bab: Bab) -> dict[str, str]:
    return {centre.id: centre.name for centre in bab.sheet.centres}
