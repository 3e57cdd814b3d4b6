"""What is learnt from few examples: always the same, nothing from nothing, and a company's own words."""

import numpy as np
import pytest

from knowledge.language.languages import Language
from knowledge.recognition.meaning import open_engine
from knowledge.recognition.recogniser import TrainedRecogniser
from knowledge.recognition.training import train
from knowledge.recognition.utterances import Utterance
from knowledge.taxonomy import ObjectionId, SignalId

Few = tuple[Utterance, ...]


def test_the_same_examples_make_the_same_model(few: Few) -> None:
    (one, _, _), (other, _, _) = train(few, None), train(few, None)
    for language in Language:
        assert np.array_equal(one[language].lexical, other[language].lexical)
        assert np.array_equal(one[language].mixing, other[language].mixing)
        assert np.array_equal(one[language].neighbours.weights, other[language].neighbours.weights)


def test_what_was_learnt_is_recognised(small: TrainedRecogniser, few: Few) -> None:
    taught = [example for example in few if example.label is not None][::10]
    first = [small.recognise(example.text, example.language).matches[:1] for example in taught]
    right = [bool(match) and match[0].id == example.label for match, example in zip(first, taught, strict=True)]
    assert sum(right) >= 0.9 * len(taught)


def test_a_label_without_examples_never_wins(few: Few) -> None:
    known = {ObjectionId.PRICE_TOO_HIGH, ObjectionId.NO_TIME, SignalId.ASKS_PRICE, None}
    engine = open_engine()
    recogniser = TrainedRecogniser(*train([example for example in few if example.label in known], engine), engine)
    for example in few[::25]:
        matches = recogniser.recognise(example.text, example.language).matches
        assert {match.id for match in matches} <= known, example


def test_without_sentence_vectors_the_words_answer_alone(few: Few) -> None:
    recogniser = TrainedRecogniser(*train(few, None), None)
    assert recogniser.neighbours is None
    assert recogniser.recognise("das ist uns viel zu teuer").matches[0].id is ObjectionId.PRICE_TOO_HIGH
    assert recogniser.recognise("we don't have time", Language.EN).matches[0].id is ObjectionId.NO_TIME


@pytest.mark.parametrize("has_engine", [True, False], ids=["with-vectors", "words-alone"])
def test_a_companys_own_words_are_recognised_once_learnt(small: TrainedRecogniser, few: Few, has_engine: bool) -> None:
    said = "das sprengt unseren Kranichdeckel"
    before = small.recognise(said, Language.DE)
    assert all(match.id is not ObjectionId.NO_BUDGET for match in before.answers)
    own = [
        Utterance(text, ObjectionId.NO_BUDGET, Language.DE)
        for text in (
            "der Kranichdeckel ist erreicht",
            "das geht über unseren Kranichdeckel",
            "mehr gibt der Kranichdeckel nicht her",
        )
    ]
    engine = open_engine() if has_engine else None
    after = TrainedRecogniser(*train([*few, *own], engine), engine).recognise(said, Language.DE)
    assert after.matches[0].id is ObjectionId.NO_BUDGET
