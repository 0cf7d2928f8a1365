"""Start a rule: `python scripts/new_rule.py DAG112 missing-schedule`.

Writes the rule, its fixture and its entry in ALL_RULES. The tests fail until they hold what only you know.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from dag_lint import __version__
from dag_lint.rules import ALL_RULES, FAMILIES

PROJECT = Path(__file__).parent.parent

RULE = '''\
"""{code}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.rule import Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile


class {class_name}(Rule):
    """TODO: what it finds, in one sentence.

    What happens
        TODO: what a real Airflow does, and what somebody sees of it in production.

    What to write
        TODO

    Known limits
        TODO: what it does not see, and where it is wrong.
    """

    code = "{code}"
    name = "{name}"
    default = "{default}"
    since = "{version}"
    example = Example(
        bad="""\\
import pendulum
from airflow import DAG

with DAG("a", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    ...  # TODO
""",
        good="""\\
import pendulum
from airflow import DAG

with DAG("a", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    ...  # TODO
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for dag in file.dags:
            if not dag.certain:
                continue  # TODO: a ladder of early exits: be silent where you do not know
            yield self.finding(dag.callee, "TODO: the fact in the reader's terms; what to write instead")
'''

FIXTURE = '''\
"""TODO: one real-looking DAG file. The mark on a line is its finding: code, column from 0, part of the message."""

import pendulum
from airflow import DAG

with DAG("a", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):  # {code}:5 "TODO"
    ...

# Not flagged: TODO, everything that looks alike and is right, and what cannot be known.
'''


def main(arguments: list[str] | None = None, project: Path = PROJECT) -> int:
    """Write the three; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("code", help="the code from the list of rules, as DAG112")
    parser.add_argument("name", help='completes the sentence "allow ...": missing-schedule')
    parser.add_argument("--default", choices=("on", "off", "2", "3"), default="on")
    options = parser.parse_args(arguments)
    if not re.fullmatch(r"DAG[1-9][0-9]{2}", options.code):
        parser.error(f"{options.code!r} is no code such as DAG112")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", options.name):
        parser.error(f"{options.name!r} is no name such as missing-schedule")

    module = options.name.replace("-", "_")
    words = {
        "code": options.code,
        "name": options.name,
        "default": options.default,
        "version": __version__,
        "class_name": class_name(options.name),
    }
    family = FAMILIES[options.code[3]]
    rules = project / "src" / "dag_lint" / "rules"
    rule = rules / family / f"{module}.py"
    if rule.exists():
        parser.error(f"{rule.relative_to(project)} is there already")
    write(rule, RULE.format(**words))
    if not (rule.parent / "__init__.py").exists():
        write(
            rule.parent / "__init__.py", f'"""The rules of the family {family}: DAG{options.code[3]}xx."""\n'
        )
    write(project / "tests" / "fixtures" / family / f"{module}.py", FIXTURE.format(**words))
    entry = rules / "__init__.py"
    text = with_entry(entry.read_text(encoding="utf-8"), f"dag_lint.rules.{family}.{module}", words)
    write(entry, text)
    return 0


def class_name(name: str) -> str:
    """missing-schedule -> MissingSchedule."""
    return "".join(part.capitalize() for part in name.split("-"))


def with_entry(text: str, module: str, new: dict[str, str]) -> str:
    """The text of rules/__init__.py with the import of a rule, and its place in ALL_RULES by its code."""
    pattern = r"^from dag_lint\.rules\.\S+ import \w+\n"
    imports = [*re.findall(pattern, text, re.MULTILINE), f"from {module} import {new['class_name']}\n"]
    head, rest = re.sub(pattern, "", text, flags=re.MULTILINE).split("from typing import TYPE_CHECKING\n", 1)
    codes = {rule.__name__: rule.code for rule in ALL_RULES} | {new["class_name"]: new["code"]}
    entries = "".join(
        f"    {name},  # {code}\n" for name, code in sorted(codes.items(), key=lambda one: one[1])
    )
    tuple_ = re.sub(
        r"(?s)^(ALL_RULES: [^\n]*? = )\(.*?\)$", rf"\1(\n{entries})", rest.strip(), flags=re.MULTILINE
    )
    return f"{head}from typing import TYPE_CHECKING\n\n{''.join(sorted(imports))}\n{tuple_}\n"


def write(path: Path, text: str) -> None:
    """Write a file and say so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    sys.exit(main())
