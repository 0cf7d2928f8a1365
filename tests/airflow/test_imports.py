import pytest

from dag_lint.airflow.imports import major_of


@pytest.mark.parametrize(
    "name",
    [
        "airflow.contrib.operators.ssh_operator.SSHOperator",
        "airflow.operators.bash_operator.BashOperator",
        "airflow.operators.bash_operator",
        "airflow.operators.dummy.DummyOperator",
        "airflow.operators.subdag.SubDagOperator",
        "airflow.operators.python.task",
        "airflow.hooks.base_hook.BaseHook",
        "airflow.sensors.external_task_sensor.ExternalTaskSensor",
        "airflow.sensors.base_sensor_operator.BaseSensorOperator",
        "airflow.datasets.Dataset",
        "airflow.utils.dates.days_ago",
    ],
)
def test_what_3_cannot_import_means_2(name):
    assert major_of(name) == 2


@pytest.mark.parametrize("name", ["airflow.sdk", "airflow.sdk.DAG", "airflow.sdk.definitions.dag.dag"])
def test_the_task_sdk_means_3(name):
    assert major_of(name) == 3


@pytest.mark.parametrize(
    "name",
    [
        "airflow",
        "airflow.DAG",
        "airflow.models.dag.DAG",
        "airflow.operators.bash.BashOperator",
        "airflow.operators.python.PythonOperator",
        "airflow.sensors.time_sensor.TimeSensor",
        "airflow.providers.standard.operators.bash.BashOperator",
        "airflow.providers.x.operators.y_operator.Z",
        # 3.x has this module, without days_ago.
        "airflow.utils.dates",
        "airflow.utils.dates.cron_presets",
        # 3.0 had these two.
        "airflow.models.mappedoperator.MappedOperator",
        "airflow.utils.dag_parsing_context.get_parsing_context",
        "airflow_contrib.x",
        "pandas",
    ],
)
def test_what_both_can_import_means_nothing(name):
    assert major_of(name) is None
