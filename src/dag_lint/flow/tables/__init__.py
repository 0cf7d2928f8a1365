"""The tables of evidence, put together for look-up by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.flow.tables import computers, makers, readers, transformers, writers

if TYPE_CHECKING:
    from dag_lint.flow.effects import Effect
    from dag_lint.flow.things import Tag

FUNCTIONS: dict[str, Effect] = {
    **makers.FUNCTIONS,
    **transformers.FUNCTIONS,
    **writers.FUNCTIONS,
    **readers.FUNCTIONS,
    **computers.FUNCTIONS,
}
ANYWHERE: dict[str, Effect] = {**readers.ANYWHERE, **writers.ANYWHERE, **computers.ANYWHERE}
METHODS: dict[Tag, dict[str, Effect]] = {}
for _table in (makers.METHODS, transformers.METHODS, readers.METHODS, writers.METHODS, computers.METHODS):
    for _tag, _methods in _table.items():
        METHODS.setdefault(_tag, {}).update(_methods)


def canonical(path: str) -> str:
    """The name under which the tables know a dotted name: `fireducks.pandas.merge` is `pandas.merge`."""
    module, _, name = path.rpartition(".")
    while module:
        alias = readers.ALIASES.get(module)
        if alias is not None:
            return f"{alias}.{name}"
        module, _, last = module.rpartition(".")
        name = f"{last}.{name}"
    return path


def function(path: str) -> Effect | None:
    """What calling a function by its canonical name does, None when the tables do not know it."""
    known = FUNCTIONS.get(path)
    if known is not None:
        return known
    module, _, name = path.rpartition(".")
    for family, start, effect in readers.FAMILIES:
        if module == family and name.startswith(start):
            return effect
    return None
