"""How blocks and loops are left, and what a condition lets through."""

from __future__ import annotations

import libcst as cst

_LEAVING = frozenset({cst.Return, cst.Raise, cst.Continue, cst.Break})
"""By their types: what isinstance answers with no costs five times as much, since nodes are ABCs."""


def leaves(node: cst.CSTNode) -> bool:
    """Whether nothing after this statement of a block runs."""
    return type(node) is cst.SimpleStatementLine and type(node.body[-1]) in _LEAVING


def tries_again(body: cst.BaseSuite) -> bool:
    """Whether a loop ends as soon as what it tries has worked."""
    if body.body and leaves_loop(body.body[-1]):
        return True
    for statement in body.body:
        if isinstance(statement, cst.Try) and statement.handlers:
            last = statement.orelse.body if statement.orelse is not None else statement.body
            if last.body and leaves_loop(last.body[-1]):
                return True
    return False


def leaves_on_success(body: cst.BaseSuite, trying: bool = False) -> bool:
    """Whether a loop is left inside of what it tries, as soon as that has worked."""
    for statement in body.body:
        if trying and leaves_loop(statement):
            return True
        if isinstance(statement, (cst.If, cst.With)) and leaves_on_success(statement.body, trying):
            return True
        if isinstance(statement, cst.Try) and statement.handlers and leaves_on_success(statement.body, True):
            return True
    return False


def looks_up_in_vain(test: cst.BaseExpression) -> bool:
    """Whether a condition holds for what is not there yet: `not is_known(key, ...)`, `key not in known`."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return isinstance(test.expression, cst.Call)
    return isinstance(test, cst.Comparison) and isinstance(test.comparisons[-1].operator, cst.NotIn)


def leaves_loop(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and isinstance(node.body[-1], (cst.Return, cst.Break))
