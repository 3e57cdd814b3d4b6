"""Inline mode: `@bot zu teuer` in any chat lists sentences to say, and a tap posts one there.

Queries pass by inbox, outbox and all of storage but the list of members: they come anew with every letter and are worth
nothing a moment later. Whoever is no member gets an empty list and the way to the bot.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection
from telegram.error import TelegramError

from bot import translation
from bot.storage.people import SqlPeople
from bot.storage.work import Storage
from bot.telegram_api import Api
from dialogs.conversation.talk import PersonId
from dialogs.door import FROM_INLINE
from dialogs.inline_cards import Card, cards, cards_about, lesson_of_the_day
from dialogs.ports.people import Person
from dialogs.read_back import shortened
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language, Messages
from knowledge.recognition.matches import Recognition

log = structlog.get_logger()

INLINE_QUERY: Final = "inline_query"
"""The kind of update."""
MAX_QUERY: Final = 256
"""Characters that Telegram lets somebody type."""
CACHED_FOR: Final = 30
"""Seconds for which Telegram may give the same person the same answer again."""
MOST_AT_ONCE: Final = 64
"""So many people are answered at the same time; whoever asks beyond that types on and asks again."""

_TITLE: Final = 64
_DESCRIPTION: Final = 120
_BUTTON: Final = 60

Recognise = Callable[[str, Language | None], Awaitable[Recognition]]


class Inline:
    """Answers inline queries, of each person only the newest."""

    def __init__(
        self,
        api: Api,
        storage: Storage,
        catalogue: Catalogue,
        messages: Messages,
        recognise: Recognise,
        clock: Callable[[], datetime],
    ) -> None:
        self._api = api
        self._storage = storage
        self._catalogue = catalogue
        self._messages = messages
        self.recognise = recognise
        """Asked about every text of a member. It raises nothing."""
        self._clock = clock
        self._asking: dict[int, asyncio.Task[None]] = {}

    def take(self, query: Any) -> None:
        """Answers a query as Telegram sent it, in the background. One that can't be read is left unanswered."""
        try:
            who, query_id, text = int(query["from"]["id"]), str(query["id"]), str(query["query"])
            language = translation.language_of_code(query["from"].get("language_code"))
        except (KeyError, TypeError, ValueError, AttributeError):
            return
        earlier = self._asking.pop(who, None)
        if earlier is not None:
            earlier.cancel()
        if len(self._asking) >= MOST_AT_ONCE:
            return
        task = asyncio.create_task(self._answer(PersonId(who), language, query_id, text), name="inline")
        self._asking[who] = task
        task.add_done_callback(lambda done: self._forget(who, done))

    async def close(self) -> None:
        """Leaves what is not answered yet; who still types asks again."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, who: int, done: asyncio.Task[None]) -> None:
        if self._asking.get(who) is done:
            del self._asking[who]

    async def _answer(self, who: PersonId, language: Language, query_id: str, text: str) -> None:
        """At most one answer a query. Nothing of the text is logged, whatever happens."""
        try:
            answer = await self._answer_to(who, language, translation.clean(text[:MAX_QUERY]).strip())
            await self._api.call(
                "answerInlineQuery", inline_query_id=query_id, is_personal=True, cache_time=CACHED_FOR, **answer
            )
        except TelegramError as error:  # too old, most of the time: whoever types on has asked again
            log.info("inline_answer_refused", reason=error.message[:200])
        except Exception as error:
            log.error("inline_query_failed", fault=type(error).__name__)

    async def _answer_to(self, who: PersonId, language: Language, text: str) -> dict[str, Any]:
        """The results, and the button above them where there is something to say there."""

        def membership(connection: Connection) -> Person | None:
            return SqlPeople(connection).get(who)

        member = await self._storage.read(membership)
        if member is None:
            return {"results": [], "button": self._button("inline.to_the_bot", language)}
        knowledge = self._catalogue[member.language]
        if text:
            found = cards(knowledge, text, await self.recognise(text, None))
            if not found:
                return {"results": [], "button": self._button("inline.nothing", member.language)}
            return {"results": [_result(card) for card in found]}
        lesson = lesson_of_the_day(knowledge, self._clock().astimezone(ZoneInfo(member.zone)).date())
        if lesson is None:
            return {"results": [], "button": self._button("inline.nothing", member.language)}
        button = self._button("inline.lesson", member.language, title=lesson.title)
        return {"results": [_result(card) for card in cards_about(knowledge, lesson)], "button": button}

    def _button(self, key: str, language: Language, **values: str) -> Mapping[str, str]:
        """It leads into the private chat with the bot."""
        text = shortened(self._messages.text(key, language, **values), _BUTTON)
        return {"text": text, "start_parameter": FROM_INLINE}


def _result(card: Card) -> Mapping[str, Any]:
    """The Bot API's `InlineQueryResultArticle`; what is posted is plain text."""
    return {
        "type": "article",
        "id": card.id,
        "title": shortened(card.title, _TITLE),
        "description": shortened(card.sentence, _DESCRIPTION),
        "input_message_content": {"message_text": card.sentence},
    }
