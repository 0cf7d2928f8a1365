"""VS Code's extension Flake8: flake8 called exactly as its server calls it, and read as its server reads it.

The extension itself cannot be installed without the editor's marketplace. Its call, its pattern and its way to
a severity are those of bundled/tool/lsp_server.py in microsoft/vscode-flake8, June 2026.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from integration.samples import CODE, COLUMN, LINE, MESSAGE, RIGHT, WRONG, dag_file, documented
from integration.workshop import FailedError

if TYPE_CHECKING:
    from pathlib import Path

    from integration.workshop import Workshop

ARGUMENTS = ["--format='%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s'"]
PATTERN = re.compile(r"(?P<line>\d+),(?P<column>-?\d+),(?P<type>\w+),(?P<code>\w+\d+):(?P<message>[^\r\n]*)")
# The default of the extension's setting flake8.severity.
SEVERITIES = {"E": "Error", "F": "Error", "I": "Information", "W": "Warning"}

Shown = tuple[int, int, str, str]


def check(workshop: Workshop) -> str:
    """The finding of a file, and of a notebook's cell, is parsed; the documented setting makes it a warning."""
    environment = workshop.environment("plain")
    project = workshop.folder("vscode")
    path = dag_file(project)
    settings = json.loads(documented("editors.md", "vscode"))
    severities = settings["flake8.severity"]
    flake8 = [
        str(environment / "bin" / "python"),
        "-m",
        "flake8",
        *ARGUMENTS,
        *settings.get("flake8.args", []),
    ]
    variables = workshop.variables(environment)

    def shown(arguments: list[str | Path], severities: dict[str, str], text: str = "") -> list[Shown]:
        done = workshop.run([*flake8, *arguments], project, variables=variables, text=text)
        # The extension shows what is on stderr to the user.
        return parsed(done.quiet().stdout, severities)

    expected = (LINE - 1, COLUMN - 1, CODE)
    for arguments, text in (([path], ""), (["--stdin-display-name", path, "-"], WRONG)):
        for setting, severity in ((severities, "Warning"), (SEVERITIES, "Error")):
            found = shown([*arguments], setting, text)
            if found != [(*expected, severity)]:
                raise FailedError(f"{[*expected, severity]} is expected, and {found} was shown")
    dag_file(project, RIGHT)
    if found := shown([path], severities):
        raise FailedError(f"{found} was shown for a DAG without a finding")
    return f"its call of flake8 gives {CODE}, its pattern takes it, flake8.severity makes it a warning"


def parsed(output: str, severities: dict[str, str]) -> list[Shown]:
    """The diagnostics that the extension makes of flake8's output: line and column from 0."""
    found = []
    for line in output.splitlines():
        # The quotes around the format are printed too, as no shell takes them away.
        if line.startswith("'") and line.endswith("'"):
            line = line[1:-1]
        if match := PATTERN.match(line):
            if match["code"] == CODE and MESSAGE not in match["message"]:
                raise FailedError(f"the message is cut: {match['message']}")
            place = max(int(match["line"]) - 1, 0), max(int(match["column"]) - 1, 0)
            found.append((*place, match["code"], severity_of(match["code"], match["type"], severities)))
    return found


def severity_of(code: str, kind: str, severities: dict[str, str]) -> str:
    """The severity of a code: of the longest beginning that has one, or of its first letter, or an error."""
    for end in range(len(code), 0, -1):
        if code[:end] in severities:
            return severities[code[:end]]
    return severities.get(kind, "Error")
