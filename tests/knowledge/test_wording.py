"""How the content reads: said in one breath, Sie to the customer, du to the seller, short enough for a phone."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from knowledge.catalogue import Catalogue, Choice, Knowledge
from knowledge.language.messages import Language
from knowledge.taxonomy import AcquisitionId

CATALOGUE = Catalogue.load()

each_language = pytest.mark.parametrize("language", Language)


def said_to_customers(knowledge: Knowledge) -> Iterator[str]:
    """Every wording that a seller may copy and say."""
    for phase in knowledge.phases.values():
        yield from (sentence.text for sentence in phase.sentences)
    yield from (signal.say for signal in knowledge.signals.values())
    for technique in knowledge.closing.values():
        yield from technique.sentences


def read_by_sellers(knowledge: Knowledge) -> Iterator[str]:
    """Goals, hints and how-tos: what the bot says to the seller."""
    for phase in knowledge.phases.values():
        yield from (phase.goal, phase.ends_when, *phase.listen_for)
        yield from (item.text for item in phase.checklist)
    yield from (signal.do for signal in knowledge.signals.values())
    yield from (technique.fits_when for technique in knowledge.closing.values())
    yield from (task.how for task in knowledge.follow_up.values())
    yield from (choice.hint for choice in choices(knowledge))


def choices(knowledge: Knowledge) -> Iterator[Choice]:
    """Everything that stands on a button to choose from."""
    yield from knowledge.objection_groups.values()
    yield from knowledge.outcomes.values()
    yield from knowledge.loss_reasons.values()
    yield from knowledge.target_groups.values()
    yield from knowledge.acquisition.values()
    yield from knowledge.kinds.values()


@each_language
def test_a_sentence_is_one_thought_that_can_be_said_in_one_breath(language: Language) -> None:
    too_much = [
        text
        for text in said_to_customers(CATALOGUE[language])
        if len(text.split()) > 30 or text.count("?") > 1 or len(text) > 240
    ]
    assert not too_much


@each_language
def test_no_sentence_stands_twice(language: Language) -> None:
    counted = Counter(said_to_customers(CATALOGUE[language]))
    assert [text for text, count in counted.items() if count > 1] == []


def test_german_customers_are_addressed_with_sie() -> None:
    familiar = re.compile(r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
    assert [text for text in said_to_customers(CATALOGUE[Language.DE]) if familiar.search(text)] == []


def test_german_sellers_are_never_addressed_with_sie() -> None:
    formal = re.compile(r"\b(Sie|Ihnen|Ihr\w*)\b")
    assert [text for text in read_by_sellers(CATALOGUE[Language.DE]) if formal.search(text)] == []


@each_language
def test_nothing_is_shouted_and_no_placeholder_is_left_over(language: Language) -> None:
    knowledge = CATALOGUE[language]
    words = [*said_to_customers(knowledge), *read_by_sellers(knowledge)]
    assert [text for text in words if re.search(r"[!{}]", text)] == []


@each_language
def test_the_card_fits_on_a_phone(language: Language) -> None:
    for phase in CATALOGUE[language].phases.values():
        assert len(phase.goal) <= 80
        assert len(phase.short) <= 16
        assert 5 <= len(phase.checklist) <= 7
        assert 3 <= len(phase.listen_for) <= 5
        assert all(len(hint) <= 60 for hint in phase.listen_for)
        assert all(len(item.text) <= 40 for item in phase.checklist)
        assert all(len(item.short) <= 13 for item in phase.checklist)  # 'Testabschluss' is the longest


@each_language
def test_checklist_buttons_of_a_phase_can_be_told_apart(language: Language) -> None:
    for phase in CATALOGUE[language].phases.values():
        shorts = [item.short for item in phase.checklist]
        assert len(set(shorts)) == len(shorts)


@each_language
def test_labels_fit_on_buttons(language: Language) -> None:
    knowledge = CATALOGUE[language]
    assert all(len(choice.label) <= 20 for choice in choices(knowledge))
    assert all(len(objection.label) <= 32 for objection in knowledge.objections.values())
    assert all(len(signal.label) <= 32 for signal in knowledge.signals.values())
    assert all(len(task.label) <= 32 for task in knowledge.follow_up.values())


@each_language
def test_labels_of_one_list_can_be_told_apart(language: Language) -> None:
    knowledge = CATALOGUE[language]
    lists = (
        knowledge.objections,
        knowledge.objection_groups,
        knowledge.signals,
        knowledge.closing,
        knowledge.follow_up,
        knowledge.outcomes,
        knowledge.loss_reasons,
        knowledge.target_groups,
        knowledge.acquisition,
        knowledge.kinds,
    )
    for entries in lists:
        labels = [entry.label for entry in entries.values()]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("language", "word"), [(Language.DE, "wenn "), (Language.EN, "when ")])
def test_when_a_technique_fits_goes_on_after_fits(language: Language, word: str) -> None:
    clauses = [technique.fits_when for technique in CATALOGUE[language].closing.values()]
    assert all(clause.startswith(word) and not clause.endswith(".") for clause in clauses)


@pytest.mark.parametrize(
    ("language", "reminder"), [(Language.DE, "Keine Rechtsberatung."), (Language.EN, "No legal advice.")]
)
def test_rules_of_contact_come_with_the_reminder_that_they_are_no_advice(language: Language, reminder: str) -> None:
    knowledge = CATALOGUE[language]
    assert all(choice.hint.endswith(reminder) for choice in knowledge.target_groups.values())
    assert knowledge.acquisition[AcquisitionId.COLD].hint.endswith(reminder)
    assert knowledge.acquisition[AcquisitionId.OUTBOUND].hint.endswith(reminder)
