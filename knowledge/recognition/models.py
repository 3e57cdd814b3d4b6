"""Models on disk: made once for the examples that they were made of, and found again by their fingerprint.

The model of the built-in content lies beside this package, or, where that can't be written, in the folder that the
caller names; one with a company's own examples always lies there.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile
from zlib import crc32

import numpy as np

from knowledge.catalogue import CONTENT_DIR
from knowledge.language.messages import Language
from knowledge.recognition.languages import LanguageDetector
from knowledge.recognition.meaning import SentenceEngine, open_engine
from knowledge.recognition.model import LABELS, Model
from knowledge.recognition.neighbours import MeaningNeighbours, WordNeighbours
from knowledge.recognition.recogniser import TrainedRecogniser
from knowledge.recognition.training import VERSION, train
from knowledge.recognition.utterances import Utterance, fingerprint, read_utterances

BUILT_IN: Final = Path(__file__).parent / "built"

_KEPT: Final = 3
"""Models of older examples that stay beside the present one."""


def load(overlay: Path | None, folder: Path) -> TrainedRecogniser:
    """The recogniser for the content and what is laid over it, made now where it was not made before.

    Making takes about half a minute. Raises ContentError where examples can't be read.
    """
    engine = open_engine()
    utterances = _examples(overlay)
    return _find(utterances, engine, folder) or _make(utterances, engine, *_homes(overlay, folder))


def ready_made(overlay: Path | None, folder: Path) -> tuple[TrainedRecogniser | None, bool]:
    """A recogniser that needs no making, and whether it is the one for these very examples.

    Where that one was not made yet it is the newest other one, which answers until then. Raises ContentError.
    """
    engine = open_engine()
    exact = _find(_examples(overlay), engine, folder)
    if exact is not None:
        return exact, True
    files = [file for home in (folder, BUILT_IN) for file in home.glob(f"*-{_making(engine)}.npz")]
    newest_first = sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)
    return next((found for file in newest_first if (found := _read(file, engine))), None), False


def _examples(overlay: Path | None) -> Sequence[Utterance]:
    return read_utterances(CONTENT_DIR, *([overlay] if overlay else []))


def _homes(overlay: Path | None, folder: Path) -> Sequence[Path]:
    return (folder,) if overlay else (BUILT_IN, folder)


def _find(utterances: Sequence[Utterance], engine: SentenceEngine | None, folder: Path) -> TrainedRecogniser | None:
    """The recogniser that was made of just these examples, or None."""
    name = _name(utterances, engine)
    return next((found for home in (folder, BUILT_IN) if (found := _read(home / name, engine))), None)


def _read(file: Path, engine: SentenceEngine | None) -> TrainedRecogniser | None:
    try:
        models, neighbours, detector = _read_once(file)
        return TrainedRecogniser(models, neighbours, detector, engine)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # not there, or half written when the power failed
        return None


@lru_cache(maxsize=2)
def _read_once(file: Path) -> tuple[Mapping[Language, Model], MeaningNeighbours | None, LanguageDetector]:
    """A file of this name always holds the same: the name says what it was made of."""
    with np.load(file, allow_pickle=False) as arrays:
        read: dict[str, Any] = {name: arrays[name] for name in arrays.files}
    models = {language: _model(_below(read, language)) for language in Language}
    neighbours = _below(read, "neighbours")
    return models, MeaningNeighbours(**neighbours) if neighbours else None, LanguageDetector(read["odds"])


def _model(read: Mapping[str, Any]) -> Model:
    by_words = _below(read, "neighbours")
    examples = int(by_words.pop("examples"))
    views = {name: value for name, value in read.items() if "." not in name}
    return Model(**views, neighbours=WordNeighbours(**by_words, examples=examples))


def _below(read: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(f"{prefix}."): value for name, value in read.items() if name.startswith(f"{prefix}.")}


def _make(utterances: Sequence[Utterance], engine: SentenceEngine | None, *homes: Path) -> TrainedRecogniser:
    """Trains a recogniser and keeps it in the first folder that can be written."""
    models, neighbours = train(utterances, engine)
    texts = {language: [u.text for u in utterances if u.language is language] for language in Language}
    detector = LanguageDetector.learnt_from(texts)
    arrays: dict[str, Any] = {"odds": detector.odds}
    for language, model in models.items():
        arrays |= _named(asdict(model), language)
    if neighbours:
        arrays |= _named(asdict(neighbours), "neighbours")
    for home in homes:
        try:
            _keep(home / _name(utterances, engine), arrays)
            break
        except OSError:
            continue
    return TrainedRecogniser(models, neighbours, detector, engine)


def _name(utterances: Sequence[Utterance], engine: SentenceEngine | None) -> str:
    return f"{fingerprint(utterances)}-{_making(engine)}.npz"


def _making(engine: SentenceEngine | None) -> str:
    """What models have in common that can take each other's place."""
    of = f"{VERSION} {','.join(str(label) for label in LABELS)}"
    return f"{engine.name if engine else 'lexical'}-{crc32(of.encode()):08x}"


def _named(arrays: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Nested arrays under names with dots."""
    named: dict[str, Any] = {}
    for name, value in arrays.items():
        inner = _named(value, f"{prefix}.{name}") if isinstance(value, dict) else {f"{prefix}.{name}": value}
        named |= inner
    return named


def _keep(file: Path, arrays: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        np.savez(part, **arrays)
    Path(part.name).replace(file)
    by_age = sorted(file.parent.glob("*.npz"), key=lambda other: other.stat().st_mtime, reverse=True)
    for old in by_age[_KEPT + 1 :]:
        old.unlink(missing_ok=True)
