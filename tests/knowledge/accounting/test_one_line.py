"""A BAB in one line: names, numbers, hours, and what is not clear."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.accounting.bab import compute
from knowledge.accounting.one_line import main_role_of, read_line
from knowledge.accounting.sheet import BaseKind, CentreRole
from knowledge.accounting.summary import summarise
from knowledge.language import writing
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language


def rates(line: str, language: Language = Language.DE) -> dict[str, Fraction]:
    """Name → rate."""
    return {rate.name: rate.exact for rate in summarise(compute(read_line(line, language, "GK"))).rates}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("63.000/525.000", {"GK": Fraction(3, 25)}),
        ("63/525", {"GK": Fraction(3, 25)}),
        ("MGK 63.000 / 525.000", {"MGK": Fraction(3, 25)}),
        ("MGK: 63.000 € / 525.000 €", {"MGK": Fraction(3, 25)}),
        ("MGK = TEUR 63/525k", {"MGK": Fraction(3, 25)}),
        ("MGK TEUR 63/525", {"MGK": Fraction(3, 25)}),
        ("MGK 63.000€/525.000€, FGK 42.000/100.000", {"MGK": Fraction(3, 25), "FGK": Fraction(21, 50)}),
        ("Fertigung 1 42.000/100.000", {"Fertigung 1": Fraction(21, 50)}),
        ("Fertigung 1 42 000/100 000", {"Fertigung 1": Fraction(21, 50)}),
        ("F1 42.000/100.000; F2 53.000/200.000", {"F1": Fraction(21, 50), "F2": Fraction(53, 200)}),
        ("MGK 63/525\nFGK 42/100", {"MGK": Fraction(3, 25), "FGK": Fraction(21, 50)}),
        ("FGK 42.000/175 h", {"FGK": Fraction(240)}),
        ("MGK 63/525; FGK I 42/100; FGK II 53/200; VVGK 79",
         {"MGK": Fraction(3, 25), "FGK I": Fraction(21, 50), "FGK II": Fraction(53, 200), "VVGK": Fraction(79, 983)}),
        ("Halle 5/50", {"Halle": Fraction(1, 10)}),
    ],
)  # fmt: skip
def test_what_people_type(line: str, expected: dict[str, Fraction]) -> None:
    assert rates(line) == expected


def test_the_single_step_case_study_to_the_cent() -> None:
    line = "MGK 84.200/360.000; FGK 112.500/450.000; VwGK 180.500; VtGK 36.800"
    summary = summarise(compute(read_line(line, Language.DE, "GK")))
    assert summary.cost_of_production == 1_006_700
    assert round(rates(line)["VwGK"] * 100, 2) == Fraction("17.93")


def test_a_base_that_is_given_goes_before_the_manufacturing_cost() -> None:
    sheet = read_line("MGK 1/10; FGK 2/10; VwGK 5/100", Language.DE, "GK")
    assert sheet.bases["VwGK"].kind is BaseKind.GIVEN


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("", "bab.line.part"),
        (";;", "bab.line.part"),
        ("MGK", "bab.line.part"),
        ("MGK 63/", "bab.line.part"),
        ("/525", "bab.line.part"),
        ("MGK 63/525/7", "bab.line.part"),
        ("MGK 63/525 kg", "bab.line.part"),
        ("MGK 1e5/525", "bab.line.part"),
        ("MGK NaN/525", "bab.line.part"),
        ("x" * 41 + " 1/2", "bab.line.part"),
        ("MGK 63", "bab.line.no_base"),
        ("VwGK 63", "bab.line.no_base"),
        ("MGK 1/2; VwGK 63", "bab.line.no_base"),
        ("1/2; 3/4", "bab.line.twice"),
        (";".join(f"F{n} 1/2" for n in range(21)), "bab.line.too_many"),
    ],
)
def test_what_is_not_clear_is_refused_by_name(line: str, key: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_line(line, Language.DE, "GK")
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("MGK", CentreRole.MATERIAL),
        ("FGK I", CentreRole.PRODUCTION),
        ("VwGK", CentreRole.ADMINISTRATION),
        ("VtGK", CentreRole.SALES),
        ("VV", CentreRole.ADMINISTRATION_SALES),
        ("Verwaltungs- und Vertriebsgemeinkosten", CentreRole.ADMINISTRATION_SALES),
        ("Production", CentreRole.PRODUCTION),
        ("Gebäude", None),
        ("Forschung", None),
        ("Halle", None),
    ],
)
def test_roles_that_names_tell(name: str, role: CentreRole | None) -> None:
    assert main_role_of(name) is role


amounts = st.decimals(1, 10**9, places=2)


@given(amounts, amounts, st.sampled_from(Language))
def test_numbers_as_the_language_writes_them_come_back_exactly(cost: object, base: object, language: Language) -> None:
    def typed(value: object) -> str:
        return writing.number(value, language, 2)  # type: ignore[arg-type]

    assert rates(f"MGK {typed(cost)}/{typed(base)}", language) == {"MGK": Fraction(str(cost)) / Fraction(str(base))}


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    refused = ""
    try:
        read_line(text, Language.DE, "GK")
    except ReadingError as error:
        refused = error.key
    assert not refused or refused.startswith("bab.line.")
