"""The sentences of the interface, one file a language: `content/<language>/messages.yaml`.

Nested mappings become dotted keys. A leaf is a sentence with `{name}` placeholders (`{{` and `}}` are
braces), or a mapping of the language's plural categories (German and English: exactly `one` and `other`),
chosen by the parameter `n`:

    follow_up:
      due:
        one: "Eine Aufgabe ist fällig."
        other: "{n} Aufgaben sind fällig."
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any, Self

import yaml
from babel.plural import PluralRule

from knowledge.language import writing
from knowledge.language.errors import MessageError, MissingMessage
from knowledge.language.languages import Language
from knowledge.language.money import Money

__all__ = ["Language", "MessageError", "Messages", "MissingMessage", "Param"]

Param = str | int | Decimal | Money | date | time


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence taken apart: literals stand at even places, names of parameters at odd ones."""

    pieces: tuple[str, ...]

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(self.pieces[1::2])


@dataclass(frozen=True, slots=True)
class _Plural:
    """One sentence for each plural category, and the rule that chooses."""

    forms: Mapping[str, _Sentence]
    rule: PluralRule

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset({"n"}).union(*(form.placeholders for form in self.forms.values()))


_Leaf = _Sentence | _Plural


class Messages:
    """All sentences in all languages, taken apart once; `text` only puts the pieces together."""

    def __init__(self, leaves: Mapping[Language, Mapping[str, _Leaf]]) -> None:
        self._leaves = leaves

    @classmethod
    def load(cls, content_dir: Path) -> Self:
        """Reads `messages.yaml` of every language.

        Raises MessageError when a file is missing or no YAML, a key stands twice or is no string, a leaf is
        no sentence, a placeholder is malformed, or the languages differ in keys or placeholders.
        """
        files = {language: content_dir / language / "messages.yaml" for language in Language}
        leaves = {language: _read(file, language) for language, file in files.items()}
        _check_alike(leaves, files)
        return cls(leaves)

    def text(self, key: str, language: Language, **params: Param) -> str:
        """The sentence with its parameters written as the language does; others than it names are ignored.

        int and Decimal with separators, Money as currency, date with weekday and year, time as 24 hours, str
        as it is. A datetime is refused: its zone and the day of reading are not known here, so `moments`
        writes it first.

        Raises MissingMessage for an unknown key or a missing parameter, TypeError for another type.
        """
        leaf = self._leaves[language].get(key)
        if leaf is None:
            raise MissingMessage(f"no message {key!r}: add it to messages.yaml of every language")
        if isinstance(leaf, _Plural):
            leaf = leaf.forms[leaf.rule(_count(key, params))]
        if len(leaf.pieces) == 1:
            return leaf.pieces[0]
        pieces = list(leaf.pieces)
        for place in range(1, len(pieces), 2):
            name = pieces[place]
            if name not in params:
                raise MissingMessage(f"message {key!r} needs the parameter {name!r}")
            pieces[place] = _written(key, name, params[name], language)
        return "".join(pieces)

    def keys(self) -> frozenset[str]:
        """Every key, dotted; the same in all languages."""
        return frozenset(self._leaves[Language.DE])

    def placeholders(self, key: str) -> frozenset[str]:
        """The parameters that a message needs, `n` included where it has plural forms."""
        if key not in self._leaves[Language.DE]:
            raise MissingMessage(f"no message {key!r}: add it to messages.yaml of every language")
        return self._leaves[Language.DE][key].placeholders


def _count(key: str, params: Mapping[str, object]) -> int | Decimal:
    n = params.get("n")
    if n is None:
        raise MissingMessage(f"message {key!r} has plural forms and needs the parameter 'n'")
    if isinstance(n, bool) or not isinstance(n, int | Decimal):
        raise TypeError(f"parameter 'n' of message {key!r} is a number, not {type(n).__name__}")
    return n


def _written(key: str, name: str, value: object, language: Language) -> str:
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value, language)
    if isinstance(value, str):  # an enum of strings
        return str(value)
    raise TypeError(f"parameter {name!r} of message {key!r} is {type(value).__name__}; {_ALLOWED}")


_ALLOWED = "give str, int, Decimal, Money, date or time, and write a datetime with knowledge.language.moments first"
# By exact type, so that a bool is no int and a datetime no date.
_WRITERS: dict[type, Callable[[Any, Language], str]] = {
    str: lambda text, _: text,
    int: writing.number,
    Decimal: writing.number,
    Money: writing.money,
    date: writing.day,
    time: writing.clock,
}


try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML without libyaml: the same, ten times slower
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]  # the same methods


class _StrictLoader(_SafeLoader):
    """YAML in which a key may stand only once in its mapping."""


def _mapping_of_unique_keys(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping_of_unique_keys)


def _read(file: Path, language: Language) -> dict[str, _Leaf]:
    try:
        tree = yaml.load(file.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506 (a SafeLoader)
    except OSError as error:
        raise MessageError(f"{file}: cannot be read ({error.strerror}); every language needs this file") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MessageError(f"{file}: is no valid YAML in UTF-8: {' '.join(str(error).split())}") from error
    if not isinstance(tree, dict):
        raise MessageError(f"{file}: holds no mapping; write 'group:' with 'key: sentence' below it")
    return dict(_leaves(tree, "", file, language))


def _leaves(tree: Mapping[Any, Any], prefix: str, file: Path, language: Language) -> Iterator[tuple[str, _Leaf]]:
    for name, value in tree.items():
        if not isinstance(name, str) or not name or "." in name:
            raise MessageError(f"{file}: key {prefix}{name!r} is no plain name; put it in quotes, without a dot")
        key = prefix + name
        if isinstance(value, str):
            yield key, _sentence(value, key, file)
        elif isinstance(value, dict) and _is_plural(value, language):
            forms = {category: _sentence(form, f"{key}.{category}", file) for category, form in value.items()}
            yield key, _Plural(forms, language.locale.plural_form)
        elif isinstance(value, dict) and value:
            yield from _leaves(value, key + ".", file, language)
        else:
            raise MessageError(f"{file}: {key} is {value!r}, not a sentence; put the words in quotes")


def _is_plural(value: Mapping[Any, Any], language: Language) -> bool:
    return set(value) == {*language.locale.plural_form.tags, "other"} and all(
        isinstance(form, str) for form in value.values()
    )


def _sentence(text: str, key: str, file: Path) -> _Sentence:
    if not text.strip():
        raise MessageError(f"{file}: {key} is empty; write the sentence or take the key out of every language")
    pieces = [""]
    try:
        for literal, name, spec, conversion in Formatter().parse(text.rstrip("\n")):
            pieces[-1] += literal
            if name is None:
                continue
            if not name.isidentifier() or spec or conversion:
                raise ValueError("a placeholder is a plain name")
            pieces += [name, ""]
    except ValueError as error:
        raise MessageError(f"{file}: {key}: {error}; write {{name}}, and {{{{ }}}} for braces") from error
    return _Sentence(tuple(pieces))


def _check_alike(leaves: Mapping[Language, Mapping[str, _Leaf]], files: Mapping[Language, Path]) -> None:
    first, *others = Language
    for other in others:
        for here, there in ((first, other), (other, first)):
            for key in leaves[here].keys() - leaves[there].keys():
                raise MessageError(f"{files[there]}: {key} is missing; {files[here]} has it, write it here too")
        for key, leaf in leaves[other].items():
            expected = leaves[first][key].placeholders
            if leaf.placeholders != expected:
                raise MessageError(
                    f"{files[other]}: {key} has the placeholders {sorted(leaf.placeholders)}, "
                    f"{files[first]} has {sorted(expected)}; use the same in both"
                )
