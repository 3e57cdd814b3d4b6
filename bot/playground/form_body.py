"""Form bodies (`application/x-www-form-urlencoded`), decoded fast.

Telegram's keyboards travel as JSON in form fields, so most of a body is percent signs; the standard library takes
them apart one by one in Python, which was the largest share of a call's cost.
"""

from __future__ import annotations

import binascii
import re
from urllib.parse import unquote_to_bytes

MALFORMED = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def form_fields(body: bytes) -> dict[str, str]:
    """The fields by name; of a name that comes twice the last. Bytes that are no UTF-8 become U+FFFD."""
    fields: dict[str, str] = {}
    for pair in body.split(b"&"):
        name, _, value = pair.partition(b"=")
        if name:
            fields[decoded(name)] = decoded(value)
    return fields


def decoded(part: bytes) -> str:
    """A name or value without its percent encoding.

    Quoted-printable is the same code with another sign, and is decoded in C.
    """
    part = part.replace(b"+", b" ")
    if MALFORMED.search(part):
        part = unquote_to_bytes(part)
    elif b"%" in part:
        part = binascii.a2b_qp(part.replace(b"=", b"=3D").replace(b"%", b"="))
    return part.decode("utf-8", "replace")
