"""Recognition from the command line: one line in, one line of JSON out."""

import json
from collections.abc import Iterable, Iterator

from bot.settings import Settings
from knowledge.language.messages import Language
from knowledge.recognition.matches import Recognition
from knowledge.recognition.models import load


def answers_to(settings: Settings, lines: Iterable[bytes]) -> Iterator[str]:
    """For each `lang<TAB>text` line its matches, best first; raises ContentError where examples can't be read."""
    recogniser = load(settings.knowledge_dir, settings.models)
    for line in lines:
        language, text = _read(line)
        yield as_json(recogniser.recognise(text, language))


def as_json(recognition: Recognition) -> str:
    """`{"matches": [{"id": …, "kind": "objection"|"signal", "score": 0..1}, …]}`."""
    matches = [{"id": match.id, "kind": match.kind, "score": match.score} for match in recognition.matches]
    return json.dumps({"matches": matches})


def _read(line: bytes) -> tuple[Language | None, str]:
    """A line without a tab is all text; a language that is none of ours is detected."""
    before, tab, after = line.decode("utf-8", errors="replace").rstrip("\r\n").partition("\t")
    if not tab:
        return None, before
    known = before.strip().lower()
    return (Language(known) if known in set(Language) else None), after
