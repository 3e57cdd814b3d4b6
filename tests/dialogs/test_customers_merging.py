"""Two customers that are one: proposed where names are alike, joined only when asked, and nothing is lost."""

from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.storage.store import SqlStore
from dialogs.conversation.talk import ConversationId, CustomerId, PersonId, replay
from dialogs.customers.merge import joined_fields
from dialogs.ports.customers import Customer, Permission, Potential
from dialogs.ports.days import Appointment, AppointmentId, Reminder, ReminderId, ReminderKind
from knowledge.taxonomy import AppointmentKind, LeadQuality, TargetGroupId
from tests.chat import MONDAY_MORNING, Chat
from tests.dialogs.customers import adds, customer, customers_of, shows
from tests.properties import tries


def mistyped_pair(chat: Chat) -> None:
    """'Mustr GmbH' with an order behind it, and 'Muster GmbH' with a conversation that is on."""
    chat.sends("/gespraech Mustr GmbH")
    chat.press("Weiter")
    chat.types("Budget im Mai")
    chat.press("Als Notiz")
    chat.press_data(f"card:{chat.talk.id}|nodec:{chat.talk.id}:{chat.talk.version}:")
    chat.sends("/gespraech Muster GmbH")
    chat.press("Neu: Muster GmbH")


def test_alike_names_are_proposed_and_the_question_says_what_happens(chat: Chat, engine: Engine) -> None:
    mistyped_pair(chat)
    adds(chat, "Huber AG")
    shows(chat, "Muster")
    chat.press("Ändern")
    chat.press("Zusammenführen")
    chat.sees("Wer ist derselbe Kunde wie Muster GmbH?", buttons=["Mustr GmbH", "Anderen suchen"])
    assert "Huber AG" not in chat.buttons
    chat.press("Mustr GmbH")
    chat.sees(
        "Muster GmbH und Mustr GmbH zusammenführen?", "heißt danach: Muster GmbH", "Es ziehen um: 1 Gespräch",
        "Das lässt sich nicht zurücknehmen.", buttons=["Ja, zusammenführen", "Andersherum"],
    )  # fmt: skip
    assert len(customers_of(engine, chat)) == 3, "nothing happens before it is confirmed"


def test_everything_moves_and_replaying_the_steps_gives_the_state(chat: Chat, engine: Engine) -> None:
    mistyped_pair(chat)
    kept, gone = customer(engine, chat, "Muster GmbH"), customer(engine, chat, "Mustr GmbH")
    with engine.begin() as connection:
        store, owner = SqlStore(connection), PersonId(chat.person_id)
        store.appointments.add(
            owner,
            Appointment(
                AppointmentId(0), AppointmentKind.DEMO, "Demo", chat.now, chat.now + timedelta(hours=1),
                customer_id=gone.id,
            ),
        )  # fmt: skip
        reminder = Reminder(ReminderId(0), ReminderKind.CHECK_IN, chat.now.date(), gone.id)
        store.reminders.add(owner, reminder, chat.now)
    joins(chat, kept, gone)
    chat.sees("Muster GmbH", "2 Gespräche")
    assert chat.toast == "Zusammengeführt: Muster GmbH"
    with engine.connect() as connection:
        store = SqlStore(connection)
        talks = store.conversations.with_customer(owner, kept.id, 10)
        assert len(talks) == 2
        for talk in talks:
            assert replay(talk.id, store.conversations.steps(talk.id)) == talk
            assert talk.customer_id == kept.id
        (appointment,) = store.appointments.between(owner, chat.now, chat.now + timedelta(hours=1))
        (moved,) = store.reminders.open(owner, chat.now.date())
        assert (appointment.customer_id, moved.customer_id) == (kept.id, kept.id)
        assert store.customers.get(owner, gone.id) is None
    chat.press("Notizen")
    chat.sees("Budget im Mai", "Zusammengeführt mit „Mustr GmbH“")


def test_what_came_before_can_still_be_undone_in_a_conversation_that_moved(chat: Chat, engine: Engine) -> None:
    chat.sends("/gespraech Mustr GmbH")
    chat.press("Weiter")
    adds(chat, "Muster GmbH")
    joins(chat, customer(engine, chat, "Muster GmbH"), customer(engine, chat, "Mustr GmbH"))
    chat.press_data(f"card:{chat.talk.id}|undo:{chat.talk.id}:{chat.talk.version}:")
    assert chat.talk.customer_id == customer(engine, chat, "Muster GmbH").id
    chat.sends("/gespraech Muster GmbH")
    chat.sees_card("Muster GmbH", "1/6")


def test_a_second_tap_changes_nothing(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    adds(chat, "Mustr GmbH")
    kept, gone = customer(engine, chat, "Muster GmbH"), customer(engine, chat, "Mustr GmbH")
    joins(chat, kept, gone)
    joins(chat, kept, gone)
    assert chat.toast == "Das ist schon geschehen."
    joins(chat, kept, kept)
    assert [known.id for known in customers_of(engine, chat)] == [kept.id]


def test_the_other_way_round_keeps_the_other(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    adds(chat, "Mustr GmbH")
    shows(chat, "Muster GmbH")
    chat.press("Ändern")
    chat.press("Zusammenführen")
    chat.press("Mustr GmbH")
    chat.press("Andersherum")
    chat.sees("heißt danach: Mustr GmbH")
    chat.press("Ja, zusammenführen")
    assert [known.name for known in customers_of(engine, chat)] == ["Mustr GmbH"]


def test_another_one_is_searched_for_by_a_few_letters(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    adds(chat, "Petra Klar")
    shows(chat, "Muster")
    chat.press("Ändern")
    chat.press("Zusammenführen")
    chat.sees("Keiner heißt ähnlich wie Muster GmbH.")
    chat.press("Anderen suchen")
    chat.types("petr klar")
    chat.press("Petra Klar")
    chat.press("Ja, zusammenführen")
    assert [known.name for known in customers_of(engine, chat)] == ["Muster GmbH"]


def test_nobody_joins_what_belongs_to_another(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    adds(manager_chat, "Mustr GmbH")
    own, other = customer(engine, manager_chat, "Mustr GmbH"), customer(engine, chat, "Muster GmbH")
    joins(manager_chat, own, other)
    joins(manager_chat, other, own)
    assert customer(engine, chat, "Muster GmbH") == other
    assert customer(engine, manager_chat, "Mustr GmbH") == own


def test_texts_that_would_be_lost_become_a_note(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    adds(chat, "Mustr GmbH")
    for name, contact in (("Muster GmbH", "0170 1"), ("Mustr GmbH", "0151 2")):
        shows(chat, name)
        chat.press("Ändern")
        chat.press("Erreichbar")
        chat.types(contact)
    joins(chat, customer(engine, chat, "Muster GmbH"), customer(engine, chat, "Mustr GmbH"))
    shows(chat, "Muster GmbH")
    chat.sees("Erreichbar: 0170 1")
    chat.press("Notizen")
    chat.sees("Erreichbar: 0151 2")


FIELDS = st.builds(
    Customer,
    id=st.sampled_from([CustomerId(1), CustomerId(2)]),
    name=st.sampled_from(["Muster GmbH", "Mustr GmbH"]),
    alias=st.booleans(),
    company=st.sampled_from(["", "Muster Holding"]),
    target_group=st.none() | st.sampled_from(TargetGroupId),
    potential=st.none() | st.sampled_from(Potential),
    quality=st.none() | st.sampled_from(LeadQuality),
    first_contact=st.none() | st.dates(),
    contact=st.sampled_from(["", "0170"]),
    permission=st.none() | st.sampled_from(Permission),
    satisfaction=st.none() | st.integers(1, 5),
)


@given(FIELDS, FIELDS)
def test_fields_of_the_kept_one_win_and_empty_ones_are_filled(kept: Customer, gone: Customer) -> None:
    joined = joined_fields(kept, gone)
    for field in ("company", "target_group", "potential", "quality", "contact", "satisfaction"):
        mine, its = getattr(kept, field), getattr(gone, field)
        assert getattr(joined, field) == (mine or its)
    banned = Permission.NO_CONTACT in (kept.permission, gone.permission)
    assert (joined.permission is Permission.NO_CONTACT) is banned
    assert joined.id == kept.id
    assert joined.alias is (kept.alias and gone.alias)
    days = [day for day in (kept.first_contact, gone.first_contact) if day]
    assert joined.first_contact == min(days, default=None)


NUMBERS = count(1)
MOVES = st.lists(st.sampled_from(["next", "back", "pause", "resume", "undo", "close", "not_yet", "nodec"]), max_size=8)


@settings(max_examples=tries(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=MOVES, after=MOVES)
def test_replaying_gives_the_state_whatever_came_before_and_after_a_merge(
    chat: Chat, engine: Engine, before: list[str], after: list[str]
) -> None:
    number = next(NUMBERS)
    chat.now = max(chat.now, MONDAY_MORNING) + timedelta(minutes=1)
    chat.sends(f"/gespraech Weg {number}")
    talk_id = chat.talk.id
    for action in before:
        presses(chat, engine, talk_id, action)
    adds(chat, f"Bleibt {number}")
    kept, gone = customer(engine, chat, f"Bleibt {number}"), customer(engine, chat, f"Weg {number}")
    joins(chat, kept, gone)
    for action in after:
        presses(chat, engine, talk_id, action)
    with engine.connect() as connection:
        store = SqlStore(connection)
        (talk,) = store.conversations.with_customer(PersonId(chat.person_id), kept.id, 5)
        assert replay(talk.id, store.conversations.steps(talk.id)) == talk
        assert talk.customer_id == kept.id


def presses(chat: Chat, engine: Engine, talk_id: ConversationId, action: str) -> None:
    """A button of the card as the conversation stands now; what does not fit changes nothing."""
    with engine.connect() as connection:
        talk = SqlStore(connection).conversations.load(PersonId(chat.person_id), talk_id)
    assert talk is not None
    chat.press_data(f"card:{talk_id}|{action}:{talk_id}:{talk.version}:")


def joins(chat: Chat, kept: Customer, gone: Customer) -> None:
    """Presses 'Ja, zusammenführen'."""
    chat.press_data(f"customer:{kept.id}|cu_join:{kept.id}:{gone.id}:")
