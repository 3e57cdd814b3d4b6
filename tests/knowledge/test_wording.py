"""How a sentence reads: one thought said in one breath, short enough for a phone, whatever is known of the customer."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.messages import Language
from knowledge.placeholders import MAX_SAID, PLACEHOLDERS, Wording, shortened
from knowledge.shelves import SHELVES
from knowledge.taxonomy import AcquisitionId
from tests.knowledge.content_words import (
    CATALOGUE,
    COPY_BUTTON,
    KNOWN,
    LONG,
    all_wordings,
    choices,
    each_language,
    said_in_one_breath,
    said_to_customers,
)
from tests.properties import tries

# One thought, one breath


@each_language
def test_a_sentence_is_one_thought_that_can_be_said_in_one_breath(language: Language) -> None:
    too_much = [
        text
        for text in said_to_customers(CATALOGUE[language])
        if len(text.split()) > 30 or text.count("?") > 1 or len(text) > MAX_SAID
    ]
    assert too_much == []


@each_language
def test_the_first_thing_said_to_an_objection_is_one_breath_as_well(language: Language) -> None:
    too_much = [
        said
        for objection in CATALOGUE[language].objections.values()
        for said in said_in_one_breath(objection)
        if len(said.split()) > 34 or said.count("?") > 1 or len(said) > MAX_SAID
    ]
    assert too_much == []


@each_language
def test_the_understanding_asks_nothing(language: Language) -> None:
    for objection in CATALOGUE[language].objections.values():
        assert "?" not in objection.understanding.text + objection.understanding.otherwise


@each_language
def test_no_sentence_stands_twice(language: Language) -> None:
    counted = Counter(said_to_customers(CATALOGUE[language]))
    assert [text for text, count in counted.items() if count > 1] == []


@each_language
def test_a_text_has_a_form_without_values_that_is_another_sentence(language: Language) -> None:
    for place, wording in all_wordings(CATALOGUE[language]):
        assert wording.otherwise != wording.text, place


# Placeholders


@each_language
@pytest.mark.parametrize("values", [{}, KNOWN, LONG], ids=["nothing-known", "all-known", "very-long-names"])
def test_no_placeholder_is_left_over_and_the_copy_button_takes_it(language: Language, values: dict[str, str]) -> None:
    for place, wording in all_wordings(CATALOGUE[language]):
        said = wording.filled(values)
        assert said, place
        assert not re.search(r"[{}]", said), place
        assert len(said) <= MAX_SAID, place


@each_language
def test_a_value_that_is_missing_is_not_said_as_nothing(language: Language) -> None:
    """With one of two values missing the sentence that needs none is said."""
    for place, wording in all_wordings(CATALOGUE[language]):
        named = [name for name in PLACEHOLDERS if f"{{{name}}}" in wording.text]
        for missing in named:
            some = {name: value for name, value in KNOWN.items() if name != missing}
            assert wording.filled(some) == wording.otherwise, place


@each_language
def test_understanding_and_question_fit_on_the_copy_button_with_very_long_names(language: Language) -> None:
    for objection in CATALOGUE[language].objections.values():
        for question in objection.questions:
            assert len(f"{objection.understanding.filled(LONG)} {question.filled(LONG)}") <= COPY_BUTTON


@each_language
def test_placeholders_are_used_where_they_help(language: Language) -> None:
    used = Counter(
        name
        for _, wording in all_wordings(CATALOGUE[language])
        for name in PLACEHOLDERS
        if f"{{{name}}}" in wording.text
    )
    assert min(used[name] for name in PLACEHOLDERS) >= 10


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Muster GmbH", "Muster GmbH"),
        ("  Muster \n GmbH ", "Muster GmbH"),
        (LONG["customer"], "Süddeutsche…"),
        ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "Donaudampfschifffahrtselektrizi…"),
    ],
)
def test_a_long_name_is_cut_at_a_word(value: str, said: str) -> None:
    assert shortened(value) == said


@settings(max_examples=tries(20))
@given(st.dictionaries(st.sampled_from(PLACEHOLDERS), st.text(max_size=200)))
def test_whatever_is_known_fits_on_the_copy_button_and_braces_in_a_name_are_only_a_name(values: dict[str, str]) -> None:
    for language in Language:
        for place, wording in all_wordings(CATALOGUE[language]):
            assert len(wording.filled(values)) <= MAX_SAID, place
    assert all(len(shortened(value)) <= 32 for value in values.values())
    assert Wording(text="Bei {customer}.", otherwise="Bei Ihnen.").filled({"customer": "{price}"}) == "Bei {price}."


# On a phone


@each_language
def test_a_lesson_takes_two_minutes_at_most_and_is_tagged(language: Language) -> None:
    for id_, lesson in CATALOGUE[language].lessons.items():
        assert len(f"{lesson.text} {lesson.try_it}".split()) <= 300, id_
        assert len({tag.casefold() for tag in lesson.tags}) == len(lesson.tags) >= 2, id_


@each_language
def test_lessons_can_be_told_apart(language: Language) -> None:
    lessons = CATALOGUE[language].lessons.values()
    assert len({lesson.title for lesson in lessons}) == len(lessons)
    assert len({lesson.try_it for lesson in lessons}) == len(lessons)


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
def test_a_reading_is_one_line_of_the_help(language: Language) -> None:
    for objection in CATALOGUE[language].objections.values():
        assert all(len(reading) <= 80 for reading in objection.readings)


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
    for shelf in SHELVES:
        entries = getattr(CATALOGUE[language], shelf.name).values()
        labels = [entry.label for entry in entries if hasattr(entry, "label")]
        assert len(set(labels)) == len(labels), shelf.name


@pytest.mark.parametrize(("language", "word"), [(Language.DE, "wenn "), (Language.EN, "when ")])
def test_when_something_fits_goes_on_after_fits(language: Language, word: str) -> None:
    knowledge = CATALOGUE[language]
    clauses = [
        clause
        for objection in knowledge.objections.values()
        for answer in objection.answers
        for clause in (answer.fits_when, answer.not_when)
    ]
    clauses += [clause for closing in knowledge.closing.values() for clause in (closing.fits_when, closing.not_when)]
    assert [clause for clause in clauses if not clause.startswith(word) or clause.endswith(".")] == []


@pytest.mark.parametrize(
    ("language", "reminder"), [(Language.DE, "Keine Rechtsberatung."), (Language.EN, "No legal advice.")]
)
def test_rules_of_contact_come_with_the_reminder_that_they_are_no_advice(language: Language, reminder: str) -> None:
    knowledge = CATALOGUE[language]
    assert all(choice.hint.endswith(reminder) for choice in knowledge.target_groups.values())
    assert knowledge.acquisition[AcquisitionId.COLD].hint.endswith(reminder)
    assert knowledge.acquisition[AcquisitionId.OUTBOUND].hint.endswith(reminder)
