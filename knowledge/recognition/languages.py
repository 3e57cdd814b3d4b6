"""German or English? Told by the pieces of words that the examples of each language are made of."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.language.languages import Language
from knowledge.recognition.lexical import Counted, hits

_CLEAR: Final = 1.0
"""Mean log odds of a text's pieces from which the language is clear; below it both are tried."""


@dataclass(frozen=True, slots=True)
class LanguageDetector:
    """`odds`: for each column the logarithm of how much more often it occurs in German."""

    odds: NDArray[np.float32]

    @classmethod
    def learnt_from(cls, examples: Mapping[Language, Sequence[Counted]]) -> Self:
        """From counted examples; a language without any is never the clear one."""
        german, english = (
            np.log((1 + hits(of_language)) / (len(of_language) + 2))
            for of_language in (examples.get(Language.DE, ()), examples.get(Language.EN, ()))
        )
        return cls((german - english).astype(np.float32))

    def likely(self, counted: Counted) -> tuple[Language, ...]:
        """The language of the text; both, the likelier one first, where it is not clear."""
        mean = float(self.odds[counted.columns].mean()) if len(counted.columns) else 0.0
        first, second = (Language.DE, Language.EN) if mean >= 0 else (Language.EN, Language.DE)
        return (first,) if math.fabs(mean) >= _CLEAR else (first, second)
