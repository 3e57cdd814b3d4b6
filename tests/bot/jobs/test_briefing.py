"""The briefing before an appointment: when it comes, what stands in it, and the conversation that begins with it."""

from datetime import time, timedelta

import pytest

from bot.storage import schema
from dialogs.ports.customers import Permission
from knowledge.taxonomy import AppointmentKind
from tests.bot.jobs.watch import Watch, at
from tests.chat import Chat

MINUTE = timedelta(minutes=1)


async def test_a_briefing_comes_a_quarter_of_an_hour_before_and_only_once(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00"), customer="Schäfer GmbH", place="Teams")
    assert await watch.look(at("09:44")) == []
    ((to, text),) = await watch.look(at("09:45"))
    assert to == chat.person_id
    assert text.splitlines()[:2] == ["10:00 Webcall: Schäfer GmbH", "bis 10:30, Teams"]
    assert watch.buttons[-1] == "▶ Gespräch beginnen"
    assert watch.handed_over == [chat.person_id]
    assert await watch.looks(at("09:45"), at("11:00"), MINUTE) == []


async def test_it_says_what_was_last_and_what_is_open(watch: Watch, chat: Chat) -> None:
    chat.now = at("08:00")
    chat.sends("/gespraech Schäfer GmbH")
    chat.types("Budget erst im Mai")
    chat.press("Als Notiz")
    chat.press("Einwand")
    chat.press("Preis")
    chat.press("Zu teuer")
    chat.press("Pause")
    watch.person(morning=None)
    watch.books(at("10:00", "2026-11-17"), customer="Schäfer GmbH", kind=AppointmentKind.VISIT, place="Werk 2")
    ((_, text),) = await watch.look(at("09:50", "2026-11-17"))
    lines = text.splitlines()
    assert lines[0] == "10:00 Besuch: Schäfer GmbH"
    assert "Zuletzt gestern: Beziehung" in lines
    assert "Notiz: Budget erst im Mai" in lines
    assert "Einwand offen: Zu teuer" in lines
    assert lines[-1].startswith("„")
    assert len([line for line in lines if line]) <= 12
    assert watch.buttons[-1] == "▶ Gespräch fortsetzen"


async def test_its_button_starts_a_conversation_of_this_kind(watch: Watch, chat: Chat) -> None:
    key = watch.books(at("10:00"), customer="Schäfer GmbH", kind=AppointmentKind.DEMO)
    watch.books(at("10:20"), customer="Otto KG")
    await watch.look(at("09:50"))
    chat.now = at("09:58")
    chat.press_data(f"|ag_talk:{key}::", 7)
    chat.sees_card("Schäfer GmbH · Demo")
    assert await watch.look(at("10:10")) == []  # from now on it is in use


async def test_a_customer_who_wants_no_contact_is_marked(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00"), customer="Schäfer GmbH")
    watch.run(schema.customer, permission=Permission.NO_CONTACT)
    ((_, text),) = await watch.look(at("09:45"))
    assert "Will keinen Kontakt." in text


async def test_a_meeting_of_the_team_needs_no_sentence_and_no_conversation(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00"), title="Vertriebsrunde", kind=AppointmentKind.INTERNAL, place="Raum 3", minutes=90)
    ((_, text),) = await watch.look(at("09:45"))
    assert text.splitlines() == ["10:00 Vertriebsmeeting: Vertriebsrunde", "bis 11:30, Raum 3"]
    assert watch.buttons == []


async def test_with_nobody_known_its_own_words_stand_there_once_and_a_conversation_may_begin(
    watch: Watch, chat: Chat
) -> None:
    watch.books(at("10:00"), title="Webcall Kranz")
    ((_, text),) = await watch.look(at("09:45"))
    assert text.splitlines()[0] == "10:00 Webcall Kranz"
    assert watch.buttons[-1] == "▶ Gespräch beginnen"


async def test_it_is_written_in_the_language_and_the_zone_of_the_person(watch: Watch, english_chat: Chat) -> None:
    watch.person(1003, zone="Europe/London")
    watch.books(at("10:00"), 1003, customer="Miller Ltd")
    ((_, text),) = await watch.look(at("09:50"))
    assert text.splitlines()[:2] == ["09:00 Web call: Miller Ltd", "until 09:30"]


@pytest.mark.parametrize("lead", [5, 15, 30, 60])
async def test_the_lead_is_the_persons_choice(watch: Watch, chat: Chat, lead: int) -> None:
    watch.person(briefing=timedelta(minutes=lead))
    watch.books(at("10:00"), customer="Schäfer GmbH")
    begins = at("10:00") - timedelta(minutes=lead)
    assert await watch.looks(at("08:55"), begins, MINUTE) == []
    assert len(await watch.look(begins)) == 1


async def test_who_wants_none_gets_none(watch: Watch, chat: Chat) -> None:
    watch.person(briefing=timedelta(0))
    watch.books(at("10:00"), customer="Schäfer GmbH")
    assert await watch.looks(at("08:55"), at("10:30")) == []


async def test_none_comes_before_what_takes_all_day_was_cancelled_or_has_begun(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00"), title="Messe", all_day=True)
    cancelled = watch.books(at("10:00"), customer="Schäfer GmbH")
    watch.run(schema.appointment, schema.appointment.c.id == cancelled, cancelled_at=at("08:00"))
    watch.books(at("09:40"), customer="Muster GmbH")
    assert await watch.looks(at("09:40"), at("10:30"), MINUTE) == []


async def test_cancelled_between_the_look_and_the_sending_it_says_nothing(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00"), customer="Schäfer GmbH")
    watch.sends = False
    await watch.look(at("09:45"))
    watch.run(schema.appointment, cancelled_at=at("09:46"))
    watch.sends = True
    assert await watch.look(at("09:46")) == []


async def test_sent_only_after_the_appointment_began_it_says_nothing(watch: Watch, chat: Chat) -> None:
    """Telegram could not be reached meanwhile."""
    watch.books(at("10:00"), customer="Schäfer GmbH")
    watch.sends = False
    await watch.look(at("09:45"))
    watch.sends = True
    assert await watch.look(at("10:00")) == []


async def test_an_appointment_that_was_moved_to_another_day_gets_a_new_one(watch: Watch, chat: Chat) -> None:
    key = watch.books(at("10:00"), customer="Schäfer GmbH")
    assert len(await watch.look(at("09:45"))) == 1
    tomorrow = at("10:00", "2026-11-17")
    watch.run(schema.appointment, schema.appointment.c.id == key, starts_at=tomorrow, ends_at=tomorrow + 30 * MINUTE)
    assert await watch.looks(at("09:46"), at("11:00")) == []
    assert len(await watch.look(at("09:45", "2026-11-17"))) == 1


async def test_two_appointments_at_one_time_are_one_message(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00"), customer="Schäfer GmbH")
    watch.books(at("09:55"), customer="Muster GmbH")
    ((_, text),) = await watch.look(at("09:46"))
    assert text.index("09:55 Webcall: Muster GmbH") < text.index("10:00 Webcall: Schäfer GmbH")


@pytest.mark.parametrize("column", ["blocked_at", "removed_at"])
async def test_who_blocked_the_bot_or_was_removed_gets_nothing(watch: Watch, chat: Chat, column: str) -> None:
    watch.books(at("10:00"), customer="Schäfer GmbH")
    watch.run(schema.person, **{column: at("09:00")})
    assert await watch.looks(at("09:40"), at("10:30")) == []
    assert watch.settled() == 0


async def test_around_midnight_it_belongs_to_the_day_on_which_the_appointment_begins(watch: Watch, chat: Chat) -> None:
    watch.person(quiet_from=time(), quiet_until=time())
    watch.books(at("00:10", "2026-11-17"), customer="Nachtschicht GmbH")
    watch.books(at("23:58"), customer="Spätschicht GmbH")
    seen = await watch.looks(at("23:30"), at("00:30", "2026-11-17"), MINUTE)
    assert [line.partition(" 1001 ")[2] for line in seen] == [
        "23:58 Webcall: Spätschicht GmbH",
        "00:10 Webcall: Nachtschicht GmbH",
    ]
