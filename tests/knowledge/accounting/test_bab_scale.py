"""A large sheet: 1,000 cost types, 200 centres, 50 of them in one system of equations, exactly."""

import json
import random
from fractions import Fraction
from time import perf_counter

from knowledge.accounting.bab import compute
from knowledge.accounting.exact import written
from knowledge.accounting.json_fields import parse
from knowledge.accounting.json_sheet import read_sheet
from tests.knowledge.accounting.sheets import Json


def large_sheet() -> bytes:
    """The same on every run."""
    chosen = random.Random(3)
    auxiliary = [f"h{place}" for place in range(50)]
    main = [f"m{place}" for place in range(150)]
    rows: list[Json] = []
    for place in range(1000):
        amounts = {centre: Fraction(chosen.randrange(10**6), 100) for centre in (*auxiliary, *main)}
        rows.append(
            {
                "name": f"Kostenart {place}",
                "total": written(sum(amounts.values(), Fraction(0))),
                "amounts": {centre: written(amount) for centre, amount in amounts.items()},
            }
        )
    sheet = {
        "cost_centres": [
            *({"id": centre, "role": "auxiliary"} for centre in auxiliary),
            *({"id": centre, "role": "production"} for centre in main),
        ],
        "overheads": rows,
        "method": "simultaneous",
        "allocations": [
            {"from": giver, "to": {centre: str(chosen.randrange(1, 10**4)) for centre in (*auxiliary, *main)}}
            for giver in auxiliary
        ],
        "bases": {centre: {"kind": "wages", "amount": str(chosen.randrange(1, 10**6))} for centre in main},
    }
    return json.dumps(sheet).encode()


def test_a_large_sheet_takes_seconds_and_is_exact() -> None:
    text = large_sheet()
    began = perf_counter()
    bab = compute(read_sheet(parse(text, "large.json")))
    took = perf_counter() - began
    assert all(check.holds for check in bab.checks)
    assert len(bab.rates) == 150
    assert took < 20, f"{took:.1f} s; about 3 s on an idle machine"
