"""German or English? Told by the pieces of words that the examples of each language are made of."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.language.messages import Language
from knowledge.recognition.lexical import COLUMNS, counts

_CLEAR: Final = 1.0
"""Mean log odds of a text's pieces from which the language is clear; below it both are tried."""


@dataclass(frozen=True, slots=True)
class LanguageDetector:
    """`odds`: for each column the logarithm of how much more often it occurs in German."""

    odds: NDArray[np.float32]

    @classmethod
    def learnt_from(cls, texts: Mapping[Language, Sequence[str]]) -> Self:
        """From examples in both languages."""
        shares = {}
        for language in Language:
            seen = np.ones(COLUMNS, dtype=np.float64)
            for text in texts[language]:
                for block in counts(text):
                    seen[list(block)] += 1
            shares[language] = np.log(seen / (len(texts[language]) + 2))
        return cls((shares[Language.DE] - shares[Language.EN]).astype(np.float32))

    def likely(self, text: str) -> tuple[Language, ...]:
        """The language of the text; both, the likelier one first, where it is not clear."""
        columns = [column for block in counts(text) for column in block]
        mean = float(self.odds[columns].mean()) if columns else 0.0
        first, second = (Language.DE, Language.EN) if mean >= 0 else (Language.EN, Language.DE)
        return (first,) if math.fabs(mean) >= _CLEAR else (first, second)
