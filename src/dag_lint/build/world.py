"""Airflow as the evaluator sees it: what calling an imported name does."""

from __future__ import annotations

import sys
from datetime import datetime
from io import TextIOWrapper
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.airflow.imports import major_of
from dag_lint.airflow.names import canonical
from dag_lint.build.chains import chain, chain_linear, cross_downstream
from dag_lint.build.dags import DagDecorator, DagFunction, finish_dag, make_dag, make_project_dag
from dag_lint.build.groups import GroupDecorator, make_group
from dag_lint.build.mapped import PartialMethod, PartialOperator
from dag_lint.build.objects import (
    AirflowObject,
    AssetObject,
    DagObject,
    LabelObject,
    LiteralObject,
    TaskObject,
)
from dag_lint.build.operators import class_name, is_operator
from dag_lint.build.taskflow import TaskFlow, decorator_for
from dag_lint.build.tasks import finish_task, make_project_task, make_task
from dag_lint.build.timetables import TIMETABLES, make_timetable
from dag_lint.evaluate.library import LIBRARY_CALLS, LIBRARY_CONSTANTS
from dag_lint.evaluate.objects import CallArguments, Function, Wrapped
from dag_lint.known import Constant, External, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dag_lint.build.callables import CallableCollector
    from dag_lint.build.context import Building
    from dag_lint.build.siblings import Siblings
    from dag_lint.evaluate import Interpreter
    from dag_lint.evaluate.classes import Class
    from dag_lint.evaluate.objects import Module
    from dag_lint.evaluate.scope import Scope
    from dag_lint.known import Handle

HARMLESS = frozenset(sys.stdlib_module_names) | {
    "airflow", "pandas", "numpy", "pendulum", "pytz", "dateutil", "requests", "yaml", "boto3", "botocore", "google",
    "sqlalchemy", "psycopg2", "pymysql", "MySQLdb", "jinja2", "kubernetes", "docker", "slack", "slack_sdk", "pyspark",
    "dotenv", "pydantic", "attr", "attrs", "croniter", "tenacity", "bs4", "snowflake", "azure", "redis", "pymongo",
    "elasticsearch", "sklearn", "tensorflow", "torch", "matplotlib", "seaborn", "structlog", "loguru", "toml", "tomli",
    "builtins",
    "holidays", "paramiko", "polars", "pyarrow", "duckdb",
    "great_expectations", "mlflow", "openai", "tzlocal",
}  # fmt: skip
"""Packages whose functions make no DAGs and no tasks."""

_NOT_IN_ALL_PYTHONS = frozenset(
    {"tomllib", "distutils", "imp", "asynchat", "asyncore", "smtpd", "cgi", "telnetlib"}
)
"""Modules of the standard library that came or went with versions that Airflow runs on."""

_METHODS_OF_DATA = frozenset(
    name for kind in (str, dict, list, set, bytes, int, datetime, TextIOWrapper) for name in dir(kind)
)


class AirflowWorld:
    """The meaning of imported names, and what is built by calling them."""

    def __init__(self, building: Building, callables: CallableCollector, siblings: Siblings) -> None:
        self.building = building
        self.callables = callables
        self.siblings = siblings
        self.flow = TaskFlow(building, callables)
        self.dag_functions: list[DagFunction] = []
        self.class_assignments: dict[str, dict[str, Value]] = {}

    # -- constants and modules -----------------------------------------------------------------------

    def external_attribute(self, path: str, node: Handle) -> Value | None:
        """See `World`."""
        if path in LIBRARY_CONSTANTS:
            return Constant(LIBRARY_CONSTANTS[path], node)
        if not path.startswith("airflow"):
            return None
        name = canonical(path)
        if name.startswith(("TriggerRule.", "WeightRule.")) and name.rpartition(".")[2].isupper():
            return Constant(name.rpartition(".")[2].lower(), node)
        if name.endswith(".value") and name.startswith(("TriggerRule.", "WeightRule.")):
            return Constant(name.split(".")[1].lower(), node)
        if name == "timezone.utc":
            return Constant(LIBRARY_CONSTANTS["datetime.timezone.utc"], node)
        return decorator_for(self.flow, name, path, node)

    def import_module(self, run: Interpreter, name: str, level: int, importer: Scope) -> Module | None:
        """See `World`."""
        return self.siblings.import_module(run, name, level, importer)

    def is_project_module(self, run: Interpreter, name: str, level: int) -> bool:
        """See `World`."""
        if not level and name.partition(".")[0] in HARMLESS:
            return False
        return self.siblings.exists(name, level, run.scope.module)

    def is_there(self, path: str) -> bool | None:
        """See `World`."""
        top = path.partition(".")[0]
        if top != "airflow":
            return True if top in sys.stdlib_module_names and top not in _NOT_IN_ALL_PYTHONS else None
        major = major_of(path)
        if major is None:
            return None if path.startswith("airflow.providers.") else True
        return None if self.building.major is None else major == self.building.major

    def makes_dags(self, run: Interpreter, name: str, level: int) -> bool:
        """See `World`: only what the linted file imports itself is looked at."""
        return not run.reading_sibling and self.siblings.makes_dags(name, level, run.scope.module)

    def set_external_attribute(self, path: str, name: str, value: Value) -> None:
        """See `World`."""
        self.class_assignments.setdefault(path, {})[name] = value

    def remember(self, function: DagFunction) -> DagFunction:
        """Note a function under `@dag`: one that nobody calls is read all the same."""
        self.dag_functions.append(function)
        return function

    # -- calls ---------------------------------------------------------------------------------------

    def call_external(
        self, run: Interpreter, path: str, arguments: CallArguments, node: cst.Call | None
    ) -> Value | None:
        """See `World`."""
        if path.startswith("airflow"):
            name = canonical(path)
            handler = _CALLS.get(name)
            if handler is not None:
                return handler(self, run, arguments, node)
            if name in TIMETABLES:
                return make_timetable(name, arguments, node)
            library = LIBRARY_CALLS.get(_LIBRARY_NAMES.get(name, ""))
            if library is not None:
                return library(run, arguments, node)
        if path.endswith(".__init__") and arguments.positional:
            # `BaseOperator.__init__(self, ...)`, as it was written before there was `super()`.
            own = CallArguments(
                arguments.positional[1:],
                arguments.keywords,
                arguments.open_positional,
                arguments.open_keywords,
            )
            return self.call_super(run, arguments.positional[0][0], "__init__", own, node)
        if path.endswith(".partial") and is_operator(path[:-8], arguments):
            return PartialOperator(self.building, path[:-8], class_name(path[:-8]), arguments, node)
        if is_operator(path, arguments):
            made = make_task(run, self.building, path, class_name(path), arguments, node)
            made.task.class_attributes = self.class_assignments.get(path, {})
            self.note_callable(made)
            subdag = arguments.keywords.get("subdag")
            if subdag is not None and isinstance(subdag.value, DagObject):
                subdag.value.dag.registered = not self.building.probing
                subdag.value.dag.is_sub_dag = True
            elif subdag is not None:
                self.building.complete = False
            return made
        return None

    def note_callable(self, made: TaskObject) -> None:
        """Remember the function that a task runs."""
        made.task.callable = self.callables.note_argument(made.task)

    def make_instance(
        self, run: Interpreter, cls: Class, arguments: CallArguments, node: cst.Call | None
    ) -> Value | None:
        """See `World`."""
        base = cls.external_base() or ""
        if canonical(base) == "DAG":
            return make_project_dag(run, self.building, cls, arguments, node)
        if is_operator(base, arguments):
            made = make_project_task(run, self.building, cls, base, arguments, node)
            if isinstance(made, TaskObject):
                self.note_callable(made)
            return made
        return None

    def class_member(self, cls: Class, name: str, node: Handle) -> Value | None:
        """See `World`."""
        base = cls.external_base() or ""
        if name != "partial" or not is_operator(base, CallArguments()):
            return None
        return PartialMethod(self.building, cls, base, node)

    def call_super(
        self, run: Interpreter, receiver: Value, method: str, arguments: CallArguments, node: cst.Call | None
    ) -> Value | None:
        """See `World`."""
        if method != "__init__":
            return None
        if isinstance(receiver, TaskObject) and receiver.task not in self.building.tasks:
            finish_task(run, self.building, receiver, arguments.named(()))
        elif isinstance(receiver, DagObject):
            finish_dag(self.building, receiver, arguments)
        return Constant(None, node)

    def call_unknown(
        self, run: Interpreter, callee: Value, arguments: CallArguments, node: cst.Call | None
    ) -> None:
        """See `World`: it may add tasks to a DAG that it is given, or to the one that is open."""
        for value in _objects_in(arguments):
            dag = (
                value.dag
                if isinstance(value, DagObject)
                else getattr(getattr(value, "task", None), "dag", None)
            )
            if dag is not None:
                dag.complete = False
        if self._is_harmless(callee, node):
            return
        self.building.complete = False
        if self.building.dag is not None:
            self.building.dag.complete = False

    def _is_harmless(self, callee: Value, node: cst.Call | None) -> bool:
        """Whether a call makes no tasks of its own: a library's, or a method that data has (`.items()`)."""
        path = callee.path if isinstance(callee, External) else getattr(callee, "origin", None)
        top = None if path is None else path.partition(".")[0]
        if isinstance(callee, Wrapped) and top == "airflow":
            # A decorator made with Airflow's own tools makes a task of each call.
            return False
        if top in HARMLESS:
            return True
        return (
            type(callee) is Unknown
            and node is not None
            and isinstance(node.func, cst.Attribute)
            and node.func.attr.value in _METHODS_OF_DATA
        )

    def enter_unknown_loop(self, run: Interpreter) -> None:
        """See `World`."""

    def leave_unknown_loop(self, run: Interpreter) -> None:
        """See `World`: what one turn made, others make too."""
        for dag in self.building.dags:
            if any(not task.certain for task in dag.tasks):
                dag.complete = False
        if any(not dag.certain for dag in self.building.dags):
            self.building.complete = False


def _objects_in(arguments: CallArguments) -> Iterator[AirflowObject]:
    for value in arguments.values():
        items: list[Value] = [value]
        if isinstance(value, Sequence):
            items = value.items
        elif isinstance(value, Mapping):
            items = [entry.value for entry in value.entries.values()]
        for item in items:
            if isinstance(item, AirflowObject):
                yield item


def _dag(world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
    return make_dag(run, world.building, arguments, node)


def _dag_decorator(
    world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None
) -> Value:
    first = arguments.value(0)
    if isinstance(first, (Function, Wrapped)) or (first is not None and hasattr(first, "function")):
        # `@dag` without parentheses: 3.x only.
        return world.remember(DagFunction(world.building, first, CallArguments(), run.decorator_node or node))
    return DagDecorator(world.building, arguments, node, world.remember)


def _task_group(
    world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None
) -> Value:
    return GroupDecorator(world.building, CallArguments(), node).call(run, arguments, node)


def _group(world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
    return make_group(run, world.building, arguments, node)


def _label(world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
    return LabelObject(world.building, node)


def _asset(world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
    return AssetObject(node)


def _asset_decorator(
    world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None
) -> Value:
    # Each function under `@asset` is a DAG of its own, which is not followed.
    world.building.complete = False
    return Unknown(node)


def _first_argument(
    world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None
) -> Value | None:
    return arguments.value(0)


def _literal(world: AirflowWorld, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
    return LiteralObject(node)


_CALLS: dict[str, Callable[[AirflowWorld, Interpreter, CallArguments, cst.Call | None], Value | None]] = {
    "DAG": _dag,
    "dag": _dag_decorator,
    "task_group": _task_group,
    "TaskGroup": _group,
    "chain": lambda world, run, arguments, node: chain(run, world.building, arguments, node),
    "chain_linear": lambda world, run, arguments, node: chain_linear(run, world.building, arguments, node),
    "cross_downstream": lambda world, run, arguments, node: cross_downstream(
        run, world.building, arguments, node
    ),
    "TriggerRule": _first_argument,
    "WeightRule": _first_argument,
    "Label": _label,
    "EdgeModifier": _label,
    "Asset": _asset,
    "AssetAlias": _asset,
    "AssetAll": _asset,
    "AssetAny": _asset,
    "asset": _asset_decorator,
    "asset.multi": _asset_decorator,
    "literal": _literal,
}

_LIBRARY_NAMES = {
    "days_ago": "airflow.utils.dates.days_ago",
    "timezone.datetime": "airflow.utils.timezone.datetime",
    "timezone.utcnow": "airflow.utils.timezone.utcnow",
    "timezone.make_aware": "airflow.utils.timezone.make_aware",
    "timezone.parse": "airflow.utils.timezone.parse",
}
