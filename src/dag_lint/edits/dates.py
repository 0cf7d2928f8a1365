"""Dates: a time zone for a naive one, a datetime for what is none, in the way that the file makes its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.edits.calls import add_keyword
from dag_lint.edits.imports import drop_unneeded, import_from, import_module
from dag_lint.edits.page import Edit, NotExactError
from dag_lint.syntax import literal

if TYPE_CHECKING:
    from datetime import datetime

    from dag_lint.edits.page import Page
    from dag_lint.remedy import MakeAware, ReplacePytz, WriteDate

NAMES = frozenset({"start_date", "end_date"})


def make_aware(page: Page, change: MakeAware) -> list[Edit]:
    """A zone for a naive datetime that is nothing but the date of DAGs and tasks."""
    node = page.node(change.where)
    if not _is_date_only(page, node):
        raise NotExactError
    return _aware(page, node, change.zone)


def write_date(page: Page, change: WriteDate) -> list[Edit]:
    """An aware datetime for another expression that is nothing but the date of DAGs and tasks."""
    node = page.node(change.where)
    if not _is_date_only(page, node) or "#" in page.code(node):
        raise NotExactError
    moment, zone = change.moment, change.zone
    pendulum = _first(page.names.names_for("pendulum"))
    makers = page.names.names_for("datetime.datetime")
    if pendulum is None and makers:
        tzinfo, edits = _zone(page, zone, node, dotted="." in makers[0])
        code = f"{makers[0]}({_numbers(moment)}, tzinfo={tzinfo})"
    else:
        edits = [] if pendulum is not None else import_module(page, "pendulum")
        code = f"{pendulum or 'pendulum'}.datetime({_numbers(moment)}, tz={page.literal(zone, node)})"
    start, end = page.inner(node)
    return [Edit(start, end, code), *_with_imports(edits, drop_unneeded(page, [node]))]


def replace_pytz(page: Page, change: ReplacePytz) -> list[Edit]:
    """A zone of zoneinfo or pendulum for the `tzinfo=` of a datetime."""
    node = page.node(change.where)
    given = _tzinfo_of(page, node)
    if given is None:
        raise NotExactError
    pendulum = _first(page.names.names_for("pendulum"))
    if pendulum is not None:
        maker, edits = f"{pendulum}.timezone", list[Edit]()
    else:
        maker, edits = _zone_info(page)
    value = page.names.assigned(given.value) if isinstance(given, cst.Name) else given
    only_here = not isinstance(given, cst.Name) or all(
        _tzinfo_of(page, page.parent(page.parent(load))) is load for load in page.names.loads[given.value]
    )
    if isinstance(value, cst.Call) and page.names.path_of(value.func) == "pytz.timezone" and only_here:
        # The zone stays as it is written.
        start, end = page.start(value.func), page.end(value.func)
        return [Edit(start, end, maker), *_with_imports(edits, drop_unneeded(page, [value.func]))]
    start, end = page.inner(given)
    code = f"{maker}({page.literal(change.zone, node)})"
    return [Edit(start, end, code), *_with_imports(edits, drop_unneeded(page, [given]))]


# -- where a date goes ----------------------------------------------------------------------------------


def _is_date_only(page: Page, node: cst.CSTNode) -> bool:
    """Whether a value is a start_date or end_date, and goes nowhere else: a naive one may be compared with it."""
    parent = page.parent(node)
    if isinstance(parent, cst.Arg):
        name = parent.keyword.value if parent.keyword is not None else ""
        return name in NAMES and not page.reads_key(name)
    if isinstance(parent, cst.DictElement):
        key = literal(parent.key) if isinstance(parent.key, cst.SimpleString) else None
        return parent.value is node and key in NAMES and not page.reads_key(key)
    if isinstance(parent, (cst.IfExp, cst.BooleanOperation)):
        return getattr(parent, "test", None) is not node and _is_date_only(page, parent)
    target: cst.CSTNode | None = None
    if isinstance(parent, cst.Assign) and len(parent.targets) == 1:
        target = parent.targets[0].target
    elif isinstance(parent, cst.AnnAssign):
        target = parent.target
    if isinstance(target, cst.Name):
        return page.names.assigned(target.value) is node and all(
            _is_date_only(page, load) for load in page.names.loads[target.value]
        )
    if isinstance(target, cst.Attribute):
        return target.attr.value in NAMES
    return isinstance(target, cst.Subscript) and _is_date_key(page, target)


def _is_date_key(page: Page, target: cst.Subscript) -> bool:
    asked = getattr(target.slice[0].slice, "value", None)
    key = literal(asked) if isinstance(asked, cst.SimpleString) else None
    return key in NAMES and not page.reads_key(key)


# -- zones ----------------------------------------------------------------------------------------------


def _aware(page: Page, node: cst.CSTNode, zone: str) -> list[Edit]:
    pendulum = _first(page.names.names_for("pendulum"))
    if isinstance(node, cst.Call):
        path = page.names.path_of(node.func)
        if path == "datetime.datetime":
            return _aware_call(page, node, zone, pendulum)
        if path == "pendulum.naive":
            name = node.func.attr if isinstance(node.func, cst.Attribute) else None
            if name is None:
                raise NotExactError
            return [
                Edit(page.start(name), page.end(name), "datetime"),
                *add_keyword(page, node, "tz", page.literal(zone, node)),
            ]
    elif not isinstance(node, cst.BinaryOperation):
        raise NotExactError
    elif isinstance(node.left, cst.Call) and page.names.path_of(node.left.func) == "datetime.datetime":
        # Of a date and a time span, the date.
        return _aware_call(page, node.left, zone, pendulum)
    if pendulum is not None:
        tzinfo, edits = f"{pendulum}.timezone({page.literal(zone, node)})", list[Edit]()
    else:
        tzinfo, edits = _zone(page, zone, node, dotted=False)
    end = page.end(node)
    if isinstance(node, cst.Call) or node.lpar:
        return [Edit(end, end, f".replace(tzinfo={tzinfo})"), *edits]
    return [
        Edit(page.start(node), page.start(node), "("),
        Edit(end, end, f").replace(tzinfo={tzinfo})"),
        *edits,
    ]


def _aware_call(page: Page, call: cst.Call, zone: str, pendulum: str | None) -> list[Edit]:
    """`datetime(2024, 1, 1)` with a zone."""
    given = {arg.keyword.value: arg for arg in call.args if arg.keyword is not None}
    if any(arg.star for arg in call.args) or sum(arg.keyword is None for arg in call.args) > 7:
        raise NotExactError
    if pendulum is not None and not {"tzinfo", "fold"} & given.keys():
        return [
            Edit(page.start(call.func), page.end(call.func), f"{pendulum}.datetime"),
            *add_keyword(page, call, "tz", page.literal(zone, call)),
            *drop_unneeded(page, [call.func]),
        ]
    tzinfo, edits = _zone(page, zone, call, dotted=isinstance(call.func, cst.Attribute))
    if "tzinfo" in given:
        # `tzinfo=None`
        value = given["tzinfo"].value
        return [Edit(page.start(value), page.end(value), tzinfo), *edits]
    return [*add_keyword(page, call, "tzinfo", tzinfo), *edits]


def _zone(page: Page, zone: str, near: cst.CSTNode, *, dotted: bool) -> tuple[str, list[Edit]]:
    """A zone as an expression, with the import that it needs. `dotted`: dates are written `datetime.datetime(...)`."""
    if zone.upper() == "UTC":
        known = page.names.names_for("datetime.timezone")
        known.sort(key=lambda name: ("." in name) != dotted)
        known += page.names.names_for("airflow.utils.timezone")
        if known:
            return f"{known[0]}.utc", []
        if not page.names.names_for("zoneinfo.ZoneInfo") and page.names.is_free("timezone"):
            return "timezone.utc", import_from(page, "datetime", "timezone")
    maker, edits = _zone_info(page)
    return f"{maker}({page.literal(zone, near)})", edits


def _zone_info(page: Page) -> tuple[str, list[Edit]]:
    """`ZoneInfo` as the file calls it, with the import that it needs."""
    known = _first(page.names.names_for("zoneinfo.ZoneInfo"))
    return (known, []) if known is not None else ("ZoneInfo", import_from(page, "zoneinfo", "ZoneInfo"))


def _tzinfo_of(page: Page, node: cst.CSTNode) -> cst.BaseExpression | None:
    """The value of `tzinfo=` in `datetime(...)` or `.replace(...)`."""
    if not isinstance(node, cst.Call):
        return None
    replaces = isinstance(node.func, cst.Attribute) and node.func.attr.value == "replace"
    if not replaces and page.names.path_of(node.func) != "datetime.datetime":
        return None
    values = [arg.value for arg in node.args if arg.keyword is not None and arg.keyword.value == "tzinfo"]
    return values[0] if values else None


def _numbers(moment: datetime) -> str:
    parts = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
    while len(parts) > 3 and not parts[-1]:
        parts.pop()
    return ", ".join(map(str, parts))


def _first(names: list[str]) -> str | None:
    return names[0] if names else None


def _with_imports(needed: list[Edit], dropped: list[Edit]) -> list[Edit]:
    """The imports that a date needs, and without those that nobody needs any more where both go together."""
    if len(needed) == len(dropped) == 1 and needed[0].start in (dropped[0].start, dropped[0].end):
        # One line for the other.
        return [dropped[0]._replace(text=needed[0].text)]
    touched = any(one.start <= other.end and other.start <= one.end for one in dropped for other in needed)
    return needed if touched else [*needed, *dropped]
