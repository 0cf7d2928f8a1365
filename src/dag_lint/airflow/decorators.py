"""The decorators that make a task of a function: `@task`, `@task.bash`, `@task.kubernetes` ..."""

from __future__ import annotations

from dataclasses import dataclass

from dag_lint.airflow.names import canonical

_CORE = "airflow.decorators"
_STANDARD = "airflow.providers.standard.decorators"


@dataclass(frozen=True, slots=True)
class TaskDecorator:
    """A decorator `@task.<name>`; `@task` itself is `python`.

    `operator_name`: the class as Airflow shows it, in 2.x and 3.x alike. `module_2`, `module_3`: where
    that class lives in either version. `wraps`: the public operator it is made from.
    """

    name: str
    operator_name: str
    module_2: str | None
    module_3: str
    wraps: str
    isolated: bool = False
    """It runs in a container, a pod or a cluster, with memory of its own."""
    templates_result: str | None = None
    """The template field that the function's result becomes, which is then rendered."""

    def operator(self, major: int) -> str | None:
        """The dotted name of the operator class, None when that version has no such decorator."""
        module = self.module_2 if major == 2 else self.module_3
        return None if module is None else f"{module}.{self.operator_name}"


def _standard(
    name: str, operator_name: str, file: str, wraps: str, templates_result: str | None = None
) -> TaskDecorator:
    return TaskDecorator(
        name,
        operator_name,
        f"{_CORE}.{file}",
        f"{_STANDARD}.{file}",
        f"airflow.providers.standard.{wraps}",
        templates_result=templates_result,
    )


def _provider(
    name: str,
    operator_name: str,
    module: str,
    wraps: str,
    isolated: bool = False,
    templates_result: str | None = None,
) -> TaskDecorator:
    module = f"airflow.providers.{module}"
    return TaskDecorator(
        name, operator_name, module, module, f"airflow.providers.{wraps}", isolated, templates_result
    )


_ALL = (
    _standard("python", "_PythonDecoratedOperator", "python", "operators.python.PythonOperator"),
    _standard(
        "virtualenv",
        "_PythonVirtualenvDecoratedOperator",
        "python_virtualenv",
        "operators.python.PythonVirtualenvOperator",
    ),
    _standard(
        "external_python",
        "_PythonExternalDecoratedOperator",
        "external_python",
        "operators.python.ExternalPythonOperator",
    ),
    _standard(
        "branch", "_BranchPythonDecoratedOperator", "branch_python", "operators.python.BranchPythonOperator"
    ),
    _standard(
        "branch_virtualenv",
        "_BranchPythonVirtualenvDecoratedOperator",
        "branch_virtualenv",
        "operators.python.BranchPythonVirtualenvOperator",
    ),
    _standard(
        "branch_external_python",
        "_BranchExternalPythonDecoratedOperator",
        "branch_external_python",
        "operators.python.BranchExternalPythonOperator",
    ),
    _standard(
        "short_circuit",
        "_ShortCircuitDecoratedOperator",
        "short_circuit",
        "operators.python.ShortCircuitOperator",
    ),
    _standard("sensor", "DecoratedSensorOperator", "sensor", "sensors.python.PythonSensor"),
    _standard("bash", "_BashDecoratedOperator", "bash", "operators.bash.BashOperator", "bash_command"),
    TaskDecorator(
        # It stands for a task that another program, in another language, carries out.
        "stub",
        "_StubOperator",
        None,
        f"{_STANDARD}.stub",
        f"{_STANDARD}.stub._StubOperator",
        isolated=True,
    ),
    _provider(
        "docker",
        "_DockerDecoratedOperator",
        "docker.decorators.docker",
        "docker.operators.docker.DockerOperator",
        isolated=True,
    ),
    _provider(
        "kubernetes",
        "_KubernetesDecoratedOperator",
        "cncf.kubernetes.decorators.kubernetes",
        "cncf.kubernetes.operators.pod.KubernetesPodOperator",
        isolated=True,
    ),
    _provider(
        "kubernetes_cmd",
        "_KubernetesCmdDecoratedOperator",
        "cncf.kubernetes.decorators.kubernetes_cmd",
        "cncf.kubernetes.operators.pod.KubernetesPodOperator",
        isolated=True,
        templates_result="cmds",
    ),
    _provider(
        "pyspark",
        "_PySparkDecoratedOperator",
        "apache.spark.decorators.pyspark",
        "standard.operators.python.PythonOperator",
        isolated=True,
    ),
    _provider(
        "snowpark",
        "_SnowparkDecoratedOperator",
        "snowflake.decorators.snowpark",
        "snowflake.operators.snowpark.SnowparkOperator",
    ),
    _provider(
        "sql",
        "_SQLDecoratedOperator",
        "common.sql.decorators.sql",
        "common.sql.operators.sql.SQLExecuteQueryOperator",
        templates_result="sql",
    ),
    _provider(
        "analytics",
        "_AnalyticsDecoratedOperator",
        "common.sql.decorators.analytics",
        "common.sql.operators.analytics.AnalyticsOperator",
    ),
    _provider(
        "sftp_sensor", "_DecoratedSFTPSensor", "sftp.decorators.sensors.sftp", "sftp.sensors.sftp.SFTPSensor"
    ),
    _provider(
        "agent",
        "_AgentDecoratedOperator",
        "common.ai.decorators.agent",
        "common.ai.operators.agent.AgentOperator",
    ),
    _provider(
        "llm", "_LLMDecoratedOperator", "common.ai.decorators.llm", "common.ai.operators.llm.LLMOperator"
    ),
    _provider(
        "llm_batch",
        "_LLMBatchDecoratedOperator",
        "common.ai.decorators.llm_batch",
        "common.ai.operators.llm_batch.LLMBatchOperator",
    ),
    _provider(
        "llm_branch",
        "_LLMBranchDecoratedOperator",
        "common.ai.decorators.llm_branch",
        "common.ai.operators.llm_branch.LLMBranchOperator",
    ),
    _provider(
        "llm_file_analysis",
        "_LLMFileAnalysisDecoratedOperator",
        "common.ai.decorators.llm_file_analysis",
        "common.ai.operators.llm_file_analysis.LLMFileAnalysisOperator",
    ),
    _provider(
        "llm_schema_compare",
        "_LLMSchemaCompareDecoratedOperator",
        "common.ai.decorators.llm_schema_compare",
        "common.ai.operators.llm_schema_compare.LLMSchemaCompareOperator",
    ),
    _provider(
        "llm_sql",
        "_LLMSQLDecoratedOperator",
        "common.ai.decorators.llm_sql",
        "common.ai.operators.llm_sql.LLMSQLQueryOperator",
    ),
)

TASK_DECORATORS: dict[str, TaskDecorator] = {decorator.name: decorator for decorator in _ALL}

_FUNCTIONS = {
    "python_task": "python",
    "virtualenv_task": "virtualenv",
    "external_python_task": "external_python",
    "branch_task": "branch",
    "branch_virtualenv_task": "branch_virtualenv",
    "branch_external_python_task": "branch_external_python",
    "short_circuit_task": "short_circuit",
    "sensor_task": "sensor",
    "bash_task": "bash",
    "docker_task": "docker",
    "kubernetes_task": "kubernetes",
    "kubernetes_cmd_task": "kubernetes_cmd",
    "pyspark_task": "pyspark",
    "snowpark_task": "snowpark",
    "sql_task": "sql",
    "analytics_task": "analytics",
    "sftp_sensor_task": "sftp_sensor",
}


def task_decorator(path: str) -> TaskDecorator | None:
    """What the decorator at a dotted path is; None for anything else, and for decorators not known.

    `path` may be `airflow.decorators.task`, `airflow.sdk.task.docker`, `airflow.decorators.python_task`
    or already canonical: `task.docker`.
    """
    name = canonical(path)
    if name == "task":
        return TASK_DECORATORS["python"]
    head, _, last = name.rpartition(".")
    if head == "task":
        return TASK_DECORATORS.get(last)
    if last in _FUNCTIONS and ".decorators" in f".{head}":
        return TASK_DECORATORS[_FUNCTIONS[last]]
    return None
