"""What people type is brought to one form, whatever they type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.recognition.text import MAX_READ, clauses, cleaned, folded

ANY_TEXT = st.text(st.characters(), max_size=80)
"""Lone surrogates included."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Zu TEUER", "zu teuer"),
        ("Das ist für uns zu groß", "das ist fuer uns zu gross"),
        ("für", "fuer"),  # the dots as a character of their own
        ("Preis: 12.500,00 € statt 9.800 €", "preis 0 euro statt 0 euro"),
        ("um 9:30 Uhr", "um 0 uhr"),
        ("wann?wo?", "wann ? wo ?"),
        ("I don’t need it", "i don't need it"),
        ("déjà vu", "deja vu"),
        ("zu\u00a0teuer\n\n…", "zu teuer"),
        ("ＺＵ　ＴＥＵＥＲ", "zu teuer"),
        ("🙂", ""),
    ],
)
def test_case_umlauts_numbers_and_signs_make_no_difference(typed: str, meant: str) -> None:
    assert folded(typed) == meant


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("zu teuer und kein budget", ["zu teuer", "kein budget"]),
        ("Preis ist ok, aber das muss der Chef freigeben.", ["Preis ist ok", "das muss der Chef freigeben"]),
        ("zu teuer / keine Zeit", ["zu teuer", "keine Zeit"]),
        ("too dear but also too late", ["too dear", "too late"]),
        ("Hundertprozentig", ["Hundertprozentig"]),
        ("?!", []),
    ],
)
def test_a_line_is_cut_where_a_clause_may_end(typed: str, parts: list[str]) -> None:
    assert list(clauses(typed)) == parts


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once


@given(ANY_TEXT)
def test_what_is_folded_is_plain(text: str) -> None:
    plain = folded(text)
    assert plain == plain.lower().strip()
    assert "  " not in plain
    assert plain.isascii()


@given(ANY_TEXT)
def test_what_is_cleaned_can_be_read_and_is_short(text: str) -> None:
    plain = cleaned(text)
    assert plain.isprintable()
    assert len(plain) <= MAX_READ
    assert cleaned(plain) == plain


@given(ANY_TEXT)
def test_clauses_hold_the_line_and_nothing_else(text: str) -> None:
    assert all(part and part in cleaned(text) for part in clauses(text))


@pytest.mark.parametrize("char", ["\ufdfa", "\ud800", "a", "\u0308", "\x00", "ß"])
def test_only_the_beginning_of_a_flood_is_read(char: str) -> None:
    assert len(cleaned(char * 100_000)) <= MAX_READ
    assert len(folded(char * 100_000)) <= 2 * MAX_READ
