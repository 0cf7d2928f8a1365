"""What one setting is: its name, what it takes, and how it is read from TOML and from an option."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["text", "number", "switch", "list", "patterns", "table"]
"""`patterns` are those of a .gitignore, in the order given; `table` leads from such a pattern to texts."""

_KINDS = {
    "text": "a text",
    "number": "a whole number",
    "switch": "true or false",
    "list": "a list of texts",
    "patterns": "a list of texts",
    "table": "a table of lists of texts",
}


class WrongSettingError(ArgumentTypeError):
    """A value that a setting cannot take; the text says what to write. argparse prints it as it is."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Names of files and folders as in a .gitignore; the last one that fits decides."""

    texts: tuple[str, ...] = ()
    base: Path | None = None
    """The folder that a pattern with a slash begins at; None for the root of the project."""


@dataclass(frozen=True, slots=True)
class FileRule:
    """What counts for the files that a pattern fits, or with `!` before it, for all the others."""

    pattern: Patterns
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name as users write it, what it takes, and what it does."""

    name: str
    kind: Kind
    help: str
    example: str
    """A value as in TOML."""
    check: Callable[[str], str] = str
    """Its texts as they are kept. Raises WrongSettingError."""
    form: str | None = None
    """A regular expression, of Python and of JSON schema alike, for each of its texts."""
    choices: tuple[str, ...] = ()
    """The texts that it takes, if they are few."""
    flake8: bool = True
    """Whether flake8 gets an option for it; it has its own for some."""

    @property
    def attribute(self) -> str:
        """The name of the field of Settings."""
        return self.name.replace("-", "_")

    def from_toml(self, value: object) -> object:
        """The value of the setting from what a TOML file holds."""
        if self.kind == "text":
            return self._text(value)
        if self.kind == "list":
            return frozenset(self._texts(value))
        if self.kind == "patterns":
            return Patterns(tuple(_pattern(self.name, text) for text in self._texts(value)))
        if self.kind == "table":
            if not isinstance(value, dict):
                raise self._wrong()
            return tuple(
                FileRule(Patterns((_pattern(self.name, key),)), frozenset(self._texts(texts)))
                for key, texts in value.items()
            )
        expected = bool if self.kind == "switch" else int
        if type(value) is not expected or (self.kind == "number" and value < 0):
            raise self._wrong()
        return value

    def from_option(self, text: str) -> object:
        """The value of the setting from the text of a command line option, or of flake8's configuration."""
        if self.kind == "text":
            return self._checked(text)
        if self.kind == "list":
            return frozenset(self._checked(item) for item in _items(text))
        if self.kind == "patterns":
            here = Path.cwd()
            return Patterns(tuple(_pattern(self.name, item, here) for item in _items(text)), here)
        if self.kind == "table":
            return self._pairs(text)
        if self.kind == "switch":
            if text.lower() not in ("true", "false"):
                raise WrongSettingError(f'{shortened(text)}: write "true" or "false"')
            return text.lower() == "true"
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise WrongSettingError(f"{shortened(text)}: write a whole number, such as {self.example}")
        return int(text)

    def _text(self, value: object) -> str:
        if isinstance(value, float):
            # Nobody could tell afterwards which of the two was meant.
            raise WrongSettingError(
                f"{self.name} = {value!r:.20} is a number, and to TOML 3.10 and 3.1 are the same number:"
                f" write it in quotes, {self.name} = {self.example}"
            )
        if not isinstance(value, str):
            raise self._wrong()
        return self._checked(value)

    def _texts(self, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong()
        # Of patterns, the checks are others: theirs are the texts of a table, not its keys.
        return list(value) if self.kind == "patterns" else [self._checked(item) for item in value]

    def _pairs(self, text: str) -> tuple[FileRule, ...]:
        """`PATTERN:CODE,CODE PATTERN:CODE`: a text without a colon belongs to the pattern before it."""
        here = Path.cwd()
        found: dict[str, list[str]] = {}
        last: list[str] | None = None
        for item in _items(text):
            pattern, colon, value = item.rpartition(":")
            if colon:
                last = found.setdefault(_pattern(self.name, pattern, here), [])
            if last is None:
                raise WrongSettingError(
                    f"{shortened(item)}: write PATTERN:CODE, as in dags/legacy/**:DAG101,DAG3"
                )
            last.append(self._checked(value))
        return tuple(FileRule(Patterns((key,), here), frozenset(values)) for key, values in found.items())

    def _checked(self, text: str) -> str:
        try:
            return self.check(text)
        except WrongSettingError as error:
            raise WrongSettingError(f"{self.name} = {shortened(text)}: {error}") from None

    def _wrong(self) -> WrongSettingError:
        return WrongSettingError(f"{self.name} is {_KINDS[self.kind]}: {self.name} = {self.example}")


def shortened(text: str) -> str:
    """A user's text in quotes, on one line and of bearable length."""
    from dag_lint.diagnostic import one_line

    return f'"{one_line(text, 40)}"'


def _items(text: str) -> list[str]:
    return [item for item in re.split(r"[,\s]+", text) if item]


def _pattern(name: str, text: str, base: Path | None = None) -> str:
    """A pattern that is one: to git, a blank line and a comment are none, and `./a` and `../a` fit nothing."""
    # Imported here: most projects name no files, and the door of flake8 is to be light.
    from pathspec import GitIgnoreSpec

    negation = "!" if text.startswith("!") else ""
    plain = text.removeprefix("!")
    if plain.startswith("./"):
        plain = plain[1:]
    elif base is not None:
        plain = plain.removeprefix(base.as_posix()) if plain.startswith(f"{base.as_posix()}/") else plain
    if ".." in plain.split("/"):
        raise WrongSettingError(
            f"{name} = {shortened(text)}: write a pattern without .., such as dags/legacy/"
        )
    try:
        spec = GitIgnoreSpec.from_lines([negation + plain])
    except ValueError:
        spec = GitIgnoreSpec([])
    if all(one.include is None for one in spec.patterns):
        raise WrongSettingError(
            f"{name} = {shortened(text)}: write a pattern as in .gitignore, such as dags/legacy/"
        )
    return negation + plain
