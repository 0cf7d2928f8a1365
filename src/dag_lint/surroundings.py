"""What the body of a function can see around it: the narrow door through which the flow room looks out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.known import Value


@dataclass(frozen=True, slots=True)
class LocalFunction:
    """A function of the project: its syntax, the names around it, the file it stands in if another one."""

    node: cst.FunctionDef | cst.Lambda
    surroundings: Surroundings
    elsewhere: str | None = None


class Surroundings(Protocol):
    """The names around a function, after the module was read from top to bottom.

    A name that the function itself binds (a parameter, an assignment, an import in its body) is the
    function's own business and is not asked for here.
    """

    def external(self, name: str) -> str | None:
        """The dotted name that `name` was imported as (`pd` -> `pandas`), None when it is something else."""

    def function(self, name: str) -> LocalFunction | None:
        """The function of the project that `name` stands for, also one imported from a sibling module."""

    def method(self, class_name: str, name: str) -> LocalFunction | None:
        """The method of a class of the project, inherited ones included; also of an instance bound to a name."""

    def constant(self, name: str) -> Value:
        """The value of a name, Unknown when it cannot be known."""
