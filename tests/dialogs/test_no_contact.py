"""A customer who wants no contact is not argued with; the ban is noted, and everything after it says so."""

from knowledge.taxonomy import ObjectionId, PhaseId
from tests.chat import Chat, sure
from tests.dialogs.heard import notes
from tests.dialogs.test_moves import starts


def test_who_wants_no_contact_is_not_argued_with(chat: Chat) -> None:
    starts(chat)
    chat.types("woher haben sie meine nummer", sure(ObjectionId.DO_NOT_CONTACT))
    chat.sees("Nicht weiter verkaufen", buttons=["Kontaktsperre notieren", "mehr"])
    assert not {"hat geholfen", "passt nicht"} & set(chat.buttons)
    ban = chat.data_of("Kontaktsperre notieren")
    chat.press("Kontaktsperre notieren")
    chat.press_data(ban)
    chat.sees("Die Kontaktsperre steht im Gespräch und in den Notizen.")
    chat.sees_card("1 Einwand offen: Will keinen Kontakt")
    assert notes(chat) == ["Kontaktsperre: will keine Anrufe und keine Werbung."]
    chat.sends("/abschluss")
    chat.sees("Der Kunde will keinen Kontakt.", buttons=["Will keinen Kontakt"])
    assert "passt, " not in chat.screen


def test_after_a_ban_the_conversation_can_be_ended_at_once(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.types("rufen sie nie wieder an", sure(ObjectionId.DO_NOT_CONTACT))
    assert "Beenden" not in chat.buttons, "first the ban is noted"
    chat.press("Kontaktsperre notieren")
    chat.press("Beenden")
    chat.sees_card("Wie ist das Gespräch ausgegangen?", buttons=["Endgültig nein"])
    chat.press("Endgültig nein")
    chat.press_data(chat.data_of(chat.card_buttons[0]))
    chat.types("rufen sie nie wieder an", sure(ObjectionId.DO_NOT_CONTACT))
    assert "Beenden" not in chat.buttons, "it has ended already"


def test_after_a_ban_the_follow_up_says_so_and_proposes_no_call(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.types("rufen sie nie wieder an", sure(ObjectionId.DO_NOT_CONTACT))
    for label in ("Kontaktsperre notieren", "Beenden", "Endgültig nein", "Kein Bedarf"):
        chat.press(label)
    assert chat.talk.phase is PhaseId.FOLLOW_UP
    chat.sees_card("Kontaktsperre: nicht anrufen, nichts schicken.")
    assert "„" not in chat.card, "nothing to say to somebody who is not called"
    chat.press("Alle übrigen weglassen")
    chat.press("Weiter")
    (card,) = [message.text for message in chat.phone if message.screen.startswith("card:")]
    assert "Kontaktsperre: nicht anrufen, nichts schicken." in card


def test_a_ban_noted_by_mistake_leaves_no_wrong_note_behind(chat: Chat) -> None:
    starts(chat)
    chat.press("Einwand")
    chat.press("Kontakt")
    chat.press("Will keinen Kontakt")
    chat.press("Versehen")
    assert chat.talk.objections == ()
    assert notes(chat)[-1] == "Kontaktsperre gestrichen: war ein Versehen."


def test_without_a_conversation_a_ban_is_noted_for_an_open_one(chat: Chat) -> None:
    chat.types("rufen sie nie wieder an", sure(ObjectionId.DO_NOT_CONTACT))
    chat.sees("/gespraech und der Name des Kunden")
    starts(chat)
    chat.press("Pause")
    chat.sends("/gespraech Beispiel AG")
    chat.press("⋯")
    for label in ("Beenden", "Fand nicht statt", "Alle übrigen weglassen", "Weiter"):
        chat.press(label)
    chat.types("rufen sie nie wieder an", sure(ObjectionId.DO_NOT_CONTACT))
    chat.press("Kontaktsperre: Muster GmbH")
    assert "Die Kontaktsperre steht im Gespräch" in chat.new[0].text
    assert [raised.id for raised in chat.talk.objections] == [ObjectionId.DO_NOT_CONTACT]
