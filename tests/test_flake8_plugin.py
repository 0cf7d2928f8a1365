"""The door as flake8 uses it: in processes of its own, with a pipeline of one made-up rule."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flake8.options.manager import OptionManager

from dag_lint.diagnostic import Diagnostic, Position, Severity, Span
from dag_lint.fingerprint import fingerprints
from dag_lint.flake8_plugin import DagLintPlugin

SOURCES = Path(__file__).parent.parent / "src"

# Stands in for the pipeline in a process of its own: what it is told of settings, it tells.
PIPELINE = """
from dag_lint.diagnostic import Diagnostic, Position, Severity, Span

def lint(source, settings, tree=None, note=None, *, fixes=False):
    if "explode" in source.text:
        raise RecursionError
    place = Position(2, 4)
    told = f"text of {source.path} {settings.airflow_version} {settings.min_sleep} {sorted(settings.enable)}"
    return [Diagnostic(source.path, "DAG101", "a-rule", told, Span(place, place), Severity.WARNING)]
"""

CUSTOMIZE = """
import sys, types
module = types.ModuleType("dag_lint.lint")
exec(PIPELINE, module.__dict__)
sys.modules["dag_lint.lint"] = module
"""

AIRFLOW = "import airflow\nx = 1\n"


@pytest.fixture
def flake8(tmp_path_factory):
    """Run flake8 in a folder: flake8(folder, "a.py", stdin="...") -> (lines of stdout, status)."""
    door = tmp_path_factory.mktemp("door")
    (door / "sitecustomize.py").write_text(f"PIPELINE = {PIPELINE!r}\n{CUSTOMIZE}")

    def run(folder, *arguments, stdin=None):
        environment = {**os.environ, "PYTHONPATH": f"{SOURCES}{os.pathsep}{door}"}
        environment.pop("COVERAGE_PROCESS_START", None)
        done = subprocess.run(
            [sys.executable, "-m", "flake8", "--select", "DAG,E9", *arguments],
            cwd=folder, env=environment, input=stdin, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done.stdout.splitlines(), done.returncode, done.stderr

    return run


def test_a_finding_is_printed_where_it_stands(flake8, project):
    assert flake8(project({"a.py": AIRFLOW}), "a.py") == (["a.py:2:5: DAG101 text of a.py None 10 []"], 1, "")


def test_a_file_without_the_word_is_nothing_to_us(flake8, project):
    assert flake8(project({"a.py": "import os\n"}), "a.py") == ([], 0, "")


def test_stdin_is_linted_by_its_text(flake8, project):
    folder = project({"dags/a.py": "x = 1\n", "pyproject.toml": "[tool.dag-lint]\nmin-sleep = 3\n"})
    out, _, _ = flake8(folder, "--stdin-display-name", "dags/a.py", "-", stdin=AIRFLOW)
    assert out == ["dags/a.py:2:5: DAG101 text of dags/a.py None 3 []"]
    out, _, _ = flake8(folder, "-", stdin=AIRFLOW)
    assert out == ["stdin:2:5: DAG101 text of stdin None 10 []"]


def test_options_and_flake8s_configuration_are_settings(flake8, project):
    folder = project({"a.py": AIRFLOW, "setup.cfg": "[flake8]\ndag-lint-enable = DAG9,\n    DAG313\n"})
    out, _, _ = flake8(folder, "--dag-lint-airflow-version", "2.10", "--dag-lint-min-sleep=60", "a.py")
    assert out == ["a.py:2:5: DAG101 text of a.py 2.10 60 ['DAG313', 'DAG9']"]


def test_a_wrong_option_is_refused_like_any_other(flake8, project):
    _, status, errors = flake8(project({"a.py": AIRFLOW}), "--dag-lint-executor", "kubernets", "a.py")
    assert status == 2
    assert 'did you mean "kubernetes"?' in errors


def test_options_have_a_help(flake8, project):
    out, status, _ = flake8(project({}), "--help")
    assert status == 0
    assert sum("--dag-lint-" in line for line in out) >= 7


def test_flake8_has_options_of_its_own_for_the_selection(flake8, project):
    out, _, _ = flake8(project({}), "--help")
    assert not [line for line in out if "--dag-lint-select" in line or "--dag-lint-exclude" in line]


def test_the_selection_of_the_project_counts_before_that_of_flake8(flake8, project):
    toml = "[tool.dag-lint]\nignore = ['DAG1']\n"
    folder = project({"pyproject.toml": toml, "a.py": AIRFLOW, "sub/setup.cfg": "", "sub/b.py": AIRFLOW})
    out, _, _ = flake8(folder)
    assert [line.split(":")[0] for line in out] == ["./sub/b.py"]
    assert flake8(folder, "--ignore", "DAG1")[0] == []


def test_wrong_settings_may_be_ignored_as_anything_else(flake8, project):
    toml = "[tool.dag-lint]\nmin-slep = 3\nignore = ['DAG000', 'DAG1']\n"
    assert flake8(project({"pyproject.toml": toml, "a.py": AIRFLOW})) == ([], 0, "")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_wrong_settings_are_told_once_however_many_processes_there_are(flake8, project, jobs):
    files = {f"dags/{name}.py": AIRFLOW for name in "bcdefghij"}
    files["dags/a0_other.py"] = "import os\n"
    files["dags/a1_skipped.py"] = "# flake8: noqa\nimport airflow\n"
    files["dags/a2_broken.py"] = "import airflow\nx = (\n"
    files["dags/a3_cookie.py"] = "# coding: nonsense\nimport airflow\n"
    folder = project({**files, "pyproject.toml": "[tool.dag-lint]\nmin-slep = 3\n"})
    out, status, errors = flake8(folder, f"-j{jobs}")
    told = [line for line in out if "DAG000" in line]
    problem = 'there is no setting "min-slep"; did you mean "min-sleep"?'
    assert told == [f"./dags/b.py:1:1: DAG000 pyproject.toml, line 2: {problem}"]
    assert sum("DAG101" in line for line in out) == 10
    assert (status, errors) == (1, "")


def test_wrong_settings_are_told_for_each_project(flake8, project):
    wrong = "[tool.dag-lint]\nx = 3\n"
    folder = project(
        {
            "a/pyproject.toml": wrong,
            "b/pyproject.toml": wrong,
            "a/dags/x.py": AIRFLOW,
            "b/y.py": AIRFLOW,
            "z.py": AIRFLOW,
        }
    )
    out, _, _ = flake8(folder, "-j1")
    assert [line.split(":")[0] for line in out if "DAG000" in line] == ["./a/dags/x.py", "./b/y.py"]


def test_wrong_settings_are_told_on_stdin(flake8, project):
    folder = project({"pyproject.toml": "[tool.dag-lint]\nx = 3\n", "a.py": AIRFLOW})
    out, _, _ = flake8(folder, "--stdin-display-name", "b.py", "-", stdin=AIRFLOW)
    assert [line[:16] for line in out] == ["b.py:1:1: DAG000", "b.py:2:5: DAG101"]


def test_an_exception_becomes_a_finding_and_the_other_files_keep_theirs(flake8, project):
    out, _, errors = flake8(project({"a.py": AIRFLOW + "# explode\n", "b.py": AIRFLOW}), "-j1")
    assert out == [
        "./a.py:1:1: DAG000 it could not be analysed: RecursionError",
        "./b.py:2:5: DAG101 text of ./b.py None 10 []",
    ]
    assert errors == ""


BASELINE = '{"version": 1, "findings": [%s]}'


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_baseline_is_honoured(flake8, project, jobs):
    place = Position(2, 4)
    found = Diagnostic("a.py", "DAG101", "a-rule", "", Span(place, place), Severity.WARNING)
    (name,) = fingerprints([found], AIRFLOW)
    entries = [
        json.dumps({"path": path, "code": "DAG101", "text": "", "fingerprint": name})
        for path in ("dags/a.py", "dags/gone.py")
    ]
    files = {"pyproject.toml": '[tool.dag-lint]\nbaseline = "known.json"\n', "dags/a.py": AIRFLOW}
    files |= {"dags/b.py": AIRFLOW.replace("x", "y"), "c.py": AIRFLOW + "import os\n"}
    folder = project({**files, "known.json": BASELINE % ", ".join(entries)})
    out, status, errors = flake8(folder, f"-j{jobs}")
    # That of c.py is known by the entry whose file is gone.
    assert [line.split(":")[0] for line in out] == ["./dags/b.py"]
    out, status, errors = flake8(folder, "--dag-lint-baseline=", f"-j{jobs}")
    assert (len(out), status, errors) == (3, 1, "")
    out, _, _ = flake8(folder, "--stdin-display-name", "dags/a.py", "-", stdin=AIRFLOW)
    assert out == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_broken_baseline_is_told_of_once(flake8, project, jobs):
    files = {f"{name}.py": AIRFLOW for name in "abc"}
    folder = project({**files, "pyproject.toml": '[tool.dag-lint]\nbaseline = "known.json"\n'})
    out, _, _ = flake8(folder, f"-j{jobs}")
    assert [line.split(": ")[0] for line in out] == ["./a.py:1:1", "./a.py:2:5", "./b.py:2:5", "./c.py:2:5"]
    assert "DAG000 the baseline known.json cannot be read, so it hides nothing" in out[0]


def test_what_a_comment_switches_off_does_not_use_up_an_entry(found, project):
    found(
        lambda source, settings: [(2, 0, "DAG101", "one"), (3, 0, "DAG101", "two"), (4, 0, "DAG101", "three")]
    )
    text = "import airflow\nx = 1  # noqa: DAG101\nx = 1\nx = 1\n"
    folder = project({"pyproject.toml": '[tool.dag-lint]\nbaseline = "known.json"\n'})
    place = Position(3, 0)
    one = Diagnostic("a.py", "DAG101", "a-rule", "", Span(place, place), Severity.WARNING)
    (name,) = fingerprints([one], text)
    entry = {"path": "a.py", "code": "DAG101", "text": "", "fingerprint": name}
    (folder / "known.json").write_text(BASELINE % json.dumps(entry))
    assert run(text, str(folder / "a.py")) == [(2, 0, "DAG101 one"), (4, 0, "DAG101 three")]


HEAVY = """
import ast, sys
before = set(sys.modules)
from dag_lint.flake8_plugin import DagLintPlugin
list(DagLintPlugin(ast.parse("x = 1"), ["x = 1"], "a.py").run())
heavy = ("libcst", "croniter", "yaml", "pathspec", "tomllib", "tomli", "dag_lint.rules", "dag_lint.lint")
heavy += ("dag_lint.inspection", "dag_lint.pyproject", "dag_lint.selection", "dag_lint.suppress")
sys.exit(", ".join(name for name in heavy if name in sys.modules) or 0)
"""


def test_a_file_without_the_word_imports_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-c", HEAVY], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def run(text, filename="a.py"):
    return [one[:3] for one in DagLintPlugin(ast.parse(text), text.splitlines(keepends=True), filename).run()]


def test_without_flake8s_options_the_defaults_are_taken(found):
    found(lambda source, settings: [(2, 0, "DAG101", f"{source.location} {settings.min_sleep}")])
    assert run(AIRFLOW, "-") == [(2, 0, "DAG101 None 10")]
    assert run(AIRFLOW, "dags/a.py") == [(2, 0, "DAG101 dags/a.py 10")]


def test_wrong_settings_come_first(found, project):
    folder = project({"pyproject.toml": "[tool.dag-lint]\nx = 3\n"})
    found(lambda source, settings: [(2, 0, "DAG101", "text")])
    problem = 'pyproject.toml, line 2: there is no setting "x"'
    assert run(AIRFLOW, str(folder / "a.py")) == [(1, 0, f"DAG000 {problem}"), (2, 0, "DAG101 text")]


def test_options_of_flake8_are_settings(found, monkeypatch):
    monkeypatch.setattr(DagLintPlugin, "_options", None)
    manager = OptionManager(version="", plugin_versions="", parents=[], formatter_names=[])
    DagLintPlugin.add_options(manager)
    DagLintPlugin.parse_options(manager.parse_args(["--dag-lint-min-sleep", "5"]))
    found(lambda source, settings: [(2, 0, "DAG101", str(settings.min_sleep))])
    assert run(AIRFLOW, "-") == [(2, 0, "DAG101 5")]
    assert run("x = 1\n", "-") == []


def test_no_exception_gets_out(found):
    found(lambda source, settings: 1 / 0)
    assert run(AIRFLOW) == [(1, 0, "DAG000 it could not be analysed: ZeroDivisionError")]


def test_the_door_is_small():
    text = (SOURCES / "dag_lint" / "flake8_plugin.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
