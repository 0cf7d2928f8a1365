"""The settings in TOML, and the JSON schema of what [tool.dag-lint] may hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dag_lint.reading import parse_toml
from dag_lint.setting import FileRule, Patterns
from dag_lint.settings import SETTINGS, Settings

if TYPE_CHECKING:
    from dag_lint.setting import Setting

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors of TOML understand."""


def as_toml(value: object) -> str:
    """A value of a setting as it is written in a pyproject.toml."""
    return _toml(as_plain(value))


def as_plain(value: object) -> Any:
    """A value of a setting as TOML and JSON have it, in an order that is always the same."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Patterns):
        return list(value.texts)
    if isinstance(value, tuple) and all(isinstance(item, FileRule) for item in value):
        return {rule.pattern.texts[0]: sorted(rule.values) for rule in value}
    return value


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{_toml(key)} = {_toml(item)}" for key, item in value.items()) + " }"
            if value
            else "{}"
        )
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    # What JSON escapes, TOML escapes likewise.
    return json.dumps(value, ensure_ascii=False)


def schema() -> dict[str, Any]:
    """The JSON schema of the table."""
    return {
        "$schema": _DRAFT,
        "title": "dag-lint",
        "description": "What stands under [tool.dag-lint] in a pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {setting.name: _property(setting) for setting in SETTINGS},
    }


def _property(setting: Setting) -> dict[str, Any]:
    example = parse_toml(f"x = {setting.example}".encode())["x"]
    described: dict[str, Any] = {"description": setting.help, **_type(setting), "examples": [example]}
    default = as_plain(getattr(Settings(), setting.attribute))
    if default is not None:
        described["default"] = default
    return described


def _type(setting: Setting) -> dict[str, Any]:
    if setting.kind == "switch":
        return {"type": "boolean"}
    if setting.kind == "number":
        return {"type": "integer", "minimum": 0}
    if setting.kind == "text":
        return _text(setting)
    if setting.kind == "patterns":
        return {"type": "array", "items": {"type": "string", "minLength": 1}}
    several = {"type": "array", "items": _text(setting)}
    return several if setting.kind == "list" else {"type": "object", "additionalProperties": several}


def _text(setting: Setting) -> dict[str, Any]:
    form = {"type": "string", "pattern": f"^({setting.form})$"} if setting.form else {"type": "string"}
    if not setting.choices:
        return form
    return (
        {"anyOf": [{"enum": list(setting.choices)}, form]}
        if setting.form
        else {"enum": list(setting.choices)}
    )


def schema_as_json() -> str:
    """The schema as it lies in the repository."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
