"""The model that the set-up has made, loaded once; and a small one of a few examples, made at once."""

from collections import Counter
from pathlib import Path

import pytest

from knowledge.recognition.meaning import open_engine
from knowledge.recognition.models import load
from knowledge.recognition.recogniser import TrainedRecogniser
from knowledge.recognition.training import train
from knowledge.recognition.utterances import Utterance, read_utterances

OF_A_LABEL = 12
"""Examples of each label and language in the small set."""


@pytest.fixture(scope="session")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> TrainedRecogniser:
    """Found by its fingerprint; made, which takes a minute, only where the set-up has not."""
    return load(None, Path(tmp_path_factory.mktemp("models")))


@pytest.fixture(scope="session")
def examples() -> tuple[Utterance, ...]:
    """All built-in examples."""
    return read_utterances()


@pytest.fixture(scope="session")
def few(examples: tuple[Utterance, ...]) -> tuple[Utterance, ...]:
    """The first of each label and language; of 'neither' five times as many."""
    seen: Counter[tuple[str, str]] = Counter()
    chosen = []
    for example in examples:
        key = (example.language, example.label or "")
        seen[key] += 1
        if seen[key] <= OF_A_LABEL * (1 if example.label else 5):
            chosen.append(example)
    return tuple(chosen)


@pytest.fixture(scope="session")
def small(few: tuple[Utterance, ...]) -> TrainedRecogniser:
    """What few examples teach."""
    engine = open_engine()
    return TrainedRecogniser(*train(few, engine), engine)
