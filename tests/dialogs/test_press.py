"""What a button carries: written and read by one pair of functions, in at most 64 bytes."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dialogs.press import MAX_BYTES, Press, PressTooLong, read_press, write_press

ASCII = "abcdefghijklmnopqrstuvwxyz0123456789_"
numbers = st.integers(-(2**63), 2**63 - 1)
presses = st.builds(
    Press,
    action=st.text(ASCII + "=.-", min_size=1, max_size=24),
    subject=numbers,
    version=st.integers(0, 2**31),
    value=st.text(ASCII + "=.-", max_size=40),
)
screens = st.text(ASCII + ":", max_size=20)


def written_or_none(press: Press, screen: str) -> str | None:
    try:
        return write_press(press, screen)
    except PressTooLong:
        return None


@given(press=presses, screen=screens)
@example(Press("tick", -(2**63), 2**31, "-"), "")
@example(Press("a"), "")
def test_what_is_written_is_read_again(press: Press, screen: str) -> None:
    data = written_or_none(press, screen)
    assume(data is not None)
    assert data is not None
    assert len(data.encode()) <= MAX_BYTES
    assert read_press(data) == (screen, press)


@given(press=presses, screen=screens)
def test_the_limit_is_sixty_four_bytes_and_not_one_less(press: Press, screen: str) -> None:
    data = written_or_none(Press(press.action, press.subject, press.version), screen)
    assume(data is not None)
    assert data is not None
    room = MAX_BYTES - len(data)
    full = write_press(Press(press.action, press.subject, press.version, "v" * room), screen)
    assert len(full.encode()) == MAX_BYTES
    assert read_press(full) == (screen, Press(press.action, press.subject, press.version, "v" * room))
    with pytest.raises(PressTooLong):
        write_press(Press(press.action, press.subject, press.version, "v" * (room + 1)), screen)


@given(data=st.one_of(st.text(max_size=80), st.text(ASCII + ":|=.-\n", max_size=80)))
@example("card:1|next:1:1:\n")
@example("card:1\n|next:1:1:")
@example("|next:٣::")
@example("|next:-::")
@example("|next:--1::")
@example("x" * 60 + "|a:::")
def test_reading_what_others_wrote_gives_nothing_or_what_we_would_write_and_never_fails(data: str) -> None:
    read = read_press(data)
    if read is None:
        return
    screen, press = read
    again = write_press(press, screen)
    assert read_press(again) == read
    assert len(again) <= len(data)


@pytest.mark.parametrize(
    "data",
    ["", "|", "next", "card:1|next", "card:1|next:1:1:v:w", "Card|next:::", "|Nächster:::", "|next:1.5::", "|:1::"],
)
def test_what_nobody_of_us_wrote_is_nothing(data: str) -> None:
    assert read_press(data) is None


@pytest.mark.parametrize(
    "press", [("",), ("Next",), ("a:b",), ("a|b",), ("ja", 1, 1, "grüß"), ("ja", 1, 1, "a\n")], ids=str
)
def test_a_press_holds_nothing_that_could_be_misread(press: tuple[str, int, int, str]) -> None:
    with pytest.raises(ValueError, match="lower-case ASCII only"):
        Press(*press)


@pytest.mark.parametrize("screen", ["Card", "a|b", "karte\n", "ä"])
def test_a_screens_name_can_not_be_misread(screen: str) -> None:
    with pytest.raises(ValueError, match="lower-case ASCII only"):
        write_press(Press("next"), screen)


def test_a_press_is_as_short_as_it_can_be() -> None:
    assert write_press(Press("next")) == "|next:::"
    assert write_press(Press("tick", 12, 3, "budget=1"), "card:12") == "card:12|tick:12:3:budget=1"


def test_a_value_says_what_is_wanted() -> None:
    assert Press("tick", value="budget=1").split() == ("budget", "1")
    assert Press("tick", value="budget").split() == ("budget", "")
