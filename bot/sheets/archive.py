"""Whether a workbook may be opened at all: it is a ZIP archive from a stranger.

Nothing is unpacked before the sizes that it names are small enough, and then the real ones are counted.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from bot.sheets.limits import LARGEST_UNPACKED, MOST_CELLS, MOST_PARTS
from knowledge.accounting.faults import Fault, Unreadable

CHUNK: Final = 2**16


def look_into(content: bytes, name: str) -> None:
    """Raises Unreadable for bombs, macros, external links, passwords, and for archives that are no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_at_parts(archive.infolist(), name)
            _look_inside(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Unreadable(Fault(name, "sheets.file.no_workbook")) from error


def _look_at_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable(Fault(name, "sheets.file.unpacked_too_large", {"megabytes": LARGEST_UNPACKED // 2**20}))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unreadable(Fault(name, "sheets.file.old_or_locked"))
    if any("vbaproject" in part or "/macrosheets/" in part or "/dialogsheets/" in part for part in names):
        raise Unreadable(Fault(name, "sheets.file.macros"))
    if any("/externallinks/" in part for part in names):
        raise Unreadable(Fault(name, "sheets.file.external_links"))
    if "xl/workbook.xml" not in names or len(set(names)) != len(names):
        raise Unreadable(Fault(name, "sheets.file.no_workbook"))


def _look_inside(archive: zipfile.ZipFile, name: str) -> None:
    """Counts what really comes out, chunk by chunk, and refuses XML that defines entities of its own."""
    size = cells = 0
    for part in archive.infolist():
        is_sheet = part.filename.casefold().startswith(_SHEETS)
        tail = b""
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                seen = tail + chunk
                cells += len(_CELL.findall(seen, len(tail) and 1)) if is_sheet else 0
                if size > LARGEST_UNPACKED or cells > MOST_CELLS:
                    raise Unreadable(
                        Fault(name, "sheets.file.unpacked_too_large", {"megabytes": LARGEST_UNPACKED // 2**20})
                    )
                if _DEFINITION.search(seen):
                    raise Unreadable(Fault(name, "sheets.file.no_workbook"))
                tail = seen[-_LONGEST_MARK:]


_ENCRYPTED: Final = 0x1
_CELL: Final = re.compile(rb"<(?:\w+:)?c[ >]")
_DEFINITION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0")
_LONGEST_MARK: Final = 9
_SHEETS: Final = "xl/worksheets/"
