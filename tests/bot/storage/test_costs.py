"""Sheets, rates, costings and products on both databases: exact, seen by whom they concern, gone when they shall."""

from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Engine, func, select

from bot.storage.costs import IN_HAND_KEPT
from bot.storage.housekeeping import tidy
from bot.storage.packing import packed
from bot.storage.schema import cost_sheet, costing, product
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.costs import Product, ProductId
from dialogs.ports.people import Role, TeamId
from knowledge.accounting.sheet import BaseKind, CentreRole
from knowledge.accounting.summary import OverheadRate, Summary
from knowledge.accounting.vat import VatKind
from knowledge.taxonomy import OfferKind
from tests.chat import MONDAY_MORNING
from tests.conftest import join

TEAM = TeamId(1)
SABINE, MARKUS = PersonId(1001), PersonId(1002)
DAY = date(2026, 11, 16)

RATES = (
    OverheadRate("vv", "VV", CentreRole.ADMINISTRATION_SALES, Fraction(79), Fraction(983), Fraction(79, 983)),
    OverheadRate("f2", "Fertigung II", CentreRole.PRODUCTION, Fraction(9625), Fraction(175), Fraction(55),
                 BaseKind.MACHINE_HOURS),
)  # fmt: skip
SUMMARY = Summary(Fraction(237), rates=RATES)


def people(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    join(engine, MARKUS, "Markus", Role.MANAGER)


def test_rates_come_back_exactly_as_they_were_saved(engine: Engine) -> None:
    people(engine)
    with engine.begin() as connection:
        sheets = SqlStore(connection).cost_sheets
        sheet = sheets.add(SABINE, TEAM, "{}", SUMMARY, MONDAY_MORNING)
        assert sheets.save(sheet, TEAM, "Mai", DAY, MONDAY_MORNING) == 1
        assert sheets.save(sheet, TEAM, "Juni", DAY, MONDAY_MORNING) == 1, "a saved one keeps its number"
        sheets.release(sheet, MARKUS, MONDAY_MORNING)
    with engine.connect() as connection:
        released = SqlStore(connection).cost_sheets.released_rates(TEAM, DAY)
    assert released is not None
    assert (released.rates, released.period) == (RATES, "Mai")


def test_what_nobody_saved_is_never_released(engine: Engine) -> None:
    people(engine)
    with engine.begin() as connection:
        sheets = SqlStore(connection).cost_sheets
        sheet = sheets.add(SABINE, TEAM, "{}", SUMMARY, MONDAY_MORNING)
        sheets.release(sheet, MARKUS, MONDAY_MORNING)
        assert sheets.released_rates(TEAM, DAY) is None


def test_a_draft_is_its_owners_a_saved_one_the_managers_too(engine: Engine) -> None:
    people(engine)
    with engine.begin() as connection:
        store = SqlStore(connection)
        sabine, markus = store.people.get(SABINE), store.people.get(MARKUS)
        assert sabine is not None
        assert markus is not None
        sheet = store.cost_sheets.add(SABINE, TEAM, "{}", SUMMARY, MONDAY_MORNING)
        assert store.cost_sheets.get(sabine, sheet) is not None
        assert store.cost_sheets.get(markus, sheet) is None
        store.cost_sheets.save(sheet, TEAM, "Mai", DAY, MONDAY_MORNING)
        assert store.cost_sheets.get(markus, sheet) is not None
        own = store.cost_sheets.add(MARKUS, TEAM, "{}", SUMMARY, MONDAY_MORNING)
        store.cost_sheets.save(own, TEAM, "Juni", DAY, MONDAY_MORNING)
        assert [kept.version for kept in store.cost_sheets.saved(sabine, 9)] == [1]
        assert [kept.version for kept in store.cost_sheets.saved(markus, 9)] == [2, 1]


def test_a_saved_sheet_can_be_neither_changed_nor_discarded(engine: Engine) -> None:
    people(engine)
    with engine.begin() as connection:
        store = SqlStore(connection)
        markus = store.people.get(MARKUS)
        assert markus is not None
        sheet = store.cost_sheets.add(MARKUS, TEAM, '{"a": 1}', SUMMARY, MONDAY_MORNING)
        store.cost_sheets.save(sheet, TEAM, "Mai", DAY, MONDAY_MORNING)
        store.cost_sheets.change(sheet, "{}", None, MONDAY_MORNING)
        store.cost_sheets.discard(sheet)
        kept, kept_text = store.cost_sheets.get(markus, sheet), store.cost_sheets.text(sheet)
    assert kept is not None
    assert (kept_text, kept.summary) == ('{"a": 1}', SUMMARY)


def test_a_long_sheet_is_kept_packed_and_comes_back_whole(engine: Engine) -> None:
    people(engine)
    long = '{"a": "' + "x" * 10**6 + '"}'
    assert len(packed(long)) < 10_000
    with engine.begin() as connection:
        sheets = SqlStore(connection).cost_sheets
        key = sheets.add(SABINE, TEAM, packed(long), SUMMARY, MONDAY_MORNING)
        assert sheets.text(key) == long


def test_products_bear_the_companys_id_or_one_of_their_own(engine: Engine) -> None:
    people(engine)
    own = Product(ProductId(""), "Übergabetisch", OfferKind.GOODS, Fraction(79, 3), {"full_cost": "5/3"})
    known = Product(ProductId("e200"), "Etikettierer", OfferKind.PROJECT, None, {}, VatKind.REDUCED)
    with engine.begin() as connection:
        products = SqlStore(connection).products
        first = products.save(TEAM, own, SABINE, MONDAY_MORNING)
        assert products.save(TEAM, known, SABINE, MONDAY_MORNING) == "e200"
        assert products.save(TEAM, known, SABINE, MONDAY_MORNING) == "e200", "saved again it is the same"
        assert [kept.name for kept in products.all(TEAM)] == ["Etikettierer", "Übergabetisch"]
        found = products.get(TEAM, first)
        assert found is not None
        assert (found.list_price, found.fields) == (Fraction(79, 3), {"full_cost": "5/3"})
        assert products.get(TEAM, ProductId("p.99")) is None
        assert products.get(TeamId(2), first) is None
        products.remove(TEAM, first)
        again = products.save(TEAM, own, SABINE, MONDAY_MORNING)
    assert again != first, "an id that a conversation may remember is not given out again"


def test_a_costing_in_hand_is_its_owners_alone(engine: Engine) -> None:
    people(engine)
    with engine.begin() as connection:
        costings = SqlStore(connection).costings
        key = costings.add(SABINE, {"kind": "costing"}, ProductId("e200"), MONDAY_MORNING)
        costings.change(key, {"full_cost": "79/983"}, frozenset({"variable_cost"}), MONDAY_MORNING)
        kept = costings.get(SABINE, key)
        assert costings.get(MARKUS, key) is None
    assert kept is not None
    assert (kept.fields, kept.skipped, kept.product) == (
        {"full_cost": "79/983"}, frozenset({"variable_cost"}), "e200",
    )  # fmt: skip


def test_what_is_long_in_hand_is_tidied_away_and_what_is_saved_stays(engine: Engine) -> None:
    people(engine)
    with engine.begin() as connection:
        store = SqlStore(connection)
        saved = store.cost_sheets.add(SABINE, TEAM, "{}", SUMMARY, MONDAY_MORNING)
        store.cost_sheets.save(saved, TEAM, "Mai", DAY, MONDAY_MORNING)
        store.cost_sheets.add(SABINE, TEAM, "{}", SUMMARY, MONDAY_MORNING)
        store.costings.add(SABINE, {}, None, MONDAY_MORNING)
        tidy(connection, MONDAY_MORNING + IN_HAND_KEPT + timedelta(minutes=1))
        assert connection.execute(select(cost_sheet.c.id)).scalars().all() == [saved]
        assert connection.execute(select(func.count()).select_from(costing)).scalar_one() == 0


def test_deleting_ones_data_leaves_the_teams_things_without_a_name(engine: Engine) -> None:
    people(engine)
    with engine.begin() as connection:
        store = SqlStore(connection)
        sheet = store.cost_sheets.add(MARKUS, TEAM, "{}", SUMMARY, MONDAY_MORNING)
        store.cost_sheets.save(sheet, TEAM, "Mai", DAY, MONDAY_MORNING)
        store.cost_sheets.release(sheet, MARKUS, MONDAY_MORNING)
        store.costings.add(MARKUS, {}, None, MONDAY_MORNING)
        store.products.save(TEAM, Product(ProductId(""), "Tisch", OfferKind.GOODS), MARKUS, MONDAY_MORNING)
        assert store.people.count_stored(MARKUS).costings == 2
        store.people.erase(MARKUS)
        row = connection.execute(select(cost_sheet.c.owner_id, cost_sheet.c.released_by)).one()
        owner = connection.execute(select(product.c.owner_id)).scalar_one()
        assert (tuple(row), owner) == ((None, None), None)
        assert store.people.count_stored(MARKUS).costings == 0
        assert store.cost_sheets.released_rates(TEAM, DAY) is not None


def test_the_teams_sight_of_costs_is_off_at_first(engine: Engine) -> None:
    people(engine)
    with engine.begin() as connection:
        store = SqlStore(connection)
        before = store.people.get(SABINE)
        store.people.show_costs(TEAM, True)
        after = store.people.get(SABINE)
    assert before is not None
    assert after is not None
    assert (before.team.sellers_see_costs, after.team.sellers_see_costs) == (False, True)
