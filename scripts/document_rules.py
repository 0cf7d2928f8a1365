"""Write the documentation of the rules from their docstrings, the tables and the output of the README, and the
JSON schema of the settings.

`--check` writes nothing and ends with 1 when a page is stale.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

from dag_lint.report.documentation import as_markdown, index_as_markdown
from dag_lint.report.settings import schema_as_json
from dag_lint.rules import ALL_RULES
from dag_lint.settings import SETTINGS, Settings

PROJECT = Path(__file__).parent.parent

INDEX = """\
# The rules

`dag-lint rule DAG101` prints a page of this list. Default: *on*; *off*: switched on by the setting `enable`;
*2* or *3*: on where the target is that version of Airflow, or is not known. A *safe* fix leaves the meaning of the
DAG as it is, an *unsafe* one changes what will run.

"""


COMMAND = "flake8 --select DAG,E9 examples/dags"


def pages(project: Path) -> dict[str, str]:
    """What each generated file has to hold, by its path in the project."""
    wanted = {f"docs/rules/{rule.code}.md": as_markdown(rule) for rule in ALL_RULES}
    wanted["docs/rules.md"] = INDEX + index_as_markdown(ALL_RULES)
    readme = (project / "README.md").read_text(encoding="utf-8")
    readme = with_block(readme, "output", output_as_markdown(project))
    readme = with_block(readme, "rules", index_as_markdown(ALL_RULES, "docs/rules"))
    wanted["docs/settings.schema.json"] = schema_as_json()
    wanted["README.md"] = with_block(readme, "settings", settings_as_markdown())
    return wanted


def output_as_markdown(project: Path) -> str:
    """What flake8 says of the examples."""
    done = subprocess.run(
        [sys.executable, "-m", *COMMAND.split()], cwd=project, capture_output=True, text=True, check=False
    )
    return f"```console\n$ {COMMAND}\n{done.stdout}```\n"


def settings_as_markdown() -> str:
    """The table of the settings."""
    defaults = {field.name: getattr(Settings(), field.name) for field in fields(Settings)}
    rows = ["| setting | example | default | meaning |", "|---|---|---|---|"]
    for setting in SETTINGS:
        default = defaults[setting.attribute]
        shown = f"`{default}`" if isinstance(default, int) else "none"
        rows.append(f"| `{setting.name}` | `{setting.example}` | {shown} | {setting.help} |")
    return "\n".join(rows) + "\n"


def with_block(text: str, name: str, block: str) -> str:
    """A text with what stands between `<!-- name -->` and `<!-- /name -->` replaced."""
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    if start not in text or end not in text:
        raise SystemExit(f"README.md lacks {start.strip()} ... {end}")
    return re.sub(f"{start}.*?{end}", lambda _: f"{start}\n{block}\n{end}", text, flags=re.DOTALL)


def stale(project: Path) -> dict[str, str | None]:
    """The files that are not what they have to be, with what they have to be; None for one too many."""
    wanted: dict[str, str | None] = dict(pages(project))
    for page in sorted((project / "docs" / "rules").glob("*.md")):
        wanted.setdefault(page.relative_to(project).as_posix(), None)

    def is_right(name: str, text: str | None) -> bool:
        path = project / name
        return path.read_text(encoding="utf-8") == text if path.exists() else text is None

    return {name: text for name, text in wanted.items() if not is_right(name, text)}


def main(arguments: list[str] | None = None, project: Path = PROJECT) -> int:
    """Write what is stale, or with --check only name it; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, end with 1 when a page is stale")
    check = parser.parse_args(arguments).check
    found = stale(project)
    for name, text in found.items():
        sys.stdout.write(f"{name}: {'is stale' if check else 'written' if text else 'removed'}\n")
        path = project / name
        if check:
            continue
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    if check and found:
        sys.stdout.write("run: python scripts/document_rules.py\n")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
