"""Rendering: whatever people type, what goes out is readable HTML within Telegram's limits."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.playground.entities import written_text
from bot.playground.keyboards import inline_keyboard
from bot.playground.markup import HtmlReader, utf16_length
from bot.rendering import MAX_BUTTONS, MAX_COPY, MAX_LABEL, MAX_ROW, MAX_TABLE_LINE, MAX_TEXT, digest, render, units
from dialogs.press import Press, PressTooLong
from dialogs.view import Block, Button, Checklist, Heading, Hint, Quote, Say, Table, Text, View, line
from knowledge.language.messages import Language

DE, EN = Language.DE, Language.EN

MARKUP_OF = {Heading: "bold", Hint: "italic", Quote: "blockquote", Table: "pre", Say: "bold"}

NASTY = [
    "<b>",
    "</i>",
    "&amp;",
    "&#0;",
    "&lt;",
    '"',
    "🎉",
    "👩‍🚀",
    "שלום",
    "\u202e",
    "\ud83d",
    "\udf89",
    "\u200b",
    "\n",
    "ß",
]
any_character = st.characters(exclude_categories=())
texts = st.one_of(
    st.text(any_character, max_size=40),
    st.lists(st.sampled_from(NASTY), max_size=20).map("".join),
    st.builds(lambda piece, times: piece * times, st.sampled_from([*NASTY, "Wort "]), st.integers(1, 5000)),
)
words = texts.map(lambda text: f"a{text}")
"""Texts of which at least one letter is to be seen."""
blocks = st.one_of(
    st.builds(Heading, words), st.builds(Text, words), st.builds(Hint, words), st.builds(Quote, words),
    st.builds(Say, words, texts),
    st.builds(Checklist, st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=30).map(tuple)),
    st.builds(Table, st.lists(st.lists(words, min_size=1, max_size=4).map(tuple), min_size=1, max_size=9).map(tuple)),
)  # fmt: skip
buttons = st.one_of(
    st.builds(Button, words, press=st.builds(Press, st.just("tick"), st.integers(0, 2**31))),
    st.builds(Button, words, copy=words),
    st.builds(Button, words, url=st.just("https://t.me/roter_faden_bot?start=abc")),
)
rows = st.lists(st.lists(buttons, max_size=12).map(tuple), max_size=15).map(tuple)
views = st.builds(
    View, st.lists(st.one_of(st.none(), blocks), max_size=9).map(lambda some: (Text("Anfang"), *some)), rows
)


def shown(view: View, language: Language = DE) -> str:
    """What stands in the chat."""
    text, _entities = written_text(render(view, language)["text"], "HTML", None)
    return text


def keyboard(view: View) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = render(view, DE)["keyboard"]
    return found


# Whatever people type


@given(view=views, language=st.sampled_from(Language))
def test_every_screen_is_taken_by_a_strict_server(view: View, language: Language) -> None:
    payload = render(view, language, "card:7")
    assert json.loads(json.dumps(payload, ensure_ascii=False).encode()) == payload, "it travels as UTF-8"
    text, _entities = written_text(payload["text"], "HTML", None)
    assert 0 < utf16_length(text) <= MAX_TEXT
    taken = inline_keyboard({"inline_keyboard": payload["keyboard"]})
    assert (taken or {"inline_keyboard": []})["inline_keyboard"] == payload["keyboard"]
    for button in (button for row in payload["keyboard"] for button in row):
        assert units(button["text"]) <= MAX_LABEL
    assert digest(payload) == digest(json.loads(json.dumps(payload)))


@given(block=blocks)
def test_no_screen_is_empty_because_a_block_is_too_long(block: Block) -> None:
    assert shown(View((block,)))


@given(block=blocks)
def test_nothing_that_people_write_becomes_markup(block: Block) -> None:
    _text, entities = HtmlReader(render(View((block,)), DE)["text"]).read()
    assert [entity["type"] for entity in entities] in ([], [MARKUP_OF.get(type(block))])


@given(text=st.text(max_size=300))
def test_a_text_is_shown_as_it_was_written(text: str) -> None:
    read, _entities = HtmlReader(render(View((Text("Anfang"), Text(text), Text("Ende"))), DE)["text"]).read()
    assert read == f"Anfang\n{text}\nEnde"


@given(text=texts)
@example("x" * MAX_TEXT)
@example("🎉" * 2048)
def test_a_long_text_is_cut_with_an_ellipsis_and_a_short_one_left_alone(text: str) -> None:
    read, _entities = HtmlReader(render(line("a" + text), DE)["text"]).read()
    if units(text) + 2 <= MAX_TEXT:
        assert "…" not in read.replace("…", "", text.count("…"))
    else:
        assert read.endswith("…")
        assert units(read) > MAX_TEXT - 100 or read[:-1].endswith("a"), "cut at the end, not anywhere before"


@given(rows=st.lists(st.lists(st.text(max_size=50), max_size=5).map(tuple), max_size=20).map(tuple))
def test_no_line_of_a_table_is_wider_than_a_phone(rows: tuple[tuple[str, ...], ...]) -> None:
    read, _entities = HtmlReader(render(View((Text("x"), Table(rows))), DE)["text"]).read()
    assert all(len(part) <= MAX_TABLE_LINE for part in read.split("\n"))


# How a screen looks


def test_each_kind_of_block_has_its_look() -> None:
    view = View(
        (
            Heading("Muster & Söhne"),
            Hint("2/6 Analyse"),
            None,
            Checklist((("Bedarf", True), ("Budget", False))),
            Quote("zu teuer"),
            Say("Was wäre Ihnen wichtig?", lead="Preis:"),
        )
    )
    assert render(view, DE)["text"].split("\n") == [
        "<b>Muster &amp; Söhne</b>",
        "<i>2/6 Analyse</i>",
        "",
        "☑ Bedarf",
        "☐ Budget",
        "<blockquote>zu teuer</blockquote>",
        "<b>Preis:</b> „Was wäre Ihnen wichtig?“ ⧉1",
    ]
    assert "“Was wäre Ihnen wichtig?” ⧉1" in render(view, EN)["text"]


def test_a_tables_numbers_stand_below_each_other() -> None:
    table = Table((("Material", "1.200"), ("Löhne", "80"), ("Summe", "1.280")))
    assert shown(View((table,))) == "Material  1.200\nLöhne        80\nSumme     1.280"


def test_sentences_to_say_are_copied_from_the_first_row() -> None:
    view = View((Say("Eins?"), Text("und"), Say("Zwei?")), ((Button("Weiter", Press("next")),),))
    assert keyboard(view) == [
        [{"text": "⧉ 1", "copy_text": {"text": "Eins?"}}, {"text": "⧉ 2", "copy_text": {"text": "Zwei?"}}],
        [{"text": "Weiter", "callback_data": "|next:::"}],
    ]


def test_a_sentence_has_a_number_only_where_it_has_a_copy_button() -> None:
    too_long = Say("x" * (MAX_COPY + 1))
    view = View((too_long, *(Say(f"Satz {number}") for number in range(10))))
    assert [len(row) for row in keyboard(view)] == [MAX_ROW]
    numbered = [number for number in range(1, 12) if f"⧉{number}" in shown(view).split()]
    assert numbered == list(range(1, MAX_ROW + 1))


def test_what_does_not_fit_is_left_out_from_the_end() -> None:
    view = View((Heading("Notizen"), *(Text("x" * 1000) for _ in range(5))))
    text = shown(view)
    assert text.startswith("Notizen\nxxx")
    assert text.endswith("x…")
    assert utf16_length(text) == MAX_TEXT - 1  # a line break is counted after each block


def test_an_emoji_is_never_cut_in_half() -> None:
    assert shown(line("a" + "🎉" * 3000)).rstrip("…") == "a" + "🎉" * 2046


def test_a_label_is_cut_and_keeps_its_beginning() -> None:
    ((button,),) = keyboard(View((Text("x"),), ((Button("M" * 80, Press("talk", 7)),),)))
    assert button["text"] == "M" * (MAX_LABEL - 1) + "…"


def test_the_keyboard_ends_where_telegram_ends_it() -> None:
    row = tuple(Button(str(number), Press("tick", number)) for number in range(12))
    found = keyboard(View((Text("x"),), (row,) * 20))
    assert {len(row) for row in found[:-1]} == {MAX_ROW}
    assert sum(map(len, found)) == MAX_BUTTONS


def test_a_button_carries_its_screen() -> None:
    view = View((Text("x"),), ((Button("Weiter", Press("next", 7, 3)),),))
    assert render(view, DE, "card:7")["keyboard"][0][0]["callback_data"] == "card:7|next:7:3:"


def test_a_button_that_carries_too_much_is_a_fault_of_ours_and_told_at_once() -> None:
    view = View((Text("x"),), ((Button("Weiter", Press("next", value="v" * 70)),),))
    with pytest.raises(PressTooLong, match="64 are allowed"):
        render(view, DE)


def test_another_text_or_keyboard_is_another_digest() -> None:
    button = (Button("Weiter", Press("next")),)
    views = [line("a"), line("b"), View((Text("a"),), (button,)), View((Heading("a"),))]
    assert len({digest(render(view, DE)) for view in views}) == len(views)
