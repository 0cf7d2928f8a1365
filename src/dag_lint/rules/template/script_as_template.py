"""DAG201."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.diagnostic import Severity, one_line
from dag_lint.remedy import ExtendText, ReplaceText
from dag_lint.rule import Example, Finding, Rule
from dag_lint.templates import Absence, MissingTemplate, missing_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile
    from dag_lint.remedy import Remedy


class ScriptAsTemplate(Rule):
    """A shell command that ends with a script's name, which Jinja takes for a template file and cannot find.

    What happens
        Airflow hands every command that ends in `.sh` or `.bash` to Jinja as the name of a template
        file, all of it, `bash ` in front included. Jinja looks for it below the DAG's folder and below
        `template_searchpath`, a leading slash dropped, and never follows `..`. When nothing is there the
        task fails with TemplateNotFound, each time it runs; the DAG is imported without a word. This is
        why the same command works with arguments: it no longer ends in `.sh`.

    What to write
        A space after the script's name, `bash_command="/opt/airflow/plugins/select.sh "`, or arguments.
        To have the script rendered by Jinja, put it beside the DAG and name it relatively:
        `bash_command="scripts/select.sh"`. `literal("...")` keeps a text from being rendered at all.

    Known limits
        A command whose beginning is computed at run time is flagged only if it cannot be a path. A file
        that is put beside the DAG while deploying is not seen, nor is a search path that lies elsewhere:
        with one of those, relative names give no finding. `env`, `cwd` and other fields of these
        operators are DAG202's business.
    """

    code = "DAG201"
    name = "script-as-template"
    default = "on"
    fix = "unsafe"
    severity = Severity.ERROR
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("fruit", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    BashOperator(task_id="select", bash_command="/opt/airflow/plugins/shell/select.sh")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("fruit", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    BashOperator(task_id="select", bash_command="/opt/airflow/plugins/shell/select.sh ")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for missing in missing_templates(file):
            if missing.is_command:
                yield self.finding(missing.where, _message(missing), remedy=self._remedy(missing))

    def _remedy(self, missing: MissingTemplate) -> Remedy | None:
        if not missing.alone:
            # A word of a command is no longer the same with a space.
            return None
        if missing.absence in (Absence.NO_PATH, Absence.ABSOLUTE) or missing.runs_elsewhere:
            title = f"Put a space behind {missing.extension}, so that it is a command"
            return self.remedy(title, ExtendText(missing.where, missing.extension, " "))
        if missing.beside is None or missing.text is None:
            # Run from Airflow's temporary folder, a relative path leads nowhere.
            return None
        change = ReplaceText(missing.where, missing.text, missing.beside)
        return self.remedy(f'Write "{one_line(missing.beside, 50)}", where Jinja looks', change)


def _message(missing: MissingTemplate) -> str:
    ending = missing.extension
    where = "of that name"
    plain = f"arguments or a space after {ending} make it a command"
    if missing.absence is Absence.PARENT:
        where = 'but never follows ".."'
    elif missing.absence is Absence.MISSING:
        where, plain = "beside the DAG", f"put it there; {plain}"
    if missing.beside is not None:
        plain = f'write "{missing.beside}", or a space after {ending}'
    elif not missing.alone:
        plain = f"write the command as one text with arguments or a space after {ending}"
    elif missing.project_file is not None:
        plain = f"a space after {ending} makes it a command; the file is {missing.project_file}"
    return missing.said(
        f" ends in {ending}, so Jinja looks for a template {where}: TemplateNotFound at run time; {plain}"
    )
