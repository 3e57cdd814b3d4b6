"""The ten tasks of the follow-up: done, dated or left out with one tap each."""

from datetime import date

from sqlalchemy import text

from bot.storage.store import SqlStore
from dialogs.conversation.talk import ConversationId, PersonId, Standing, Talk, TaskState
from dialogs.press import Press, write_press
from knowledge.taxonomy import FollowUpTaskId, PhaseId
from tests.chat import Chat

FIRST, SECOND, *_ = FollowUpTaskId


def in_follow_up(chat: Chat) -> None:
    """A conversation that ended without a decision."""
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Ohne Entscheidung")
    assert chat.talk.phase is PhaseId.FOLLOW_UP


def press_task(chat: Chat, value: str) -> None:
    talk = chat.talk
    chat.press_data(write_press(Press("task", talk.id, value=value), f"card:{talk.id}"))


def due_of(chat: Chat) -> dict[str, date]:
    with chat.engine.connect() as connection:
        rows = connection.execute(text("SELECT task, due_on FROM follow_up ORDER BY task"))
        return {row.task: date.fromisoformat(str(row.due_on)) for row in rows}


def loaded(chat: Chat, conversation: int) -> Talk:
    with chat.engine.connect() as connection:
        talk = SqlStore(connection).conversations.load(PersonId(chat.person_id), ConversationId(conversation))
    assert talk is not None
    return talk


def test_the_card_shows_five_tasks_and_the_first_open_one_in_hand(chat: Chat) -> None:
    in_follow_up(chat)
    chat.sees_card("0 von 10 geregelt", "▸ 1 Entscheidung bestätigen", "5 Kundendaten ergänzen")
    assert "6 Kontaktwege" not in chat.card
    chat.sees_card(buttons=["Erledigt", "Di., 17.11.", "Weglassen", "Anderes Datum", "10"])


def test_the_question_for_a_day_names_customer_and_task(chat: Chat) -> None:
    in_follow_up(chat)
    chat.press("Anderes Datum")
    chat.sees("Muster GmbH · Entscheidung bestätigen\nBis wann?")
    chat.types("Freitag")
    chat.sees("Muster GmbH · Entscheidung bestätigen\nFr., 20.11. – stimmt das?")


def test_a_finished_conversation_leads_to_the_next_one(chat: Chat) -> None:
    in_follow_up(chat)
    chat.press("Alle übrigen weglassen")
    chat.press("Weiter")
    chat.press("Neues Gespräch")
    chat.sees("Mit wem sprichst du?", buttons=["Muster GmbH", "ohne Namen"])


def test_one_tap_settles_a_task_and_the_next_is_in_hand(chat: Chat) -> None:
    in_follow_up(chat)
    chat.press("Erledigt")
    assert chat.talk.task(FIRST).state is TaskState.DONE
    chat.sees_card("1 von 10 geregelt", "1 Entscheidung bestätigen ✓", "▸ 2 Auftrag im Auge behalten")
    chat.press("Do., 19.11.")
    assert (chat.talk.task(SECOND).state, chat.talk.task(SECOND).due) == (TaskState.DATED, date(2026, 11, 19))
    chat.sees_card("2 Auftrag im Auge behalten · Do., 19.11.")
    chat.press("Weglassen")
    chat.sees_card("3 von 10 geregelt", "3 Potenzial einstufen (A/B/C) –")


def test_dated_tasks_are_stored_as_due(chat: Chat) -> None:
    in_follow_up(chat)
    chat.press("Di., 17.11.")
    assert due_of(chat) == {FIRST: date(2026, 11, 17)}
    press_task(chat, f"{FIRST}=done")
    assert due_of(chat) == {}


def test_a_number_takes_a_task_in_hand_and_a_settled_one_can_be_opened_again(chat: Chat) -> None:
    in_follow_up(chat)
    chat.press("Erledigt")
    press_task(chat, f"{FIRST}=pick")
    chat.sees_card("▸ 1 Entscheidung bestätigen ✓", buttons=["Wieder offen"])
    assert "Erledigt" not in chat.card_buttons
    chat.press("Wieder offen")
    assert chat.talk.task(FIRST).state is TaskState.OPEN


def test_numbers_lead_to_the_other_half(chat: Chat) -> None:
    in_follow_up(chat)
    press_task(chat, f"{FollowUpTaskId.SELF_REVIEW}=pick")
    chat.sees_card("▸ 10 Eigenes Gespräch auswerten", "6 Kontaktwege festlegen")
    assert chat.toast == "Eigenes Gespräch auswerten"


def test_another_date_is_read_back(chat: Chat) -> None:
    in_follow_up(chat)
    chat.press("Anderes Datum")
    chat.types("in 2 Wochen")
    chat.sees("Mo., 30.11. – stimmt das?")
    chat.press("Stimmt")
    assert chat.talk.task(FIRST).due == date(2026, 11, 30)


def test_a_task_may_be_due_today_but_not_yesterday(chat: Chat) -> None:
    in_follow_up(chat)
    chat.press("Anderes Datum")
    chat.types("15.11.2026")
    chat.sees("ist schon vorbei")
    chat.types("heute")
    chat.press("Stimmt")
    assert chat.talk.task(FIRST).due == date(2026, 11, 16)


def test_a_second_tap_writes_nothing_again(chat: Chat) -> None:
    in_follow_up(chat)
    press_task(chat, f"{FIRST}=done")
    steps = len(chat.steps)
    press_task(chat, f"{FIRST}=done")
    assert len(chat.steps) == steps


def test_all_others_can_be_left_out_at_once_and_then_the_talk_is_finished(chat: Chat) -> None:
    in_follow_up(chat)
    conversation = chat.talk.id
    chat.press("Erledigt")
    chat.press("Alle übrigen weglassen")
    states = [chat.talk.task(task).state for task in FollowUpTaskId]
    assert states == [TaskState.DONE] + [TaskState.SKIPPED] * 9
    chat.press("Weiter")
    assert loaded(chat, conversation).standing is Standing.FINISHED


def test_an_old_button_with_a_day_that_has_passed_means_today(chat: Chat) -> None:
    in_follow_up(chat)
    old = chat.data_of("Di., 17.11.")
    chat.later(days=10)
    chat.press_data(old)
    assert chat.talk.task(FIRST).due == date(2026, 11, 26)


def test_a_task_that_todays_code_does_not_know_changes_nothing(chat: Chat) -> None:
    in_follow_up(chat)
    steps = len(chat.steps)
    for value in ("send_fax=done", f"{FIRST}=someday", f"{FIRST}=", "rest=done"):
        press_task(chat, value)
        assert "nichts geändert" in chat.toast
    assert len(chat.steps) == steps


def test_a_task_of_a_conversation_that_is_gone_gets_a_kind_line(chat: Chat) -> None:
    in_follow_up(chat)
    chat.press_data(write_press(Press("task", 4711, value=f"{FIRST}=done"), "card:4711"))
    assert "nicht mehr da" in chat.toast


def test_a_day_that_one_tap_gives_is_no_weekend(chat: Chat) -> None:
    chat.later(days=4)  # Friday
    in_follow_up(chat)
    chat.sees_card(buttons=["Mo., 23.11."])
