"""Arguments of calls: a new one, laid out like those that are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.airflow.names import canonical
from dag_lint.edits.lists import insert, items_of
from dag_lint.edits.page import Edit, NotExactError
from dag_lint.remedy import CodeOf
from dag_lint.syntax import walk

if TYPE_CHECKING:
    from dag_lint.edits.page import Page
    from dag_lint.remedy import AddArgument

_TIMES = ("start_date", "end_date")
_SCHEDULES = ("schedule", "schedule_interval", "timetable")
_BESIDE = {
    "catchup": _SCHEDULES + _TIMES,
    "schedule": _TIMES,
    "schedule_interval": _TIMES,
    "max_active_tasks": (*_SCHEDULES, *_TIMES, "catchup", "max_active_runs"),
    "max_active_runs": (*_SCHEDULES, *_TIMES, "catchup", "max_active_tasks", "concurrency"),
}
"""Behind which arguments readers look for another one."""

_NOT_MOVED = (cst.Lambda, cst.BaseComp, cst.Await, cst.NamedExpr, cst.Yield)


def add_argument(page: Page, change: AddArgument) -> list[Edit]:
    """A keyword argument for a call of Airflow's, whose arguments are all to be seen."""
    node = page.node(change.call)
    callee = node.func if isinstance(node, cst.Call) else node
    if isinstance(node, cst.Decorator):
        callee = node.decorator
    if not _makes_dag(page, callee):
        raise NotExactError
    if any(_switched_off(comment, change.name) for comment in page.comments(node)):
        # Somebody took the argument out, and left it there to be read.
        raise NotExactError
    value, comment = change.value, ""
    if isinstance(value, CodeOf):
        source = page.node(value.node)
        code, comment = _moved(page, source, node), _comment_behind(page, source)
    else:
        code = page.literal(value, node)
    if not isinstance(node, cst.Call):
        # `@dag` without parentheses.
        return [Edit(page.end(callee), page.end(callee), f"({change.name}={code})")]
    edits = add_keyword(page, node, change.name, code, _BESIDE.get(change.name, ()))
    return _with_comment(page, edits, comment) if comment.strip() else edits


def _switched_off(comment: str, name: str) -> bool:
    """Whether a comment is an argument of that name, or of another one for the same thing."""
    names = _SCHEDULES if name in _SCHEDULES else (name,)
    return re.match(rf"#+\s*({'|'.join(names)})\s*=", comment) is not None


def _comment_behind(page: Page, value: cst.CSTNode) -> str:
    """The comment behind an entry of a dict that has its line for itself."""
    entry = page.parent(value)
    if not isinstance(entry, (cst.DictElement, cst.Arg)) or not page.begins_line(page.start(entry)):
        return ""
    return page.rest_of_line(items_of(page, [entry])[0].comma_end) or ""


def _with_comment(page: Page, edits: list[Edit], comment: str) -> list[Edit]:
    """A new line with a comment at its end. Raises NotExactError where the new argument stands in a line."""
    *others, last = edits
    if "\n" not in last.text or page.rest_of_line(last.end) is None:
        raise NotExactError
    return [*others, last._replace(text=f"{last.text}{comment}")]


def _makes_dag(page: Page, callee: cst.CSTNode) -> bool:
    """Whether what is called is Airflow's own: a class of the project may take other arguments."""
    if not isinstance(callee, (cst.Name, cst.Attribute)):
        return False
    paths = page.names.paths_of(callee)
    return bool(paths) and all(canonical(path) in ("DAG", "dag") for path in paths)


def _moved(page: Page, expression: cst.CSTNode, to: cst.CSTNode) -> str:
    """The code of an expression, as it may stand in another place of the file. Raises NotExactError."""
    code = page.code(expression)
    around = page.functions_around(expression)
    reachable = around == page.functions_around(to)[: len(around)]
    for node in walk(expression):
        if isinstance(node, _NOT_MOVED):
            raise NotExactError
        if isinstance(node, cst.Name) and page.names.is_variable(node) and not reachable:
            raise NotExactError
        if isinstance(node, cst.Name) and page.names.changes(node):
            raise NotExactError
    if "\n" in code:
        raise NotExactError
    return code


def add_keyword(page: Page, call: cst.Call, name: str, code: str, behind: tuple[str, ...] = ()) -> list[Edit]:
    """The edits that give a call `name=code`, behind the last of some arguments, else at its end."""
    if any(arg.keyword is not None and arg.keyword.value == name for arg in call.args):
        raise NotExactError
    written = f"{name}{_equal_sign(page, call)}{code}"
    if not call.args:
        inside = page.start(call.whitespace_before_args)
        return [Edit(inside, inside, written)]
    found = [
        index
        for index, arg in enumerate(call.args)
        if arg.keyword is not None and arg.keyword.value in behind
    ]
    index = found[-1] if found else len(call.args) - 1
    return insert(page, items_of(page, call.args), index, written)


def _equal_sign(page: Page, call: cst.Call) -> str:
    """`=` as most arguments of a call have it."""
    signs = [page.code(arg.equal) for arg in call.args if isinstance(arg.equal, cst.AssignEqual)]
    most = max(sorted(set(signs)), key=signs.count, default="=")
    return most if "\n" not in most else "="
