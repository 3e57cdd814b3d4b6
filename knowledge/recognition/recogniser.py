"""Text → objections and signals with calibrated scores, or nothing; German and English, told apart where not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from knowledge.language.languages import Language
from knowledge.recognition.languages import LanguageDetector
from knowledge.recognition.lexical import counts
from knowledge.recognition.matches import NOTHING, Label, Match, Recognition
from knowledge.recognition.meaning import SentenceEngine
from knowledge.recognition.model import LABELS, Model
from knowledge.recognition.neighbours import MeaningNeighbours, Scores
from knowledge.recognition.text import clauses, cleaned

NONE_FROM: Final = 0.10
"""From this probability of 'neither' on nothing is recognised: a wrong guess costs more trust than a list."""

GUESS_UNTIL: Final = 0.5
"""From this probability of 'neither' on there is no guess either."""

GUESS_FROM: Final = 0.3
"""A reading is worth a guess from this probability on."""

SURE_FROM: Final = 0.6
"""From this probability on the answer comes at once; below it up to three readings are offered."""

PART_SURE_FROM: Final = 0.6
"""A clause says something of its own from this probability on; two that say two things are both answered."""

PART_COUNTS: Final = 0.5
"""How much a clause's probability counts beside the whole line's."""

MOST_PARTS: Final = 6
MOST_MATCHES: Final = 5
LEAST_SCORE: Final = 0.01


@dataclass(frozen=True, slots=True)
class TrainedRecogniser:
    """One model a language; engine and neighbours by meaning for all of them (None: the lexical part answers alone)."""

    models: Mapping[Language, Model]
    neighbours: MeaningNeighbours | None
    detector: LanguageDetector
    engine: SentenceEngine | None

    def recognise(self, text: str, language: Language | None = None) -> Recognition:
        """The readings of the text. Never raises for any text; only its first 600 characters are looked at."""
        whole = cleaned(text)
        if not any(char.isalpha() for char in whole):
            return NOTHING
        parts = [part for part in clauses(whole) if len(part.split()) > 1][:MOST_PARTS]
        texts = [whole, *parts] if len(parts) > 1 else [whole]
        chances = self._chances(texts, language)
        if chances[0, -1] >= GUESS_UNTIL:
            return NOTHING
        if chances[0, -1] >= NONE_FROM:
            return Recognition(guesses=tuple(match for match in _matches(chances[0], {}) if match.score >= GUESS_FROM))
        said = _said_by_parts(chances[1:])
        matches = _matches(chances[0], said)
        return Recognition(matches, _answers(matches, said))

    def _chances(self, texts: list[str], language: Language | None) -> Scores:
        """Probabilities of every text, in the language in which the first text says most."""
        counted = [counts(text) for text in texts]
        if self.engine and self.neighbours:
            vectors = self.engine.vectors(texts)
            by_meaning = self.neighbours.closeness(vectors)
        else:
            vectors = np.zeros((len(texts), 0), dtype=np.float32)
            by_meaning = np.zeros((len(texts), len(LABELS)), dtype=np.float32)
        models = [self.models[each] for each in ((language,) if language else self.detector.likely(counted[0]))]
        of_languages = [model.views(counted, vectors, by_meaning).probabilities(model.mixing) for model in models]
        return min(of_languages, key=lambda chances: float(chances[0, -1]))


def _said_by_parts(chances: Scores) -> Mapping[Label, float]:
    """What the clauses say, each for itself; empty unless they say different things."""
    said: dict[Label, float] = {}
    for part in chances:
        place = int(part.argmax())
        label = LABELS[place]
        if label is not None and part[place] >= PART_SURE_FROM:
            said[label] = max(said.get(label, 0.0), float(part[place]))
    return said if len(said) > 1 else {}


def _matches(chances: Scores, said: Mapping[Label, float]) -> tuple[Match, ...]:
    """Objections and signals, best first."""
    scores = {label: float(chance) for label, chance in zip(LABELS, chances, strict=True) if label is not None}
    for label, score in said.items():
        scores[label] = max(scores[label], PART_COUNTS * score)
    best = sorted(scores, key=lambda label: -scores[label])[:MOST_MATCHES]
    return tuple(Match(label, round(scores[label], 4)) for label in best if scores[label] >= LEAST_SCORE)


def _answers(matches: Sequence[Match], said: Mapping[Label, float]) -> tuple[Match, ...]:
    """What is sure enough to be answered at once: the best reading, or two where two clauses say two things."""
    two = tuple(match for match in matches if match.id in said)[:2]
    return two or tuple(match for match in matches[:1] if match.score >= SURE_FROM)
