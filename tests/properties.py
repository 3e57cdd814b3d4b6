"""How often a property is tried: a little in the usual run, far more often in the thorough one (`make soak`)."""

from typing import Final

from hypothesis import settings

USUAL: Final = 40
"""Examples of a property that asks for no number of its own."""
TIMES: Final = 20
"""So many times as many in the thorough run."""


def register() -> None:
    """The two profiles; `--hypothesis-profile=thorough` takes the other one. A busy machine is no failure."""
    settings.register_profile("usual", max_examples=USUAL, deadline=None)
    settings.register_profile("thorough", max_examples=USUAL * TIMES, deadline=None)
    settings.load_profile("usual")


def tries(usual: int) -> int:
    """So many, or as many times more as the run is thorough: for a property whose examples are slow or quick."""
    return usual * settings().max_examples // USUAL
