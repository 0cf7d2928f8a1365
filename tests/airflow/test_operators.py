from pathlib import Path

import pytest

import dag_lint.airflow
from dag_lint.airflow.operators import newest_home, operator

LINES = (Path(dag_lint.airflow.__file__).parent / "operators.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    "path",
    [
        "airflow.operators.bash.BashOperator",
        "airflow.operators.bash_operator.BashOperator",
        "airflow.providers.standard.operators.bash.BashOperator",
    ],
)
def test_an_operator_is_found_under_every_name_it_had(path):
    facts = operator(path)
    assert facts is not None
    assert facts.path == "airflow.providers.standard.operators.bash.BashOperator"
    assert facts.name == "BashOperator"
    assert facts.template_fields == ("bash_command", "env", "cwd")
    assert facts.template_ext == (".sh", ".bash")
    assert facts.required == {"bash_command"}
    assert not facts.is_sensor


def test_a_class_that_moved_and_was_renamed_is_found():
    assert newest_home("airflow.contrib.operators.ssh_operator.SSHOperator") == (
        "airflow.providers.ssh.operators.ssh.SSHOperator"
    )
    assert newest_home("airflow.operators.dummy_operator.DummyOperator").endswith(".EmptyOperator")
    assert newest_home("shop.operators.OrderOperator") == "shop.operators.OrderOperator"


def test_versions_say_which_have_an_extension():
    facts = operator("airflow.providers.ssh.operators.ssh.SSHOperator")
    assert facts is not None
    assert ".sh" in facts.template_ext
    assert ".sh" not in facts.versions
    assert facts.versions[".bash"].endswith("..")


@pytest.mark.parametrize("path", ["pandas.DataFrame", "airflow.operators.bash", "BashOperator", "", "a\tb"])
def test_what_is_no_operator_is_not_found(path):
    assert operator(path) is None


def test_a_bare_base_may_take_anything():
    facts = operator("airflow.models.BaseOperator")
    assert facts is not None
    assert facts.takes("anything") is None
    assert facts.takes("retries") is True
    sensor = operator("airflow.sensors.base.BaseSensorOperator")
    assert sensor is not None
    assert sensor.is_sensor
    assert sensor.takes("poke_interval") is True


def test_parameters_are_known_with_those_of_the_bases():
    facts = operator("airflow.sensors.filesystem.FileSensor")
    assert facts is not None
    assert {"filepath", "poke_interval", "retries", "task_concurrency"} <= facts.parameters(2)
    assert "task_concurrency" not in facts.parameters(3)
    assert facts.takes("catchup") is False


def test_the_table_is_sorted_and_its_old_names_lead_to_classes():
    paths = [line.partition("\t")[0] for line in LINES]
    assert paths == sorted(set(paths))
    for line in LINES:
        path, _, target = line.partition("\t=")
        if target:
            assert operator(path) == operator(target) is not None
        else:
            assert line.count("\t") == 4


@pytest.mark.parametrize(
    ("path", "extensions"),
    [
        ("airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator", {".sql", ".json"}),
        ("airflow.providers.docker.operators.docker.DockerOperator", {".sh", ".bash", ".env"}),
        ("airflow.providers.google.cloud.operators.bigquery.BigQueryInsertJobOperator", {".json", ".sql"}),
        ("airflow.operators.email.EmailOperator", {".html"}),
        ("airflow.operators.python.PythonVirtualenvOperator", {".txt"}),
        ("airflow.sensors.bash.BashSensor", set()),
        ("airflow.operators.python.PythonOperator", set()),
        ("airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator", set()),
        ("airflow.providers.apache.spark.operators.spark_submit.SparkSubmitOperator", set()),
    ],
)
def test_extensions_are_those_of_the_real_classes(path, extensions):
    facts = operator(path)
    assert facts is not None
    assert set(facts.template_ext) == extensions


def test_what_the_recorder_could_not_read_counts_as_nothing(monkeypatch):
    line = "\nshop.Odd\toperator\t?\t?\tx *\n"
    monkeypatch.setattr("dag_lint.airflow.operators._text", lambda: line)
    operator.cache_clear()
    facts = operator("shop.Odd")
    operator.cache_clear()
    assert facts is not None
    assert facts.template_fields == facts.template_ext == ()
    assert facts.takes("y") is None
