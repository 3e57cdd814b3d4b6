"""Form bodies are decoded as the standard library decodes them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from bot.playground.form_body import form_fields

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.dictionaries(TEXT.filter(bool), TEXT, max_size=4))
def test_what_is_encoded_comes_back(fields: dict[str, str]) -> None:
    assert form_fields(urlencode(fields).encode()) == fields


@given(st.text(st.sampled_from("ab%4C3=&+;\n_."), max_size=60))
def test_any_body_is_read_like_the_standard_library(body: str) -> None:
    expected = dict(parse_qsl(body, keep_blank_values=True))
    assert form_fields(body.encode()) == {name: value for name, value in expected.items() if name}
