"""What can go wrong with language, and whose fault it is.

LanguageError
├── ReadingError     the person's input: a key of a message, with parameters
├── MessageError     the content: a file of messages that cannot be used, with file, key and remedy
└── MissingMessage   our bug: a key or a parameter that the messages do not have
"""

from typing import Any


class LanguageError(Exception):
    """Base of all errors of this package."""


class ReadingError(LanguageError):
    """What a person typed cannot be read; `key` and `params` make the sentence that tells them.

    Raised for the person's input only; it never stands for a fault of ours.
    """

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params

    def __str__(self) -> str:
        return self.key


class MessageError(LanguageError):
    """A file of messages is wrong: the text names file, key and what to do."""


class MissingMessage(LanguageError, LookupError):
    """A message or a parameter was asked for that does not exist: a mistake in the calling code."""
