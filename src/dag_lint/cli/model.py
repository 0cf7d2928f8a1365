"""`dag-lint model FILE...`: what the linter understood of DAG files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dag_lint.diagnostic import one_line
from dag_lint.inspection import read_source, settings_for
from dag_lint.reading import NotReadableError
from dag_lint.settings import SETTINGS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from dag_lint.report.model import ReadFile

HELP = "show what is understood of DAG files: DAGs, tasks, edges"
DESCRIPTION = "Show what dag-lint understands of DAG files without running them; what is not known is said."

_OPTIONS = ("airflow-version", "catchup-by-default")
"""The settings that change what a file means."""


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="DAG files")
    parser.add_argument(
        "--output-format", choices=("text", "json", "mermaid", "dot"), default="text", help="default: text"
    )
    for setting in SETTINGS:
        if setting.name in _OPTIONS:
            text = setting.help.replace("%", "%%")
            parser.add_argument(f"--{setting.name}", type=setting.from_option, metavar="VALUE", help=text)


def run(options: Namespace) -> int:
    """Print the model of each file in the order given; the exit status."""
    given = {name: getattr(options, name) for name in (option.replace("-", "_") for option in _OPTIONS)}
    overrides = {name: value for name, value in given.items() if value is not None}
    files = [read_file(name, overrides) for name in options.files]
    sys.stdout.write(_written(files, options.output_format))
    return 2 if any(read.file is None for read in files) else 0


def _written(files: Sequence[ReadFile], form: str) -> str:
    from dag_lint.report.model import model_as_json
    from dag_lint.report.model_graph import dot, mermaid
    from dag_lint.report.model_text import model_as_text

    if form == "json":
        # The terminal escapes what its encoding lacks in Python's way, which is not always JSON's.
        return model_as_json(files, ascii_only="utf" not in (sys.stdout.encoding or "").lower())
    return {"text": model_as_text, "mermaid": mermaid, "dot": dot}[form](files)


def read_file(name: str, overrides: dict[str, object]) -> ReadFile:
    """A file as far as it is understood, with the reason when it is not at all."""
    from dag_lint.lint import NotAnalysedError, understand
    from dag_lint.report.model import ReadFile

    try:
        source = read_source(name)
        settings = settings_for(name, overrides)
        understood = understand(source, settings)
    except NotReadableError as error:
        return ReadFile(name, error=one_line(f"the file could not be read: {error}"))
    except SyntaxError as error:
        return ReadFile(
            name, error=one_line(f"Python cannot read the file: {error.msg} (line {error.lineno})")
        )
    except NotAnalysedError as error:
        return ReadFile(name, error=one_line(str(error)))
    except Exception as error:  # one file that we do not survive must not hide the others
        return ReadFile(name, error=f"it could not be analysed: {type(error).__name__}")
    from dag_lint.spans import locate

    file = understood.file
    nodes = [node for dag in file.dags for node in (dag.node, dag.callee)]
    nodes += [node for dag in file.dags for task in dag.tasks for node in (task.node, task.callee)]
    spans = locate(understood.module, understood.tree, nodes)
    return ReadFile(name, file, lines={key: span.start.line for key, span in spans.items()})
