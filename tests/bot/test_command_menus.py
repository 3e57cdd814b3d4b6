"""Each chat's command menu is what Telegram was given, and only what it was given counts as given."""

from tests.bot.world import SABINE, World, until


def without_menu(world: World) -> list[int]:
    """The members whose chats have not been given their menu."""
    return [who for (who,) in world.rows("SELECT id FROM person WHERE menu IS NULL ORDER BY id")]


async def test_a_menu_that_did_not_reach_telegram_is_given_with_the_next_change(world: World) -> None:
    await until(lambda: not without_menu(world))
    world.run_sql("UPDATE person SET menu = NULL")
    world.standin.faults.refuse("setMyCommands", 502, "Bad Gateway")
    await world.bot.menus.bring_up_to_date()
    assert SABINE in without_menu(world)
    await world.bot.menus.bring_up_to_date()
    assert without_menu(world) == []


async def test_a_menu_that_telegram_refuses_is_not_asked_for_again(world: World) -> None:
    await until(lambda: not without_menu(world))
    world.run_sql("UPDATE person SET menu = NULL")
    world.standin.faults.refuse("setMyCommands", 400, "chat not found", times=2)
    await world.bot.menus.bring_up_to_date()
    assert without_menu(world) == []
    given = len(world.calls("setMyCommands"))
    await world.bot.menus.bring_up_to_date()
    assert len(world.calls("setMyCommands")) == given
