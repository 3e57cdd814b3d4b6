"""Reads one sheet or calendar in a process of its own: `python -m bot.document_worker`, driven by `bot.documents`.

In: a line of JSON (name, roles of unusual headings, the time and zone for a calendar), then the bytes of the file. Out:
JSON with the sheet and its gist, with the calendar, or with what is wrong. A file that asks for too much harms nobody
but this process.
"""

import json
import resource
import sys
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.sheets.reading import read_bab
from bot.storage.packing import packed
from knowledge.accounting.faults import AccountingError, Fault
from knowledge.accounting.json_written import sheet_as_json
from knowledge.accounting.sheet import CentreRole
from knowledge.accounting.summary import fault_params_as_json, summarise, summary_as_json
from knowledge.accounting.table_reading import UnknownCentres
from knowledge.calendar.content_lines import FILE_ENDINGS, NoCalendar, is_calendar

MOST_MEMORY: Final = 2 * 2**30
"""Bytes of address space: the largest workbook that is let in takes a quarter of it."""

FOREIGN: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
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


def calendar_in(content: bytes, now: datetime, zone: str) -> dict[str, Any]:
    """`calendar`: what is in the file around `now`, or a `hindrance`. Times without a zone are read in `zone`."""
    from knowledge.calendar.reading import read_calendar  # takes a while to import, and sheets do without it

    try:
        return {"calendar": read_calendar(content, now, ZoneInfo(zone)).as_json()}
    except NoCalendar:
        return {"hindrance": "no_calendar"}


def _fault(fault: Fault) -> dict[str, Any]:
    return {"place": fault.place, "key": fault.key, "params": fault_params_as_json(fault.params)}


def main() -> None:
    """One file from stdin, the answer to stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        content = sys.stdin.buffer.read()
        if is_calendar(content) or asked["name"].lower().endswith(FILE_ENDINGS):
            answer = calendar_in(content, datetime.fromisoformat(asked["now"]), asked["zone"])
        else:
            answer = opened(content, asked["name"], asked["roles"])
    except MemoryError:
        answer = {"hindrance": "too_slow"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
