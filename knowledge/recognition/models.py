"""Models on disk: made once for the examples that they were made of, and found again by their fingerprint.

The model of the built-in content lies beside this package, or, where that can't be written, in the folder that the
caller names; one with a company's own examples always lies there.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile
from zlib import crc32

import numpy as np

from knowledge.language.languages import Language
from knowledge.recognition.languages import LanguageDetector
from knowledge.recognition.meaning import SentenceEngine, open_engine
from knowledge.recognition.model import LABELS, Model
from knowledge.recognition.neighbours import MeaningNeighbours, WordNeighbours
from knowledge.recognition.recogniser import TrainedRecogniser
from knowledge.recognition.training import VERSION, train
from knowledge.recognition.utterances import BUILT_IN_CONTENT, fingerprint, read_utterances

BUILT_IN: Final = Path(__file__).parent / "built"

_KEPT: Final = 3
"""Models of older examples that stay beside the present one."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one engine for the examples in some folders.

    `examples`: later folders are laid over earlier ones. `homes`: where models are looked for, and the first that can
    be written is where a new one is kept. `guests`: where they are looked for only.
    """

    examples: Sequence[Path]
    homes: Sequence[Path]
    guests: Sequence[Path]
    engine: SentenceEngine | None

    def exact(self) -> TrainedRecogniser | None:
        """The recogniser that was made of just these examples. Raises ContentError where they can't be read."""
        name = self.name
        return next((found for home in self._all_homes() if (found := self._read(home / name))), None)

    def newest(self) -> TrainedRecogniser | None:
        """The one that was made last, of whatever examples."""
        files = [file for home in self._all_homes() for file in home.glob(f"*-{self._kind()}.npz")]
        return next((found for file in _newest_first(files) if (found := self._read(file))), None)

    def make(self) -> TrainedRecogniser:
        """Trains a recogniser, and keeps it in the first home that can be written.

        Takes about a minute for the built-in content. Raises ContentError where the examples can't be read.
        """
        name = self.name  # before the examples are read: what changes meanwhile is made anew next time
        models, neighbours, detector = train(read_utterances(*self.examples), self.engine)
        arrays: dict[str, Any] = {"odds": detector.odds}
        for language, model in models.items():
            arrays |= _named(asdict(model), language)
        if neighbours:
            halves = {"examples": neighbours.examples.astype(np.float16)}
            arrays |= _named(asdict(neighbours) | halves, "neighbours")
        for home in self.homes:
            try:
                _keep(home / name, arrays)
                break
            except OSError:
                continue
        return TrainedRecogniser(models, neighbours, detector, self.engine)

    @property
    def name(self) -> str:
        """The exact one's file. Raises ContentError where the examples can't be read."""
        return f"{fingerprint(*self.examples)}-{self._kind()}.npz"

    def _all_homes(self) -> Iterator[Path]:
        yield from self.homes
        yield from self.guests

    def _kind(self) -> str:
        """What models have in common that can take each other's place."""
        of = f"{VERSION} {','.join(str(label) for label in LABELS)}"
        return f"{self.engine.name if self.engine else 'lexical'}-{crc32(of.encode()):08x}"

    def _read(self, file: Path) -> TrainedRecogniser | None:
        try:
            return TrainedRecogniser(*_read_once(file), self.engine)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # not there, or half written
            return None


def models_for(overlay: Path | None, folder: Path) -> Models:
    """Those for the built-in content and what is laid over it; `folder` keeps what can't lie beside the package."""
    engine = open_engine()
    if overlay is None:
        return Models((BUILT_IN_CONTENT,), (BUILT_IN, folder), (), engine)
    return Models((BUILT_IN_CONTENT, overlay), (folder,), (BUILT_IN,), engine)


def load(overlay: Path | None, folder: Path) -> TrainedRecogniser:
    """The recogniser for the content and what is laid over it, made now where it was not made before.

    Raises ContentError where examples can't be read.
    """
    models = models_for(overlay, folder)
    return models.exact() or models.make()


def ready_made(overlay: Path | None, folder: Path) -> tuple[TrainedRecogniser | None, bool]:
    """A recogniser that needs no making, and whether it is the one for these very examples.

    Where that one was not made yet it is the newest other one, which answers until then. Raises ContentError.
    """
    models = models_for(overlay, folder)
    exact = models.exact()
    return exact or models.newest(), exact is not None


@lru_cache(maxsize=2)
def _read_once(file: Path) -> tuple[Mapping[Language, Model], MeaningNeighbours | None, LanguageDetector]:
    """A file of this name always holds the same: the name says what it was made of."""
    # Opened here: np.load leaves a file open that turns out to be no archive.
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        read: dict[str, Any] = {name: arrays[name] for name in arrays.files}
    models = {language: _model(below) for language in Language if (below := _below(read, language))}
    neighbours = _below(read, "neighbours")
    if neighbours:
        neighbours["examples"] = neighbours["examples"].astype(np.float32)
    return models, MeaningNeighbours(**neighbours) if neighbours else None, LanguageDetector(read["odds"])


def _model(read: Mapping[str, Any]) -> Model:
    by_words = _below(read, "neighbours")
    examples = int(by_words.pop("examples"))
    views = {name: value for name, value in read.items() if "." not in name}
    return Model(**views, neighbours=WordNeighbours(**by_words, examples=examples))


def _below(read: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(f"{prefix}."): value for name, value in read.items() if name.startswith(f"{prefix}.")}


def _named(arrays: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Nested arrays under names with dots."""
    named: dict[str, Any] = {}
    for name, value in arrays.items():
        inner = _named(value, f"{prefix}.{name}") if isinstance(value, dict) else {f"{prefix}.{name}": value}
        named |= inner
    return named


def _keep(file: Path, arrays: Mapping[str, Any]) -> None:
    """Whole or not at all: under its name only when all of it is written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        written = Path(part.name)
        try:
            np.savez(part, **arrays)
            written.chmod(0o644)  # whoever sets the bot up need not be the one who runs it
        except OSError:
            written.unlink()
            raise
    written.replace(file)
    for old in _newest_first(file.parent.glob("*.npz"))[_KEPT + 1 :]:
        old.unlink(missing_ok=True)


def _newest_first(files: Iterator[Path] | Sequence[Path]) -> list[Path]:
    return sorted(files, key=_written_at, reverse=True)


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # tidied away by another process since it was listed
        return 0.0
