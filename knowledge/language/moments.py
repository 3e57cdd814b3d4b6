"""Days and moments as one says them: 'heute', 'morgen, 10:30', 'Fr., 20.11., 10:30'.

The words are messages: `language.yesterday`, `language.today`, `language.tomorrow`,
`language.day_after_tomorrow`, and `language.moment`, which joins {day} and {time}.
"""

from datetime import date, datetime, tzinfo

from knowledge.language import writing
from knowledge.language.languages import Language
from knowledge.language.messages import Messages

_NEAR = {
    -1: "language.yesterday",
    0: "language.today",
    1: "language.tomorrow",
    2: "language.day_after_tomorrow",
}


def spoken_day(messages: Messages, d: date, language: Language, today: date) -> str:
    """'gestern', 'heute', 'morgen', 'übermorgen', else as `writing.day`: `Fr., 20.11.`"""
    word = _NEAR.get((d - today).days)
    return messages.text(word, language) if word else writing.day(d, language, today)


def spoken_moment(messages: Messages, moment: datetime, language: Language, zone: tzinfo, now: datetime) -> str:
    """`morgen, 10:30` in the person's zone; `moment` and `now` are aware, and both count in that zone.

    Raises ValueError for a naive datetime: it would be read in the server's zone.
    """
    if moment.tzinfo is None or now.tzinfo is None:
        raise ValueError("a moment needs a zone; store and pass aware datetimes in UTC")
    local = moment.astimezone(zone)
    return messages.text(
        "language.moment",
        language,
        day=spoken_day(messages, local.date(), language, now.astimezone(zone).date()),
        time=local.time(),
    )
