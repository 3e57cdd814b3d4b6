"""What of ours a company switches off, by its id, and what the bot can't do without."""

from pathlib import Path
from textwrap import dedent

import pytest

from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language
from knowledge.taxonomy import ClosingId, ObjectionId, TechniqueId
from tests.knowledge.overlay.own_content import BUILT_IN, PRODUCT, Write, faults


def test_a_closing_technique_that_one_language_switches_off_is_gone_in_both(folder: Path, write: Write) -> None:
    write("de/closing.yaml", "acceleration_close: {off: true}\n")
    catalogue = Catalogue.load(overlay=folder)
    for language in Language:
        assert ClosingId.ACCELERATION_CLOSE not in catalogue[language].closing
        assert len(catalogue[language].closing) == len(ClosingId) - 1
    assert catalogue.laid is not None
    assert catalogue.laid.off == {"closing": ("acceleration_close",)}


def test_a_lesson_of_ours_can_be_switched_off(folder: Path, write: Write) -> None:
    first = next(iter(BUILT_IN[Language.DE].amplifiers))
    write("en/amplifiers.yaml", f"{first}:\n  off: yes\n")
    assert first not in Catalogue.load(overlay=folder)[Language.DE].amplifiers


def test_an_own_entry_can_be_written_now_and_switched_on_later(folder: Path, write: Write) -> None:
    file = write("de/products.yaml", PRODUCT + "      off: true\n")
    assert Catalogue.load(overlay=folder)[Language.EN].products == {}
    file.write_text(dedent(PRODUCT) + "  off: false\n")
    assert list(Catalogue.load(overlay=folder)[Language.EN].products) == ["e200"]


def test_an_own_entry_is_switched_off_from_the_other_language_too(folder: Path, write: Write) -> None:
    write("de/products.yaml", PRODUCT)
    file = write("en/products.yaml", "e200: {off: true}")
    assert Catalogue.load(overlay=folder)[Language.DE].products == {}
    file.write_text("e200: {off: false}")
    assert list(Catalogue.load(overlay=folder)[Language.EN].products) == ["e200"]


def test_single_answers_are_taken_out_by_their_technique(folder: Path, write: Write) -> None:
    write("de/objections/preis.yaml", "price_too_high:\n  answers_off: [break_down, reference]\n")
    was = BUILT_IN[Language.DE].objections[ObjectionId.PRICE_TOO_HIGH].answers
    now = Catalogue.load(overlay=folder)[Language.DE].objections[ObjectionId.PRICE_TOO_HIGH].answers
    gone = {TechniqueId.BREAK_DOWN, TechniqueId.REFERENCE}
    assert gone <= {answer.technique for answer in was}
    assert now == tuple(answer for answer in was if answer.technique not in gone)


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        (
            "de/objections/preis.yaml",
            "price_too_high: {off: true}",
            "de/objections/preis.yaml, price_too_high → off: the bot can't do without this entry; "
            "take single ones out with answers_off",
        ),
        (
            "de/phases.yaml",
            "closing: {off: true}",
            "de/phases.yaml, closing → off: the bot can't do without this entry",
        ),
        (
            "de/closing.yaml",
            "direct_question: {off: true}",
            "de/closing.yaml, direct_question → off: the bot can't do without this entry",
        ),
        (
            "de/lessons/a.yaml",
            "nope: {off: true}",
            "de/lessons/a.yaml, nope → off: there is no such entry to switch off",
        ),
        ("de/closing.yaml", "weigh_up: {off: perhaps}", "de/closing.yaml, weigh_up → off: expected true or false"),
        (
            "de/objections/preis.yaml",
            "no_budget: {answers_off: [boomerang_throw]}",
            "de/objections/preis.yaml, no_budget → answers_off: expected a list of what is there: ",
        ),
    ],
    ids=["objection", "phase", "what-the-card-asks", "unknown", "no-truth", "no-answer"],
)
def test_what_cannot_be_switched_off_is_said(folder: Path, write: Write, file: str, text: str, fault: str) -> None:
    write(file, text)
    (said,) = faults(folder)
    assert said.startswith(fault)
