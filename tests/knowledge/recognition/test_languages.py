"""German or English: told where it is clear, both tried where it is not."""

import pytest

from knowledge.language.languages import Language
from knowledge.recognition.languages import LanguageDetector
from knowledge.recognition.lexical import counts
from knowledge.recognition.recogniser import TrainedRecogniser
from tests.knowledge.recognition.unseen import unseen


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("das ist uns zu teuer", Language.DE),
        ("keine Zeit", Language.DE),
        ("we don't have the money", Language.EN),
        ("who else uses it", Language.EN),
    ],
)
def test_a_clear_text_is_read_in_its_language_alone(
    recogniser: TrainedRecogniser, text: str, language: Language
) -> None:
    assert recogniser.detector.likely(counts(text)) == (language,)


@pytest.mark.parametrize("text", ["ok", "Budget?", "Service Level Agreement", "", "🙂", "12.500"])
def test_an_unclear_one_is_read_in_both(recogniser: TrainedRecogniser, text: str) -> None:
    assert set(recogniser.detector.likely(counts(text))) == set(Language)


@pytest.mark.parametrize("language", Language)
def test_the_other_language_alone_is_hardly_ever_tried(recogniser: TrainedRecogniser, language: Language) -> None:
    lines = unseen(language)
    wrong = [line.text for line in lines if language not in recogniser.detector.likely(counts(line.text))]
    assert len(wrong) <= len(lines) / 200, wrong


def test_without_examples_of_a_language_nothing_is_clear_in_it() -> None:
    detector = LanguageDetector.learnt_from({Language.DE: [counts("das ist uns zu teuer")]})
    assert Language.DE in detector.likely(counts("das ist uns zu teuer"))
