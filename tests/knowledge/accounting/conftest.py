"""The first sheet of a run loads languages and sentences: on a busy machine that takes longer than a usual deadline."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
