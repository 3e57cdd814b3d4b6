"""A company's own content: what it gives replaces ours field by field, and what it adds is there in both languages."""

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language
from knowledge.recognition.utterances import read_utterances
from knowledge.taxonomy import ClosingId, ObjectionId, OfferKind, OutcomeId, QuestionTopic
from tests.knowledge.overlay.own_content import BUILT_IN, OWN_ANSWER, PRODUCT, Write

HOW_TO = Path(__file__).parents[3] / "docs/how-to.md"


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
