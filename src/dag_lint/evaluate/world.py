"""The door to what lies behind imports: the evaluator knows Python, a world knows libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.classes import Class
    from dag_lint.evaluate.objects import CallArguments, Module
    from dag_lint.evaluate.scope import Scope
    from dag_lint.known import Handle, Value


class World(Protocol):
    """What lies behind imports: the meaning of libraries, given to the evaluator from outside."""

    def call_external(
        self, run: Interpreter, path: str, arguments: CallArguments, node: cst.Call | None
    ) -> Value | None:
        """The result of calling `path`, None when this world has no say."""

    def external_attribute(self, path: str, node: Handle) -> Value | None:
        """A constant behind an imported name (`TriggerRule.ALL_DONE`), None when there is none."""

    def make_instance(
        self, run: Interpreter, cls: Class, arguments: CallArguments, node: cst.Call | None
    ) -> Value | None:
        """An object of a class of the project with a base from elsewhere, None when it is nothing special."""

    def class_member(self, cls: Class, name: str, node: Handle) -> Value | None:
        """An attribute that a class of the project inherits from elsewhere (`MyOperator.partial`)."""

    def call_super(
        self, run: Interpreter, receiver: Value, method: str, arguments: CallArguments, node: cst.Call | None
    ) -> Value | None:
        """`super().method(...)` that reached a base from elsewhere."""

    def call_unknown(
        self, run: Interpreter, callee: Value, arguments: CallArguments, node: cst.Call | None
    ) -> None:
        """Something is called that may do anything."""

    def enter_unknown_loop(self, run: Interpreter) -> None:
        """A loop begins of which the number of turns is not known."""

    def leave_unknown_loop(self, run: Interpreter) -> None:
        """Such a loop ends."""

    def import_module(self, run: Interpreter, name: str, level: int, importer: Scope) -> Module | None:
        """The module of the project called `name`, None when it is not one."""

    def is_project_module(self, run: Interpreter, name: str, level: int) -> bool:
        """Whether `name`, as imported by the module that is being read, is a module of the project."""

    def makes_dags(self, run: Interpreter, name: str, level: int) -> bool:
        """Whether importing that module may make DAGs."""

    def set_external_attribute(self, path: str, name: str, value: Value) -> None:
        """`SomeImportedClass.name = value`."""
