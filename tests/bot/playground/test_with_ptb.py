"""The real client: python-telegram-bot's `Bot` and `Application` against the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes

from bot.playground.standin import Standin
from tests.bot.playground.conftest import MARKUS, SABINE, TOKEN
from tests.bot.playground.test_sending import PNG


@pytest.fixture
async def bot(standin: Standin) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{standin.url}/bot", base_file_url=f"{standin.url}/file/bot") as running:
        yield running


async def test_a_turn_from_text_to_answered_press(bot: Bot, standin: Standin) -> None:
    standin.say(SABINE, "/gespraech Muster GmbH")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.parse_entities() == {update.message.entities[0]: "/gespraech"}
    keyboard = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("☐ Folgen", callback_data="tick:1")],
            [InlineKeyboardButton("⧉ 1", copy_text=CopyTextButton("Was passiert, wenn …?"))],
        ]
    )
    card = await bot.send_message(
        SABINE,
        "<b>Analyse</b> 🧵 <blockquote expandable>„Was passiert?“</blockquote>",
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(update.message.message_id),
    )
    assert card.reply_markup == keyboard
    assert list(card.parse_entities().values()) == ["Analyse", "„Was passiert?“"]
    query_id = standin.press(SABINE, card.message_id, "tick:1")
    [pressed] = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert pressed.callback_query is not None
    await pressed.callback_query.answer("Notiert")
    edited = await pressed.callback_query.edit_message_text("Analyse ☑")
    assert isinstance(edited, type(card))
    assert edited.edit_date is not None
    assert standin.answer(query_id) == {"text": "Notiert", "show_alert": False, "url": ""}


async def test_refusals_become_the_errors_of_the_library(
    bot: Bot, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it PTB warns that whole seconds will go
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(SABINE, "x" * 4097)
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(MARKUS, "a")
    standin.faults.refuse("sendMessage", 429, retry_after=7)
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(SABINE, "a")
    assert wait.value.retry_after == timedelta(seconds=7)
    standin.faults.refuse("sendMessage", 502)
    with pytest.raises(NetworkError):
        await bot.send_message(SABINE, "a")
    await bot.set_webhook("http://127.0.0.1:1/")
    with pytest.raises(Conflict):
        await bot.get_updates()
    with pytest.raises(InvalidToken):
        async with Bot("2:OTHER", base_url=f"{standin.url}/bot"):
            pytest.fail("a wrong token must not get this far")


async def test_files_both_ways(bot: Bot, standin: Standin) -> None:
    sent = await bot.send_document(SABINE, InputFile(b"a;b", filename="Übersicht.csv"), caption="BAB")
    assert sent.document is not None
    assert sent.document.file_name == "Übersicht.csv"
    photo = await bot.send_photo(SABINE, PNG)
    assert (photo.photo[0].width, photo.photo[0].height) == (640, 480)
    standin.send_file(SABINE, b"OggS...", "note.ogg", kind="voice")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.voice is not None
    file = await update.message.voice.get_file()
    assert bytes(await file.download_as_bytearray()) == b"OggS..."
    again = await bot.send_voice(SABINE, update.message.voice.file_id)
    assert again.voice == update.message.voice


async def test_menus_and_profile(bot: Bot, standin: Standin) -> None:
    await bot.set_my_commands(
        [BotCommand("hilfe", "was ich kann")], BotCommandScopeAllPrivateChats(), language_code="de"
    )
    assert standin.commands(SABINE) == [{"command": "hilfe", "description": "was ich kann"}]
    assert (await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "de"))[0].command == "hilfe"
    assert await bot.set_my_description("Der rote Faden")
    assert await bot.set_chat_menu_button(SABINE)
    assert await bot.send_chat_action(SABINE, ChatAction.TYPING)
    assert (await bot.get_chat(SABINE)).first_name == "Sabine"
    assert (await bot.get_webhook_info()).url == ""
    assert (await bot.get_me()).username == "roter_faden_bot"


async def test_a_whole_application_polls(standin: Standin) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("Willkommen")

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{standin.url}/bot")
    application = builder.base_file_url(f"{standin.url}/file/bot").build()
    application.add_handler(CommandHandler("start", start))
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling()
        said = standin.say(SABINE, "/start")
        answer = await standin.next_message(SABINE, after=said["message_id"])
        await application.updater.stop()
        await application.stop()
    assert answer["text"] == "Willkommen"
