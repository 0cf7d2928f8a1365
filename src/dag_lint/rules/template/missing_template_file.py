"""DAG202."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.diagnostic import Severity
from dag_lint.rule import Example, Finding, Rule
from dag_lint.templates import Absence, MissingTemplate, missing_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile


class MissingTemplateFile(Rule):
    """A text that names a template file by its ending, where Jinja cannot find one.

    What happens
        Every operator has template fields and file extensions: a text in one of those fields that ends
        with one of those extensions is the name of a template file, whatever it was meant to be. That
        holds inside lists and dicts too: an attachment `/tmp/report.html`, a destination
        `gs://bucket/export.json`, a step's argument `s3://bucket/app.json`. Jinja looks for it below the
        DAG's folder and below `template_searchpath`, a leading slash dropped, and never follows `..`.
        When nothing is there the task fails with TemplateNotFound at run time.

    What to write
        For a template: the path as seen from the DAG's folder, or the folder in
        `template_searchpath=` of the DAG. For a text that is no template: `literal("...")`, from
        `airflow.sdk` in Airflow 3 and from `airflow.utils.template` in Airflow 2, or a subclass of the
        operator with `template_ext = ()`.

    Known limits
        A file that is put beside the DAG while deploying is not seen. With a search path that lies
        elsewhere, or that is computed, only texts that cannot be paths give a finding. The commands of
        shell operators are DAG201's business.
    """

    code = "DAG202"
    name = "missing-template-file"
    default = "on"
    severity = Severity.ERROR
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.email import EmailOperator

with DAG("report", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmailOperator(
        task_id="send",
        to="team@example.com",
        subject="The report",
        html_content="It is attached.",
        files=["/tmp/report.html"],
    )
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.email import EmailOperator
from airflow.utils.template import literal

with DAG("report", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmailOperator(
        task_id="send",
        to="team@example.com",
        subject="The report",
        html_content="It is attached.",
        files=[literal("/tmp/report.html")],
    )
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for missing in missing_templates(file):
            if not missing.is_command:
                yield self.finding(missing.where, _message(missing))


_WHERE = {
    Absence.NO_PATH: "of that name",
    Absence.PARENT: 'but never follows ".."',
    Absence.ABSOLUTE: "below the DAG's folder",
    Absence.MISSING: "beside the DAG",
}


def _message(missing: MissingTemplate) -> str:
    if missing.beside is not None:
        remedy = f'write "{missing.beside}"'
    elif missing.absence is Absence.NO_PATH:
        remedy = "literal() keeps it a text"
    elif missing.project_file is not None:
        remedy = f"template_searchpath has to lead to {missing.project_file}"
    elif missing.absence is Absence.PARENT:
        remedy = "put it beside the DAG, or set template_searchpath; literal() keeps it a text"
    else:
        remedy = "put it there, or set template_searchpath; literal() keeps it a text"
    return missing.said(
        f" in {missing.field} ends in {missing.extension}, so Jinja looks for a file"
        f" {_WHERE[missing.absence]}: TemplateNotFound at run time; {remedy}"
    )
