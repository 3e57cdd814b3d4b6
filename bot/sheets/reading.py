"""From the bytes of a file to the sheet in it: .xlsx and .csv, told apart by their content."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from bot.sheets import csv_files, workbooks
from bot.sheets.limits import LARGEST_FILE
from knowledge.accounting.faults import Fault, Unreadable
from knowledge.accounting.grid import Grid
from knowledge.accounting.sheet import CentreRole
from knowledge.accounting.table_reading import TableSheet, read_tables


def read_bab(content: bytes, name: str, roles: Mapping[str, CentreRole] | None = None) -> TableSheet:
    """The BAB in a file; `name` is shown in faults, `roles` are those of centres with unusual names.

    Raises Unreadable, UnknownCentres, WrongFields.
    """
    with _without_pauses():
        return read_tables(grids_in(content, name), name, roles)


def grids_in(content: bytes, name: str) -> Iterator[Grid]:
    """The visible sheets in their order; raises Unreadable for what is too large, locked, dangerous, or no table."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(Fault(name, "accounting.fault.too_large", {"megabytes": LARGEST_FILE // 2**20}))
    if not content.strip():
        raise Unreadable(Fault(name, "sheets.file.empty"))
    if content.startswith(_OLE):
        raise Unreadable(Fault(name, "sheets.file.old_or_locked"))
    if content.startswith(_ZIP):
        return workbooks.grids(content, name)
    if name.lower().endswith(".xlsx"):
        raise Unreadable(Fault(name, "sheets.file.no_workbook"))
    return csv_files.grids(content, name)


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Half a million cells and no circle among them: looking for circles would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Excel before 2007, and any workbook with a password."""
