"""Sheets laid out as textbooks and courses print them: their words, their sums without a name, their results.

The figures are the published ones; where a publication prints none, they were worked out by hand.
"""

from fractions import Fraction

import pytest

from knowledge.accounting.bab import compute
from knowledge.accounting.exact import fixed
from knowledge.accounting.one_line import read_line
from knowledge.accounting.sheet import BaseKind, CentreRole
from knowledge.accounting.summary import summarise
from knowledge.accounting.table_columns import ColumnKind, column_kind
from knowledge.accounting.table_names import role_of
from knowledge.accounting.table_rows import RowKind, kind_of
from knowledge.language.languages import Language
from tests.bot.sheets.books import after, csv_file, fault_line, rates, read, warnings, workbook

ALLOCATED_BY_NAME = """
              |                        |         | Production depts |        | Service depts |
Overhead item | Basis of apportionment | Total   | Dept A           | Dept B | Canteen       | Stores
              |                        | £       | £                | £      | £             | £
Allocated costs     |            | 70022  | 21328 | 29928 | 8437  | 10329
Rent and rates      | Area       | 4641   | 1934  | 1547  | 387   | 773
Buildings insurance | Area       | 3713   | 1547  | 1238  | 309   | 619
Electricity and gas | Area       | 6800   | 2833  | 2267  | 567   | 1133
Depreciation        | Plant cost | 28390  | 18450 | 8520  | –     | 1420
Insurance           | Plant cost | 8517   | 5535  | 2556  | –     | 426
                    |            | 122083 | 51627 | 46056 | 9700  | 14700
Canteen             | Employees  | –      | 6000  | 3000  | -9700 | 700
Stores              | Orders     | –      | 13700 | 1700  | –     | -15400
                    |            | 122083 | 71327 | 50756 | –     | –
Machine hours       |            |        | 27200 |       |       |
Direct labour hours |            |        |       | 18000 |       |
"""
REAPPORTIONED = """
Overheads      | Basis of apportionment | Total | Machining | Assembly | Stores | Canteen
Indirect wages | Employees   | 232000 | 61867  | 123733 | 30933  | 15467
Maintenance    | Hours       | 94000  | 87935  | 6065   |        |
Insurance      | Value       | 9020   | 6380   | 2640   |        |
Rent and rates | Floor area  | 49600  | 19840  | 22320  | 4960   | 2480
Buildings      | Floor area  | 12800  | 5120   | 5760   | 1280   | 640
Depreciation   | Value       | 26600  | 18815  | 7785   |        |
Total overheads|             | 424020 | 199957 | 168303 | 37173  | 18587
Re-apportionment of canteen | Given % | | 5576 | 10223 | 2788   | -18587
Re-apportionment of stores  | Orders  | | 33126 | 6835 | -39961 |
Total overheads|             | 424020 | 238659 | 185361 | -      | -
Budgeted machine hours |     |        | 46400  |        |        |
Budgeted labour hours  |     |        |        | 28600  |        |
OAR            |             |        | 5.14   | 6.48   |        |
"""
NORMAL = """
                        | Material | Fertigung | Verwaltung | Vertrieb
Hilfs- und Betr.-Stoffe | 4000     | 8000      | -          | -
Gehälter                | 2500     | 2500      | 12500      | 12500
Sozialkosten            | 250      | 7250      | 1250       | 1250
AfA                     | 3200     | 6400      | 4800       | 1600
Zinsen                  | 5000     | 10000     | 3000       | 2000
Summe:                  | 14950    | 34150     | 21550      | 17350
Zuschlagsgrundlage      | 100000   | 70000     | 224100     | 224100
Ist-Zuschlagssatz       | 14,95 %  | 48,79 %   | 9,62 %     | 7,74 %
Norm-Zuschl.            | 12,00 %  | 55,00 %   | 10,00 %    | 8,00 %
Normal-GK               | 12000    | 38500     | 22410      | 17928
Abweichung              | -2950    | 4350      | 860        | 578
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ALLOCATED_BY_NAME, {"Dept A": "2.62", "Dept B": "2.82"}),
        (REAPPORTIONED, {"Machining": "5.14", "Assembly": "6.48"}),
    ],
)
def test_service_departments_are_closed_under_the_words_of_english_books(text: str, expected: dict[str, str]) -> None:
    as_csv = csv_file(text.replace(", ", " "), ",")
    for bab in (read(workbook(text)), read(as_csv, "bab.csv")):
        assert {rate.centre: fixed(rate.exact) for rate in bab.rates if rate.exact} == expected
        assert not any(after(bab)[name] for name in ("Canteen", "Stores"))
        assert warnings(bab) == []


def test_normal_rates_under_their_short_name_give_the_printed_coverage() -> None:
    for bab in (read(workbook(NORMAL)), read(csv_file(NORMAL), "bab.csv")):
        assert {name: str(float(rate)) for name, rate in bab.sheet.normal_rates.items()} == {
            "Material": "0.12", "Fertigung": "0.55", "Verwaltung": "0.1", "Vertrieb": "0.08",
        }  # fmt: skip
        assert bab.distribution.total == 88000
        assert len(warnings(bab)) == 2  # the printed base is 5.000 too large


def test_sums_without_a_name_count_nothing_twice() -> None:
    text = """
    | CHF | CHF | CHF | CHF
Kostenart | Total | Material | Fertigung | V&V
Löhne | 90'000 | 10'000 | 50'000 | 30'000
Miete | 10'000 | 2'000 | 6'000 | 2'000
 | 100'000 | 12'000 | 56'000 | 32'000
Einzelmaterial | | 120'000 | |
Einzellöhne | | | 70'000 |
"""
    bab = read(workbook(text))
    assert bab.distribution.total == 100000
    assert rates(bab) == {"Material": "1/10", "Fertigung": "4/5", "V&V": str(Fraction(32, 258))}
    assert bab.sheet.currency == "CHF"


def test_a_row_without_a_name_that_is_no_sum_is_a_cost_type() -> None:
    bab = read(workbook("Kostenart|Summe|Material|Fertigung\nLöhne|12|5|7\n|4|1|3\n|16|6|10"))
    assert bab.distribution.total == 16


@pytest.mark.parametrize("label", ["Kantinenumlage", "Kantine (Köpfe)", "2. Umlage Kantine", "Umverteilung Kantine"])
def test_a_row_that_takes_from_the_centre_it_is_called_by_is_its_allocation(label: str) -> None:
    text = f"Kostenart|Summe|Kantine|Material|Fertigung\nLöhne|20|4|6|10\n{label}||-4|1|3"
    assert [allocation.giver for allocation in read(workbook(text)).sheet.allocations] == ["Kantine"]


@pytest.mark.parametrize("row", ["Kantine (Erlöse)|-4|-4||", "Konzernumlage|4||1|3", "Kantine|4|4||"])
def test_costs_are_no_allocation_because_a_centre_has_a_name(row: str) -> None:
    bab = read(workbook(f"Kostenart|Summe|Kantine|Material|Fertigung\nLöhne|20|4|6|10\n{row}"))
    assert bab.sheet.allocations == ()
    assert len(bab.sheet.cost_types) == 2


def test_shares_in_per_cent_distribute_costs_and_close_centres() -> None:
    text = """
Kostenart      | Summe  | Kantine | Reparatur | Material | Fertigung | VwVt
Miete          | 100000 | 10 %    | 8 %       | 20 %     | 40 %      | 22 %
Umlage Kantine |        |         | 10 %      | 20 %     | 50 %      | 20 %
Umlage Reparatur |      |         |           |          | 100 %     |
Zuschlagsbasis |        |         |           | 110000   | 60000     |
"""
    bab = read(workbook(text))
    assert rates(bab) == {"Material": "1/5", "Fertigung": "9/10", "VwVt": "4/41"}
    assert warnings(bab) == []


def test_shares_that_are_not_the_whole_are_refused() -> None:
    line = fault_line(workbook("Kostenart|Summe|Material|Fertigung\nMiete|100|20 %|70 %"))
    assert line.startswith("C2: erwartet ist ein Betrag ohne Prozentzeichen, hier steht 20 %")


def test_bases_stand_under_their_names_with_the_unit_in_a_row_of_its_own() -> None:
    text = """
Gemeinkostenarten | Zahlen der KLR (€) | Verteilungsgrundlage | Material | Fertigung | Verwaltung | Vertrieb
Betriebsstoffe    | 10000 | 2:4:2:2      | 2000   | 4000   | 2000 | 2000
Gehälter          | 60000 | Gehaltsliste | 10000  | 16000  | 19000 | 15000
Summe Gemeinkosten| 70000 |              | 12000  | 20000  | 21000 | 17000
Zuschlagsgrundlagen |     |              | FM     | FL     | HKU  | HKU
in €              |       |              | 100000 | 80000  | 212000 | 212000
GKZ in %          |       |              | 12     | 25     | 9.91 | 8.02
* HKU = Herstellkosten des Umsatzes |
"""
    bab = read(workbook(text))
    assert rates(bab) == {"Material": "3/25", "Fertigung": "1/4", "Verwaltung": "21/212", "Vertrieb": "17/212"}


def test_two_bases_are_the_normal_and_the_actual_one() -> None:
    text = """
Kostenart | Summe | Material | Fertigung | Verwaltung | Vertrieb
Istgemeinkosten              | 300 | 30 | 130 | 80 | 60
Zuschlagsgrundlage (Ist)     |     | 300 | 100 | 560 | 560
Normalzuschlagssatz          |     | 9% | 135% | 15% | 10%
Zuschlagsgrundlage (Normal)  |     | 300 | 100 | 562 | 562
Kostenüber-/-unterdeckung    |     | -3 | 5 | 4.3 | -3.8
"""
    coverage = read(workbook(text)).coverage
    assert coverage is not None
    assert [float(covered.difference) for covered in coverage.centres.values()] == [-3, 5, 4.3, -3.8]


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ("GK gesamt · Ist-GK · Endsumme · primäre Stellenkosten · Grand total · Sub-total · Kosten nach Umlage"
         " · Overheads as per primary distribution · Gemeinkostensumme · Istkosten", RowKind.SUM),
        ("GKZ · MGKZ · GK-Zuschlag · MGK-Zuschlag · Zuschlagsprozentsatz · Gemeinkostensatz · Normal-GK"
         " · Sollgemeinkosten · Über- bzw. Unterdeckung · Kostenabweichung · OAR", RowKind.LEFT_OUT),
        ("Norm-Zuschl. · Normal-GKZ · Soll-Zuschlagssatz · Normal-Gemeinkostenzuschlagssatz", RowKind.NORMAL_RATE),
        ("Basis für Zuschlagssatz · Zuschlagsträger · Berechnungsgrundlage", RowKind.BASE),
        ("Budgeted machine hours · Ist-Maschinenstunden · Summe Maschinenstunden", RowKind.HOURS),
        ("HKdU · Herstellkosten der verkauften Erzeugnisse", RowKind.COST_OF_SALES),
        ("Allocated costs · Control room staff · Sonstige Gemeinkosten · Werbung · Normteile", RowKind.COST),
    ],
)  # fmt: skip
def test_rows_are_known_by_the_words_of_publications(labels: str, kind: RowKind) -> None:
    assert {label: kind_of(label) for label in labels.split(" · ")} == dict.fromkeys(labels.split(" · "), kind)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("Bemerkungen · Anmerkung · EK · Prozent", ColumnKind.LEFT_OUT),
        ("Basis · Apportionment basis · Anteile · Verhältnis", ColumnKind.KEY),
        ("Particulars · Items of cost · Aufwandsart", ColumnKind.LABELS),
        ("Total (Rs.) · Ist-Kosten · Total cost (₹)", ColumnKind.TOTAL),
        ("Basislager · Anteilsverwaltung", ColumnKind.CENTRE),
    ],
)
def test_columns_are_known_by_the_words_of_publications(names: str, kind: ColumnKind) -> None:
    assert {name: column_kind(name) for name in names.split(" · ")} == dict.fromkeys(names.split(" · "), kind)


@pytest.mark.parametrize(
    ("names", "role"),
    [
        ("HKS 1 · FHS · Service dept 2 · Nebenkostenstelle", CentreRole.AUXILIARY),
        ("Werkskantine · Fahrzeuge · Küche · Zentrale Dienste · Personnel", CentreRole.GENERAL),
        ("Fräsen · Lackieren · Bankraum · Druck · Grinding", CentreRole.PRODUCTION),
        ("Warenlager · Magazin", CentreRole.MATERIAL),
        ("Fertiglager · Außendienst · Leitung Vertrieb", CentreRole.SALES),
        ("Büro · Leitung · Finanzen", CentreRole.ADMINISTRATION),
        ("VwVtGK · Verw./Vertr.", CentreRole.ADMINISTRATION_SALES),
        ("Druckluft", CentreRole.GENERAL),
    ],
)
def test_centres_are_known_by_the_words_of_publications(names: str, role: CentreRole) -> None:
    assert {name: role_of(name) for name in names.split(" · ")} == dict.fromkeys(names.split(" · "), role)


@pytest.mark.parametrize(
    "line",
    [
        "MGK 14.950 € von 100.000 €", "MGK 14.950 : 100.000", "MGK 14.950:100.000", "MGK 14.950 ÷ 100.000",
        "MGK=14.950/100.000", "• MGK 14.950/100.000", "MGK 14.950/100.000 = 14,95 %", "MGK 14.950/FM 100.000",
    ],
)  # fmt: skip
def test_a_division_is_understood_however_it_is_written(line: str) -> None:
    (rate,) = summarise(compute(read_line(line, Language.DE, "GK"))).rates
    assert (rate.name, rate.exact) == ("MGK", Fraction(1495, 10000))


def test_words_of_bases_in_a_line() -> None:
    sheet = read_line("MGK 63/FM 525; FGK 42/100 Maschinenstunden; Verw./Vertr. 79/HKU", Language.DE, "GK")
    assert [base.kind for base in sheet.bases.values()] == [
        BaseKind.DIRECT_MATERIAL, BaseKind.MACHINE_HOURS, BaseKind.MANUFACTURING_COST_OF_PRODUCTION,
    ]  # fmt: skip
