"""What is wrong with a company's content is all said at once: file, entry, field, and what is expected."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.faults import ContentError
from tests.knowledge.overlay.own_content import OWN_ANSWER, Write, faults
from tests.properties import tries


def test_all_faults_are_named_together(folder: Path, write: Write) -> None:
    write("de/signals.yaml", "asks_prise: {say: Hm}\nsmiles: {sayy: Hm}\n")
    write("de/closing.yaml", f"weigh_up:\n  not_when: {'wenn ' * 40}\n")
    write("en/products.yaml", "e200: {name: E200, offer: rental, benefits: [], price: cheap}\n")
    write("en/questions.yaml", "budget: [")
    write("de/pricelist.yaml", "")
    found = faults(folder)
    assert [fault.split(":")[0] for fault in found] == [
        "de/pricelist.yaml",
        "de/signals.yaml, asks_prise",
        "en/questions.yaml, line 2",
        "de/signals.yaml, smiles → sayy",
        "de/closing.yaml, weigh_up → not_when",
        "en/products.yaml, e200 → offer",
        "en/products.yaml, e200 → benefits",
        "en/products.yaml, e200 → price",
    ]
    assert len(found) == 8, "the product that both languages share is complained of once"


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("de/signals.yaml", "asks_prise: {say: Hm}", "asks_prise: is no id here; did you mean asks_price?"),
        ("de/signals.yaml", "winks: {say: Hm}", "winks: is no id here; expected one of nods_agreement, relaxes"),
        ("de/signals.yaml", "smiles: {sayy: Hm}", "smiles → sayy: there is no such field; expected one of owner,"),
        ("de/signals.yaml", "smiles: {say: [Hm]}", "smiles → say: expected text, here is a list"),
        ("de/signals.yaml", "smiles:\n  say:\n", "smiles → say: expected text, here is nothing"),
        ("de/signals.yaml", "smiles: 5", "smiles: expected fields with their values below it"),
        ("de/signals.yaml", "- smiles", "de/signals.yaml: expected ids with their fields below them"),
        ("de/choices.yaml", "outcome: {}", "outcome: expected one of objection_groups, outcomes"),
        ("de/choices.yaml", "outcomes: []", "de/choices.yaml, outcomes: expected ids with their fields below it"),
        ("de/closing.yaml", "weigh_up: {fairness: nice}", "fairness: expected one of fair, with_care, manipulative"),
        ("de/closing.yaml", "weigh_up: {fairness: manipulative}", "fairness: 'manipulative' is never suggested"),
        ("de/closing.yaml", "weigh_up: {sentences_off: [Ja]}", "weigh_up → sentences_off: there is no such field"),
        ("de/closing.yaml", "weigh_up: {sentences: []}", "weigh_up → sentences: at least 1 expected, here are 0"),
        ("de/closing.yaml", "weigh_up: {sentences: Ja}", "weigh_up → sentences: expected a list, here is 'Ja'"),
        ("de/closing.yaml", "weigh_up: {sentences_added: Ja}", "weigh_up → sentences_added: expected a list"),
        (
            "de/closing.yaml",
            "weigh_up: {sentences_added: [Gut., Ja? Nein?]}",
            "weigh_up → sentences_added → no. 2: asks two questions; the customer answers one",
        ),
        (
            "de/closing.yaml",
            f"weigh_up: {{sentences: [{'und ' * 31}]}}",
            "weigh_up → sentences → no. 1: at most 30 words, these are 31; nobody says more in one breath",
        ),
        (
            "de/closing.yaml",
            f"weigh_up: {{sentences: [{'Donaudampfschiff ' * 15}]}}",
            "weigh_up → sentences → no. 1: at most 240 characters with the placeholders filled, these are 254",
        ),
        ("de/closing.yaml", "weigh_up: {sentences: [{text: 'Bei {firm}'}]}", "no. 1: unknown placeholder {firm}"),
        ("de/closing.yaml", "weigh_up: {sentences: ['Für { customer }.']}", "no. 1: { customer } would be said as it"),
        ("de/closing.yaml", "weigh_up: {sentences: ['Für {customer.']}", "no. 1: {customer. would be said as it"),
        ("de/signals.yaml", "smiles: {say: 'Was sagt {customer}?'}", "smiles → say: {customer} would be said as it"),
        ("de/closing.yaml", "weigh_up: {sentences: ['Bei {price}']}", "no. 1: expected 'otherwise' (the wording when"),
        (
            "de/objections/preis.yaml",
            "no_budget: {answers_added: [{sayy: Hm}]}",
            "no_budget → answers_added → no. 1 → sayy: there is no such field; expected one of owner,",
        ),
        ("de/products.yaml", "E200: {}", "E200: expected an id of small letters, digits and _, 40 at most"),
        ("de/products.yaml", "e200: {name: E200, offer: goods}", "de/products.yaml, e200 → benefits: is missing"),
        ("de/follow_up.yaml", "action_plan: {due_in_days: soon}", "due_in_days: expected a whole number, here is"),
        ("de/lessons/a.yaml", "a: {review_by: 2027-02-30}", "review_by: expected a day such as 2027-03-31, here is"),
        ("de/phases.yaml", "closing: {checklist: []}", "de/phases.yaml, closing"),
        (
            "de/phases.yaml",
            "closing: {sentences: [{text: Ja, items: [signed_off]}]}",
            "de/phases.yaml, closing: a sentence names the item signed_off; expected one of checklist: ",
        ),
        (
            "de/phases.yaml",
            "closing: {checklist: [{id: a, text: A, short: A}, {id: a, text: B, short: B}]}",
            "de/phases.yaml, closing: the item a stands twice in checklist; keep one",
        ),
        ("de/messages.yaml", "menu: {}", "de/messages.yaml: is not read; expected one of phases.yaml"),
        ("de/lessons/a.yml", "", "de/lessons/a.yml: expected a file named ….yaml"),
        ("closing.yaml", "", "closing.yaml: belongs into a folder of its language, de or en"),
    ],
)  # fmt: skip
def test_a_fault_names_file_entry_and_field_and_what_is_expected(
    folder: Path, write: Write, file: str, text: str, fault: str
) -> None:
    write(file, text)
    found = faults(folder)
    assert any(fault in said for said in found), found
    assert all(said.startswith(file) for said in found)


def test_a_broken_field_is_blamed_on_the_file_that_gave_it(folder: Path, write: Write) -> None:
    write("de/closing.yaml", "weigh_up: {fairness: with_care}\n")
    assert faults(folder) == (
        "de/closing.yaml, weigh_up: 'mind' says what to mind: expected with 'with_care', and only there",
    )


def test_a_broken_item_is_not_missed_in_its_list_as_well(folder: Path, write: Write) -> None:
    answer = OWN_ANSWER.replace("trade", "trad")
    write("de/objections/preis.yaml", f"price_too_high:\n    answers:\n{answer}")
    (fault,) = faults(folder)
    assert fault.startswith("de/objections/preis.yaml, price_too_high → answers → no. 1 → technique: expected one of ")


def test_checklists_have_the_same_items_in_both_languages(folder: Path, write: Write) -> None:
    write(
        "de/phases.yaml",
        """\
        closing:
          checklist: [{id: ordered, text: Bestellt, short: Bestellt}]
          sentences: [{text: "Bestellen Sie?", items: [ordered]}]
        """,
    )
    (fault,) = faults(folder)
    assert fault.startswith("de/phases.yaml, closing → checklist: de has ordered, en has ")


def test_the_trial_close_stays_in_the_analysis(folder: Path, write: Write) -> None:
    analysis = """\
        analysis:
          checklist: [{id: asked, text: Gefragt, short: Gefragt}]
          sentences: [{text: "Was fehlt?", items: [asked]}]
        """
    write("de/phases.yaml", analysis)
    write("en/phases.yaml", analysis)
    assert faults(folder) == ("de/phases.yaml, analysis → checklist: the item trial_close is missing",)


def test_an_entry_that_stands_in_two_files_is_named(folder: Path, write: Write) -> None:
    write("de/objections/a.yaml", "no_budget: {label: Kein Geld}\n")
    write("de/objections/b.yaml", "no_budget: {label: Geld fehlt}\n")
    assert faults(folder) == (f"de/objections/b.yaml, no_budget: stands in {'de/objections/a.yaml'} as well; keep one",)


_NAMES = st.sampled_from(
    [
        "answers",
        "answers_added",
        "answers_off",
        "off",
        "say",
        "technique",
        "sentences",
        "sentences_off",
        "text",
        "label",
    ]
)

_VALUES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.sampled_from(["trade", "proof"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=tries(10))
@given(objection=_VALUES, closing=_VALUES, product=_VALUES)
def test_whatever_an_entry_holds_is_content_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, objection: object, closing: object, product: object
) -> None:
    folder = tmp_path_factory.mktemp("own") / "en"
    (folder / "objections").mkdir(parents=True)
    (folder / "objections" / "a.yaml").write_text(json.dumps({"no_budget": objection}))
    (folder / "closing.yaml").write_text(json.dumps({"weigh_up": closing}))
    (folder / "products.yaml").write_text(json.dumps({"e200": product}))
    said: tuple[str, ...] = ()
    try:
        Catalogue.load(overlay=folder.parent)
    except ContentError as error:
        said = error.faults
    assert all(str(folder) in fault for fault in said)
