"""PTB's handlers: an update becomes an event and is handed to the dialog that takes it. Nothing else happens here."""

from typing import Any, Self

from telegram import ChatMember, Update
from telegram.ext import Application, CallbackContext, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from bot import translation
from bot.clock import now
from bot.documents import Documents
from bot.listening import Listening
from bot.post import PostOffice, ticket_on_its_way
from bot.routes import dialog_for
from bot.storage.people import mark_blocked
from bot.storage.work import Storage
from bot.telegram_api import Api
from dialogs.conversation.talk import PersonId
from dialogs.turn import Command, Dialog, Event


class BotData(dict[Any, Any]):
    """What handlers need of the house; filled by the composition root."""

    documents: Documents
    listening: Listening
    post: PostOffice
    storage: Storage


class TurnContext(CallbackContext[Api, dict[Any, Any], dict[Any, Any], BotData]):
    """PTB's context with `turn`: the one way from a handler into a dialog."""

    _update: Update | None = None

    @classmethod
    def from_update(cls, update: object, application: Any) -> Self:
        context = super().from_update(update, application)
        context._update = update if isinstance(update, Update) else None
        return context

    async def turn(self, dialog: Dialog, event: Event) -> None:
        """Runs the dialog's turn until it is committed or put aside."""
        update = self._update
        sender = translation.sender_of(update) if update else None
        if update is None or sender is None:
            return
        query = update.callback_query
        pressed = query.message.message_id if query and query.message else None
        await self.bot_data.post.turn(
            ticket_on_its_way(), sender, dialog, event, pressed, group=translation.in_group(update)
        )


App = Application[Api, TurnContext, dict[Any, Any], dict[Any, Any], BotData, Any]


async def on_message(update: Update, context: TurnContext) -> None:
    """A message: a command, a text, a voice message, a file. In groups only commands are looked at.

    A card of our own inline mode, posted into this chat, is nothing that the person said.
    """
    message = update.message
    if message is not None and message.via_bot is not None and message.via_bot.id == context.bot.id:
        return
    event = translation.event_of_message(message, context.bot.username) if message else None
    if event is None or (translation.in_group(update) and not isinstance(event, Command)):
        return
    event = await context.bot_data.listening.hear(event)
    sender = translation.sender_of(update)
    if sender is not None:
        event = await context.bot_data.documents.open(sender.id, event, ticket_on_its_way().letter.at)
    await context.turn(dialog_for(event), event)


async def on_press(update: Update, context: TurnContext) -> None:
    """A pressed button."""
    query = update.callback_query
    if query is not None:
        event = translation.event_of_press(query)
        event = await context.bot_data.documents.open_again(PersonId(query.from_user.id), event)
        await context.turn(dialog_for(event), event)


async def on_membership(update: Update, context: TurnContext) -> None:
    """The person blocked the bot, or lets it write again."""
    change = update.my_chat_member
    if change is None or change.chat.type != "private":
        return
    gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    chat_id, at = change.chat.id, now() if gone else None
    await context.bot_data.storage.write(lambda connection: mark_blocked(connection, chat_id, at))


async def on_error(_update: object, context: TurnContext) -> None:
    """A handler raised outside of a turn: the worker is told and tries again."""
    ticket_on_its_way().failed = context.error


def add_handlers(application: App) -> None:
    """One group, all blocking: the worker waits until the turn is committed."""
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, on_message))
    application.add_handler(CallbackQueryHandler(on_press))
    application.add_handler(ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(on_error)
