"""Published calculations: each with its source, each recomputed by hand."""

from fractions import Fraction
from typing import Any

import pytest

from tests.knowledge.accounting.sheets import MODEL, Json, centres, result


def test_the_model_calculation_of_the_article_on_the_bab() -> None:
    """42.0 / 26.5 / 12.0 / 8.04 %; 983 = 42 + 100 + 53 + 200 + 63 + 525."""
    found = result(MODEL)
    assert found["primary"] == {
        "geb": "28",
        "fuhr": "23",
        "f1": "34",
        "f2": "42",
        "mat": "40",
        "vv": "70",
        "total": "237",
    }
    assert found["allocation_prices"] == {"geb": "1", "fuhr": "1"}
    assert found["after_allocation"] == {"geb": "0", "fuhr": "0", "f1": "42", "f2": "53", "mat": "63", "vv": "79"}
    assert found["manufacturing_cost_of_production"] == found["manufacturing_cost_of_sales"] == "983"
    assert found["rates"] == {
        "f1": {"exact": "21/50", "percent": "42.00", "base": "100"},
        "f2": {"exact": "53/200", "percent": "26.50", "base": "200"},
        "mat": {"exact": "3/25", "percent": "12.00", "base": "525"},
        "vv": {"exact": "79/983", "percent": "8.04", "base": "983"},
    }
    assert found["checks"][-1] == {
        "name": "main centres carry all overheads",
        "left": "237",
        "right": "237",
        "holds": True,
    }
    assert found["overheads"][-1] == {"name": "Kalkulatorische Zinsen", "amounts": {}}
    assert found["warnings"] == []
    assert "coverage" not in found


def test_the_case_study_of_the_article_on_the_bab() -> None:
    """May 2013: manufacturing cost 1,006,700 EUR, administration 17.93 %. One cost type is printed without a name."""
    found = result(
        {
            "period": "2013-05",
            "cost_centres": centres(m="material", f="production", a="administration", s="sales"),
            "overheads": [
                {"name": "(ohne Namen)", "total": "16000", "amounts": {"f": "4000", "a": "12000"}},
                {
                    "name": "alle übrigen",
                    "total": "398000",
                    "amounts": {"m": "84200", "f": "108500", "a": "168500", "s": "36800"},
                },
            ],
            "bases": {
                "m": {"kind": "direct_material", "amount": "360000"},
                "f": {"kind": "wages", "amount": "450000"},
                "a": {"kind": "manufacturing_cost_of_production"},
                "s": {"kind": "manufacturing_cost_of_production"},
            },
        }
    )
    assert found["primary"] == {"m": "84200", "f": "112500", "a": "180500", "s": "36800", "total": "414000"}
    assert found["after_allocation"] == {"m": "84200", "f": "112500", "a": "180500", "s": "36800"}
    assert found["manufacturing_cost_of_production"] == "1006700"
    assert found["rates"]["a"] == {"exact": "1805/10067", "percent": "17.93", "base": "1006700"}
    assert found["rates"]["f"]["percent"] == "25.00"
    assert found["allocation_prices"] == found["outside"] == {}


PM_AND_IS: Json = {
    "cost_centres": centres(pm="auxiliary", **{"is": "auxiliary"}, machining="production", assembly="production"),
    "primary": {"pm": "6300000", "is": "1452150", "machining": "4000000", "assembly": "2000000"},
    "allocations": [
        {"from": "pm", "to": {"is": "1600", "machining": "2400", "assembly": "4000"}, "unit": "h"},
        {"from": "is", "to": {"pm": "200", "machining": "1600", "assembly": "200"}, "unit": "h"},
    ],
}
HOSPITAL: Json = {
    "cost_centres": centres(admin="general", cleaning="general", laboratory="production", care="production"),
    "primary": {"admin": "360000", "cleaning": "90000", "laboratory": "261000", "care": "689000"},
    "allocations": [
        {"from": "admin", "to": {"cleaning": "6000", "laboratory": "18000", "care": "30000"}, "unit": "h"},
        {"from": "cleaning", "to": {"admin": "10000", "laboratory": "5000", "care": "45000"}, "unit": "m²"},
    ],
}


@pytest.mark.parametrize(
    ("sheet", "method", "after"),
    [
        pytest.param(
            PM_AND_IS, "direct", {"machining": "7653300", "assembly": "6098850"}, id="Horngren, Cost Accounting: direct"
        ),
        pytest.param(PM_AND_IS, "step_down", {"machining": "8300800", "assembly": "5451350"}, id="Horngren: step-down"),
        pytest.param(
            PM_AND_IS, "simultaneous", {"machining": "8187025", "assembly": "5565125"}, id="Horngren: reciprocal"
        ),
        pytest.param(
            HOSPITAL, "direct", {"laboratory": "405000", "care": "995000"}, id="Garrison, Managerial Accounting: direct"
        ),
        pytest.param(HOSPITAL, "step_down", {"laboratory": "394000", "care": "1006000"}, id="Garrison: step-down"),
        pytest.param(
            {
                "cost_centres": centres(x="production", y="production", z="production", s1="auxiliary", s2="auxiliary"),
                "primary": {"x": "48000", "y": "42000", "z": "30000", "s1": "14040", "s2": "18000"},
                "allocations": [
                    {"from": "s1", "to": {"x": "20", "y": "40", "z": "30", "s2": "10"}, "unit": "%"},
                    {"from": "s2", "to": {"x": "40", "y": "20", "z": "20", "s1": "20"}, "unit": "%"},
                ],
            },
            "simultaneous",
            {"x": "59520", "y": "53160", "z": "39360"},
            id="Drury, Management and Cost Accounting: service departments",
        ),
    ],
)
def test_overheads_after_allocation(sheet: Json, method: str, after: dict[str, str]) -> None:
    found = result({**sheet, "method": method})
    assert {centre: amount for centre, amount in found["after_allocation"].items() if amount != "0"} == after
    assert all(check["holds"] for check in found["checks"])


def deliveries(giver: str, output: str, **to: str) -> Json:
    return {"from": giver, "to": to, "output": output}


@pytest.mark.parametrize(
    ("primary", "allocations", "method", "prices"),
    [
        pytest.param(
            {"strom": "10000", "fuhrpark": "20000"},
            [deliveries("strom", "100000", fuhrpark="40000"), deliveries("fuhrpark", "20000", strom="2000")],
            "simultaneous",
            {"strom": "0.125", "fuhrpark": "1.25"},
            id="welt-der-bwl.de, Gleichungsverfahren",
        ),
        pytest.param(
            {"ewerk": "4000", "schlosserei": "19500"},
            [deliveries("ewerk", "50000", schlosserei="5000"), deliveries("schlosserei", "2000", ewerk="100")],
            "simultaneous",
            {"ewerk": "0.1", "schlosserei": "10"},
            id="mein.kiehl.de, Gleichungsverfahren (E-Werk und Reparaturschlosserei)",
        ),
        pytest.param(
            {"a": "1300", "b": "4100", "c": "2000"},
            [
                deliveries("a", "7000", b="1000", c="3000"),
                deliveries("b", "500", a="200", c="50"),
                deliveries("c", "200", a="10", b="20"),
            ],
            "simultaneous",
            {"a": "0.5", "b": "10", "c": "20"},
            id="Mathe Online, Gleichungssysteme, S. 84",
        ),
        pytest.param(
            {"strom": "30000", "dampf": "40000"},
            [deliveries("strom", "5000", dampf="2000"), deliveries("dampf", "3000", strom="1000")],
            "simultaneous",
            {"strom": "10", "dampf": "20"},
            id="wer-weiss-was.de, Strom und Dampf: Gleichungsverfahren",
        ),
        pytest.param(
            {"strom": "30000", "dampf": "40000"},
            [deliveries("strom", "5000", dampf="2000"), deliveries("dampf", "3000", strom="1000")],
            "direct",
            {"strom": "10", "dampf": "20"},
            id="wer-weiss-was.de, Strom und Dampf: Anbauverfahren",
        ),
        pytest.param(
            {"q1": "320", "q2": "760", "q3": "100"},
            [
                deliveries("q1", "190", q1="30", q2="40", q3="30"),
                deliveries("q2", "300", q2="20", q3="80"),
                deliveries("q3", "190", q3="90"),
            ],
            "direct",
            {"q1": "32/9", "q2": "3.8", "q3": "1"},
            id="expydoc.com 9251737, Anbauverfahren mit Selbstverbrauch",
        ),
        pytest.param(
            {"q1": "320", "q2": "760", "q3": "100"},
            [
                deliveries("q1", "190", q1="30", q2="40", q3="30"),
                deliveries("q2", "300", q2="20", q3="80"),
                deliveries("q3", "190", q3="90"),
            ],
            "step_down",
            {"q1": "2", "q2": "3", "q3": "4"},
            id="expydoc.com 9251737, Stufenleiterverfahren mit Selbstverbrauch",
        ),
    ],
)
def test_allocation_prices(
    primary: dict[str, str], allocations: list[Any], method: str, prices: dict[str, str]
) -> None:
    roles = dict.fromkeys(primary, "auxiliary")
    found = result({"cost_centres": centres(**roles), "primary": primary, "allocations": allocations, "method": method})
    assert found["allocation_prices"] == prices
    assert sum(Fraction(amount) for amount in found["outside"].values()) == sum(map(Fraction, primary.values()))


def test_normal_costing_with_stock_changes() -> None:
    """com-design.org, Kostenrechnung, Lektion 10 (Kostenträgerblatt): 706,500 and 719,500; Überdeckung 3,664.

    Of the actual overheads only their sum (478,931) follows from the page; how they lie on the centres is ours.
    """
    found = result(
        {
            "cost_centres": centres(m="material", f="production", vw="administration", vt="sales"),
            "primary": {"m": "66500", "f": "262431", "vw": "107000", "vt": "43000"},
            "bases": {
                "m": {"kind": "direct_material", "amount": "135000"},
                "f": {"kind": "wages", "amount": "240000"},
                "vw": {"kind": "manufacturing_cost_of_sales"},
                "vt": {"kind": "manufacturing_cost_of_sales"},
            },
            "stock": {"increase": "2000", "decrease": "15000"},
            "normal_rates": {"m": "50%", "f": "110%", "vw": "15%", "vt": "6%"},
            "normal_basis": "normal",
        }
    )
    charged = {centre: covered["normal"] for centre, covered in found["coverage"].items()}
    assert charged == {"m": "67500", "f": "264000", "vw": "107925", "vt": "43170", "total": "482595"}
    assert found["coverage"]["total"]["difference"] == "3664"
    cost_of_production = Fraction(found["manufacturing_cost_of_production"])
    assert Fraction(found["manufacturing_cost_of_sales"]) - cost_of_production == 15000 - 2000


def test_a_row_distributed_by_its_key() -> None:
    """study-board.de, Kalk. Wagnisse: 45,800 by 2 : 4 : 2 : 2, a share is 4,580."""
    found = result(
        {
            "cost_centres": centres(m="material", f="production", vw="administration", vt="sales"),
            "overheads": [{"name": "Wagnisse", "total": "45800", "key": {"m": "2", "f": "4", "vw": "2", "vt": "2"}}],
        }
    )
    assert found["overheads"] == [
        {"name": "Wagnisse", "amounts": {"m": "9160", "f": "18320", "vw": "9160", "vt": "9160"}}
    ]
