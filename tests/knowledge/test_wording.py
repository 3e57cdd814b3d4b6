"""How the content reads: said in one breath, Sie to the customer, du to the seller, short enough for a phone."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from knowledge.catalogue import Knowledge
from knowledge.entries import Choice, Objection
from knowledge.language.messages import Language
from knowledge.placeholders import MAX_SAID, PLACEHOLDERS, Wording, shortened
from knowledge.shelves import SHELVES
from knowledge.taxonomy import AcquisitionId, ObjectionGroup, ObjectionId, TechniqueId
from tests.conftest import built_in

CATALOGUE, _ = built_in()

each_language = pytest.mark.parametrize("language", Language)

COPY_BUTTON = 256
"""Characters that Telegram's copy button takes."""

KNOWN = {
    "customer": "Muster GmbH",
    "product": "Etikettierer E200",
    "price": "16.400 €",
    "benefit": "weniger Stillstand",
}
LONG = {
    "customer": "Süddeutsche Verpackungsmaschinen und Anlagenbau Gesellschaft mbH & Co. KG",
    "product": "Vollautomatische Etikettier- und Prüfanlage E200 mit Rückverfolgung und Fernwartung",
    "price": "1.234.567,89 € netto im ersten Vertragsjahr",
    "benefit": "weniger Stillstand an der zweiten Linie, wenn die Nachtschicht allein ist",
}


def wordings(value: object, place: str = "") -> Iterator[tuple[str, Wording]]:
    """Every sentence with placeholders inside an entry, with its place."""
    if isinstance(value, Wording):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from wordings(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from wordings(item, f"{place}.{number}")


def all_wordings(knowledge: Knowledge) -> Iterator[tuple[str, Wording]]:
    """Those of all entries."""
    for shelf in SHELVES:
        for id_, entry in getattr(knowledge, shelf.name).items():
            yield from wordings(entry, str(id_))


def said_to_customers(knowledge: Knowledge) -> Iterator[str]:
    """Every sentence that a seller may copy and say, as it stands in the file."""
    for _, wording in all_wordings(knowledge):
        yield from filter(None, (wording.text, wording.otherwise))
    for phase in knowledge.phases.values():
        yield from (sentence.text for sentence in phase.sentences)
    yield from (signal.say for signal in knowledge.signals.values())


def said_in_one_breath(objection: Objection) -> Iterator[str]:
    """The understanding with each question, as the help shows them: with what is known and without."""
    for question in objection.questions:
        for values in ({}, KNOWN):
            yield f"{objection.understanding.filled(values)} {question.filled(values)}"


# fmt: off
_WORDS_TO_SELLERS = {
    "avoid", "customer", "do", "ends_when", "figure", "fits_when", "goal", "hint", "how", "instead", "irrational",
    "listen_for", "looks_like", "meaning", "mind", "mistake", "not_when", "notice", "purpose", "rational", "readings",
    "text", "title", "try_it", "why_it_works",
}
# fmt: on


def read_by_sellers(knowledge: Knowledge) -> Iterator[str]:
    """Goals, hints, how-tos and lessons: what the bot says to the seller. Quoted speech is left out."""
    for shelf in SHELVES:
        for entry in getattr(knowledge, shelf.name).values():
            yield from (re.sub("„[^“]*“|“[^”]*”", "", text) for text in _read_in(entry))


def _read_in(entry: BaseModel) -> Iterator[str]:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        items = value if isinstance(value, tuple) else (value,)
        for item in items:
            if isinstance(item, str) and name in _WORDS_TO_SELLERS:
                yield item
            elif isinstance(item, BaseModel) and not isinstance(item, Wording) and name != "sentences":
                yield from _read_in(item)


def choices(knowledge: Knowledge) -> Iterator[Choice]:
    """Everything that stands on a button to choose from."""
    yield from knowledge.objection_groups.values()
    yield from knowledge.outcomes.values()
    yield from knowledge.loss_reasons.values()
    yield from knowledge.target_groups.values()
    yield from knowledge.acquisition.values()
    yield from knowledge.kinds.values()


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


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(PLACEHOLDERS), st.text(max_size=200)))
def test_whatever_is_known_fits_on_the_copy_button_and_braces_in_a_name_are_only_a_name(values: dict[str, str]) -> None:
    for language in Language:
        for place, wording in all_wordings(CATALOGUE[language]):
            assert len(wording.filled(values)) <= MAX_SAID, place
    assert all(len(shortened(value)) <= 32 for value in values.values())
    assert Wording(text="Bei {customer}.", otherwise="Bei Ihnen.").filled({"customer": "{price}"}) == "Bei {price}."


# Who is spoken to


def test_german_customers_are_addressed_with_sie() -> None:
    familiar = re.compile(r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
    assert [text for text in said_to_customers(CATALOGUE[Language.DE]) if familiar.search(text)] == []


def test_german_sellers_are_never_addressed_with_sie() -> None:
    formal = re.compile(r"\b(Sie|Ihnen|Ihr\w*)\b")
    assert [text for text in read_by_sellers(CATALOGUE[Language.DE]) if formal.search(text)] == []


@each_language
def test_nothing_is_shouted(language: Language) -> None:
    knowledge = CATALOGUE[language]
    words = [*said_to_customers(knowledge), *read_by_sellers(knowledge)]
    assert [text for text in words if "!" in text] == []


@each_language
def test_what_is_said_has_no_brackets_slashes_or_semicolons(language: Language) -> None:
    assert [text for text in said_to_customers(CATALOGUE[language]) if re.search(r"[()\[\]/;]", text)] == []


# What good sellers don't say


CLICHES = {
    Language.DE: (
        r"Tasse Kaffee", r"Kaffee am Tag", r"win.?win", r"Mehrwert(?!steuer)", r"\bbewährt", r"partnerschaftlich",
        r"unverbindlich", r"Zauberstab", r"Skala von", r"auf einer Skala", r"gute Frage", r"guter Punkt",
        r"guter Einwand", r"Das verstehe ich", r"^Verstehe\b", r"kann ich (gut )?(nachvollziehen|verstehen)",
        r"andere Kunden (haben|dachten|sagten)",
        r"ganz ehrlich gesagt", r"maßgeschneidert", r"ganzheitlich", r"Synergie", r"auf Augenhöhe",
        r"Was genau meinen Sie", r"Im Vergleich wozu", r"Widerrufsrecht", r"nur heute", r"letzte Chance", r"\d+ ?%",
    ),
    Language.EN: (
        r"cup of coffee", r"coffee a day", r"win.?win", r"added value", r"\bproven\b", r"magic wand", r"scale of",
        r"scale from", r"great question", r"good question", r"good point", r"I hear you", r"totally fair",
        r"I (totally |completely )?understand\b", r"other customers (felt|have felt)", r"no.?brainer", r"game.?changer",
        r"synerg", r"tailor.?made", r"reach out", r"touch base", r"circle back", r"compared to what",
        r"what exactly do you mean", r"cooling.off", r"today only", r"last chance", r"\d+ ?(%|per cent|percent)",
    ),
}  # fmt: skip


@each_language
def test_no_cliche_and_no_invented_figure_is_said(language: Language) -> None:
    worn = re.compile("|".join(CLICHES[language]), re.IGNORECASE)
    assert [text for text in said_to_customers(CATALOGUE[language]) if worn.search(text)] == []


CHEAP = {
    Language.DE: r"billig|preiswert|Schnäppchen|spottbillig|kostet (ja )?nur|\bnur (\d|{price})|gerade (ein)?mal \d",
    Language.EN: r"\bcheap\b|inexpensive|bargain|costs only|\bonly (\d|{price}|[€£$])|\bjust (\d|{price}|[€£$])",
}
OWN_PRICE_IS_LOW = {
    Language.DE: r"(wir|unser\w*|{price}) \b[^.?]*(sind|ist|bleib\w+) [^.?]*günstig",
    Language.EN: r"(we|our|{price})\b[^.?]*('re|are|is) [^.?]*cheap",
}


@each_language
def test_a_price_objection_is_never_told_that_the_price_is_low(language: Language) -> None:
    low = re.compile(f"{CHEAP[language]}|{OWN_PRICE_IS_LOW[language]}", re.IGNORECASE)
    said = [
        text
        for id_, objection in CATALOGUE[language].objections.items()
        if objection.group is ObjectionGroup.PRICE
        for _, wording in wordings(objection, id_)
        for text in (wording.text, wording.otherwise)
    ]
    assert [text for text in said if low.search(text)] == []


TOTAL = {
    Language.DE: r"{price}|[Gg]esamt|Summe|insgesamt|volle Betrag",
    Language.EN: r"{price}|\btotal|altogether|\bsum\b|(full|whole) amount",
}


@each_language
def test_a_break_down_names_the_total(language: Language) -> None:
    broken_down = [
        answer.say
        for objection in CATALOGUE[language].objections.values()
        for answer in objection.answers
        if answer.technique is TechniqueId.BREAK_DOWN
    ]
    assert broken_down
    total = re.compile(TOTAL[language])
    said = [text for wording in broken_down for text in (wording.text, wording.otherwise) if text]
    assert [text for text in said if not total.search(text)] == []


ENDS_IT_WELL = {
    TechniqueId.OPEN_WITHDRAWAL,
    TechniqueId.SPECIFY,
    TechniqueId.ANTICIPATE,
    TechniqueId.PROOF,
    TechniqueId.DEFER,
    TechniqueId.YES_AND,
    TechniqueId.CONDITIONAL_AGREEMENT,
}
GOES_ON_SELLING = {
    Language.DE: r"Angebot|Preis|Nutzen|Vorteil|Interesse|Bedarf|Muster|Termin|später noch|ein andermal",
    Language.EN: r"\boffer|price|benefit|interested|\bneeds?\b|sample|appointment|another time|later on",
}


@each_language
def test_who_wants_no_contact_hears_no_argument_and_no_question_that_goes_on_selling(language: Language) -> None:
    objection = CATALOGUE[language].objections[ObjectionId.DO_NOT_CONTACT]
    assert {answer.technique for answer in objection.answers} <= ENDS_IT_WELL
    selling = re.compile(GOES_ON_SELLING[language], re.IGNORECASE)
    said = [text for _, wording in wordings(objection) for text in (wording.text, wording.otherwise)]
    assert [text for text in said if selling.search(text)] == []
    answered = [text for answer in objection.answers for _, w in wordings(answer) for text in (w.text, w.otherwise)]
    assert [text for text in answered if "?" in text] == []


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
