"""The two languages, and the regional conventions by which each is written."""

from enum import StrEnum

from babel import Locale


class Language(StrEnum):
    """Languages of the interface. The values are stored and name the folders of the content."""

    DE = "de"
    EN = "en"

    @property
    def locale(self) -> Locale:
        """Babel's conventions for this language."""
        return _LOCALES[self]


# English as Europe writes it: 20 Nov rather than 11/20, 24 hours, € in front.
_LOCALES = {Language.DE: Locale.parse("de_DE"), Language.EN: Locale.parse("en_GB")}
