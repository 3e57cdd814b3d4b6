"""Example utterances: from them the recogniser learns what customers say and what sellers type.

One file a label and language, one utterance a line: `<content>/<language>/utterances/objections/price_too_high.txt`,
`…/signals/asks_price.txt`, and any files below `…/none/` for what is neither. A company's own folder adds files of
the same names.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.catalogue import CONTENT_DIR, ContentError
from knowledge.language.messages import Language
from knowledge.recognition.matches import Label
from knowledge.taxonomy import ObjectionId, SignalId

MAX_LENGTH: Final = 300
"""Characters of one utterance; longer ones are no utterances but texts."""

_MAX_FILE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Utterance:
    """An example. `label` None: neither objection nor signal."""

    text: str
    label: Label | None
    language: Language


def read_utterances(*directories: Path) -> tuple[Utterance, ...]:
    """All examples of the built-in content and of what is laid over it, each text once for a label and language.

    Raises ContentError where a file names no id, is too large, no UTF-8, or has a line that is too long.
    """
    found = (utterance for directory in directories or (CONTENT_DIR,) for utterance in _of_directory(directory))
    return tuple({(u.text.casefold(), u.label, u.language): u for u in found}.values())


def fingerprint(utterances: Sequence[Utterance]) -> str:
    """A hash of all examples in their order: a model that was made of the same ones is the same."""
    digest = hashlib.sha256()
    for utterance in utterances:
        digest.update(f"{utterance.language}\t{utterance.label or ''}\t{utterance.text}\n".encode())
    return digest.hexdigest()[:16]


def _of_directory(directory: Path) -> Iterator[Utterance]:
    for language in Language:
        root = directory / language / "utterances"
        for ids, folder in ((ObjectionId, "objections"), (SignalId, "signals")):
            for file in sorted((root / folder).glob("*.txt")):
                if file.stem not in {str(id_) for id_ in ids}:
                    raise ContentError(f"{file}: the name is no id; expected one of {', '.join(ids)}")
                yield from _of_file(file, ids(file.stem), language)
        for file in sorted((root / "none").glob("*.txt")):
            yield from _of_file(file, None, language)


def _of_file(file: Path, label: Label | None, language: Language) -> Iterator[Utterance]:
    try:
        if file.stat().st_size > _MAX_FILE:
            raise ContentError(f"{file}: is larger than {_MAX_FILE // 1_000_000} MB")
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ContentError(f"{file}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{file}: is no UTF-8 text") from error
    for number, line in enumerate(lines, start=1):
        text = " ".join(line.split())
        if len(text) > MAX_LENGTH:
            raise ContentError(f"{file}, line {number}: {len(text)} characters, expected at most {MAX_LENGTH}")
        if text and not text.startswith("#"):
            yield Utterance(text, label, language)
