"""What is looked up is found: typed in a hurry, without umlauts, in half words, in the words of the trade."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.messages import Language
from knowledge.search import Search
from knowledge.search_entries import SOURCES, entries_of, searchable, title_of
from knowledge.search_terms import EntryKind
from knowledge.search_words import errors_between, folded, pieces, stem, words_of
from knowledge.taxonomy import Country
from tests.conftest import built_in
from tests.knowledge.search_queries import ENGLISH, GERMAN, queries

CATALOGUE, _ = built_in()

ASKED = [
    *(pytest.param(Language.DE, query, wanted, id=f"de-{query}") for query, wanted in queries(GERMAN)),
    *(pytest.param(Language.EN, query, wanted, id=f"en-{query}") for query, wanted in queries(ENGLISH)),
]

each_language = pytest.mark.parametrize("language", list(Language))


def names(language: Language, query: str, limit: int = 6) -> list[str]:
    """The hits as `kind.id`."""
    return [f"{hit.kind}.{hit.id}" for hit in CATALOGUE[language].search.find(query, limit, Country.DE)]


@pytest.mark.parametrize(("language", "query", "wanted"), ASKED)
def test_what_a_seller_types_is_among_the_first_three(language: Language, query: str, wanted: frozenset[str]) -> None:
    assert wanted & set(names(language, query, 3)), names(language, query)


@each_language
def test_every_entry_is_found_by_its_own_title(language: Language) -> None:
    knowledge = CATALOGUE[language]
    lost = [
        (source.kind, id_)
        for source in SOURCES
        for id_, entry in entries_of(knowledge, source.kind).items()
        if (source.kind, id_)
        not in [
            (hit.kind, hit.id)
            for hit in knowledge.search.find(title_of(entry, source.kind), country=_country_of(entry))
        ]
    ]
    assert lost == []


def _country_of(entry: object) -> Country | None:
    return getattr(entry, "country", None)


def test_rules_of_another_country_come_only_when_it_is_named() -> None:
    assert "rule.at_call" in names(Language.DE, "Werbeanruf Österreich")
    assert not [name for name in names(Language.DE, "Werbeanruf", 20) if name.startswith(("rule.at", "rule.ch"))]


@pytest.mark.parametrize("wrong", ["liferzeit", "lieferziet", "lieferzeit", "Lieferzeiten", "LIEFERZEIT", "lieferzei"])
def test_a_mistyped_word_finds_what_the_right_one_finds(wrong: str) -> None:
    assert names(Language.DE, wrong)[:2] == names(Language.DE, "Lieferzeit")[:2]


def test_umlauts_may_be_typed_as_one_likes() -> None:
    assert names(Language.DE, "Qualität") == names(Language.DE, "Qualitaet") == names(Language.DE, "qualitat")


def test_a_word_inside_a_compound_is_found_from_both_sides() -> None:
    assert "objection.comparison_offers" in names(Language.DE, "angebote")
    assert "objection.data_protection" in names(Language.DE, "datenschutzbeauftragter")


def test_words_of_the_trade_lead_to_what_they_mean() -> None:
    assert "objection.discount_demand" in names(Language.DE, "Prozente")
    assert "objection.data_protection" in names(Language.DE, "dsgvo")
    assert "objection.data_protection" in names(Language.EN, "gdpr")


def test_a_title_counts_more_than_a_mention() -> None:
    first = CATALOGUE[Language.DE].search.find("Probeauftrag")[0]
    assert (first.kind, first.id) == (EntryKind.CLOSING, "trial_order")


@pytest.mark.parametrize("query", ["", "   ", "?!", "xqzw vbnmk", "%", "💬"])
@each_language
def test_what_is_no_question_finds_nothing_but_something_is_near(language: Language, query: str) -> None:
    search = CATALOGUE[language].search
    assert search.find(query) == ()
    assert len(search.nearest(query)) == 3


def test_the_nearest_look_like_what_was_typed() -> None:
    assert "objection.comparison_offers" in [
        f"{hit.kind}.{hit.id}" for hit in CATALOGUE[Language.DE].search.nearest("Vrglchsngbte Vergl")
    ]


@each_language
@given(text=st.text(max_size=400))
def test_any_text_is_a_query(language: Language, text: str) -> None:
    search = CATALOGUE[language].search
    hits = search.find(text)
    assert len(hits) <= 6
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)
    assert len(search.nearest(text)) == 3


@each_language
def test_every_kind_of_entry_can_be_found(language: Language) -> None:
    built_in = set(EntryKind) - {EntryKind.PRODUCT, EntryKind.REFERENCE, EntryKind.RIVAL}
    assert {entry.kind for entry in searchable(CATALOGUE[language])} == built_in


@each_language
def test_a_query_costs_a_small_part_of_what_making_the_search_costs(language: Language) -> None:
    """It scans what was prepared; nothing is read or prepared again. Processor time, as a ratio."""
    began = time.process_time()
    search = Search(CATALOGUE[language])
    made = time.process_time()
    for query, _ in queries(GERMAN):
        search.find(query)
    asked = time.process_time()
    assert (asked - made) / len(queries(GERMAN)) < (made - began) / 5


@given(st.text("abcdefgh", min_size=4, max_size=12), st.data())
def test_a_word_with_one_error_keeps_one_of_its_halves(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    changed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + "x" + word[place + 1 :],
                word[:place] + "x" + word[place:],
            ]
        )
    )
    assert errors_between(word, changed, 1) in (0, 1)
    assert any(piece in changed for piece in pieces(word, 2))


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("rabat", "rabatt", 1),
        ("rbatat", "rabatt", 2),
        ("preis", "rpeis", 1),
        ("preis", "preis", 0),
        ("a", "preis", None),
    ],
)
def test_errors_are_counted_as_one_makes_them(typed: str, meant: str, errors: int | None) -> None:
    assert errors_between(typed, meant, 2) == errors


def test_words_are_folded_and_stemmed() -> None:
    assert words_of("Das PREISGESPRÄCH, 2. Teil") == ["das", "preisgesprach", "2", "teil"]
    assert folded("Größe") == folded("Groesse") == "grosse"
    assert stem("einwande") == stem("einwanden") == "einwand"
