"""What holds for every sheet: generated ones, through the JSON of the contract."""

import json
import re
from copy import deepcopy
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.accounting.bab_working import working
from knowledge.accounting.exact import number, written
from knowledge.accounting.faults import LONGEST_LINE, AccountingError
from knowledge.accounting.json_fields import parse
from knowledge.accounting.working import filled
from knowledge.language.languages import Language
from tests.knowledge.accounting.drawn_fractions import fractions
from tests.knowledge.accounting.sheets import MESSAGES, MODEL, Json, computed, result
from tests.properties import tries

"""A generated sheet takes a hundred times as long to draw as to compute."""

SIZES = fractions(0, 1000, 12).map(written)
COSTS = fractions(-100, 10_000, 100).map(written)
SOME = fractions(Fraction(1, 8), 500, 8).map(written)


@st.composite
def sheets(draw: st.DrawFn, method: str | None = None, one_way: bool = False) -> Json:
    """A sheet with up to four auxiliary centres, each of which delivers something to a main centre."""
    auxiliary = [f"h{place}" for place in range(draw(st.integers(0, 4)))]
    main = ["mat", "f1", *draw(st.sampled_from([[], ["f2"], ["f2", "lab"]])), "vv"]
    roles = dict.fromkeys(auxiliary, "auxiliary") | dict.fromkeys(main, "production")
    roles |= {"mat": "material", "lab": "other", "vv": "administration_sales"}
    ids = [*auxiliary, *main]
    some = st.dictionaries(st.sampled_from(ids), SIZES)
    rows = []
    for place in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):
            amounts = draw(st.dictionaries(st.sampled_from(ids), COSTS, min_size=1))
            total = written(sum(map(number, amounts.values()), Fraction(0)))
            rows.append({"name": f"Kostenart {place}", "total": total, "amounts": amounts})
        else:
            key = {**draw(some), draw(st.sampled_from(ids)): draw(SOME)}
            rows.append({"name": f"Kostenart {place}", "total": draw(COSTS), "key": key})
    allocations: list[Json] = []
    for place, giver in enumerate(auxiliary):
        to = {centre: quantity for centre, quantity in draw(some).items() if not one_way or centre not in ids[:place]}
        to[draw(st.sampled_from(main))] = draw(SOME)
        allocation: Json = {"from": giver, "to": to}
        if draw(st.booleans()):
            allocation["output"] = written(sum(map(number, to.values()), number(draw(SIZES))))
        allocations.append(allocation)
    return {
        "cost_centres": [{"id": centre, "role": roles[centre]} for centre in ids],
        "overheads": rows,
        "primary": draw(st.dictionaries(st.sampled_from(ids), COSTS)),
        "method": method or draw(st.sampled_from(["step_down", "direct", "simultaneous"])),
        "allocations": allocations,
        "bases": {
            "mat": {"kind": "direct_material", "amount": draw(SOME)},
            "f1": {"kind": "wages", "amount": draw(SOME)},
        },
        "normal_rates": {"mat": "25%", "f1": "5/4"},
    }


@given(sheets())
def test_rows_add_up_and_the_main_centres_carry_all_overheads(sheet: Json) -> None:
    assert [check for check in result(sheet)["checks"] if not check["holds"]] == []


@given(sheets())
def test_each_row_keeps_its_total(sheet: Json) -> None:
    for row, distributed in zip(sheet["overheads"], result(sheet)["overheads"], strict=True):
        assert distributed["name"] == row["name"]
        assert sum(map(number, distributed["amounts"].values())) == number(row["total"])


@given(sheets(method="step_down", one_way=True))
def test_without_return_flows_the_equations_give_what_the_steps_give(sheet: Json) -> None:
    found = result(sheet)
    assert found["warnings"] == result({**sheet, "method": "simultaneous"})["warnings"]
    assert found == result({**sheet, "method": "simultaneous"})


@given(sheets(method="simultaneous"))
def test_a_price_times_all_that_is_delivered_is_all_that_it_cost(sheet: Json) -> None:
    bab = computed(sheet)
    prices = bab.allocated.prices
    for delivery in bab.allocated.deliveries:
        received = sum(prices[giver.giver] * giver.open_.get(delivery.giver, 0) for giver in bab.allocated.deliveries)
        assert prices[delivery.giver] * delivery.divisor == bab.distribution.primary[delivery.giver] + received


@given(sheets(), st.integers(2, 1000))
def test_a_thousandfold_currency_multiplies_amounts_and_leaves_rates(sheet: Json, factor: int) -> None:
    def larger(amounts: Json) -> Json:
        return {centre: written(number(amount) * factor) for centre, amount in amounts.items()}

    scaled = deepcopy(sheet)
    scaled["primary"] = larger(scaled["primary"])
    for row in scaled["overheads"]:
        row["total"] = written(number(row["total"]) * factor)
        if "amounts" in row:
            row["amounts"] = larger(row["amounts"])
    for base in scaled["bases"].values():
        base.update(larger({"amount": base["amount"]}))
    found, of_scaled = result(sheet), result(scaled)
    assert of_scaled["after_allocation"] == larger(found["after_allocation"])
    assert of_scaled["allocation_prices"] == larger(found["allocation_prices"])
    assert [rate["exact"] for rate in of_scaled["rates"].values()] == [
        rate["exact"] for rate in found["rates"].values()
    ]


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_the_centres_does_not_matter(sheet: Json, shuffled: Any) -> None:
    other = deepcopy(sheet)
    shuffled.shuffle(other["cost_centres"])
    if sheet["method"] != "step_down":  # where the order of the allocations is the order of closing
        shuffled.shuffle(other["allocations"])
    found, of_other = result(sheet), result(other)
    for part in ("overheads", "primary", "allocation_prices", "after_allocation", "outside", "rates", "coverage"):
        assert of_other[part] == found[part]


@given(sheets())
def test_no_float_ever_leaves(sheet: Json) -> None:
    text = json.dumps(result(sheet)).encode()

    def numbers(value: Any) -> list[Any]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return (
            [value]
            if not inner and not isinstance(value, str | dict | list)
            else [x for y in inner for x in numbers(y)]
        )

    assert all(isinstance(value, bool) for value in numbers(parse(text, "result")))


@given(sheets())
def test_every_line_of_the_working_comes_to_what_it_says(sheet: Json) -> None:
    for step in working(computed(sheet)):
        numbers = {
            name: f"Fraction({figure.value.numerator}, {figure.value.denominator})"
            for name, figure in step.operands.items()
        }
        formula = filled(step.pattern, numbers)
        assert re.fullmatch(r"[Fraction\d(), +*/-]+", formula)
        assert eval(formula) == step.result.value, step  # noqa: S307 (our own formula, of numbers alone)


WORDS = st.sampled_from(
    ["geb", "mat", "id", "total", "kind", "wages", "hours", "-1", "0", "1", "50%", "1/0", "é\n\0", ""]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def spots(value: Any) -> list[tuple[Any, Any]]:
    """(container, key) of every value inside."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [spot for key in keys for spot in ((value, key), *spots(value[key]))]


@settings(max_examples=tries(100))
@given(st.data())
def test_whatever_stands_wherever_is_taken_or_refused_in_one_line(data: st.DataObject) -> None:
    sheet = deepcopy({**MODEL, "stock": {"increase": "1"}, "normal_rates": {"mat": "5%"}, "primary": {"geb": "1"}})
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(spots(sheet)))
        container[key] = data.draw(ANYTHING)
    try:
        assert result(sheet)["primary"]["total"]
    except AccountingError as error:
        for language in Language:
            line = error.line(MESSAGES, language)
            assert 0 < len(line) <= LONGEST_LINE
            assert line.isprintable()
