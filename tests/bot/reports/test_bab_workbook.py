"""The workbook of a BAB: live formulas whose results are ours, read back as the same sheet."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from bot.reports.bab_template import template_workbook
from bot.reports.bab_workbook import bab_workbook, example_workbook
from bot.sheets.reading import read_bab
from knowledge.accounting.bab import Bab, compute
from knowledge.accounting.costing import Costing, calculate
from knowledge.accounting.manufacture import Manufacture, Stage
from knowledge.accounting.scheme import LineId
from knowledge.accounting.selling import Terms
from knowledge.accounting.sheet import CentreRole, Sheet
from knowledge.accounting.table_ledger import nearly
from knowledge.language.languages import Language
from tests.bot.reports.sheets import SHEETS, Json, sheet
from tests.bot.sheets.books import MESSAGES, fault_line, read
from tests.knowledge.accounting.sheets import MODEL, computed
from tests.properties import tries

DE, EN = Language.DE, Language.EN


def opened(content: bytes, *, values: bool = True) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def essence(bab: Bab) -> dict[str, object]:
    """What must be the same after a journey through a file: everything by the names of the centres."""
    names = {centre.id: centre.name for centre in bab.sheet.centres}
    cost, coverage = bab.manufacturing_cost, bab.coverage
    return {
        "roles": [(centre.name, centre.role.is_allocated or centre.role) for centre in bab.sheet.centres],
        "primary": {names[centre]: amount for centre, amount in bab.distribution.primary.items()},
        "after": {names[centre]: amount for centre, amount in bab.allocated.after.items()},
        "outside": sum(bab.allocated.outside.values()),
        "cost": cost and (cost.of_production, cost.of_sales),
        "rates": {names[rate.centre]: (rate.exact, rate.base, rate.per) for rate in bab.rates},
        "coverage": coverage and {names[centre]: covered for centre, covered in coverage.centres.items()},
    }


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("json", SHEETS.values(), ids=SHEETS)
def test_what_we_wrote_we_read_back(json: Json, language: Language) -> None:
    bab = computed(json)
    again = read(bab_workbook(bab, MESSAGES, language))
    if (
        not bab.sheet.allocations
    ):  # without an allocation nothing in the file says which centres are auxiliary but names
        assert essence(again) == essence(bab) | {"roles": essence(again)["roles"]}
    else:
        assert essence(again) == essence(bab)
    assert again.sheet.period == bab.sheet.period
    assert again.sheet.currency == bab.sheet.currency


_AMOUNTS = st.integers(1, 10**7).map(lambda cents: str(Fraction(cents, 100)))


@settings(max_examples=tries(15), suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_sheet_survives_the_journey(data: st.DataObject) -> None:
    given = sheet()
    centres = [centre["id"] for centre in given["cost_centres"]]
    rows = data.draw(st.lists(st.lists(_AMOUNTS, min_size=7, max_size=7), min_size=1, max_size=5))
    given["overheads"] = [
        {"name": f"Art {place}", "amounts": dict(zip(centres, row, strict=True))} for place, row in enumerate(rows)
    ]
    given["method"] = data.draw(st.sampled_from(("step_down", "direct", "simultaneous")))
    bab = computed(given)
    again = read(bab_workbook(bab, MESSAGES, DE)).allocated.after
    assert again.keys() == bab.allocated.after.keys()
    assert all(nearly(again[centre], amount, Fraction(10**6)) for centre, amount in bab.allocated.after.items())


@pytest.fixture(scope="module")
def recomputed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Workbook, Workbook]]]:
    """(as we wrote it, as LibreOffice computes it anew) of every workbook; our results are thrown away first."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("books")
    ours = {name: bab_workbook(computed(json), MESSAGES, DE) for name, json in SHEETS.items()}
    ours["the example"] = example_workbook(MESSAGES, EN)
    ours["the template"] = template_workbook(MESSAGES, DE)
    ours["a filled costing"] = filled_costing(ours["the model calculation"])
    files = []
    for place, content in enumerate(ours.values()):
        bare = opened(content, values=False)  # openpyxl saves formulas without results
        files.append(folder / f"{place}.xlsx")
        bare.save(files[-1])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "out", *files],
        check=True,
        capture_output=True,
        timeout=180,
    )
    yield {
        name: (opened(content), openpyxl.load_workbook(folder / "out" / file.name, data_only=True))
        for (name, content), file in zip(ours.items(), files, strict=True)
    }
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("name", [*SHEETS, "the example", "the template"])
def test_libreoffice_computes_the_same(name: str, recomputed: dict[str, tuple[Workbook, Workbook]]) -> None:
    ours, theirs = recomputed[name]
    assert ours.sheetnames == theirs.sheetnames
    compared = 0
    for page in ours:
        for row in page.iter_rows():
            for cell in row:
                other = theirs[page.title][cell.coordinate].value
                where = f"{page.title}!{cell.coordinate}"
                if isinstance(cell.value, int | float):
                    assert isinstance(other, int | float), where
                    assert abs(cell.value - other) <= 1e-9 * max(1, abs(cell.value)), where
                    compared += 1
                else:
                    assert (other or None) == (cell.value or None), where
    assert compared >= 10


def filled_costing(content: bytes) -> bytes:
    """One job in the costing's pale cells."""
    book = opened(content, values=False)
    page = book["Kalkulation"]
    inputs = {
        "Fertigungsmaterial": ("C", 6000),
        "Fertigungslöhne Fertigung I": ("C", 1600),
        "Fertigungslöhne Fertigung II": ("C", 400),
        "Sondereinzelkosten der Fertigung": ("C", 15),
        "Sondereinzelkosten des Vertriebs": ("C", 30),
        "Gewinn": ("B", 0.25),
        "Kundenskonto": ("B", 0.02),
        "Vertreterprovision": ("B", 0.04),
        "Kundenrabatt": ("B", 0.15),
        "Mehrwertsteuer": ("B", 0.19),
    }
    for row in page.iter_rows(max_col=1):
        if entry := inputs.get(str(row[0].value)):
            page[f"{entry[0]}{row[0].row}"] = entry[1]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_the_costing_tab_costs_a_job_as_we_do(recomputed: dict[str, tuple[Workbook, Workbook]]) -> None:
    job = calculate(
        Costing(
            cost=Manufacture(
                direct_material=Fraction(6000),
                material_overhead_rate=Fraction(3, 25),
                stages=(Stage(Fraction(1600), Fraction(21, 50)), Stage(Fraction(400), Fraction(53, 200))),
                special_direct_costs=Fraction(15),
                administration_sales_rate=Fraction(79, 983),
            ),
            terms=Terms(
                profit_rate=Fraction(1, 4),
                cash_discount_rate=Fraction(1, 50),
                commission_rate=Fraction(1, 25),
                trade_discount_rate=Fraction(3, 20),
                vat_rate=Fraction(19, 100),
            ),
            special_direct_costs_sales=Fraction(30),
        )
    )
    page = recomputed["a filled costing"][1]["Kalkulation"]
    amounts = {str(row[0].value): row[2].value for row in page.iter_rows(max_col=3)}
    for line in (LineId.MANUFACTURING_COST, LineId.FULL_COST, LineId.CREDIT_PRICE, LineId.GROSS_PRICE):
        label = MESSAGES.text(f"costing.line.{line}", DE)
        assert amounts[label] == pytest.approx(float(job[line]), abs=0.005)


def test_the_model_calculation_looks_as_in_its_article() -> None:
    page = opened(example_workbook(MESSAGES, DE))["BAB"]
    rows = {str(row[0].value): [cell.value for cell in row[1:]] for row in page.iter_rows()}
    assert rows["Summe nach Umlage"] == [237, 0, 0, 42, 53, 63, 79]
    assert rows["Zuschlagssatz"][3:] == [0.42, 0.265, 0.12, pytest.approx(79 / 983)]
    assert page["D15"].value is None
    assert opened(example_workbook(MESSAGES, EN)).sheetnames == ["BAB", "Allocation", "Checks", "Costing", "Working"]


def test_sums_allocations_bases_and_rates_are_formulas() -> None:
    page = opened(example_workbook(MESSAGES, DE), values=False)["BAB"]
    rows = {str(row[0].value): [str(cell.value or "") for cell in row[1:]] for row in page.iter_rows()}
    assert rows["Hilfslöhne"][:2] == ["=SUM(C6:H6)", "10"]
    assert rows["Umlage Fuhrpark (km)"][2:5] == [
        "=-'Umlage'!$C$5",
        "='Umlage'!$H$5*'Umlage'!$L$5",
        "='Umlage'!$H$5*'Umlage'!$M$5",
    ]
    assert all(cell.startswith("=") for cell in rows["Summe primäre Gemeinkosten"])
    assert all(cell.startswith("=") for cell in rows["Zuschlagssatz"][3:])
    assert rows["Zuschlagsgrundlage"][6].startswith("=")


def test_text_never_becomes_a_formula() -> None:
    evil = ["=1+1", "+49 211", "-minus", "@SUM(A1)", '=HYPERLINK("http://a.example","b")', "{=1}", "http://a.example"]
    json: Json = {
        "cost_centres": [{"id": "a", "name": "=cmd|' /C calc'!A0", "role": "material"}],
        "overheads": [{"name": name, "amounts": {"a": "1"}} for name in evil],
        "allocations": [],
        "period": "=2+2",
    }
    content = bab_workbook(computed(json), MESSAGES, DE)
    book = opened(content, values=False)
    page = book["BAB"]
    texts = [cell for row in page.iter_rows() for cell in row if str(cell.value) in evil or "cmd|" in str(cell.value)]
    assert len(texts) == len(evil) + 1
    assert all(cell.data_type == "s" for cell in texts)
    assert all(cell.hyperlink is None for cell in texts)
    again = read_bab(content, "bab.xlsx", {"=cmd|' /C calc'!A0": CentreRole.MATERIAL}).sheet
    assert [row.name for row in again.cost_types] == evil


def test_it_is_set_up_for_print_and_reading() -> None:
    for page in opened(example_workbook(MESSAGES, DE)):
        assert (page.page_setup.orientation, int(page.page_setup.paperSize or 0)) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0
        assert page.freeze_panes is not None
    bab = opened(example_workbook(MESSAGES, DE))["BAB"]
    assert bab.print_title_rows == "$4:$5"
    assert bab.freeze_panes == "C6"


def test_the_same_sheet_gives_the_same_bytes() -> None:
    bab = computed(MODEL)
    assert bab_workbook(bab, MESSAGES, DE) == bab_workbook(bab, MESSAGES, DE)


def test_an_empty_template_says_what_is_missing_and_a_filled_one_is_read() -> None:
    templates = [template_workbook(MESSAGES, language) for language in Language]
    assert [fault_line(template) for template in templates] == ["A5: unter der Überschrift steht noch kein Betrag"] * 2
    book = opened(templates[1], values=False)
    page = book.worksheets[0]
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = None
    for cells, values in {"C6:G6": (20, 30, 40, 50, 60), "D19:G19": (8, 6, 4, 2), "D22:E22": (380, 460)}.items():
        for cell, value in zip(page[cells][0], values, strict=True):
            cell.value = value
    page["C19"] = -20
    file = io.BytesIO()
    book.save(file)
    bab = read(file.getvalue())
    assert {rate.centre: rate.exact for rate in bab.rates} == {
        "Material": Fraction(38, 380),
        "Production": Fraction(46, 460),
        "Administration": Fraction(54, 924),
        "Sales": Fraction(62, 924),
    }


def test_names_that_occur_twice_get_their_ids() -> None:
    json: Json = {
        "cost_centres": [
            {"id": "f1", "name": "Fertigung", "role": "production"},
            {"id": "f2", "name": "Fertigung", "role": "production"},
        ],
        "overheads": [{"name": "Löhne", "amounts": {"f1": "1", "f2": "2"}}],
    }
    again = read(bab_workbook(computed(json), MESSAGES, DE)).sheet
    assert [centre.id for centre in again.centres] == ["Fertigung (f1)", "Fertigung (f2)"]


def test_the_working_stands_in_its_tab() -> None:
    page = opened(example_workbook(MESSAGES, DE))["So gerechnet"]
    lines = [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=4)]
    assert ("Material: Zuschlagssatz", "63 ÷ 525", "= 12,00\N{NO-BREAK SPACE}%") in lines


def test_a_sheet_of_nothing_but_centres_can_be_written() -> None:
    empty = Sheet(centres=computed(MODEL).sheet.centres)
    assert opened(bab_workbook(compute(empty), MESSAGES, DE)).sheetnames == ["BAB", "Kontrollen", "So gerechnet"]
