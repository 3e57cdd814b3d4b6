"""Files of both sides: kept by file id, served to the bot by path and to the page by id."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import secrets
import struct
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from bot.playground.journal import Journal
from bot.playground.parameters import Upload
from bot.playground.refusals import bad_request

DOWNLOAD_LIMIT: Final = 20 * 1024 * 1024
UPLOAD_LIMIT: Final = 50 * 1024 * 1024
PHOTO_LIMIT: Final = 10 * 1024 * 1024

PREFIX: Final = {"document": "BQACAgIAAxkB", "photo": "AgACAgIAAxkB", "voice": "AwACAgIAAxkB"}
"""File ids of Telegram begin alike for files of one type."""
FOLDER: Final = {"document": "documents", "photo": "photos", "voice": "voice"}
KINDS: Final = tuple(PREFIX)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the server. `path` is the part of its address after `/file/bot<token>/`."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    name: str
    mime_type: str
    data: bytes
    width: int = 0
    height: int = 0

    def as_file(self) -> dict[str, Any]:
        """The Bot API's `File`, as getFile gives it."""
        if len(self.data) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return {**self._ids(), "file_path": self.path}

    def as_content(self, duration: int = 0) -> dict[str, Any]:
        """The part of a message that shows the file; `duration` in seconds is for voices."""
        if self.kind == "photo":
            return {"photo": [{**self._ids(), "width": self.width, "height": self.height}]}
        if self.kind == "voice":
            return {"voice": {"duration": duration, "mime_type": self.mime_type, **self._ids()}}
        return {"document": {"file_name": self.name, "mime_type": self.mime_type, **self._ids()}}

    def _ids(self) -> dict[str, Any]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    """All files, by id and by path."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        contents = dict(journal.read("content"))
        for file_id, kept in journal.read("file"):
            self._remember(StoredFile(data=contents[file_id], **kept))

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def store(self, kind: str, upload: Upload) -> StoredFile:
        """Keeps an upload; refuses an empty or too big one, and a photo that is no picture."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
            raise bad_request("file is too big")
        width, height = picture_size(upload.data) if kind == "photo" else (0, 0)
        name = PurePosixPath(upload.name.replace("\\", "/")).name or "file"
        file_id = PREFIX[kind] + secrets.token_urlsafe(42)
        suffix = PurePosixPath(name).suffix or {"photo": ".jpg", "voice": ".oga"}.get(kind, "")
        stored = StoredFile(
            file_id=file_id,
            unique_id=base64.urlsafe_b64encode(hashlib.sha256(upload.data).digest()[:11]).decode().rstrip("="),
            kind=kind,
            path=f"{FOLDER[kind]}/file_{len(self._by_id)}{suffix}",
            name=name,
            mime_type=mime_type_of(kind, name, upload.mime_type),
            data=upload.data,
            width=width,
            height=height,
        )
        self._remember(stored)
        fields = ("file_id", "unique_id", "kind", "path", "name", "mime_type", "width", "height")
        self._journal.put("file", file_id, {field: getattr(stored, field) for field in fields})
        self._journal.put("content", file_id, stored.data)
        return stored

    def _remember(self, stored: StoredFile) -> None:
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored


def mime_type_of(kind: str, name: str, given: str) -> str:
    """The type Telegram reports: its own for photos and voices, else what was given or what the name says."""
    if kind == "photo":
        return "image/jpeg"
    if given and given != "application/octet-stream":
        return given
    guessed, _ = mimetypes.guess_type(name)
    return guessed or ("audio/ogg" if kind == "voice" else "application/octet-stream")


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG in pixels; refuses anything else and impossible shapes."""
    size = None
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        size = struct.unpack(">II", data[16:24])
    elif data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        size = struct.unpack("<HH", data[6:10])
    elif data.startswith(b"\xff\xd8"):
        size = jpeg_size(data)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the first start-of-frame segment (ITU T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
    return None
