"""What is wrong with a sheet is told in one line that names the place."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from knowledge.accounting.bab import compute
from knowledge.accounting.faults import LONGEST_LINE, AccountingError
from knowledge.accounting.json_fields import parse
from knowledge.accounting.json_sheet import read_sheet
from knowledge.language.languages import Language
from tests.knowledge.accounting.sheets import MESSAGES, MODEL, Json


def complaint(text: str | bytes, language: Language = Language.EN) -> str:
    """The line that refuses this text."""
    with pytest.raises(AccountingError) as error:
        compute(read_sheet(parse(text.encode() if isinstance(text, str) else text, "sheet.json")))
    line = error.value.line(MESSAGES, language)
    assert "\n" not in line
    assert len(line) <= LONGEST_LINE
    return line


def after(change: Callable[[Json], object]) -> str:
    """The line for the model calculation after a change."""
    sheet = deepcopy(MODEL)
    change(sheet)
    return complaint(json.dumps(sheet))


def put(*path: Any) -> Callable[[Json], None]:
    """Puts the last of these at the path of the others."""
    *way, last, value = path

    def change(sheet: Json) -> None:
        spot: Any = sheet
        for part in way:
            spot = spot[part]
        spot[last] = value

    return change


def without(*path: Any) -> Callable[[Json], None]:
    *way, last = path

    def change(sheet: Json) -> None:
        spot: Any = sheet
        for part in way:
            spot = spot[part]
        del spot[last]

    return change


ROW = ("overheads", 0)


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (put("metod", "direct"), "metod", "no such field"),
        (put(*ROW, "sum", "1"), "overheads[0].sum (Hilfslöhne)", "no such field"),
        (put("cost_centres", 0, "kind", "x"), "cost_centres[0].kind (geb)", "no such field"),
        (put("bases", "mat", "hours", "3"), "bases.mat.hours", "no such field"),
        (put("bases", "vv", "amount", "3"), "bases.vv.amount", "no such field"),
        (put("stock", {"change": "3"}), "stock.change", "no such field"),
        (without("cost_centres"), "cost_centres", "is missing"),
        (put("cost_centres", []), "cost_centres", "at least one"),
        (put("cost_centres", {}), "cost_centres", "expected a list"),
        (put("cost_centres", 0, "x"), "cost_centres[0]", "expected an object"),
        (without("cost_centres", 0, "id"), "cost_centres[0].id", "is missing"),
        (without("cost_centres", 0, "role"), "cost_centres[0].role (geb)", "is missing; expected one of general"),
        (put("cost_centres", 0, "role", "helper"), "cost_centres[0].role (geb)", "expected one of general, auxiliary"),
        (put("cost_centres", 0, "id", ""), "cost_centres[0].id", "expected a text"),
        (put("cost_centres", 0, "id", "f1"), "cost_centres[2].id", "twice"),
        (put("cost_centres", 0, "id", "total"), "cost_centres[0].id", "name of the sum"),
        (put("cost_centres", 0, "name", "a\nb"), "cost_centres[0].name (geb)", "can't be printed"),
        (without(*ROW, "name"), "overheads[0].name", "is missing"),
        (put(*ROW, "name", "Gehälter"), "overheads[0].name", "twice"),
        (put(*ROW, "total", "126"), "overheads[0].total (Hilfslöhne)", "add up to 125, the total says 126"),
        (put(*ROW, "amounts", {}), "overheads[0] (Hilfslöhne)", "125 needs amounts"),
        (put(*ROW, "amounts", "x", "1"), "overheads[0].amounts.x (Hilfslöhne)", "no cost centre x"),
        (put(*ROW, "key", {"mat": "1"}), "overheads[0] (Hilfslöhne)", "amounts or a key"),
        (put(*ROW, {"name": "M", "total": "1", "key": {"mat": "0"}}), "overheads[0].key (M)", "all shares"),
        (put(*ROW, {"name": "M", "total": "1", "key": {"mat": "-1"}}), "overheads[0].key.mat (M)", "from 0 up"),
        (put(*ROW, {"name": "M", "key": {"mat": "1"}}), "overheads[0].total (M)", "is missing"),
        (put(*ROW, "amounts", "f1", "15,5"), "overheads[0].amounts.f1 (Hilfslöhne)", "decimal point"),
        (put(*ROW, "amounts", "f1", "+15"), "overheads[0].amounts.f1 (Hilfslöhne)", "without a plus"),
        (put(*ROW, "amounts", "f1", "1'500"), "overheads[0].amounts.f1 (Hilfslöhne)", "expected a number"),
        (put(*ROW, "amounts", "f1", "1e3"), "overheads[0].amounts.f1 (Hilfslöhne)", "expected a number"),
        (put(*ROW, "amounts", "f1", "NaN"), "overheads[0].amounts.f1 (Hilfslöhne)", "expected a number"),
        (put(*ROW, "amounts", "f1", "15%"), "overheads[0].amounts.f1 (Hilfslöhne)", "per cent sign"),
        (put(*ROW, "amounts", "f1", 1.5), "overheads[0].amounts.f1 (Hilfslöhne)", "exact number as text"),
        (put(*ROW, "amounts", "f1", float("nan")), "overheads[0].amounts.f1 (Hilfslöhne)", "here is NaN"),
        (put(*ROW, "amounts", "f1", float("-inf")), "overheads[0].amounts.f1 (Hilfslöhne)", "here is -Infinity"),
        (put(*ROW, "amounts", "f1", 10**200), "overheads[0].amounts.f1 (Hilfslöhne)", "exact number"),
        (put(*ROW, "amounts", "f1", True), "overheads[0].amounts.f1 (Hilfslöhne)", "expected a number"),
        (put(*ROW, "amounts", "f1", None), "overheads[0].amounts.f1 (Hilfslöhne)", "here is null"),
        (put(*ROW, "amounts", "f1", ["15"]), "overheads[0].amounts.f1 (Hilfslöhne)", "expected a number"),
        (put(*ROW, "amounts", "f1", "1/0"), "overheads[0].amounts.f1 (Hilfslöhne)", "divided by 0"),
        (put(*ROW, "amounts", ["15"]), "overheads[0].amounts (Hilfslöhne)", "expected an object"),
        (put("primary", {"x": "1"}), "primary.x", "no cost centre x"),
        (put("primary", "5"), "primary", "expected an object"),
        (put("method", "iterative"), "method", "expected one of step_down, direct, simultaneous"),
        (put("allocations", 0, "from", "x"), "allocations[0].from", "no cost centre x"),
        (put("allocations", 0, "from", "mat"), "allocations[0].from", "main cost centre"),
        (put("allocations", 1, "from", "geb"), "allocations[1].from", "allocated already"),
        (put("allocations", 0, "to", "x", "1"), "allocations[0].to.x (geb)", "no cost centre x"),
        (put("allocations", 0, "to", "mat", "-1"), "allocations[0].to.mat (geb)", "from 0 up"),
        (without("allocations", 0, "to"), "allocations[0].to (geb)", "is missing"),
        (put("allocations", 0, "output", "27"), "allocations[0].output (geb)", "output 27 is less"),
        (put("allocations", 1, "to", {"f1": "0"}), "allocations[1] (fuhr)", "costs of 27"),
        (put("bases", "x", {"kind": "given", "amount": "1"}), "bases.x", "no cost centre x"),
        (put("bases", "mat", "kind", "material"), "bases.mat.kind", "expected one of direct_material"),
        (without("bases", "mat", "kind"), "bases.mat.kind", "is missing; expected one of direct_material"),
        (without("bases", "mat", "amount"), "bases.mat.amount", "is missing"),
        (put("bases", "mat", "amount", "-525"), "bases.mat.amount", "from 0 up"),
        (put("bases", "mat", "amount", "0"), "bases.mat.amount", "bears costs of 63"),
        (put("bases", "f1", {"kind": "machine_hours"}), "bases.f1.hours", "is missing"),
        (put("bases", "f1", {"kind": "machine_hours", "hours": "0"}), "bases.f1.hours", "bears costs of 42"),
        (put("bases", "geb", {"kind": "wages", "amount": "1"}), "bases.geb", "has no overhead base"),
        (put("bases", "mat", {"kind": "manufacturing_cost_of_sales"}), "bases.mat", "contains the overheads"),
        (without("bases", "mat"), "bases.vv", "needs an overhead base for mat"),
        (put("stock", {"increase": "-5"}), "stock.increase", "from 0 up"),
        (put("normal_rates", {"mat": "25,5%"}), "normal_rates.mat", "expected a rate"),
        (put("normal_rates", {"mat": "+5%"}), "normal_rates.mat", "expected a rate"),
        (put("normal_rates", {"mat": "25%%"}), "normal_rates.mat", "expected a rate"),
        (put("normal_rates", {"mat": "a quarter"}), "normal_rates.mat", "expected a rate"),
        (put("normal_rates", {"mat": 0.25}), "normal_rates.mat", "expected a rate as text"),
        (put("normal_rates", {"mat": "-5%"}), "normal_rates.mat", "from 0 up"),
        (put("normal_rates", {"x": "5%"}), "normal_rates.x", "no cost centre x"),
        (put("normal_rates", {"geb": "5%"}), "normal_rates.geb", "needs an overhead base"),
        (put("normal_basis", "planned"), "normal_basis", "expected one of actual, normal"),
        (put("currency", ["EUR"]), "currency", "expected a text"),
    ],
)
def test_each_fault_is_told_with_its_place(change: Callable[[Json], None], place: str, words: str) -> None:
    line = after(change)
    assert line.startswith(f"{place}: "), line
    assert words in line


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (put("cost_centres", []), "cost_centres: expected at least one cost centre"),
        (put("cost_centres", 0, "x"), 'cost_centres[0]: expected an object with fields, here is "x"'),
        (put("overheads", 0, "x"), 'overheads[0]: expected an object with fields, here is "x"'),
    ],
)
def test_what_follows_from_a_fault_is_not_told_as_another(change: Callable[[Json], None], line: str) -> None:
    assert after(change) == line


def test_a_centre_that_stands_there_twice_is_offered_once() -> None:
    line = complaint(
        json.dumps(
            {"cost_centres": [{"id": "a", "role": "other"}, {"id": "a", "role": "other"}], "primary": {"b": "1"}}
        )
    )
    assert line == (
        "cost_centres[1].id: the cost centre a stands there twice; primary.b: there is no cost centre b; there are a"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "sheet.json: is no valid JSON (line 1, column 1)"),
        ('{"cost_centres": [', "sheet.json: is no valid JSON"),
        ("[]", "JSON: expected an object with fields, here is […]"),
        ("null", "JSON: expected an object with fields, here is null"),
        ('"x"', 'JSON: expected an object with fields, here is "x"'),
        (b"\xff\xfe{}", "sheet.json: is no text in UTF-8 (from byte 1)"),
        ('{"a":' * 30 + "1" + "}" * 30, "sheet.json: is nested deeper than 20 levels"),
        ("[" * 100_000, "sheet.json: is nested deeper than 20 levels"),
        ('{"method": "direct", "method": "direct", "cost_centres": [{"id": "a", "role": "other"}]}', "method: stands"),
        ('{"cost_centres": [{"id": "a", "id": "a", "role": "other"}]}', "cost_centres[0].id: stands there twice"),
        (r'{"cost_centres": [{"id": "\ud800", "role": "other"}]}', "cost_centres[0].id: has characters"),
    ],
)
def test_what_is_no_sheet_at_all_is_told(text: str | bytes, line: str) -> None:
    assert complaint(text).startswith(line)


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    text = "\ufeff" + json.dumps(MODEL)
    assert compute(read_sheet(parse(text.encode(), "sheet.json"))).rates


def test_several_faults_are_told_together() -> None:
    sheet = deepcopy(MODEL)
    sheet["overheads"][0]["total"] = "126"
    sheet["overheads"][1]["amounts"]["mat"] = "2,5"
    sheet["bases"]["mat"]["amount"] = "-1"
    sheet["zz"] = 1
    line = complaint(json.dumps(sheet))
    for place in ("overheads[0].total (Hilfslöhne)", "overheads[1].amounts.mat (Gehälter)", "bases.mat.amount", "zz"):
        assert place in line
    assert "overheads[1].total" not in line, "that the row with the wrong cell does not add up either is noise"


def test_a_stock_that_grows_by_more_than_was_made_leaves_nothing_to_charge() -> None:
    sheet = deepcopy(MODEL)
    sheet["stock"] = {"increase": "2000"}
    sheet["bases"]["vv"]["kind"] = "manufacturing_cost_of_sales"
    assert complaint(json.dumps(sheet)) == "bases.vv: the overhead base is negative: -1,017"


def test_bases_of_nothing_are_told_together() -> None:
    sheet = deepcopy(MODEL)
    sheet["bases"]["mat"]["amount"] = sheet["bases"]["f1"]["amount"] = "0"
    line = complaint(json.dumps(sheet))
    assert "bases.mat.amount" in line
    assert "bases.f1.amount" in line


@pytest.mark.parametrize(("language", "more"), [(Language.DE, "weitere"), (Language.EN, "more")])
def test_a_hundred_faults_are_one_line_that_counts_what_it_does_not_name(language: Language, more: str) -> None:
    rows = [{"name": f"Zeile {place}", "total": "1,5"} for place in range(100)]
    line = complaint(json.dumps({"cost_centres": [{"id": "a", "role": "other"}], "overheads": rows}), language)
    *_, last = line.split(", ")
    named, count = line.count("overheads["), int(last.split()[-2])
    assert line.endswith(f" {count} {more}")
    assert named + count == 100
    assert len(line) > 250, "as many as there is room for"


def test_a_name_as_long_as_a_letter_does_not_fill_the_screen() -> None:
    line = complaint(json.dumps({"cost_centres": [{"id": "a", "role": "other"}], "x" * 5000: 1}))
    assert "no such field" in line


def test_the_line_is_in_the_person_s_language() -> None:
    sheet = deepcopy(MODEL)
    sheet["overheads"][0]["total"] = "1250.5"
    line = complaint(json.dumps(sheet), Language.DE)
    assert line == (
        "overheads[0].total (Hilfslöhne): die Beträge ergeben 125, die Summe sagt 1.250,5 (Unterschied 1.125,5)"
    )
