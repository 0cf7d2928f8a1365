import pytest

from dag_lint.airflow.decorators import TASK_DECORATORS, task_decorator
from dag_lint.airflow.operators import operator


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("airflow.decorators.task", "python"),
        ("airflow.sdk.task.bash", "bash"),
        ("task.kubernetes", "kubernetes"),
        ("airflow.decorators.python.python_task", "python"),
        ("airflow.decorators.bash_task", "bash"),
        ("airflow.providers.docker.decorators.docker.docker_task", "docker"),
    ],
)
def test_a_decorator_is_known_by_all_its_names(path, name):
    decorator = task_decorator(path)
    assert decorator is not None
    assert decorator.name == name


@pytest.mark.parametrize(
    "path", ["airflow.sdk.task.unheard_of", "airflow.decorators.dag", "shop.bash_task", ""]
)
def test_other_things_are_no_task_decorators(path):
    assert task_decorator(path) is None


@pytest.mark.parametrize("decorator", TASK_DECORATORS.values(), ids=lambda decorator: decorator.name)
def test_the_recorded_table_has_every_class_behind_a_decorator(decorator):
    for path in (decorator.operator(2), decorator.operator(3), decorator.wraps):
        assert path is None or operator(path) is not None, path


def test_classes_moved_with_the_standard_provider():
    bash = TASK_DECORATORS["bash"]
    assert bash.operator(2) == "airflow.decorators.bash._BashDecoratedOperator"
    assert bash.operator(3) == "airflow.providers.standard.decorators.bash._BashDecoratedOperator"
    assert TASK_DECORATORS["stub"].operator(2) is None


def test_what_runs_elsewhere_is_isolated():
    isolated = {decorator.name for decorator in TASK_DECORATORS.values() if decorator.isolated}
    assert {"docker", "kubernetes", "pyspark"} <= isolated
    assert not isolated & {"python", "virtualenv", "external_python", "bash"}
