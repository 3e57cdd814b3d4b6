"""The Bot API's methods about the bot itself: updates and webhook, command menus, descriptions, menu button."""

from __future__ import annotations

from typing import Any, Final

from bot.playground.methods import Method
from bot.playground.parameters import Parameters
from bot.playground.profile import Command, checked_language, checked_scope
from bot.playground.refusals import bad_request, conflict
from bot.playground.standin import Standin
from bot.playground.updates import TERMINATED_BY_WEBHOOK
from bot.playground.webhook import checked_address

WEBHOOK_IS_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Encoded(bytes):
    """A result that is JSON already."""


class Described:
    """A result that comes with a description, as setWebhook's does."""

    def __init__(self, result: Any, description: str) -> None:
        self.result = result
        self.description = description


# updates


async def get_updates(standin: Standin, parameters: Parameters) -> Encoded:
    if standin.webhook.address is not None:
        raise conflict(WEBHOOK_IS_ACTIVE)
    standin.updates.allow(allowed_kinds(parameters))
    lot = await standin.updates.fetch(
        parameters.integer("offset"), parameters.integer("limit", 100), parameters.integer("timeout")
    )
    return Encoded(b"[" + b",".join(update.body for update in lot) + b"]")


async def set_webhook(standin: Standin, parameters: Parameters) -> Described:
    url = parameters.text("url") or ""
    if not url:
        return await delete_webhook(standin, parameters)
    address = checked_address(url, parameters.text("secret_token") or "", parameters.integer("max_connections"))
    standin.updates.allow(allowed_kinds(parameters))
    if parameters.flag("drop_pending_updates"):
        standin.updates.clear()
    if address == standin.webhook.address:
        return Described(True, "Webhook is already set")
    standin.updates.interrupt(conflict(TERMINATED_BY_WEBHOOK))
    await standin.webhook.change(address)
    return Described(True, "Webhook was set")


async def delete_webhook(standin: Standin, parameters: Parameters) -> Described:
    if parameters.flag("drop_pending_updates"):
        standin.updates.clear()
    if standin.webhook.address is None:
        return Described(True, "Webhook is already deleted")
    await standin.webhook.change(None)
    return Described(True, "Webhook was deleted")


def get_webhook_info(standin: Standin, parameters: Parameters) -> dict[str, Any]:  # noqa: ARG001 - a method's form
    return standin.webhook.info()


def allowed_kinds(parameters: Parameters) -> list[str] | None:
    kinds = parameters.structure("allowed_updates", "allowed updates")
    if kinds is not None and not (isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)):
        raise bad_request("can't parse allowed updates: Expected an Array of String")
    return kinds


# what the bot shows of itself


def set_my_commands(standin: Standin, parameters: Parameters) -> bool:
    scope, language = scope_and_language(standin, parameters)
    standin.profile.set_commands(parameters.structure("commands", "commands"), scope, language)
    tell_menus(standin)
    return True


def get_my_commands(standin: Standin, parameters: Parameters) -> list[Command]:
    return standin.profile.commands(*scope_and_language(standin, parameters))


def delete_my_commands(standin: Standin, parameters: Parameters) -> bool:
    standin.profile.delete_commands(*scope_and_language(standin, parameters))
    tell_menus(standin)
    return True


def scope_and_language(standin: Standin, parameters: Parameters) -> tuple[str, str]:
    scope, chat_id = checked_scope(parameters.structure("scope", "BotCommandScope"))
    if chat_id is not None:
        standin.chats.chat(chat_id)
    return scope, checked_language(parameters.text("language_code") or "")


def tell_menus(standin: Standin) -> None:
    """Tells the page what each phone's menu holds now."""
    for user_id in standin.chats.people:
        standin.feed.emit(type="commands", user=user_id, commands=standin.commands(user_id))


def set_my_description(standin: Standin, parameters: Parameters) -> bool:
    return set_text(standin, parameters, "description")


def get_my_description(standin: Standin, parameters: Parameters) -> dict[str, str]:
    return get_text(standin, parameters, "description")


def set_my_short_description(standin: Standin, parameters: Parameters) -> bool:
    return set_text(standin, parameters, "short_description")


def get_my_short_description(standin: Standin, parameters: Parameters) -> dict[str, str]:
    return get_text(standin, parameters, "short_description")


def set_text(standin: Standin, parameters: Parameters, name: str) -> bool:
    language = checked_language(parameters.text("language_code") or "")
    standin.profile.set_text(name, parameters.text(name) or "", language)
    return True


def get_text(standin: Standin, parameters: Parameters, name: str) -> dict[str, str]:
    language = checked_language(parameters.text("language_code") or "")
    return {name: standin.profile.text(name, language)}


def set_chat_menu_button(standin: Standin, parameters: Parameters) -> bool:
    button = parameters.structure("menu_button", "MenuButton") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse MenuButton: Unsupported type specified")
    standin.profile.set_menu_button(menu_button_chat(standin, parameters), button)
    return True


def get_chat_menu_button(standin: Standin, parameters: Parameters) -> dict[str, Any]:
    return standin.profile.menu_button(menu_button_chat(standin, parameters))


def menu_button_chat(standin: Standin, parameters: Parameters) -> int | None:
    if not parameters.text("chat_id"):
        return None
    chat_id = parameters.integer("chat_id")
    standin.chats.chat(chat_id)
    return chat_id


SETTINGS_METHODS: Final[dict[str, Method]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
