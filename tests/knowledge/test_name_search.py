"""Customers are found as people type them: a few letters, one error, umlauts in any way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.mistyped import Mistyped
from knowledge.name_search import BREAK, Directory, alike
from knowledge.search_words import errors_between

NAMES = (
    "Muster GmbH", "Schäfer Logistik AG", "Müller & Söhne OHG", "Weiß Metallbau", "Bauer Etiketten e.K.", "Meyer",
    "Café Dvořák", "Werk 1", "Werk 2", "Hochbau Nord KG", "Autohaus Königs GmbH & Co. KG", "Straßen- und Tiefbau SE",
)  # fmt: skip


def directory(*names: str) -> Directory:
    """These names with their places, from 1 on, as keys."""
    return Directory(
        [str(n) for n in range(1, len(names) + 1)], "\n".join(name if BREAK in name else name + BREAK for name in names)
    )


def found(query: str, *names: str) -> list[str]:
    """The names that a query finds, best first."""
    searched = names or NAMES
    return [searched[key - 1].partition(BREAK)[0] for key in directory(*searched).find(query)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("muster", "Muster GmbH"),
        ("mustr gmbh", "Muster GmbH"),
        ("schäf", "Schäfer Logistik AG"),
        ("schaef", "Schäfer Logistik AG"),
        ("schafer", "Schäfer Logistik AG"),
        ("Schefer", "Schäfer Logistik AG"),
        ("logsitik", "Schäfer Logistik AG"),
        ("MÜLLER", "Müller & Söhne OHG"),
        ("mueller soehne", "Müller & Söhne OHG"),
        ("weiss", "Weiß Metallbau"),
        ("dvorak", "Café Dvořák"),
        ("werk 2", "Werk 2"),
        ("koenigs", "Autohaus Königs GmbH & Co. KG"),
        ("strassen", "Straßen- und Tiefbau SE"),
        ("tiefbau", "Straßen- und Tiefbau SE"),
        ("bauxer", "Bauer Etiketten e.K."),
    ],
)
def test_typed_and_meant(typed: str, meant: str) -> None:
    assert found(typed)[0] == meant


def test_the_beginning_of_a_name_goes_before_a_word_and_a_word_before_what_is_inside_one() -> None:
    best_first = ["Bau Nord", "Bauer", "Nord Bau", "Hochbau Nord"]
    assert found("bau", *reversed(best_first)) == best_first


def test_what_is_spelt_right_means_itself() -> None:
    assert found("meier", "Meyer", "Meier") == ["Meier"]
    assert found("maier", "Meyer", "Meier") == ["Meier"]
    assert found("meier bau", "Meier Holz", "Meyer Bau") == ["Meyer Bau"]


def test_of_two_that_fit_alike_the_newest_comes_first() -> None:
    assert found("muster", "Muster Süd", "Muster Nord") == ["Muster Nord", "Muster Süd"]


def test_all_words_have_to_fit_and_the_company_counts() -> None:
    assert found("schäfer nord") == []
    assert found("sabine holding", f"Sabine Kurz{BREAK}Muster Holding AG", "Sabine Lang") == ["Sabine Kurz"]


def test_a_legal_form_alone_finds_those_who_bear_it_and_tells_nothing_beside_a_name() -> None:
    assert set(found("gmbh")) == {"Muster GmbH", "Autohaus Königs GmbH & Co. KG"}
    assert found("muster ag") == ["Muster GmbH"]


@pytest.mark.parametrize("query", ["", "   ", "!?", "\t\n", "x" * 500, "'); DROP TABLE", "%", "\x00"])
def test_nonsense_finds_nobody_and_breaks_nothing(query: str) -> None:
    assert found(query) == []
    assert Directory((), "").find("muster") == ()


def test_exactly_means_the_whole_name_in_any_case() -> None:
    known = directory("Muster GmbH & Co. KG", "Muster GmbH", "Straße 5")
    assert known.exactly("MUSTER gmbh") == 2
    assert known.exactly("STRASSE 5") == 3
    assert known.exactly("Muster") is None


def test_only_whom_one_may_have_meant_is_asked_about() -> None:
    known = directory("Muster GmbH", "Hochbau Nord", "Kunde 12", "Schäfer AG")
    assert known.find("Muster AG", meant=True) == (1,)
    assert known.find("Mustre", meant=True) == (1,)
    assert known.find("bau", meant=True) == ()
    assert known.find("Kunde 1", meant=True) == ()
    assert known.find("Muster Schäfer", meant=True) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Muster GmbH", "Mustr GmbH", True),
        ("Muster GmbH", "muster", True),
        ("Schäfer & Söhne", "Schaefer und Soehne OHG", True),
        ("Hoffmann Bau", "Hofmann Bau", True),
        ("Bäckerei Lindner", "Lindner Baeckerei", True),
        ("Meier, Peter", "Peter Meyer", True),
        ("Werk 1", "Werk 2", False),
        ("Bau Bau", "Bau Holz", False),
        ("Müller Bau", "Müller Holz", False),
        ("Müller", "Müller Holz", False),
        ("GmbH", "AG", False),
    ],
)
def test_names_that_are_alike_may_be_the_same_customer(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


def test_duplicates_are_proposed_with_the_exact_one_among_them() -> None:
    assert directory("Mustr GmbH", "Muster GmbH", "Meister GmbH", "Muster Holz").alike("Muster GmbH") == (2, 1)
    assert directory("Bäckerei Lindner", "Lindner Bäckerei", "Bäckerei Linde").alike("Lindner Bäckerei") == (2, 1)


LETTERS = "abcdefghijklmnoprstuvwzäöüßéABCDEFGHKLMSTÄÖÜ"
WORDS = st.text(LETTERS, min_size=5, max_size=14)
SOME_NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@st.composite
def mistyped(draw: st.DrawFn, word: str) -> str:
    """The word with one typing error: a letter left out, added, changed, or two neighbours swapped."""
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyzäöü"))
    match draw(st.sampled_from(("left out", "added", "changed", "swapped"))):
        case "left out":
            return word[:place] + word[place + 1 :]
        case "added":
            return word[:place] + letter + word[place:]
        case "changed":
            return word[:place] + letter + word[place + 1 :]
        case _:
            place = min(place, len(word) - 2)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


@given(st.data(), SOME_NAMES)
def test_a_customer_is_found_by_any_of_its_words_with_one_typing_error(data: st.DataObject, name: str) -> None:
    word = data.draw(st.sampled_from(name.split()))
    typed = data.draw(mistyped(word))
    assert directory(name).find(typed) == (1,), typed


@given(st.lists(SOME_NAMES, min_size=1, max_size=30, unique=True), st.data())
def test_a_customer_is_found_among_others_by_each_word_and_by_the_whole_name(
    names: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(names) - 1))
    known = directory(*names)
    for word in names[place].split():
        assert place + 1 in known.find(word)
    assert place + 1 in known.find(names[place])
    assert known.exactly(names[place]) is not None


@given(st.text(max_size=40), st.lists(st.text(LETTERS + " .&-1", max_size=20), max_size=10))
def test_whatever_is_typed_is_answered(query: str, names: list[str]) -> None:
    known = directory(*names) if names else Directory((), "")
    assert set(known.find(query)) <= set(range(1, len(names) + 1))
    assert set(known.alike(query)) <= set(range(1, len(names) + 1))


LIKE_WORDS = st.text("abc", min_size=1, max_size=12)


@given(LIKE_WORDS, LIKE_WORDS, st.integers(1, 2))
def test_errors_are_those_of_the_usual_table_of_distances(typed: str, meant: str, most: int) -> None:
    whole, start = Mistyped(typed, most).errors(meant)
    assert whole == errors_between(typed, meant, most)
    beginnings = [meant[:end] for end in range(len(meant) + 1)] if len(meant) > len(typed) else []
    found = [errors for part in beginnings if (errors := errors_between(typed, part, most)) is not None]
    assert start == min(found, default=None)


def test_errors_of_an_unfinished_word() -> None:
    assert Mistyped("mustr", 1).errors("mustermann") == (None, 1)
    assert Mistyped("schef", 1).errors("schaferei") == (None, 1)
    assert Mistyped("xyz", 1).errors("mustermann") == (None, None)
