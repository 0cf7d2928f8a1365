"""Which tasks run apart from the worker: containers, pods with resources of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.known import Mapping, Sequence, Value, text_of

if TYPE_CHECKING:
    from dag_lint.model import Task, TaskCallable

# Decorators and operators whose callable runs in a container. A virtual environment is no such thing: it
# shares the memory of the worker.
_CONTAINERS = frozenset(
    {
        "kubernetes", "kubernetes_cmd", "docker", "pyspark", "snowpark", "databricks", "KubernetesPodOperator",
        "GKEStartPodOperator", "EksPodOperator", "DockerOperator", "DockerSwarmOperator", "EcsRunTaskOperator",
        "BatchOperator", "AzureContainerInstancesOperator", "CloudRunExecuteJobOperator", "SnowparkOperator",
    }
)  # fmt: skip
_RESOURCES = frozenset(
    {
        "resources", "request_memory", "limit_memory", "request_cpu", "limit_cpu", "requests", "limits",
        "container_resources",
    }
)  # fmt: skip


def is_isolated(task: TaskCallable | Task) -> bool:
    """Whether a callable runs in a container, or in a pod whose resources the task sets."""
    operator = (task.operator or "").rpartition(".")[2]
    if operator in _CONTAINERS:
        return True
    config = task.arguments.get("executor_config")
    return config is not None and _sets_resources(config.value)


def is_elsewhere(task: TaskCallable | Task) -> bool:
    """Whether a task asks for a queue or executor, and so may have a machine to itself."""
    return "queue" in task.arguments or "executor" in task.arguments


def runs_in_pod(task: TaskCallable | Task, executor: str | None) -> bool:
    """Whether each run has a pod of its own: by the setting, or because the task asks for that executor."""
    if executor == "kubernetes":
        return True
    asked = task.arguments.get("executor")
    return asked is not None and "kubernetes" in (text_of(asked.value) or "").lower()


def _sets_resources(value: Value) -> bool:
    """Whether an executor_config says how much a pod may use; annotations alone isolate nothing."""
    stack, seen = [value], 0
    while stack and seen < 200:
        seen += 1
        current = stack.pop()
        if isinstance(current, Mapping):
            if not _RESOURCES.isdisjoint(key for key in current.entries if isinstance(key, str)):
                return True
            stack += [entry.value for entry in current.entries.values()]
        elif isinstance(current, Sequence):
            stack += current.items
        elif current.node is not None and _spells_resources(current.node):
            return True
    return False


def _spells_resources(node: object) -> bool:
    """Whether a V1Pod is built with `resources=` somewhere inside."""
    import libcst as cst

    from dag_lint.syntax import walk

    if not isinstance(node, cst.CSTNode):
        return False
    return any(
        type(inner) is cst.Arg and inner.keyword is not None and inner.keyword.value in _RESOURCES
        for inner in walk(node)
    )
