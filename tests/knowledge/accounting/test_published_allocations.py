"""Service departments as others have allocated them: each with its source, the numbers that it prints."""

from fractions import Fraction

import pytest

from knowledge.accounting.exact import number, rounded
from tests.knowledge.accounting.sheets import Json, centres, result

PROZMA: Json = {
    "cost_centres": centres(admin="general", janitor="general", repair="auxiliary", o1="production", o2="production"),
    "primary": {"admin": "42000", "janitor": "33900", "repair": "18000"},
    "allocations": [
        {"from": "admin", "to": {"janitor": "30", "repair": "120", "o1": "300", "o2": "150"}, "unit": "people"},
        {"from": "janitor", "to": {"repair": "5000", "o1": "10000", "o2": "35000"}, "unit": "sq. ft."},
        {"from": "repair", "to": {"o1": "5000", "o2": "15000"}, "unit": "h"},
    ],
}
HUMAN_RESOURCES: Json = {
    "cost_centres": centres(
        hr="auxiliary", dp="auxiliary", rm="auxiliary", machining="production", assembly="production"
    ),
    "primary": {"hr": "80000", "dp": "120000", "rm": "40000"},
    "allocations": [
        {"from": "hr", "to": {"dp": "20", "rm": "10", "machining": "40", "assembly": "30"}, "unit": "%"},
        {"from": "dp", "to": {"hr": "8", "rm": "7", "machining": "30", "assembly": "55"}, "unit": "%"},
        {"from": "rm", "to": {"machining": "50", "assembly": "50"}, "unit": "%"},
    ],
}


def two_by_two(first: str, second: str, allocations: list[Json]) -> Json:
    """Two service departments and two that produce."""
    return {
        "cost_centres": centres(s1="auxiliary", s2="auxiliary", p1="production", p2="production"),
        "primary": {"s1": first, "s2": second},
        "allocations": allocations,
    }


SERVICE_HOURS = two_by_two(
    "200000",
    "200000",
    [
        {"from": "s1", "to": {"s2": "60000", "p1": "20000", "p2": "40000"}},
        {"from": "s2", "to": {"s1": "30000", "p1": "10000", "p2": "40000"}},
    ],
)
MAINTENANCE_AND_CAFETERIA = two_by_two(
    "200000",
    "160000",
    [
        {"from": "s1", "to": {"s2": "0.2", "p1": "0.5", "p2": "0.3"}},
        {"from": "s2", "to": {"s1": "0.8", "p1": "0.1", "p2": "0.1"}},
    ],
)
ADMINISTRATION_AND_MAINTENANCE = two_by_two(
    "1200",
    "2400",
    [
        {"from": "s1", "to": {"s2": "1/6"}, "output": "1"},
        {"from": "s2", "to": {"s1": "1/5"}, "output": "1"},
    ],
)
Y_AND_Z = two_by_two(
    "7260",
    "4000",
    [{"from": "s1", "to": {"s2": "0.2"}, "output": "1"}, {"from": "s2", "to": {"s1": "0.3"}, "output": "1"}],
)
ELECTRICITY_WATER_REPAIR: Json = {
    "cost_centres": centres(strom="auxiliary", reparatur="auxiliary", wasser="auxiliary"),
    "primary": {"strom": "1200", "reparatur": "400", "wasser": "650"},
    "allocations": [
        {"from": "strom", "to": {"strom": "400", "reparatur": "200", "wasser": "500"}, "output": "7100"},
        {"from": "reparatur", "to": {"wasser": "30"}, "output": "40"},
        {"from": "wasser", "to": {}, "output": "190"},
    ],
}


@pytest.mark.parametrize(
    ("sheet", "method", "prices"),
    [
        pytest.param(
            PROZMA,
            "step_down",
            {"admin": "70", "janitor": "0.72", "repair": "1.5"},
            id="accountingformanagement.org, Prozma: step-down, 30,000 for repair",
        ),
        pytest.param(
            PROZMA,
            "direct",
            {"admin": "93.33333", "janitor": "0.75333", "repair": "0.9"},
            id="accountingformanagement.org, Prozma: direct",
        ),
        pytest.param(
            ADMINISTRATION_AND_MAINTENANCE,
            "simultaneous",
            {"s1": "1738", "s2": "2690"},
            id="coursehero.com 9099863: reciprocal",
        ),
        pytest.param(
            Y_AND_Z, "simultaneous", {"s1": "9000", "s2": "5800"}, id="accountingformanagement.org: reciprocal Y and Z"
        ),
        pytest.param(
            MAINTENANCE_AND_CAFETERIA,
            "simultaneous",
            {"s1": "390476.19", "s2": "238095.24"},
            id="Warren Ltd., E11-26: reciprocal (solved by hand)",
        ),
        pytest.param(
            ELECTRICITY_WATER_REPAIR,
            "step_down",
            {"strom": "0.179", "reparatur": "10.90", "wasser": "5.61"},
            id="study-board.de, Strom, Wasser, Reparatur: Stufenleiter with own use",
        ),
    ],
)
def test_allocation_prices_to_the_places_that_are_printed(sheet: Json, method: str, prices: dict[str, str]) -> None:
    found = result({**sheet, "method": method})["allocation_prices"]
    assert {centre: _as_printed(found[centre], price) for centre, price in prices.items()} == {
        centre: number(price) for centre, price in prices.items()
    }


@pytest.mark.parametrize(
    ("sheet", "after"),
    [
        pytest.param(
            HUMAN_RESOURCES,
            {"machining": "105521.74", "assembly": "134478.26"},
            id="opentextbooks.uregina.ca, 10.3 The Step-Down Method (worked out by hand)",
        ),
        pytest.param(
            SERVICE_HOURS, {"p1": "93333.33", "p2": "306666.67"}, id="brainmass.com 394750 (worked out by hand)"
        ),
    ],
)
def test_overheads_that_arrive_step_by_step(sheet: Json, after: dict[str, str]) -> None:
    found = result(sheet)
    arrived = found["after_allocation"]
    assert {centre: _as_printed(arrived[centre], amount) for centre, amount in after.items()} == {
        centre: number(amount) for centre, amount in after.items()
    }
    assert [warning["code"] for warning in found["warnings"]] == ["return_delivery_ignored"]


def _as_printed(amount: str, printed: str) -> Fraction:
    """Rounded to as many places as the source prints."""
    places = len(printed.partition(".")[2])
    return rounded(number(amount), Fraction(1, 10**places))
