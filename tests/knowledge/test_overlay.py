"""A company's own content: added, changed and switched off by id, and what is wrong with it is all said at once."""

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.content_files import MAX_BYTES
from knowledge.faults import ContentError
from knowledge.language.messages import Language
from knowledge.overlay import read_overlay
from knowledge.recognition.utterances import read_utterances
from knowledge.reviews import Overdue, overdue
from knowledge.shelves import SHELVES
from knowledge.taxonomy import ClosingId, ObjectionId, OfferKind, OutcomeId, QuestionTopic, TechniqueId
from tests.conftest import built_in

BUILT_IN, _ = built_in()
HOW_TO = Path(__file__).parents[2] / "docs/how-to.md"

Write = Callable[[str, str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A company's folder, empty as yet."""
    (tmp_path / "own" / "de").mkdir(parents=True)
    return tmp_path / "own"


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes a file of the company's folder."""

    def write(name: str, text: str) -> Path:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
        return file

    return write


def faults(folder: Path) -> tuple[str, ...]:
    """Everything that is wrong with the folder, with paths as seen from it."""
    with pytest.raises(ContentError) as broken:
        Catalogue.load(overlay=folder)
    assert str(broken.value) == broken.value.faults[0], "a refused start says the first one"
    return tuple(fault.replace(f"{folder}/", "") for fault in broken.value.faults)


OWN_ANSWER = """\
        - technique: trade
          reading: "Rahmenvertrag"
          fits_when: "wenn der Kunde jedes Jahr bestellt"
          not_when: "wenn es bei einer Bestellung bleibt"
          say: "Mit einem Rahmen über zwei Jahre rechnen wir anders. Wie viel brauchen Sie im Jahr?"
          settled: "Trägt der Rahmenpreis, wenn die Menge so bleibt?"
          fairness: fair
"""


# Changed


def test_without_a_folder_nothing_is_laid_over_and_a_company_has_no_products() -> None:
    assert BUILT_IN.laid is None
    for knowledge in BUILT_IN.by_language.values():
        assert (knowledge.products, knowledge.references, knowledge.competitors) == ({}, {}, {})


def test_an_empty_folder_changes_nothing(folder: Path) -> None:
    assert Catalogue.load(overlay=folder).by_language == BUILT_IN.by_language


def test_a_field_that_is_given_replaces_the_built_in_one_and_all_others_stay(folder: Path, write: Write) -> None:
    write("de/signals.yaml", 'asks_price:\n  say: "Die Summe steht auf Seite zwei. Wollen wir sie durchgehen?"\n')
    changed = Catalogue.load(overlay=folder)
    was, now = BUILT_IN[Language.DE].signals, changed[Language.DE].signals
    assert now["asks_price"].say == "Die Summe steht auf Seite zwei. Wollen wir sie durchgehen?"  # type: ignore[index]
    assert [id_ for id_ in was if was[id_] != now[id_]] == ["asks_price"]
    assert changed[Language.EN] == BUILT_IN[Language.EN], "the other language keeps its words"
    assert changed.laid is not None
    assert (changed.laid.added, changed.laid.changed, changed.laid.off) == ({}, {"signals": ("asks_price",)}, {})


def test_a_list_that_is_given_replaces_the_whole_list(folder: Path, write: Write) -> None:
    write("de/objections/preis.yaml", f"price_too_high:\n    answers:\n{OWN_ANSWER}")
    (answer,) = Catalogue.load(overlay=folder)[Language.DE].objections[ObjectionId.PRICE_TOO_HIGH].answers
    assert answer.reading == "Rahmenvertrag"


def test_own_answers_stand_behind_the_built_in_ones(folder: Path, write: Write) -> None:
    write("de/objections/preis.yaml", f"price_too_high:\n    answers_added:\n{OWN_ANSWER}")
    was = BUILT_IN[Language.DE].objections[ObjectionId.PRICE_TOO_HIGH].answers
    now = Catalogue.load(overlay=folder)[Language.DE].objections[ObjectionId.PRICE_TOO_HIGH].answers
    assert now[:-1] == was
    assert now[-1].reading == "Rahmenvertrag"


def test_own_sentences_and_questions_are_added_too(folder: Path, write: Write) -> None:
    write(
        "de/closing.yaml",
        'trial_order:\n  sentences_added: ["Nehmen Sie eine Palette, und wir reden im Mai weiter."]\n',
    )
    write("de/questions.yaml", 'budget:\n  questions_added:\n    - {text: "Wer gibt es frei?", listen_for: "Namen"}\n')
    knowledge = Catalogue.load(overlay=folder)[Language.DE]
    assert knowledge.closing[ClosingId.TRIAL_ORDER].sentences[-1].text.startswith("Nehmen Sie eine Palette")
    assert knowledge.questions[QuestionTopic.BUDGET].questions[-1].listen_for == "Namen"


def test_a_section_of_a_shared_file_is_changed_alone(folder: Path, write: Write) -> None:
    write("de/choices.yaml", "outcomes:\n  won: {label: Bestellt}\n")
    outcomes = Catalogue.load(overlay=folder)[Language.DE].outcomes
    assert outcomes[OutcomeId.WON].label == "Bestellt"
    assert outcomes[OutcomeId.WON].hint == BUILT_IN[Language.DE].outcomes[OutcomeId.WON].hint


# Added


PRODUCT = """\
    e200:
      name: Etikettierer E200
      offer: goods
      properties: [Spendet 40 Etiketten in der Minute]
      benefits: [Am Freitag ist um vier Schluss]
      price: 16.400 €
      owner: Vertrieb
      review_by: 2027-03-31
"""


def test_an_entry_in_one_language_is_there_in_the_other_as_well(folder: Path, write: Write) -> None:
    write("de/products.yaml", PRODUCT)
    catalogue = Catalogue.load(overlay=folder)
    product = catalogue[Language.DE].products["e200"]
    assert (product.name, product.offer, product.price) == ("Etikettierer E200", OfferKind.GOODS, "16.400 €")
    assert (product.owner, product.review_by) == ("Vertrieb", date(2027, 3, 31))
    assert catalogue[Language.EN].products["e200"] == product
    assert catalogue.laid is not None
    assert catalogue.laid.added == {"products": ("e200",)}


def test_each_language_has_its_own_words_where_both_are_given(folder: Path, write: Write) -> None:
    write("de/products.yaml", PRODUCT)
    write("en/products.yaml", PRODUCT.replace("Etikettierer", "Labeller").replace("16.400 €", "€16,400"))
    catalogue = Catalogue.load(overlay=folder)
    assert catalogue[Language.DE].products["e200"].name == "Etikettierer E200"
    assert catalogue[Language.EN].products["e200"].name == "Labeller E200"


def test_references_and_competitors_are_kept(folder: Path, write: Write) -> None:
    write(
        "de/references.yaml",
        """\
        metzgerei:
          customer: ein Metzger mit drei Filialen
          may_be_named: no
          trade: Lebensmittel
          size: 40 Leute
          solved: Etiketten wurden von Hand geklebt
          result: „Die Inventur geht an einem Vormittag.“
          until: 2027-12-31
        """,
    )
    write(
        "de/competitors.yaml",
        """\
        klebfix:
          name: Klebfix
          strong_at: [Preis der Grundmaschine]
          weak_at: [Ersatzteile kommen aus Übersee]
          ask: Wie lange dürfte die Linie bei Ihnen stehen?
          avoid: Kein Wort über die Insolvenz von früher
        """,
    )
    knowledge = Catalogue.load(overlay=folder)[Language.DE]
    reference, competitor = knowledge.references["metzgerei"], knowledge.competitors["klebfix"]
    assert (reference.may_be_named, reference.until) == (False, date(2027, 12, 31))
    assert competitor.ask.text == "Wie lange dürfte die Linie bei Ihnen stehen?"


def test_what_is_added_is_found(folder: Path, write: Write) -> None:
    lesson = "Ein Satz, der lang genug ist, damit er als Lektion durchgeht. " * 6
    write(
        "de/lessons/eigene.yaml",
        f"frachtkosten:\n  title: Frachtkosten erklären\n  tags: [Fracht, Preis]\n  text: {lesson}\n  try_it: Heute\n",
    )
    catalogue = Catalogue.load(overlay=folder)
    assert catalogue[Language.DE].search.find("Frachtkosten")[0].id == "frachtkosten"
    assert list(catalogue[Language.DE].lessons)[-1] == "frachtkosten"


def test_what_both_languages_lack_words_for_is_shared_in_its_order(folder: Path, write: Write) -> None:
    write("de/products.yaml", PRODUCT)
    write("en/products.yaml", PRODUCT.replace("e200:", "r10:").replace("Etikettierer E200", "Reader R10"))
    catalogue = Catalogue.load(overlay=folder)
    assert list(catalogue[Language.DE].products) == ["e200", "r10"]
    assert list(catalogue[Language.EN].products) == ["r10", "e200"]


def test_own_utterances_are_read_beside_the_built_in_ones(folder: Path, write: Write) -> None:
    write("de/utterances/objections/price_too_high.txt", "# aus dem Außendienst\nDas zahlt uns keiner\n")
    (utterance,) = read_utterances(folder)
    assert (utterance.text, utterance.label) == ("Das zahlt uns keiner", ObjectionId.PRICE_TOO_HIGH)
    assert Catalogue.load(overlay=folder).by_language == BUILT_IN.by_language


# Switched off


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


# What is wrong


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


# What a folder may hold


def test_notes_hidden_files_and_back_ups_do_not_matter(folder: Path, write: Write) -> None:
    for name in ("README.md", "de/README.md", "de/.closing.yaml.swp", "de/closing.yaml~", ".git/config.yaml", "x.txt"):
        write(name, "anything: [")
    assert Catalogue.load(overlay=folder).by_language == BUILT_IN.by_language


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"nowhere: is no folder that can be read \(No such file or directory\)"):
        Catalogue.load(overlay=tmp_path / "nowhere")


def test_a_folder_without_a_language_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"expected a folder for each language in it, named de or en"):
        Catalogue.load(overlay=tmp_path)


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    (folder / "de" / "choices.yaml").write_text("outcomes: {won: {label: Bestellt}}", encoding="utf-8-sig")
    assert Catalogue.load(overlay=folder)[Language.DE].outcomes[OutcomeId.WON].label == "Bestellt"


@pytest.mark.parametrize("name", ["de/closing.yaml", "de/lessons", "de/utterances/objections"])
def test_a_link_that_leads_out_of_the_folder_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.yaml").write_text("weigh_up: {label: Ja}")
    link = folder / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside / "a.yaml" if link.suffix else outside)
    (fault,) = faults(folder)
    assert fault.startswith(f"{name}: is a link that leads out of ")


def test_a_link_inside_the_folder_is_followed(folder: Path, write: Write) -> None:
    write(".store/closing.yaml", "weigh_up: {label: Die ehrliche Rechnung}\n")
    (folder / "de" / "closing.yaml").symlink_to(folder / ".store" / "closing.yaml")
    assert Catalogue.load(overlay=folder)[Language.DE].closing[ClosingId.WEIGH_UP].label == "Die ehrliche Rechnung"


def test_a_link_to_nothing_or_to_itself_is_named(folder: Path) -> None:
    (folder / "de" / "closing.yaml").symlink_to(folder / "gone.yaml")
    (folder / "de" / "signals.yaml").symlink_to(folder / "de" / "signals.yaml")
    assert faults(folder) == (
        "de/closing.yaml: is a link that leads nowhere",
        "de/signals.yaml: is a link that leads nowhere",
    )


def test_a_folder_that_is_a_link_to_itself_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.symlink_to(own)
    assert faults(own) == (f"{own}: is no folder that can be read (a link that leads to itself)",)


def test_what_is_no_file_is_refused_instead_of_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "de" / "closing.yaml")
    assert faults(folder) == ("de/closing.yaml: is neither a file nor a folder",)


def test_a_file_that_is_too_large_is_refused(folder: Path, write: Write) -> None:
    write("de/closing.yaml", "#" * (MAX_BYTES + 1))
    assert faults(folder) == ("de/closing.yaml: is larger than 1 MB; spread it over several files",)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\n", "line 2: *a stands for other text; write that text out"),
        ("a: &a {x: y}\nb: {<<: *a}\n", "line 2: *a stands for other text; write that text out"),
        ("- " * 300_000, "line 1: is nested more than 12 levels deep"),
        ("[" * 20_000, "line 1: is nested more than 12 levels deep"),
        ("smiles: !!python/name:os.system x", "line 1: the tag tag:yaml.org,2002:python/name:os.system is"),
        ("smiles: {}\n---\nsmiles: {}\n", "line 2: a second document (---) begins; expected one"),
        ("smiles: {}\nsmiles: {}\n", "line 2: 'smiles' stands twice; keep one"),
        ("[a]: b\n", "line 1: expected a name before the colon"),
        ("smiles: [", "line 2: is no valid YAML: "),
        ("smiles:\n\tsay: Hm", "line 2: is no valid YAML: "),
        ("smiles: \x07", "is no valid YAML: "),
    ],
    ids=["links", "merges", "deep", "deep-flow", "tag", "documents", "twice", "key", "open", "tab", "bell"],
)  # fmt: skip
def test_riddles_are_no_content(folder: Path, write: Write, text: str, fault: str) -> None:
    write("de/signals.yaml", text)
    assert any(fault in said for said in faults(folder))


def test_words_stay_words(folder: Path, write: Write) -> None:
    """YAML 1.1 would make of these a truth value, a number of minutes and a day."""
    write(
        "de/choices.yaml", "outcomes:\n  won: {label: No}\n  lost: {label: 12:30}\n  cancelled: {label: 2027-03-31}\n"
    )
    outcomes = Catalogue.load(overlay=folder)[Language.DE].outcomes
    labels = [outcomes[id_].label for id_ in (OutcomeId.WON, OutcomeId.LOST, OutcomeId.CANCELLED)]
    assert labels == ["No", "12:30", "2027-03-31"]


@given(st.binary(max_size=200))
def test_whatever_stands_in_a_file_is_content_or_a_fault(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("own")
    (folder / "de").mkdir()
    (folder / "de" / "signals.yaml").write_bytes(data)
    found: list[str] = []
    content = read_overlay(folder, found)
    assert content[Language.DE]["signals"] == {} or not found
    assert all("signals.yaml" in fault for fault in found)


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


@settings(max_examples=25, deadline=None)
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


# Whose turn it is to look at it again


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


# The page


def test_the_example_in_the_docs_is_one(tmp_path: Path) -> None:
    section = HOW_TO.read_text(encoding="utf-8").partition("## Your company's own words")[2].partition("\n## ")[0]
    files = re.findall(r"^`own/([\w./]+)`:\n\n((?:(?:    .*)?\n)+)", section, re.MULTILINE)
    assert len(files) >= 4
    for name, text in files:
        file = tmp_path / "own" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    catalogue = Catalogue.load(overlay=tmp_path / "own")
    assert catalogue.laid is not None
    assert set(catalogue.laid.added) == {"products", "references", "competitors"}
    assert catalogue.laid.changed == {"objections": ("price_too_high",)}
    assert catalogue.laid.off == {"closing": ("acceleration_close",)}
    assert read_utterances(tmp_path / "own")
