"""Whose turn it is to look at an entry again, and since when."""

from datetime import date
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.reviews import Overdue, overdue
from knowledge.shelves import SHELVES
from tests.knowledge.overlay.own_content import OWN_ANSWER, PRODUCT, Write


def test_what_should_have_been_looked_at_names_its_owner_and_day(folder: Path, write: Write) -> None:
    products = write("de/products.yaml", PRODUCT)
    assert overdue(Catalogue.load(overlay=folder), date(2027, 3, 31)) == []
    assert overdue(Catalogue.load(overlay=folder), date(2027, 4, 1)) == [
        Overdue(products, "e200", "Vertrieb", date(2027, 3, 31))
    ]


def test_an_answer_has_an_owner_of_its_own(folder: Path, write: Write) -> None:
    dated = f"{OWN_ANSWER.rstrip()}\n          owner: Einkauf\n          review_by: 2026-01-31\n"
    file = write("de/objections/preis.yaml", f"price_too_high:\n    answers:\n{dated}")
    assert overdue(Catalogue.load(overlay=folder), date(2026, 2, 1)) == [
        Overdue(file, "price_too_high → answers → no. 1", "Einkauf", date(2026, 1, 31))
    ]


def test_a_reference_that_has_expired_is_named(folder: Path, write: Write) -> None:
    write(
        "de/references.yaml",
        """\
        metzgerei: {customer: Muster KG, may_be_named: true, trade: Lebensmittel, size: "40", solved: Etiketten,
          result: „Läuft“, until: 2026-06-30, owner: Maria}
        """,
    )
    (late,) = overdue(Catalogue.load(overlay=folder), date(2026, 7, 1))
    assert (late.entry, late.owner, late.due) == ("metzgerei", "Maria", date(2026, 6, 30))


def test_every_kind_of_entry_may_have_an_owner_and_a_review_day() -> None:
    without = [shelf.name for shelf in SHELVES if not {"owner", "review_by"} <= shelf.model.model_fields.keys()]
    assert without == ["search_terms"], "synonyms are nobody's opinion"
