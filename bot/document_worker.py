"""Reads and computes one sheet in a process of its own: `python -m bot.document_worker`, driven by `bot.documents`.

In: a line of JSON (name, roles of unusual headings), then the bytes of the file. Out: JSON with the sheet and its gist,
or with what is wrong. A file that asks for too much harms nobody but this process.
"""

import json
import resource
import sys
from typing import Any, Final

from bot.sheets.reading import read_bab
from bot.storage.packing import packed
from knowledge.accounting.faults import AccountingError, Fault
from knowledge.accounting.json_written import sheet_as_json
from knowledge.accounting.sheet import CentreRole
from knowledge.accounting.summary import fault_params_as_json, summarise, summary_as_json
from knowledge.accounting.table_reading import UnknownCentres

MOST_MEMORY: Final = 2 * 2**30
"""Bytes of address space: the largest workbook that is let in takes a quarter of it."""

FOREIGN: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"BEGIN:VCALENDAR")
"""How files begin that are certainly no tables."""


def opened(content: bytes, name: str, roles: dict[str, str]) -> dict[str, Any]:
    """What is in the file: `sheet` and `summary`, `unknown` headings, `faults`, or a `hindrance`."""
    if content.lstrip().startswith(FOREIGN):
        return {"hindrance": "other_kind"}
    try:
        read = read_bab(content, name, {heading: CentreRole(role) for heading, role in roles.items()})
        bab = read.compute()
    except UnknownCentres as error:
        return {"unknown": list(error.headings)}
    except AccountingError as error:
        return {"faults": [_fault(fault) for fault in error.faults]}
    text = packed(json.dumps(sheet_as_json(read.sheet), ensure_ascii=False))
    return {"sheet": text, "summary": summary_as_json(summarise(bab))}


def _fault(fault: Fault) -> dict[str, Any]:
    return {"place": fault.place, "key": fault.key, "params": fault_params_as_json(fault.params)}


def main() -> None:
    """One file from stdin, the answer to stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        answer = opened(sys.stdin.buffer.read(), asked["name"], asked["roles"])
    except MemoryError:
        answer = {"hindrance": "too_slow"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
