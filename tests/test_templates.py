"""Every decision on the way from a text in a template field to "Jinja cannot find it"."""

import pytest

from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

HEAD = """\
import os
import pendulum
from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.providers.docker.operators.docker import DockerOperator
from airflow.providers.ssh.operators.ssh import SSHOperator
from airflow.utils.template import literal
from shop import somewhere, UnknownOperator

START = pendulum.datetime(2024, 1, 1, tz="UTC")
"""

FILES = {
    "dags/run.sh": "",
    "dags/sql/day.sql": "",
    "dags/a b & c.sql": "",
    "plugins/shell/select.sh": "",
    "include/x.sh": "",
    "docker-compose.yaml": "services: {w: {volumes: ['./plugins:/opt/airflow/plugins', './include:/opt/inc']}}",
}


@pytest.fixture
def said(project):
    """The findings of DAG201 and DAG202 for lines inside of a DAG: said('BashOperator(...)')."""

    def findings(body, dag="", files=FILES, name="dags/a.py", head=HEAD):
        inside = "".join(f"    {line}\n" for line in body.splitlines())
        text = f'{head}with DAG("d", schedule=None, start_date=START{dag}) as dag:\n{inside}'
        root = project({**files, "dags/a.py": text})
        location = root / name if name else None
        found = lint(SourceFile(name or "-", text, location), Settings())
        return [(d.code, d.message) for d in found if d.code in ("DAG201", "DAG202", "DAG000")]

    return findings


def codes(found):
    return [code for code, _ in found]


BASH = 'BashOperator(task_id="t", bash_command={})'
SQL = 'SQLExecuteQueryOperator(task_id="t", conn_id="c", sql={})'


@pytest.mark.parametrize(
    "text",
    [
        '"/opt/x/select.sh"',
        '"/opt/x/select.bash"',
        '"{{ params.x }}.sh"',
        '"echo hi > out.sh"',
        '"cd /x && ./run.sh"',
        '"bash /opt/x/select.sh"',
        '"curl https://x/install.sh"',
        '"echo hi # see x.sh"',
        '"set -e\\nrun.sh"',
        '"../dags/run.sh"',
        '"sub/../run.sh"',
        '"missing.sh"',
        '"./scripts/missing.sh"',
        '"bash run.sh"',
        '"~/run.sh"',
        'f"bash {somewhere}/run.sh"',
        'f"/opt/{somewhere}/run.sh"',
        'f"{somewhere}/../run.sh"',
        'os.path.join("/opt", "run.sh")',
        '"/opt/run.sh ".strip()',
        '["a.sh ", "/opt/b.sh"]',
    ],
)
def test_commands_that_jinja_cannot_find(said, text):
    assert codes(said(BASH.format(text))) == ["DAG201"]


@pytest.mark.parametrize(
    "text",
    [
        '"/opt/x/select.sh "',
        '"select.sh arg"',
        '"/opt/x/select.sh;"',
        "\"'/opt/x/select.sh'\"",
        '"/opt/x/select.SH"',
        '"x.zsh"',
        '"run_sh"',
        '"curl https://x/install.sh | bash"',
        '"/opt/x/select.sh\\n"',
        "\"{{ 'a.sh' }}\"",
        '"run.sh"',
        '"./run.sh"',
        '"/run.sh"',
        "\"{% include 'run.sh' %} \"",
        'literal("/opt/x/select.sh")',
        'f"{somewhere}/run.sh"',
        "somewhere",
        "None",
    ],
)
def test_commands_that_work_or_that_nobody_knows(said, text):
    assert said(BASH.format(text)) == []


@pytest.mark.parametrize(
    "text", ['"/opt/q.sql"', '"../sql/day.sql"', '"sql/none.sql"', '"none.sql"', '"SELECT 1 -- x;\\nq.sql"']
)
def test_queries_that_jinja_cannot_find(said, text):
    assert codes(said(SQL.format(text))) == ["DAG202"]


@pytest.mark.parametrize(
    "text",
    [
        '"sql/day.sql"',
        '"/sql/day.sql"',
        '"a b & c.sql"',
        '"SELECT 1"',
        '["sql/day.sql"]',
        '"elsewhere/day.sql"',
    ],
)
def test_queries_that_are_found_or_come_from_elsewhere(said, text):
    assert said(SQL.format(text)) == []


def test_every_template_field_counts_and_every_depth(said):
    env = 'BashOperator(task_id="t", bash_command="x", env={"A": {"B": ["/x/a.sh"]}})'
    assert codes(said(env)) == ["DAG202"]
    assert codes(said('BashOperator(task_id="t", bash_command="x", cwd="/opt/x.sh")')) == ["DAG202"]
    docker = 'DockerOperator(task_id="t", image="i", env_file="/x/.env", command=["sh", "/x/a.sh"])'
    assert codes(said(docker)) == ["DAG202", "DAG201"]
    assert said('BashOperator(task_id="t", bash_command="x", doc_md="/x/a.sh")') == []


def test_extensions_belong_to_the_operator(said):
    assert said('SSHOperator(task_id="t", command="psql > /tmp/x.sql")') == []
    assert said(BASH.format('"cat /tmp/x.html"')) == []
    assert codes(said('SSHOperator(task_id="t", command="/x/a.ksh")')) == ["DAG201"]
    assert said('UnknownOperator(task_id="t", bash_command="/x/a.sh")') == []


def test_python_operators_have_extensions_only_when_given(said):
    call = 'PythonOperator(task_id="t", python_callable=print, op_args=["x.sql"]{})'
    assert said(call.format("")) == []
    assert codes(said(call.format(', templates_exts=[".sql"]'))) == ["DAG202"]
    assert said(call.format(", templates_exts=somewhere")) == []
    assert said(call.format(", templates_exts=None")) == []


@pytest.mark.parametrize("value", ["()", "[]", "None", "somewhere", "('.csv',)", "(somewhere,)"])
def test_an_operator_is_disarmed(said, value):
    assert said(f"t = {BASH.format(chr(34) + '/x/a.sh' + chr(34))}\nt.template_ext = {value}") == []
    own = (
        f"class Plain(BashOperator):\n    template_ext = {value}\nPlain(task_id='t', bash_command='/x/a.sh')"
    )
    assert said(own) == []


def test_classes_of_the_project_inherit_and_change(said):
    own = "class Own(BashOperator):\n    {}\nOwn(task_id='t', bash_command='/x/a.sh', doc='/x/b.sh')"
    assert codes(said(own.format("pass"))) == ["DAG201"]
    assert said(own.format('template_fields = ("env",)')) == []
    assert codes(said(own.format('template_fields = ("doc",)'))) == ["DAG202"]


def test_what_is_set_after_the_call_counts(said):
    assert said(f't = {BASH.format(chr(34) + "/x/a.sh" + chr(34))}\nt.bash_command = "x"') == []
    assert codes(said(f't = {BASH.format(chr(34) + "x" + chr(34))}\nt.bash_command = "/x/a.sh"')) == [
        "DAG201"
    ]


def test_default_args_reach_template_fields(said):
    assert codes(said(BASH.format('"x"'), dag=', default_args={"cwd": "/x/a.sh"}')) == ["DAG202"]
    assert said(BASH.format('"x", cwd="/x"'), dag=', default_args={"cwd": "/x/a.sh"}') == []


def test_mapped_values_count_one_by_one(said):
    found = said('BashOperator.partial(task_id="t").expand(bash_command=["/x/a.sh", "/x/b.sh "])')
    assert codes(found) == ["DAG201"]
    assert "as one text" not in found[0][1]
    assert said('BashOperator.partial(task_id="t").expand(bash_command=somewhere)') == []


@pytest.mark.parametrize(
    ("dag", "text", "expected"),
    [
        (', template_searchpath="/opt/inc"', '"x.sh"', []),
        (', template_searchpath="/opt/inc"', '"missing.sh"', ["DAG201"]),
        (', template_searchpath=["/opt/inc", "/opt/airflow/plugins"]', '"shell/select.sh"', []),
        (
            ', template_searchpath=[os.path.join(os.path.dirname(__file__), "sql")]',
            '"missing.sh"',
            ["DAG201"],
        ),
        (', template_searchpath="/elsewhere"', '"missing.sh"', []),
        (', template_searchpath="/elsewhere"', '"/missing.sh"', []),
        (', template_searchpath="/elsewhere"', '"bash missing.sh"', ["DAG201"]),
        (', template_searchpath="/elsewhere"', '"../missing.sh"', ["DAG201"]),
        (", template_searchpath=somewhere", '"missing.sh"', []),
        (", template_searchpath=[somewhere]", '"missing.sh"', []),
        (", template_searchpath=[*somewhere]", '"missing.sh"', []),
        (", template_searchpath=None", '"missing.sh"', ["DAG201"]),
        (', template_searchpath="/"', '"/opt/x.sh"', []),
        (", **somewhere", '"missing.sh"', []),
        (", **somewhere", '"/opt/x.sh"', ["DAG201"]),
        (', jinja_environment_kwargs={"loader": somewhere}', '"/opt/x.sh"', []),
        (", jinja_environment_kwargs=somewhere", '"/opt/x.sh"', []),
        (", jinja_environment_kwargs=None", '"/opt/x.sh"', ["DAG201"]),
        (', jinja_environment_kwargs={"trim_blocks": True}', '"/opt/x.sh"', ["DAG201"]),
    ],
)
def test_search_paths_and_loaders(said, dag, text, expected):
    assert codes(said(BASH.format(text), dag=dag)) == expected


def test_a_search_path_set_later_counts(said):
    assert (
        said(f'dag.template_searchpath = ["/elsewhere"]\n{BASH.format(chr(34) + "missing.sh" + chr(34))}')
        == []
    )


def test_an_absolute_query_with_an_unknown_search_path_may_be_found(said):
    assert said(SQL.format('"/sql/none.sql"'), dag=", **somewhere") == []


def test_a_folder_that_deployment_may_put_beside_the_dag_is_no_finding(said):
    assert said(SQL.format('"queries/x.sql"'), files={**FILES, "queries/x.sql": ""}) == []


def test_text_without_a_name_gives_no_finding_for_relative_paths(said):
    assert said(BASH.format('"missing.sh"'), name=None) == []
    assert codes(said(BASH.format('"/opt/missing.sh"'), name=None)) == ["DAG201"]


def test_results_of_task_bash(said):
    decorated = "@task.bash\ndef run():\n    return {}\n{}"
    assert codes(said(decorated.format('"/x/a.sh"', "run()"))) == ["DAG201"]
    assert codes(said(decorated.format('"/x/a.sh"', ""))) == ["DAG201"]
    assert said(decorated.format('"/x/a.sh "', "run()")) == []
    assert said(decorated.format('"missing.sh"', "")) == []
    assert codes(said(decorated.format('"missing.sh"', "run()"))) == ["DAG201"]
    assert said(decorated.format('"missing.sh"', "run()"), dag=', template_searchpath="/elsewhere"') == []
    assert said("@task\ndef run():\n    return '/x/a.sh'\nrun()") == []
    assert codes(said("@task.sql(conn_id='c')\ndef run():\n    return '/x/a.sql'\nrun()")) == ["DAG202"]


@pytest.mark.parametrize(
    ("call", "part"),
    [
        (BASH.format('"/opt/airflow/plugins/shell/select.sh"'), "the file is plugins/shell/select.sh"),
        (
            BASH.format('os.path.join(os.path.dirname(__file__), "run.sh")'),
            'write "run.sh", or a space after .sh',
        ),
        (BASH.format('"dags/run.sh"'), 'write "run.sh"'),
        (BASH.format('"../plugins/shell/select.sh"'), "the file is plugins/shell/select.sh"),
        (BASH.format('"missing.sh"'), "beside the DAG"),
        (SQL.format('"dags/sql/day.sql"'), 'write "sql/day.sql"'),
        (SQL.format('"../include/x.sql"'), 'never follows ".."'),
        (SQL.format('"gs://b/x.sql"'), "literal() keeps it a text"),
    ],
)
def test_messages_name_the_file_that_is_meant(said, call, part):
    ((_, message),) = said(call)
    assert part in message


def test_a_file_elsewhere_in_the_project_is_named(said):
    files = {**FILES, "queries/x.sql": ""}
    ((_, message),) = said(SQL.format('"../queries/x.sql"'), files=files)
    assert "template_searchpath has to lead to queries/x.sql" in message


@pytest.mark.parametrize(
    "path", ["/opt/" + "deep/" * 30 + "x.sh", "/opt/airflow/plugins/shell/select.sh", "m" * 80 + ".sh"]
)
def test_messages_fit_a_line(said, path):
    ((_, message),) = said(BASH.format(repr(path)))
    assert len(message) <= 200
    assert not message.endswith("...")
