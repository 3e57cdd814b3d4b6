"""Long texts packed: those who make one do it, so that the thread that writes does not have to."""

import base64
import zlib
from typing import Final

LONG: Final = 50_000
"""Characters from which on it is worth it."""

_MARK: Final = "z:"


def packed(text: str) -> str:
    """A long text in a fraction of its length; a short one as it is."""
    if len(text) < LONG:
        return text
    return _MARK + base64.b64encode(zlib.compress(text.encode(), 6)).decode()


def unpacked(text: str) -> str:
    """What `packed` was given."""
    if not text.startswith(_MARK):
        return text
    return zlib.decompress(base64.b64decode(text.removeprefix(_MARK))).decode()
