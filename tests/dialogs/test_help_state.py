"""Buttons of the objection help carry all that its screen is drawn from, within Telegram's 64 bytes."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation.help_state import (
    MOST_ANSWERS,
    SHOWN_AT_ONCE,
    HelpState,
    code_of,
    label_of,
    read_state,
    token_from,
)
from dialogs.conversation.notes import draft_screen
from dialogs.conversation.objection_help import ACTIONS, draft_of
from dialogs.ports.conversations import NoteId
from dialogs.press import MAX_BYTES, Press, read_press, write_press
from knowledge.recognition.matches import Label
from knowledge.taxonomy import ObjectionId, SignalId

TEN_DIGITS = 9_999_999_999
LABELS: list[Label] = [*ObjectionId, *SignalId]

states = st.builds(
    HelpState,
    objection=st.sampled_from(ObjectionId),
    token=st.text().map(token_from),
    shown=st.lists(st.integers(0, MOST_ANSWERS - 1), max_size=SHOWN_AT_ONCE, unique=True).map(tuple),
    seen=st.frozensets(st.integers(0, MOST_ANSWERS - 1)),
    also=st.sampled_from([None, *LABELS]),
    mark=st.sampled_from(["", "a7"]),
)
extras = st.sampled_from(["", *string.digits, *string.ascii_lowercase])


@given(states, extras, st.sampled_from(sorted(ACTIONS)), st.integers(0, TEN_DIGITS), st.integers(1, TEN_DIGITS))
def test_what_is_written_is_read_and_fits_on_a_button(
    state: HelpState, extra: str, action: str, talk: int, draft: int
) -> None:
    screen = draft_screen(NoteId(draft))
    data = write_press(Press(action, talk, value=state.written(extra)), screen)
    assert len(data) <= MAX_BYTES
    read = read_press(data)
    assert read is not None
    assert (read[0], read[1].action, read[1].subject) == (screen, action, talk)
    assert read_state(read[1].value) == (state, extra)
    assert draft_of(screen) == draft


def test_every_objection_and_signal_has_a_code_of_its_own() -> None:
    assert [label_of(code_of(label)) for label in LABELS] == LABELS


@pytest.mark.parametrize("value", ["", "prgh", "prgh.abc", "xxxxabcdefgh.01.3..", "smesabcdefgh.01.3..", "1", "a=b"])
def test_what_we_never_wrote_is_not_read(value: str) -> None:
    assert read_state(value) is None


@pytest.mark.parametrize("screen", ["", "obj", "obj:12", "draft:", "draft:x", "adraft:1"])
def test_only_the_screen_of_a_text_has_one(screen: str) -> None:
    assert draft_of(screen) is None


def test_the_token_says_nothing_of_the_secret_it_is_made_from() -> None:
    assert token_from("a") != token_from("b")
    assert len(token_from("secret")) == 8
    assert "secret" not in token_from("secret")
