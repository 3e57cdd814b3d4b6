"""Cost accounting on the command line: a file in, the answer as text out.

Files are told apart by their ending; each kind is a row in `_SHEETS`.
"""

import errno
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from bot.sheets.limits import LARGEST_FILE
from knowledge.accounting.bab import Bab, compute
from knowledge.accounting.bab_text import bab_lines
from knowledge.accounting.faults import Fault, Unreadable
from knowledge.accounting.json_fields import parse
from knowledge.accounting.json_sheet import read_sheet
from knowledge.accounting.result_json import bab_as_json
from knowledge.language.languages import Language
from knowledge.language.messages import Messages


def bab_answer(file: Path, messages: Messages, language: Language, *, as_json: bool, out: Path | None = None) -> str:
    """The completed sheet, as JSON or as a table to read, and as a workbook in `out`. Raises AccountingError."""
    bab = bab_of(file)
    if out is not None:
        _write_workbook(bab, out, messages, language)
    if as_json:
        return json.dumps(bab_as_json(bab, messages, language))
    return "\n".join(bab_lines(bab, messages, language))


def bab_of(file: Path) -> Bab:
    """The sheet in the file, computed. Raises AccountingError."""
    read = _SHEETS.get(file.suffix.lower())
    if read is None:
        kinds = ", ".join(_SHEETS)
        raise Unreadable(Fault(file.name, "accounting.fault.other_kind", {"kinds": kinds}))
    return read(file)


def read_json(file: Path) -> Any:
    """The JSON value in the file, without floats and duplicate keys. Raises Unreadable."""
    return parse(content(file), file.name)


def content(file: Path) -> bytes:
    """What is in the file, up to 5 MB. Raises Unreadable, naming the file."""
    try:
        with file.open("rb") as source:
            found = source.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Unreadable(no_access(file, error, UNREADABLE, "accounting.fault.unreadable")) from error
    if len(found) > LARGEST_FILE:
        raise Unreadable(Fault(file.name, "accounting.fault.too_large", {"megabytes": LARGEST_FILE // 2**20}))
    return found


def no_access(file: Path, error: OSError | ValueError, known: Mapping[int, str], otherwise: str) -> Fault:
    """Why the system refuses a file, in the person's language; the rarer reasons in the system's own words."""
    key = known.get(getattr(error, "errno", None) or 0)
    if key is not None:
        return Fault(file.name, key)
    return Fault(file.name, otherwise, {"reason": getattr(error, "strerror", None) or str(error)})


def _from_json(file: Path) -> Bab:
    return compute(read_sheet(read_json(file)))


def _from_table(file: Path) -> Bab:
    from bot.sheets.reading import read_bab  # openpyxl takes its time to load

    return read_bab(content(file), file.name).compute()


def _write_workbook(bab: Bab, out: Path, messages: Messages, language: Language) -> None:
    from bot.reports.bab_workbook import bab_workbook

    if out.suffix.lower() != ".xlsx":
        raise Unreadable(Fault(out.name, "sheets.file.no_xlsx_name"))
    try:
        out.write_bytes(bab_workbook(bab, messages, language))
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise Unreadable(no_access(out, error, UNWRITABLE, "sheets.file.unwritable")) from error


UNREADABLE: Final = {
    errno.ENOENT: "accounting.file.missing",
    errno.EISDIR: "accounting.file.folder",
    errno.EACCES: "accounting.file.not_allowed",
    errno.EPERM: "accounting.file.not_allowed",
}
UNWRITABLE: Final = {
    errno.ENOENT: "accounting.file.no_folder",
    errno.EISDIR: "accounting.file.folder",
    errno.EACCES: "accounting.file.no_writing",
    errno.EPERM: "accounting.file.no_writing",
    errno.EROFS: "accounting.file.no_writing",
}

_SHEETS: Final[Mapping[str, Callable[[Path], Bab]]] = {
    ".json": _from_json,
    ".xlsx": _from_table,
    ".csv": _from_table,
}
