import pytest

from dag_lint.airflow.names import canonical


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("airflow.DAG", "DAG"),
        ("airflow.models.DAG", "DAG"),
        ("airflow.models.dag.DAG", "DAG"),
        ("airflow.sdk.DAG", "DAG"),
        ("airflow.decorators.dag", "dag"),
        ("airflow.sdk.definitions.decorators.task", "task"),
        ("airflow.decorators.task.docker", "task.docker"),
        ("airflow.models.Variable.get", "Variable.get"),
        ("airflow.utils.timezone.datetime", "timezone.datetime"),
        ("airflow.utils.trigger_rule.TriggerRule.ALL_DONE", "TriggerRule.ALL_DONE"),
        ("airflow.datasets.Dataset", "Asset"),
        ("airflow.template.templater.LiteralValue", "literal"),
        ("airflow.decorators.setup_teardown.setup_task", "setup"),
    ],
)
def test_every_home_of_a_thing_leads_to_one_name(path, name):
    assert canonical(path) == name


@pytest.mark.parametrize(
    "path", ["", "pandas.DataFrame", "DAG", "airflow", "airflow.models", "shop.airflow.DAG"]
)
def test_what_is_not_airflows_keeps_its_name(path):
    assert canonical(path) == path
