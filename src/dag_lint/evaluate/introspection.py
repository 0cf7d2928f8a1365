"""Built-in functions that look at objects and change them by name: getattr, isinstance, type ..."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.objects import CallArguments, Function, Object
from dag_lint.evaluate.targets import disturb, set_attribute
from dag_lint.evaluate.values import truth
from dag_lint.known import Constant, Either, External, Mapping, Sequence, Text, Unknown, Value, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle

    BuiltIn = Callable[[Interpreter, CallArguments, Handle], Value]

_KINDS: dict[str, tuple[type, ...]] = {
    "builtins.str": (str,), "builtins.int": (int,), "builtins.float": (float,), "builtins.bool": (bool,),
    "builtins.bytes": (bytes,), "builtins.NoneType": (type(None),),
}  # fmt: skip
_CONTAINERS = {"builtins.list": "list", "builtins.tuple": "tuple", "builtins.set": "set"}


def _isinstance(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, kind = arguments.value(0), arguments.value(1)
    if value is None or kind is None:
        return Unknown(node)
    kinds = kind.items if isinstance(kind, Sequence) else [kind]
    answers = [is_instance(value, one) for one in kinds]
    if True in answers:
        return Constant(True, node)
    return Unknown(node) if None in answers else Constant(False, node)


def is_instance(value: Value, kind: Value) -> bool | None:
    """`isinstance(value, kind)`, None when that is not known."""
    if isinstance(value, Instance):
        if isinstance(kind, Class):
            return True if kind in value.cls.lineage() else (False if value.cls.is_closed() else None)
        return None
    if not isinstance(kind, External):
        return (
            False
            if isinstance(value, (Constant, Text, Sequence, Mapping)) and isinstance(kind, Class)
            else None
        )
    if isinstance(value, Constant) and kind.path in _KINDS:
        return isinstance(value.value, _KINDS[kind.path])
    if isinstance(value, Text) and kind.path in (*_KINDS, *_CONTAINERS, "builtins.dict"):
        return kind.path == "builtins.str"
    if isinstance(value, (Sequence, Mapping)) and kind.path in _KINDS:
        return False
    if isinstance(value, Mapping) and kind.path in (*_CONTAINERS, "builtins.dict"):
        return kind.path == "builtins.dict"
    if isinstance(value, Sequence) and kind.path in (*_CONTAINERS, "builtins.dict"):
        return value.kind == _CONTAINERS.get(kind.path) and type(value) is Sequence
    if isinstance(value, Constant) and kind.path in (*_CONTAINERS, "builtins.dict"):
        return False
    return None


def _globals(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    return run.globals_value(node)


def _locals(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    # At the top of a module it is `globals()`; in a function, what is put into it comes to nothing.
    return run.globals_value(node) if run.scope.kind == "module" else Unknown(node)


def _getattr(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, name = arguments.value(0), text_of(arguments.value(1))
    default = arguments.value(2)
    if value is None or name is None:
        return Unknown(node)
    if default is None or _has(value, name) is True:
        return run.attribute(value, name, node)
    return default if _has(value, name) is False else Unknown(node)


def _hasattr(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, name = arguments.value(0), text_of(arguments.value(1))
    known = _has(value, name) if value is not None and name is not None else None
    return Unknown(node) if known is None else Constant(known, node)


def _has(value: Value, name: str) -> bool | None:
    """Whether there is such an attribute, None when that is not known."""
    if isinstance(value, Instance):
        if name in value.attributes or value.cls.look_up(name) is not None:
            return True
        dynamic = value.open_ended or value.cls.look_up("__getattr__") is not None or name.startswith("__")
        return None if dynamic else False
    if isinstance(value, Class):
        return True if value.look_up(name) is not None else (False if value.is_closed() else None)
    if isinstance(value, Constant) and isinstance(value.value, (str, int, bytes)):
        return hasattr(value.value, name)
    return None


def _setattr(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    owner, name, value = arguments.value(0), text_of(arguments.value(1)), arguments.value(2)
    if owner is not None and name is not None and value is not None:
        set_attribute(run, owner, name, value, node if isinstance(node, cst.CSTNode) else cst.Name("setattr"))
    elif owner is not None:
        disturb(owner)
    return Constant(None, node)


def _delattr(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    owner, name = arguments.value(0), text_of(arguments.value(1))
    if isinstance(owner, Object) and name is not None:
        owner.delete_attribute(run, name)
    elif owner is not None:
        disturb(owner)
    return Constant(None, node)


def _callable(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if isinstance(value, (Function, Class)):
        return Constant(True, node)
    return Constant(False, node) if isinstance(value, (Constant, Sequence, Mapping)) else Unknown(node)


def _type(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if isinstance(value, Instance) and len(arguments.positional) == 1:
        return value.cls
    return Unknown(node)


def _vars(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None:
        return _locals(run, arguments, node)
    return run.attribute(value, "__dict__", node) if isinstance(value, Instance) else Unknown(node)


def _bool(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    known = truth(value) if value is not None else False
    return Unknown(node) if known is None or isinstance(value, Either) else Constant(known, node)


def _none(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    return Constant(None, node)


INTROSPECTION_CALLS: dict[str, BuiltIn] = {
    "builtins.isinstance": _isinstance,
    "builtins.globals": _globals,
    "builtins.locals": _locals,
    "builtins.getattr": _getattr,
    "builtins.hasattr": _hasattr,
    "builtins.setattr": _setattr,
    "builtins.delattr": _delattr,
    "builtins.callable": _callable,
    "builtins.type": _type,
    "builtins.vars": _vars,
    "builtins.bool": _bool,
    "builtins.print": _none,
}
