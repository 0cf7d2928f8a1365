"""Arguments of calls: a new one, laid out like those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.airflow.names import canonical
from dag_lint.edits.page import Edit, NotExactError
from dag_lint.remedy import CodeOf

if TYPE_CHECKING:
    from dag_lint.edits.page import Page
    from dag_lint.remedy import AddArgument

INDENT = "    "


def add_argument(page: Page, change: AddArgument) -> list[Edit]:
    """A keyword argument for a call of Airflow's, whose arguments are all to be seen."""
    node = page.node(change.call)
    callee = node.func if isinstance(node, cst.Call) else getattr(node, "decorator", node)
    if not _is_airflows(page, callee):
        raise NotExactError
    value = change.value
    if isinstance(value, CodeOf):
        code = page.code(page.node(value.node))
        if "\n" in code:
            raise NotExactError
    else:
        code = page.literal(value, node)
    if not isinstance(node, cst.Call):
        # `@dag` without parentheses.
        return [Edit(page.end(callee), page.end(callee), f"({change.name}={code})")]
    return add_keyword(page, node, change.name, code, change.behind)


def _is_airflows(page: Page, callee: cst.CSTNode) -> bool:
    """Whether a call is sure to be one of Airflow's own: a class of the project may take other arguments."""
    if not isinstance(callee, (cst.Name, cst.Attribute)):
        return False
    first: cst.BaseExpression = callee
    attributes = []
    while isinstance(first, cst.Attribute):
        attributes.append(first.attr.value)
        first = first.value
    paths = page.names.paths(first.value) if isinstance(first, cst.Name) else ()
    whole = [".".join((path, *reversed(attributes))) for path in paths]
    return bool(whole) and all(canonical(path) in ("DAG", "dag") for path in whole)


def add_keyword(page: Page, call: cst.Call, name: str, code: str, behind: tuple[str, ...] = ()) -> list[Edit]:
    """The edits that give a call `name=code`, behind the last of some arguments, else at its end."""
    if any(arg.keyword is not None and arg.keyword.value == name for arg in call.args):
        raise NotExactError
    written = f"{name}{_equal_sign(page, call)}{code}"
    if not call.args:
        inside = page.start(call.whitespace_before_args)
        return [Edit(inside, inside, written)]
    index = _anchor(call, behind)
    arg = call.args[index]
    following = call.args[index + 1] if index + 1 < len(call.args) else None
    end = page.end(arg.value)
    margin = _margin_of_own_line(page, call, arg, following)
    if margin is None:
        separator = _separator(call)
        return [Edit(end, end, f"{separator}{written}")]
    if isinstance(arg.comma, cst.Comma):
        behind_comma = page.start(arg.comma) + len(page.code(arg.comma.whitespace_before)) + 1
        at = behind_comma + len(page.rest_of_line(behind_comma) or "")
        return [Edit(at, at, f"\n{margin}{written},")]
    rest = page.rest_of_line(end)
    if rest is None or not rest.strip():
        return [Edit(end, end, f",\n{margin}{written}")]
    at = end + len(rest)
    return [Edit(end, end, ","), Edit(at, at, f"\n{margin}{written}")]


def _anchor(call: cst.Call, behind: tuple[str, ...]) -> int:
    """Which argument the new one comes behind."""
    found = [
        index
        for index, arg in enumerate(call.args)
        if arg.keyword is not None and arg.keyword.value in behind
    ]
    return found[-1] if found else len(call.args) - 1


def _margin_of_own_line(page: Page, call: cst.Call, arg: cst.Arg, following: cst.Arg | None) -> str | None:
    """What stands before a new argument on a line of its own, None when it goes into the line of `arg`."""
    end = page.end(arg.value)
    comma = arg.comma if isinstance(arg.comma, cst.Comma) else None
    if comma is not None:
        if page.line(page.start(comma)) != page.line(end) or "\n" in page.code(comma.whitespace_before):
            return None
        behind_comma = page.start(comma) + len(page.code(comma.whitespace_before)) + 1
        if page.rest_of_line(behind_comma) is None:
            return None
    if following is not None:
        at = page.start(following)
        return page.margin(at) if page.begins_line(at) else None
    at = page.start(arg)
    if page.begins_line(at):
        return page.margin(at)
    if comma is not None:
        # The parenthesis stands alone, and the arguments above it share lines.
        first = next((one for one in call.args if page.begins_line(page.start(one))), None)
        return page.margin(page.start(first)) if first is not None else page.margin(at) + INDENT
    return None


def _separator(call: cst.Call) -> str:
    """`, `, or `,` where the arguments of a call are written so."""
    spaces = [
        arg.comma.whitespace_after.value
        for arg in call.args
        if isinstance(arg.comma, cst.Comma) and isinstance(arg.comma.whitespace_after, cst.SimpleWhitespace)
    ]
    return "," if len(call.args) > 1 and spaces[: len(call.args) - 1] and not any(spaces) else ", "


def _equal_sign(page: Page, call: cst.Call) -> str:
    """`=` as most arguments of a call have it."""
    signs = [page.code(arg.equal) for arg in call.args if isinstance(arg.equal, cst.AssignEqual)]
    most = max(sorted(set(signs)), key=signs.count, default="=")
    return most if "\n" not in most else "="
