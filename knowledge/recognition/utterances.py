"""Example utterances: from them the recogniser learns what customers say and what sellers type.

One file a label and language, one utterance a line: `<content>/<language>/utterances/objections/price_too_high.txt`,
`…/signals/asks_price.txt`, and any files below `…/none/` for what is neither. A company's own folder adds files of
the same names.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.faults import ContentError
from knowledge.language.languages import Language
from knowledge.recognition.matches import Label
from knowledge.taxonomy import ObjectionId, SignalId

BUILT_IN_CONTENT: Final = Path(__file__).parents[1] / "content"

MAX_LENGTH: Final = 300
"""Characters of one utterance; longer ones are no utterances but texts."""

_MAX_FILE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Utterance:
    """An example. `label` None: neither objection nor signal."""

    text: str
    label: Label | None
    language: Language


@dataclass(frozen=True, slots=True)
class _File:
    """A file of examples of one label."""

    path: Path
    label: Label | None
    language: Language


def read_utterances(*directories: Path) -> tuple[Utterance, ...]:
    """All examples of the built-in content and of what is laid over it, each text once for a label and language.

    Raises ContentError where a file names no id, is too large, no UTF-8, or has a line that is too long.
    """
    found = (utterance for file in _files(*directories) for utterance in _utterances_of(file))
    return tuple({(u.text.casefold(), u.label, u.language): u for u in found}.values())


def fingerprint(*directories: Path) -> str:
    """A hash of all files of examples in their order: a model that was made of the same ones is the same.

    It reads no lines, so that a start need not. Raises ContentError where a file names no id, is too large or can't
    be read.
    """
    digest = hashlib.sha256()
    for file in _files(*directories):
        content = _content(file.path)
        digest.update(f"{file.language}\t{file.label or ''}\t{len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _files(*directories: Path) -> Iterator[_File]:
    for directory in directories or (BUILT_IN_CONTENT,):
        for language in Language:
            root = directory / language / "utterances"
            for ids, folder in ((ObjectionId, "objections"), (SignalId, "signals")):
                for path in sorted((root / folder).glob("*.txt")):
                    if path.stem not in {str(id_) for id_ in ids}:
                        raise ContentError(f"{path}: the name is no id; expected one of {', '.join(ids)}")
                    yield _File(path, ids(path.stem), language)
            for path in sorted((root / "none").glob("*.txt")):
                yield _File(path, None, language)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_FILE:
            raise ContentError(f"{path}: is larger than {_MAX_FILE // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise ContentError(f"{path}: can't be read ({error.strerror})") from error


def _utterances_of(file: _File) -> Iterator[Utterance]:
    try:
        lines = _content(file.path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ContentError(f"{file.path}: is no UTF-8 text") from error
    for number, line in enumerate(lines, start=1):
        text = " ".join(line.split())
        if len(text) > MAX_LENGTH:
            raise ContentError(f"{file.path}, line {number}: {len(text)} characters, expected at most {MAX_LENGTH}")
        if text and not text.startswith("#"):
            yield Utterance(text, file.label, file.language)
