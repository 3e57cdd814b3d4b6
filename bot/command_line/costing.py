"""Costing on the command line: a JSON file in, the answer as text out."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.command_line.bab import read_json
from knowledge.accounting.costing import calculate
from knowledge.accounting.costing_text import costing_lines, machine_lines
from knowledge.accounting.json_costing import Read, read_costing
from knowledge.accounting.machine_hour_rate import Machine, machine_hour_rate
from knowledge.accounting.percent_signs import without_percent_sign
from knowledge.accounting.result_costing import costing_as_json, machine_as_json
from knowledge.language.languages import Language
from knowledge.language.messages import Messages


def costing_answer(file: Path, messages: Messages, language: Language, *, as_json: bool) -> str:
    """The costing or the machine-hour rate in the file, as JSON or as a table to read. Raises AccountingError."""
    content = read_json(file)
    read = read_costing(content)
    read = replace(read, cautions=(*read.cautions, *without_percent_sign(content)))
    if as_json:
        return json.dumps(_json(read, messages, language))
    return "\n".join(_lines(read, messages, language))


def _json(read: Read, messages: Messages, language: Language) -> dict[str, Any]:
    if isinstance(read.asked, Machine):
        return machine_as_json(machine_hour_rate(read.asked), messages, language, read.cautions)
    return costing_as_json(calculate(read.asked), messages, language, read.cautions)


def _lines(read: Read, messages: Messages, language: Language) -> Iterator[str]:
    if isinstance(read.asked, Machine):
        return machine_lines(machine_hour_rate(read.asked), messages, language, read.cautions)
    return costing_lines(calculate(read.asked), messages, language, read.cautions)
