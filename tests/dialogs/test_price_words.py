"""What is meant by '8', '-500' or '12,500' in the negotiation, and that a price change is exact to the coin."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dialogs.conversation.price_change import change_from, changed, token_of
from dialogs.press import Press, write_press
from knowledge.language.money import Money
from knowledge.language.price_changes import ChangeKind, PriceChange
from tests.chat import Chat
from tests.dialogs.negotiation import EUR, NBSP, negotiates

# What is meant


def test_a_bare_small_number_may_be_a_percentage(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types("8")
    chat.sees("Was ist gemeint?", buttons=[f"8{NBSP}%".replace(NBSP, " "), "8"])
    chat.press("8 %")
    chat.sees(f"18.900{EUR} − 8{NBSP}% = 17.388{EUR}")


def test_what_can_be_read_in_two_ways_is_asked(chat: Chat) -> None:
    negotiates(chat)
    chat.types("12,500")
    chat.sees("Was ist gemeint?")
    chat.press("12.500")
    chat.sees(f"12.500{EUR}", buttons=["übernehmen"])


@pytest.mark.parametrize("typed", ["-30.000", "-100,5 %", "100 %"])
def test_nothing_left_is_no_price(chat: Chat, typed: str) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types(typed)
    chat.sees("Davon bleibt kein Preis übrig. Zum Beispiel: 8 %, -500 oder 17.500.")


def test_another_currency_is_not_mixed_in(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types("CHF 17'000")
    chat.sees("Ich rechne hier in EUR.")


@pytest.mark.parametrize("typed", ["8 % sind zu viel", "ab 12 Stück", "zu teuer", "3 Tage"])
def test_only_a_text_that_is_nothing_but_a_price_counts(chat: Chat, typed: str) -> None:
    negotiates(chat)
    chat.types(typed)
    chat.sees("Was war das?")


@pytest.mark.parametrize("presses", [[], ["Weiter"]])
def test_before_the_negotiation_a_number_is_no_price(chat: Chat, presses: list[str]) -> None:
    chat.sends("/gespraech Muster GmbH")
    for label in presses:
        chat.press(label)
    chat.types("8 %")
    chat.sees("Was war das?")


def test_a_waiting_question_comes_first(chat: Chat) -> None:
    negotiates(chat)
    chat.press("Notiz")
    chat.types("8 %")
    assert any("Notiert: 8 %" in message.text for message in chat.new)
    assert chat.talk.price is None


def test_the_room_is_open_in_closing_too(chat: Chat) -> None:
    negotiates(chat)
    chat.press("Abschluss")
    chat.types("18.900")
    chat.sees(f"18.900{EUR}", buttons=["übernehmen"])


def test_in_english(english_chat: Chat, engine: Engine) -> None:
    english_chat.sends("/talk Sample Ltd")
    for label in ("Next", "Next", "Go on anyway", "Next"):
        english_chat.press(label)
    english_chat.types("18,900")
    english_chat.press("take over")
    english_chat.types("8% off")
    english_chat.sees("€18,900 − 8% = €17,388", "You give away €1,512", "Only for something: larger quantity")


# Buttons and coins


changes = st.builds(
    PriceChange,
    st.sampled_from(ChangeKind),
    st.decimals(-999_999_999_999, 999_999_999_999, allow_nan=False, places=2),
    gross=st.sampled_from([None, True, False]),
)


@given(changes)
def test_a_change_survives_its_button(change: PriceChange) -> None:
    token = token_of(change)
    assert change_from(token) == change
    press = Press("room_of", 2**31, value=f"abcdefgh={token}")
    assert write_press(press, f"room:{2**31}")


@given(st.decimals(1, 10**6, places=2), st.decimals(Decimal("0.01"), Decimal("0.99"), places=4))
def test_a_discount_makes_it_cheaper_by_that_share_to_the_coin(price: Decimal, share: Decimal) -> None:
    for currency, coin in (("EUR", Decimal("0.01")), ("CHF", Decimal("0.05"))):
        new = changed(Money(price, currency), PriceChange(ChangeKind.SHARE, -share))
        assert new.amount % coin == 0
        assert abs(new.amount - price * (1 - share)) <= coin / 2
