"""Strings as programs build them: f-strings, `%`, `.format`, `strftime`; widths are bounded."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Any

import libcst as cst

from dag_lint.evaluate.values import join_text, plain, text_pieces
from dag_lint.known import Constant, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle

_WIDE = re.compile(r"\d{4,}|\*")
"""A width of four digits or more may ask for a gigabyte of blanks."""

_PERCENT = re.compile(
    r"%(?:\((?P<key>[^)]*)\))?(?P<flags>[#0\- +]*)(?P<width>\d*)(?P<precision>\.\d+)?(?P<kind>[a-zA-Z%])"
)


def interpolate(run: Interpreter, parts: Any) -> Value:
    """The text of a format specification, which may hold expressions itself."""
    pieces: list[str | None] = []
    for part in parts:
        if isinstance(part, cst.FormattedStringText):
            pieces.append(part.value)
        else:
            pieces.extend(run.text_of_object(run.evaluate(part.expression)))
    return join_text(pieces, None)


def format_text(value: Value, specification: Value, node: Handle) -> Value:
    """`format(value, specification)`."""
    if isinstance(value, Constant) and isinstance(specification, Constant):
        text = specification.value
        if isinstance(text, str) and not _WIDE.search(text):
            try:
                return Constant(format(value.value, text), node)
            except Exception:
                return Unknown(node)
    return Text((None,), node)


def percent(run: Interpreter, left: Constant | Text, right: Value, node: Handle) -> Value | None:
    """`left % right` for a string, None when `left` is none."""
    pieces = text_pieces(left)
    if isinstance(left, Constant) and not isinstance(left.value, str):
        return None
    template = left.value if isinstance(left, Constant) else None
    if not isinstance(template, str):
        # The end of a template stands as it is, when no conversion reaches into it.
        ending = pieces[-1] or ""
        return Text((None, ending), node) if ending and "%" not in ending else Text((None,), node)
    known, values = plain(right)
    if known and not _WIDE.search(template):
        try:
            return Constant(template % values, node)
        except Exception:
            return Unknown(node)
    return _percent_by_piece(run, template, right, node)


def _percent_by_piece(run: Interpreter, template: str, right: Value, node: Handle) -> Value:
    items = right.items if isinstance(right, Sequence) and right.kind == "tuple" else [right]
    pieces: list[str | None] = []
    position = count = 0
    for match in _PERCENT.finditer(template):
        run.spend()
        pieces.append(template[position : match.start()])
        position = match.end()
        if match["kind"] == "%":
            pieces.append("%")
            continue
        value: Value | None
        if match["key"] is not None:
            entry = right.get(match["key"]) if isinstance(right, Mapping) else None
            value = entry.value if entry else None
        else:
            value = items[count] if count < len(items) else None
            count += 1
        simple = match["kind"] == "s" and not (match["width"] or match["precision"] or match["flags"])
        pieces.extend(run.text_of_object(value) if value is not None and simple else [None])
    pieces.append(template[position:])
    return join_text([piece for piece in pieces if piece != ""], node)


def format_method(run: Interpreter, template: str, arguments: CallArguments, node: Handle) -> Value:
    """`template.format(...)`."""
    pieces: list[str | None] = []
    automatic = 0
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError:
        return Unknown(node)
    run.spend(len(fields))
    for literal, name, specification, conversion in fields:
        if literal:
            pieces.append(literal)
        if name is None:
            continue
        if name == "":
            name, automatic = str(automatic), automatic + 1
        value = _field(name, arguments)
        if value is None or conversion or "{" in (specification or ""):
            pieces.append(None)
        elif specification:
            pieces.extend(text_pieces(format_text(value, Constant(specification), node)))
        else:
            pieces.extend(run.text_of_object(value, formatted=True))
    return join_text(pieces, node)


def _field(name: str, arguments: CallArguments) -> Value | None:
    if name.isdigit():
        return arguments.value(int(name))
    if name.isidentifier() and name in arguments.keywords:
        return arguments.keywords[name].value
    return None
