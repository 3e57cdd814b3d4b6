"""A seller types what the customer said and has the right help at once; sure, unsure or nothing found."""

import pytest

from bot.storage.store import SqlStore
from dialogs.conversation.card_text import MOST_LINES
from dialogs.conversation.talk import ObjectionState, PersonId
from dialogs.ports.conversations import NoteId, NoteKind
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language
from knowledge.taxonomy import ObjectionId, PhaseId, SignalId
from tests.chat import Chat, sure, unsure
from tests.dialogs.test_moves import starts

PRICE, BUDGET = ObjectionId.PRICE_TOO_HIGH, ObjectionId.NO_BUDGET


def notes(chat: Chat) -> list[str]:
    """The notes of the conversation."""
    with chat.engine.connect() as connection:
        return [note.text for note in SqlStore(connection).notes.of(chat.talk.id)]


def draft(chat: Chat, number: int = 1) -> tuple[NoteKind, str]:
    """A typed text as it is stored."""
    with chat.engine.connect() as connection:
        note = SqlStore(connection).notes.get(PersonId(chat.person_id), NoteId(number))
    assert note is not None
    return note.kind, note.text


def first_question(chat: Chat, objection: ObjectionId) -> str:
    """The sentence that the help begins with, where nothing is known of the customer."""
    entry = chat.house.catalogue[chat.language].objections[objection]
    return f"{entry.understanding.filled({})} {entry.questions[0].filled({})}"


def answer_texts(chat: Chat, objection: ObjectionId) -> list[str]:
    """All answers in the order of the content, where nothing is known of the customer."""
    return [answer.say.filled({}) for answer in chat.house.catalogue[chat.language].objections[objection].answers]


# Sure


def test_what_is_recognised_for_sure_is_answered_at_once(chat: Chat) -> None:
    chat.types("findet er zu teuer", sure(PRICE))
    chat.sees("Zu teuer", first_question(chat, PRICE), buttons=["mehr", "passt nicht", "hat geholfen", "etwas anderes"])
    assert [text in chat.screen for text in answer_texts(chat, PRICE)].count(True) == 2
    assert [button["text"] for button in chat.message.keyboard[0]] == ["⧉ 1", "⧉ 2", "⧉ 3"]
    assert draft(chat) == (NoteKind.DRAFT, "findet er zu teuer")


def test_each_answer_says_what_it_answers(chat: Chat) -> None:
    chat.types("zu teuer", sure(PRICE))
    answers = chat.house.catalogue[Language.DE].objections[PRICE].answers
    shown = [answer for answer in answers if answer.say.filled({}) in chat.screen]
    assert len(shown) == 2
    chat.sees(*(f"{answer.reading}: „{answer.say.filled({})}“" for answer in shown))


@pytest.mark.parametrize("word", ["einwand", "objection"])
def test_a_text_behind_the_command_leads_to_the_same_help(chat: Chat, word: str) -> None:
    chat.types("findet er zu teuer", sure(PRICE))
    typed = chat.screen
    chat.sends(f"/{word} findet er zu teuer", sure(PRICE))
    chat.sees(typed, buttons=["mehr", "hat geholfen"])


def test_after_the_cards_button_one_may_simply_type(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.press("Einwand")
    chat.sees("schreiben, was der Kunde gesagt hat", buttons=["Preis"])
    chat.types("findet er zu teuer", sure(PRICE))
    chat.sees("Zu teuer", buttons=["geklärt", "noch offen"])
    assert chat.talk.objections == ()


def test_picking_one_from_the_list_opens_the_same_help(chat: Chat) -> None:
    chat.sends("/einwand")
    chat.press("Preis")
    chat.press("Zu teuer")
    chat.sees(first_question(chat, PRICE), buttons=["mehr", "passt nicht", "hat geholfen", "Alle Gruppen"])


def test_two_objections_in_one_line_are_one_tap_apart(chat: Chat) -> None:
    starts(chat)
    chat.types("zu teuer und kein budget", sure(PRICE, BUDGET))
    chat.sees("Zu teuer", first_question(chat, PRICE), buttons=["Auch gehört: Kein Budget"])
    chat.press("Auch gehört: Kein Budget")
    chat.sees("Kein Budget", first_question(chat, BUDGET), buttons=["Auch gehört: Zu teuer"])
    chat.press("noch offen")
    chat.press("Auch gehört: Zu teuer")
    chat.sees(first_question(chat, PRICE), buttons=["geklärt", "noch offen"])
    assert [raised.id for raised in chat.talk.objections] == [BUDGET]


def test_an_objection_is_dealt_with_before_the_signal_beside_it(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.types("zu teuer, aber wann könnt ihr liefern", sure(SignalId.ASKS_DELIVERY_TIME, PRICE))
    chat.sees("Zu teuer", buttons=["Auch gehört: Kaufsignal: fragt nach dem Liefertermin"])
    assert not chat.talk.signals
    chat.press("Auch gehört")
    chat.sees("Kaufsignal: fragt nach dem Liefertermin", buttons=["Zum Abschluss"])
    assert [seen.id for seen in chat.talk.signals] == [SignalId.ASKS_DELIVERY_TIME]


def test_a_question_that_cannot_read_the_text_makes_way_and_stays(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.press("Auftrag erhalten")
    chat.sees("Wie hoch ist der Auftrag")
    chat.types("findet er plötzlich zu teuer", sure(PRICE))
    chat.sees(first_question(chat, PRICE))
    chat.types("12.500")
    chat.sees("12.500", "stimmt das?")


def test_a_question_takes_what_it_can_read(chat: Chat) -> None:
    starts(chat)
    chat.press("Notiz")
    chat.types("findet er zu teuer", sure(PRICE))
    assert notes(chat) == ["findet er zu teuer"]


# What became of it


@pytest.mark.parametrize("phase", [PhaseId.RELATIONSHIP, PhaseId.NEGOTIATION])
def test_settled_or_still_open_records_it_with_its_phase(chat: Chat, phase: PhaseId) -> None:
    starts(chat, phase)
    version = chat.talk.version
    chat.types("zu teuer", sure(PRICE))
    assert not chat.talk.objections, "a look-up is nobody's business"
    chat.press("noch offen")
    chat.sees("Steht als offen im Gespräch.", first_question(chat, PRICE), buttons=["geklärt", "Versehen"])
    chat.sees_card("1 Einwand offen: Zu teuer")
    chat.press("geklärt")
    (raised,) = chat.talk.objections
    assert (raised.id, raised.phase, raised.state) == (PRICE, phase, ObjectionState.SETTLED)
    assert (chat.talk.phase, chat.talk.version) == (phase, version)


def test_without_a_conversation_nothing_can_be_recorded(chat: Chat) -> None:
    chat.types("zu teuer", sure(PRICE))
    assert not {"geklärt", "noch offen"} & set(chat.buttons)


def test_the_text_can_still_become_a_note_and_the_help_stays(chat: Chat) -> None:
    starts(chat)
    chat.types("findet er zu teuer", sure(PRICE))
    chat.press("mehr")
    chat.press("Als Notiz")
    assert chat.toast == "Als Notiz behalten."
    assert notes(chat) == ["findet er zu teuer"]
    chat.press("Als Notiz")
    assert notes(chat) == ["findet er zu teuer"]
    chat.press("weniger")
    chat.sees(first_question(chat, PRICE))
    chat.press("mehr")
    assert "Als Notiz" not in chat.buttons


def test_without_an_active_conversation_the_note_asks_for_which(chat: Chat) -> None:
    starts(chat)
    chat.press("⋯")
    for label in ("Beenden", "Fand nicht statt", "Alle übrigen weglassen", "Weiter"):
        chat.press(label)
    chat.sends("/gespraech Beispiel AG")
    chat.press("Pause")
    chat.sends("/gespraech Dritte GmbH")
    for label in ("⋯", "Beenden", "Fand nicht statt", "Alle übrigen weglassen", "Weiter"):
        chat.press(label)
    chat.types("zu teuer", sure(PRICE))
    chat.press("mehr")
    chat.press("Als Notiz: Beispiel AG")
    assert draft(chat)[0] is NoteKind.NOTE


# More


def test_more_opens_in_place_and_shows_every_answer(chat: Chat) -> None:
    chat.types("zu teuer", sure(PRICE))
    read = chat.screen
    chat.press("mehr")
    entry = chat.house.catalogue[Language.DE].objections[PRICE]
    chat.sees("Was dahinter liegen kann", *entry.readings, *(question.filled({}) for question in entry.questions[1:]))
    read += chat.screen
    while "weitere Antworten" in chat.message.keyboard[-1][-1]["text"]:
        chat.press("weitere Antworten")
        read += chat.screen
    for answer in entry.answers:
        for words in (answer.say.filled({}), answer.fits_when, answer.not_when, answer.mind, answer.settled.filled({})):
            assert words in read, words
    assert len(chat.phone) == 1
    chat.press("von vorn")
    chat.sees("Was dahinter liegen kann")
    chat.press("weniger")
    chat.sees(first_question(chat, PRICE))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("objection", ObjectionId)
def test_every_help_is_read_at_once_and_every_page_fits_on_a_screen(
    chat: Chat, english_chat: Chat, catalogue: Catalogue, language: Language, objection: ObjectionId
) -> None:
    """The harness holds each screen against Telegram's limits."""
    person = chat if language is Language.DE else english_chat
    person.types("…", sure(objection))
    entry = catalogue[language].objections[objection]
    assert person.screen.startswith(entry.label)
    assert len([line for line in person.screen.splitlines() if line]) <= MOST_LINES
    more, following = ("mehr", "weitere Antworten") if language is Language.DE else ("more", "more answers")
    person.press(more)
    for _ in entry.answers:
        sentences = [line for line in person.screen.splitlines() if "⧉" in line]
        assert len(sentences) == len([line for line in person.screen.splitlines() if "“" in line and "⧉" in line])
        assert {"copy_text"} == {key for button in person.message.keyboard[0] for key in button if key != "text"}
        if following not in str(person.buttons):
            break
        person.press(following)
    assert person.message.keyboard[0]


# Unsure, nothing


def test_unsure_asks_which_of_three(chat: Chat) -> None:
    starts(chat)
    chat.types("jetzt nicht", unsure(ObjectionId.NO_TIME, ObjectionId.LATER, SignalId.ASKS_PRICE, ObjectionId.NO_NEED))
    chat.sees(
        "Meint der Kunde eher …",
        buttons=["Keine Zeit", "Später, nicht jetzt", "Kaufsignal: fragt nach dem Preis", "etwas anderes", "Als Notiz"],
    )
    assert not any("Kein Bedarf" in label for label in chat.buttons)
    chat.press("Keine Zeit")
    chat.sees(first_question(chat, ObjectionId.NO_TIME), buttons=["mehr", "noch offen"])
    assert len(chat.phone) == 2, "the card and this one"


def test_something_else_leads_to_the_groups_and_keeps_the_text(chat: Chat) -> None:
    starts(chat)
    chat.types("jetzt nicht", unsure(ObjectionId.NO_TIME))
    chat.press("etwas anderes")
    chat.sees("Was war das?", "jetzt nicht", buttons=["Preis", "Zeit", "Als Notiz"])
    chat.press("Als Notiz")
    assert notes(chat) == ["jetzt nicht"]


def test_a_wrong_guess_is_left_with_one_tap(chat: Chat) -> None:
    starts(chat)
    chat.types("das zieht uns die Schuhe aus", sure(PRICE))
    chat.press("etwas anderes")
    chat.sees("Was war das?", "das zieht uns die Schuhe aus", buttons=["Preis", "Als Notiz"])


def test_nothing_recognised_is_no_guess(chat: Chat) -> None:
    starts(chat)
    chat.types("Termin war nett")
    chat.sees("Was war das?", "Termin war nett", buttons=["Preis", "Als Notiz"])


# Signals


def test_a_recognised_signal_is_noted_and_offers_the_jump(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.types("fragt wann wir liefern", sure(SignalId.ASKS_DELIVERY_TIME))
    entry = chat.house.catalogue[Language.DE].signals[SignalId.ASKS_DELIVERY_TIME]
    chat.sees(entry.label, entry.do, entry.say, buttons=["Zum Abschluss", "Versehen", "Als Notiz"])
    assert entry.notice not in chat.screen, "it was noticed already"
    assert [seen.id for seen in chat.talk.signals] == [SignalId.ASKS_DELIVERY_TIME]
    chat.press("Zum Abschluss")
    assert chat.talk.phase is PhaseId.CLOSING


def test_a_signal_taken_for_one_by_mistake_is_taken_back(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.types("fragt wann wir liefern", sure(SignalId.ASKS_DELIVERY_TIME))
    chat.press("Versehen")
    assert chat.talk.signals == ()


@pytest.mark.parametrize("paused", [False, True])
def test_without_a_conversation_that_goes_on_a_signal_is_only_shown(chat: Chat, paused: bool) -> None:
    if paused:
        starts(chat, PhaseId.NEGOTIATION)
        chat.press("Pause")
    chat.types("er nickt", sure(SignalId.NODS_AGREEMENT))
    entry = chat.house.catalogue[Language.DE].signals[SignalId.NODS_AGREEMENT]
    chat.sees("Kaufsignal: nickt mehrmals", entry.do, entry.say, buttons=["Alle Kaufsignale"])
    assert entry.avoid not in chat.screen, "what was typed is read in a moment of need"
    assert not paused or chat.talk.signals == ()


# No contact


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


# What the conversation knows


def test_sentences_name_what_the_conversation_knows(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.press("⋯")
    chat.press("Angebot: noch offen")
    chat.sees("Was bietest du an?")
    chat.types("Etikettierer E200")
    chat.press("⋯")
    chat.sees_card(buttons=["Angebot: Etikettierer E200"])
    chat.press("Nutzen: noch offen")
    chat.types("weniger Stillstand")
    known = {"customer": "Muster GmbH", "product": "Etikettierer E200", "benefit": "weniger Stillstand"}
    named: set[str] = set()
    for objection, entry in chat.house.catalogue[Language.DE].objections.items():
        chat.types("…", sure(objection))
        chat.sees(f"{entry.understanding.filled(known)} {entry.questions[0].filled(known)}")
        read = chat.screen
        chat.press("mehr")
        for _ in entry.answers:
            read += chat.screen
            if "weitere Antworten" not in str(chat.buttons):
                break
            chat.press("weitere Antworten")
        assert all(answer.say.filled(known) in read for answer in entry.answers)
        assert "{" not in read
        named |= {name for name, value in known.items() if value in read}
    assert named == known.keys()


def test_an_alias_is_no_name_to_say(chat: Chat) -> None:
    chat.sends("/gespraech")
    chat.press("ohne Namen")
    for objection in ObjectionId:
        chat.types("…", sure(objection))
        assert "Gespräch 1" not in chat.screen


def test_what_is_sold_is_chosen_and_answers_suit_it(chat: Chat) -> None:
    starts(chat)
    chat.press("⋯")
    chat.press("Was: noch offen")
    chat.press("Dienstleistung")
    assert chat.talk.offer == "service"
    chat.types("…", sure(PRICE))
    service_only = [
        answer
        for answer in chat.house.catalogue[Language.DE].objections[PRICE].answers
        if answer.offers and "service" not in answer.offers
    ]
    assert service_only
    assert all(answer.say.filled({}) not in chat.screen for answer in service_only)
