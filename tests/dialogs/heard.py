"""What the help says to what a customer said, and what is kept of it; for transcripts."""

from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.conversations import NoteId, NoteKind
from knowledge.taxonomy import ObjectionId
from tests.chat import Chat

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
