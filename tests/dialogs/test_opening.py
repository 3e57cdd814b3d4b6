"""From the command to the first card in at most three taps, and back to any open conversation."""

from dialogs.conversation.talk import Standing
from knowledge.taxonomy import AcquisitionId, PhaseId
from tests.chat import Chat


def test_a_name_behind_the_command_starts_at_once(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sees("Muster GmbH · Verkaufsgespräch · B2B", "1/6 Beziehung")


def test_a_typed_name_starts(chat: Chat) -> None:
    chat.sends("/gespraech")
    chat.sees("Mit wem sprichst du?", buttons=["ohne Namen"])
    chat.types("  Muster   GmbH ")
    chat.sees_card("Muster GmbH")


def test_a_name_cannot_turn_the_line_around_or_be_invisible(chat: Chat) -> None:
    chat.sends("/gespraech \u202eMuster\u202c GmbH\u200b 👩\u200d🔧")
    chat.sees_card("Muster GmbH 👩\u200d🔧 · Verkaufsgespräch")
    chat.sends("/gespraech \u200b\u200e")
    chat.sees("Ein Gespräch ist offen.")
    chat.press("Neues Gespräch")
    chat.types("\u2066\u200b\u2069")
    chat.sees("Da steht noch kein Name.")


def test_without_a_name_the_conversation_gets_an_alias(chat: Chat) -> None:
    chat.sends("/gespraech")
    chat.press("ohne Namen")
    chat.sees_card("Gespräch 1")
    chat.sends("/gespraech")
    chat.press("Neues Gespräch")
    chat.press("ohne Namen")
    chat.sees_card("Gespräch 2")


def test_a_double_tap_on_no_name_starts_one_conversation(chat: Chat) -> None:
    chat.sends("/gespraech")
    anonymous = chat.data_of("ohne Namen")
    chat.press_data(anonymous)
    first = chat.talk.id
    chat.press_data(anonymous)
    assert chat.talk.id == first


def test_the_same_customer_leads_to_the_open_conversation(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    first = chat.talk.id
    chat.press("Weiter")
    chat.sends("/gespraech Beispiel AG")
    chat.sends("/gespraech muster gmbh")
    assert chat.talk.id == first
    chat.sees("2/6 Analyse")


def test_a_recent_customer_is_one_tap_away(chat: Chat) -> None:
    wins(chat, "Muster GmbH")
    chat.sends("/gespraech")
    chat.press("Neues Gespräch")
    chat.press("Muster GmbH")
    chat.sees_card("Muster GmbH", "1/6 Beziehung")


def test_who_has_bought_is_an_existing_customer(chat: Chat) -> None:
    wins(chat, "Muster GmbH")
    first = chat.talk.id
    chat.sends("/gespraech Muster GmbH")
    assert chat.talk.id != first
    assert chat.talk.acquisition is AcquisitionId.EXISTING_CUSTOMER


def test_details_are_as_they_were_the_last_time(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press_data("card:1|detail_set:1::kind=visit")
    chat.press_data("card:1|detail_set:1::who=b2g")
    loses(chat)
    chat.sends("/gespraech Muster GmbH")
    chat.sees("Muster GmbH · Besuch · Behörde")


def test_the_command_lists_what_is_open_and_switches(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Pause")
    chat.sends("/gespraech Beispiel AG")
    chat.sends("/gespraech")
    chat.sees("2 Gespräche sind offen", buttons=["Muster GmbH Beziehung", "Beispiel AG Beziehung", "Neues Gespräch"])
    chat.press("Muster GmbH Beziehung")
    assert chat.talk.standing is Standing.OPEN
    chat.sees("Muster GmbH", "1/6 Beziehung")


def test_a_postponed_conversation_is_listed_with_its_date_and_shows_it_first(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press_data(f"card:1|postpone:1:{chat.talk.version}:")
    chat.types("20.11.")
    chat.press("Stimmt")
    chat.sends("/gespraech")
    chat.sees(buttons=["Muster GmbH Vertagt: Fr., 20.11."])
    chat.press("Muster GmbH Vertagt")
    chat.sees("Vertagt", buttons=["Fortsetzen"])
    chat.press("Fortsetzen")
    chat.sees_card("1/6 Beziehung", buttons=["Weiter"])
    assert chat.talk.until is None


def test_the_card_moves_to_the_bottom_and_leaves_a_line(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    first_card = chat.message
    for _ in range(3):
        chat.sends("/signal")
    chat.press_data(f"card:1|next:1:{chat.talk.version}:", first_card.id)
    assert chat.message is chat.card_message
    chat.sees("2/6 Analyse")
    assert first_card.text == "Muster GmbH: Die Karte steht weiter unten."
    assert first_card.buttons == []


def test_a_name_that_is_too_long_is_refused_with_an_example(chat: Chat) -> None:
    chat.sends("/gespraech " + "M" * 81)
    chat.sees("80 Zeichen", "/gespraech Muster GmbH")


def test_a_name_that_looks_like_markup_stays_a_name(chat: Chat) -> None:
    chat.sends("/gespraech <b>Muster & Söhne</b>")
    chat.sees("<b>Muster & Söhne</b>")


def test_english_sellers_are_led_in_english(english_chat: Chat) -> None:
    english_chat.sends("/talk")
    english_chat.press("no name")
    english_chat.sees_card(
        "Conversation 1", "1/6", buttons=["Next", "Objection", "Buying signal", "Note", "Pause", "Close"]
    )


def wins(chat: Chat, name: str) -> None:
    """A conversation with an order, whose follow-up is still open."""
    chat.sends(f"/gespraech {name}")
    chat.press_data(f"card:{chat.talk.id}|won:{chat.talk.id}:{chat.talk.version}:")
    chat.press("Ohne Betrag")
    while chat.talk.phase is not PhaseId.FOLLOW_UP:
        chat.press("Weglassen")


def loses(chat: Chat) -> None:
    talk = chat.talk
    chat.press_data(f"card:{talk.id}|nodec:{talk.id}:{talk.version}:")
