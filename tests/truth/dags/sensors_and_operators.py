"""Operators of several kinds with what each of them shows."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import (
    BranchPythonOperator,
    PythonOperator,
    PythonVirtualenvOperator,
    ShortCircuitOperator,
)
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.utils.trigger_rule import TriggerRule


def choose(**context):
    return "left"


with DAG("sensors_and_operators", start_date=datetime(2024, 1, 1), schedule=timedelta(days=2), catchup=False) as dag:
    wait = FileSensor(task_id="wait", filepath="/tmp/x", mode="reschedule")
    branch = BranchPythonOperator(task_id="branch", python_callable=choose)
    left, right = EmptyOperator(task_id="left"), EmptyOperator(task_id="right")
    join = EmptyOperator(task_id="join", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
    wait >> branch >> [left, right] >> join
    trigger = TriggerDagRunOperator(task_id="trigger", trigger_dag_id="other", trigger_rule=TriggerRule.ALL_DONE.value)
    ExternalTaskSensor(task_id="external", external_dag_id="other") >> trigger
    check = ShortCircuitOperator(task_id="check", python_callable=lambda: True)
    produce = PythonOperator(task_id="produce", python_callable=choose)
    use = PythonOperator(task_id="use", python_callable=choose, op_kwargs={"value": produce.output, "list": [check.output]})
    use.op_args = [join.output]
    PythonVirtualenvOperator(task_id="venv", python_callable=choose, requirements=[]) << produce
    PythonSensor(task_id="sense", python_callable=lambda: True)
    TimeDeltaSensor(task_id="later", delta=timedelta(minutes=1))
    BashOperator(task_id="rule_text", bash_command="x", trigger_rule=TriggerRule("one_done"))
