"""The model that the bot runs: what it recognises, how surely, and that no text whatsoever troubles it.

The floors stand a few points below what `python -m tests.knowledge.recognition.report` prints.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.languages import Language
from knowledge.recognition.matches import NOTHING, Label, MatchKind, Recognition
from knowledge.recognition.meaning import SentenceEngine, Vectors
from knowledge.recognition.recogniser import MOST_MATCHES, TrainedRecogniser
from knowledge.recognition.utterances import Utterance
from knowledge.taxonomy import ObjectionId, SignalId
from tests.knowledge.recognition.report import Result, judge, result_of
from tests.knowledge.recognition.unseen import not_among, unseen
from tests.properties import tries

FLOORS = {
    Language.DE: Result(0.76, 0.84, 0.64, 0.88, 0.08, 0.80, 0.68, 0.91),
    Language.EN: Result(0.74, 0.81, 0.63, 0.82, 0.10, 0.78, 0.66, 0.92),
}


class ReadOnce:
    """An engine that knows what it has read before: half of the work where the same lines are judged twice."""

    def __init__(self, engine: SentenceEngine) -> None:
        self.name = engine.name
        self._engine = engine
        self._known: dict[tuple[str, ...], Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._engine.vectors(texts)
        return self._known[key]


@pytest.mark.parametrize("language", Language)
def test_what_nobody_has_seen_is_recognised_with_the_language_told_and_detected(
    recogniser: TrainedRecogniser, examples: tuple[Utterance, ...], language: Language
) -> None:
    assert recogniser.engine is not None
    reader = replace(recogniser, engine=ReadOnce(recogniser.engine))
    lines = not_among(examples, unseen(language), language)
    for told in (language, None):
        reaches(result_of(judge(reader, lines, told)), FLOORS[language])


def reaches(reached: Result, floor: Result) -> None:
    """No figure is worse than the floor's."""
    assert reached.top1 >= floor.top1, reached
    assert reached.top3 >= floor.top3, reached
    assert reached.hard_top1 >= floor.hard_top1, reached
    assert reached.signals >= floor.signals, reached
    assert reached.none_taken <= floor.none_taken, reached
    assert reached.macro_f1 >= floor.macro_f1, reached
    assert reached.answered >= floor.answered, reached
    assert reached.answered_rightly >= floor.answered_rightly, reached


def first(found: Recognition) -> Label | None:
    """The best reading."""
    return found.matches[0].id if found.matches else None


def answered(found: Recognition) -> set[Label]:
    """What is answered at once."""
    return {match.id for match in found.answers}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("wann könnten sie liefern", SignalId.ASKS_DELIVERY_TIME),
        ("Die Lieferzeit ist zu lang", ObjectionId.DELIVERY_TIME),
        ("how soon can you deliver?", SignalId.ASKS_DELIVERY_TIME),
        ("your lead time is far too long", ObjectionId.DELIVERY_TIME),
        ("was kostet das denn", SignalId.ASKS_PRICE),
        ("das ist uns zu viel geld", ObjectionId.PRICE_TOO_HIGH),
    ],
)
def test_asking_is_a_signal_and_complaining_an_objection(
    recogniser: TrainedRecogniser, said: str, meant: Label
) -> None:
    assert first(recogniser.recognise(said)) is meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("zu teuer und keine zeit", {ObjectionId.PRICE_TOO_HIGH, ObjectionId.NO_TIME}),
        ("zu teuer, außerdem muss der chef zustimmen", {ObjectionId.PRICE_TOO_HIGH, ObjectionId.NOT_DECISION_MAKER}),
        ("too expensive and he has to ask his boss", {ObjectionId.PRICE_TOO_HIGH, ObjectionId.NOT_DECISION_MAKER}),
    ],
)
def test_two_objections_in_one_line_are_both_answered(
    recogniser: TrainedRecogniser, said: str, meant: set[Label]
) -> None:
    found = recogniser.recognise(said)
    assert answered(found) == meant
    assert {match.id for match in found.matches[:2]} == meant


def test_of_three_objections_in_one_line_two_are_answered_and_all_offered(recogniser: TrainedRecogniser) -> None:
    found = recogniser.recognise("zu teuer, keine zeit und der chef muss zustimmen")
    three = {ObjectionId.PRICE_TOO_HIGH, ObjectionId.NO_TIME, ObjectionId.NOT_DECISION_MAKER}
    assert {match.id for match in found.matches[:3]} == three
    assert len(answered(found)) == 2


def test_the_same_objection_twice_is_one(recogniser: TrainedRecogniser) -> None:
    assert answered(recogniser.recognise("zu teuer, einfach viel zu teuer")) == {ObjectionId.PRICE_TOO_HIGH}


@pytest.mark.parametrize("said", ["war erst zu teuer, passt jetzt", "preis war ein thema, ist erledigt"])
def test_an_objection_that_was_overcome_is_none(recogniser: TrainedRecogniser, said: str) -> None:
    assert recogniser.recognise(said, Language.DE) == NOTHING


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("was sag ich wenn er zu teuer sagt", ObjectionId.PRICE_TOO_HIGH),
        ("wie reagiere ich auf keine zeit", ObjectionId.NO_TIME),
        ("what do I say when they say it's too expensive", ObjectionId.PRICE_TOO_HIGH),
    ],
)
def test_a_question_about_an_objection_is_that_objection(
    recogniser: TrainedRecogniser, said: str, meant: Label
) -> None:
    assert first(recogniser.recognise(said)) is meant


@pytest.mark.parametrize("said", ["was kannst du", "wer bist du", "hilfe", "what can you do", "are you a robot?"])
def test_a_question_to_the_bot_is_no_objection(recogniser: TrainedRecogniser, said: str) -> None:
    assert recogniser.recognise(said) == NOTHING


@pytest.mark.parametrize("said", ["", " ", "?!", "12.500 €", "🙂🙂", "…", "\u200b", "12:30", "⧉1"])
def test_what_has_no_letters_is_nothing(recogniser: TrainedRecogniser, said: str) -> None:
    assert recogniser.recognise(said) == NOTHING


def assert_sound(found: Recognition) -> None:
    """Best first, each once, probabilities, and nothing is answered that was not read."""
    scores = [match.score for match in found.matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({match.id for match in found.matches}) == len(found.matches) <= MOST_MATCHES
    assert set(found.answers) <= set(found.matches)
    assert len(found.answers) <= 2
    assert all(match.kind is kind_of(match.id) for match in found.matches)


def kind_of(label: Label) -> MatchKind:
    return MatchKind.OBJECTION if label in set(ObjectionId) else MatchKind.SIGNAL


ANY_TEXT = st.text(st.characters(), max_size=60)
"""Lone surrogates included."""

NEARLY = st.lists(
    st.one_of(
        st.sampled_from(["zu teuer", "keine Zeit", "und", "Chef", "too dear", "but", "?", "\n", "\ufdfa", "12,5k"]),
        st.text(st.characters(), max_size=5),
    ),
    max_size=30,
).map(" ".join)
"""Words that mean something, among others."""


@given(text=ANY_TEXT | NEARLY, language=st.sampled_from([*Language, None]))
def test_whatever_is_typed_is_read_soundly(recogniser: TrainedRecogniser, text: str, language: Language | None) -> None:
    assert_sound(recogniser.recognise(text, language))


@pytest.mark.parametrize(
    "text",
    [
        "\ufdfa" * 10_000,
        "zu teuer " + "\ufdfa" * 300,
        "\ud800" * 100,
        "zu teuer \udfff",
        "a" * 100_000,
        "zu teuer " * 20_000,
        "und " * 20_000,
        "zu teuer, " * 20_000,
        "\x00\x1b[2J\r\n",
        "a" + "\u0308" * 5_000,
        "ن" * 5_000,
    ],
    ids=lambda text: f"{text[:12]!a}×{len(text)}",
)
@pytest.mark.parametrize("language", [*Language, None])
def test_a_flood_is_read_soundly(recogniser: TrainedRecogniser, text: str, language: Language | None) -> None:
    assert_sound(recogniser.recognise(text, language))


def test_what_stands_at_the_beginning_of_a_flood_is_heard(recogniser: TrainedRecogniser) -> None:
    assert first(recogniser.recognise("das ist uns zu teuer." + " " * 100_000)) is ObjectionId.PRICE_TOO_HIGH


@settings(max_examples=tries(20))
@given(text=ANY_TEXT | NEARLY)
def test_the_same_text_is_always_read_the_same(recogniser: TrainedRecogniser, text: str) -> None:
    assert recogniser.recognise(text) == recogniser.recognise(text)


def test_case_umlauts_and_full_stops_make_no_difference(recogniser: TrainedRecogniser) -> None:
    ways = [
        "Für das Geld ist mir das zu teuer.",
        "FÜR DAS GELD IST MIR DAS ZU TEUER",
        "fuer das geld ist mir das zu teuer",
    ]
    assert {first(recogniser.recognise(way)) for way in ways} == {ObjectionId.PRICE_TOO_HIGH}


def test_what_is_rejected_by_a_hair_is_a_guess_and_small_talk_is_not(recogniser: TrainedRecogniser) -> None:
    nearly = recogniser.recognise("lieferzeit 12 wochen geht garnicht")
    assert nearly.matches == nearly.answers == ()
    assert [match.id for match in nearly.guesses] == [ObjectionId.DELIVERY_TIME]
    assert recogniser.recognise("treffen morgen beim bäcker") == NOTHING
