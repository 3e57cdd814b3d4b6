"""Telegram's HTML, as the Bot API's documentation and server have it."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.entities import settled, written_text
from bot.playground.markup import HtmlReader, utf16_length, web_address
from bot.playground.refusals import Refused


def read(source: str) -> tuple[str, list[tuple[Any, ...]]]:
    """The text and its entities as (type, offset, length, argument…)."""
    text, entities = written_text(source, "HTML", None)
    return text, [tuple(entity.values()) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
        ),
        (
            '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ('<tg-emoji emoji-id="5368">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, "5368")]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<pre>a</pre> <code>b</code>", "a b", [("pre", 0, 1), ("code", 2, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1, "py")]),
        ('<code class="language-py">a</code>', "a", [("code", 0, 1)]),
        ("<a href=telegram.org>t</a>", "t", [("text_link", 0, 1, "http://telegram.org/")]),
        ("<a   href = 'telegram.org?&lt;' >t</a>", "t", [("text_link", 0, 1, "http://telegram.org/?<")]),
        ("<a>telegram.org</a>", "telegram.org", [("text_link", 0, 12, "http://telegram.org/")]),
        ('<a href="nowhere">t</a>', "t", []),
        ("<B>a</b>", "a", [("bold", 0, 1)]),
        ("<i>a</>", "a", [("italic", 0, 1)]),
        ("<b></b>a", "a", []),
        ("&lt;&gt;&amp;&quot;&laquo;&#65;&#x42;&#12345678;", '<>&"&laquo;AB&#12345678;', []),
        ("🏟 🏟<i>🏟 &lt🏟</i>", "🏟 🏟🏟 <🏟", [("italic", 5, 6)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ],
)
def test_allowed_mark_up_becomes_entities(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    assert read(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("<script>alert(1)</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i aba>", 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 0'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('<i aba = "&lt;>', "Unclosed start tag at byte offset 0"),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b></b></", "Unexpected end tag at byte offset 7"),
        ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
        ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("&#xDFDF;", "Text contains invalid Unicode characters after decoding HTML entities, "
         "check for unmatched surrogate code units"),
    ],
)  # fmt: skip
def test_bad_mark_up_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        HtmlReader(source).read()
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_a_lone_ampersand_and_a_greater_sign_stay_as_they_are() -> None:
    assert read("a & b > c") == ("a & b > c", [])


def test_nothing_is_marked_inside_code_and_no_quote_inside_a_quote() -> None:
    assert read("<code><b>a</b></code>") == ("a", [("code", 0, 1)])
    assert read("<blockquote>a<blockquote>b</blockquote></blockquote>") == ("ab", [("blockquote", 0, 2)])


def test_another_parse_mode_than_html_is_refused() -> None:
    with pytest.raises(Refused, match="unsupported parse_mode"):
        written_text("*a*", "MarkdownV2", None)


def test_white_space_at_both_ends_goes_and_the_entities_move_along() -> None:
    assert read("\n  a <b>b </b>\n") == ("a b", [("bold", 2, 1)])
    assert read("<b> a</b>") == (" a", [("bold", 0, 2)])


def test_carriage_returns_go_and_control_characters_become_spaces() -> None:
    assert read("a\r\n<b>b\x01c</b>") == ("a\nb c", [("bold", 2, 3)])


def test_commands_links_and_names_are_found_in_utf16_units() -> None:
    text, entities = settled("🏟 /start abc, /hilfe@roter_bot https://a.de/x. a@b.de #Nord @markus7", [])
    found = [(entity["type"], utf16_slice(text, entity["offset"], entity["length"])) for entity in entities]
    assert found == [
        ("bot_command", "/start"),
        ("bot_command", "/hilfe@roter_bot"),
        ("url", "https://a.de/x"),
        ("email", "a@b.de"),
        ("hashtag", "#Nord"),
        ("mention", "@markus7"),
    ]


def test_fractions_and_paths_are_no_commands() -> None:
    assert settled("63.000/525.000 und a/b und //x", [])[1] == []


def test_nothing_is_found_inside_code() -> None:
    assert read("<code>/start</code> /a") == ("/start /a", [("code", 0, 6), ("bot_command", 7, 2)])


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ({"type": "bold", "offset": 9, "length": 1}, "begins after the end of the text at UTF-16 offset 9"),
        ({"type": "bold", "offset": 0, "length": 9}, "ends after the end of the text at UTF-16 offset 9"),
        ({"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        ({"type": "shiny", "offset": 0, "length": 1}, "Unsupported type specified"),
        ({"type": "text_link", "offset": 0, "length": 1}, 'Can\'t find field "url"'),
        ({"type": "text_link", "offset": 0, "length": 1, "url": "ftp://a.de"}, "Unsupported URL protocol"),
    ],
)
def test_a_list_of_entities_is_checked(entity: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        written_text("hallo", None, [entity])


def test_an_address_without_a_dot_leads_nowhere() -> None:
    assert web_address("localhost") is None
    assert web_address("http://localhost/") is None
    assert web_address("https://a.de") == "https://a.de/"
    assert web_address("tg://user?id=1") == "tg://user?id=1"


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@given(LETTERS)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert HtmlReader(html.escape(text)).read() == (text, [])


@given(LETTERS, LETTERS, st.sampled_from(["b", "i", "u", "s", "code", "blockquote"]))
def test_an_entity_covers_exactly_its_text(before: str, inside: str, tag: str) -> None:
    source = f"{html.escape(before)}<{tag}>{html.escape(inside)}</{tag}>"
    text, entities = HtmlReader(source).read()
    assert text == before + inside
    if inside:
        assert utf16_slice(text, entities[0]["offset"], entities[0]["length"]) == inside
    else:
        assert entities == []


@given(st.text(st.sampled_from("<>/ab=\"' &;#x1🏟"), max_size=40))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        text, entities = written_text(source, "HTML", None)
    except Refused:
        return
    length = utf16_length(text)
    assert all(0 <= entity["offset"] < entity["offset"] + entity["length"] <= length for entity in entities)


def utf16_slice(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")
