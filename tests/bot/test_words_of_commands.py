"""What is typed behind the slash reaches the same screen in both languages, over the whole bot."""

import pytest

from tests.bot.world import MARKUS, World


@pytest.mark.parametrize("word", ["woche", "WOCHE", "week"])
async def test_the_week_is_shown_whichever_word_it_is_asked_by(world: World, word: str) -> None:
    world.say(f"/{word}", MARKUS)
    await world.sees("Team Süd · Woche Mo.,", MARKUS)
