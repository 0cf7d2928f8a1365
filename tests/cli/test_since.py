"""`dag-lint check --changed-since`, in real repositories of git."""

import io
import json
import os
import subprocess

import pytest

from dag_lint import target
from dag_lint.baseline import DEFAULT_NAME, read_baseline
from dag_lint.cli import main
from dag_lint.git import top_above
from dag_lint.pyproject import project_settings
from dag_lint.selection import problems_of

A = "import airflow\nx = BAD\ny = BAD + 1\n"


@pytest.fixture
def words(found):
    """A pipeline in which each line with the word BAD is a finding."""
    found(
        lambda source, settings: [
            (number, 0, "DAG101", "found")
            for number, line in enumerate(source.text.splitlines(), 1)
            if "BAD" in line
        ]
    )


@pytest.fixture
def git(tmp_path, monkeypatch):
    """git("commit", ...) in the folder of the test, without the configuration of whoever runs it."""
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def run(*arguments, folder=tmp_path):
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    return run


@pytest.fixture
def commit(git, project, tmp_path):
    """commit({"a.py": "..."}): write files and commit all that is there."""

    def run(files):
        project(files)
        if not (tmp_path / ".git/HEAD").exists():
            git("init", "-q", "-b", "main")
        git("add", "-A")
        git("commit", "-q", "--allow-empty", "-m", "a commit")

    return run


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """check("--option") -> (lines of stdout, lines of stderr, status), by default since HEAD."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, since="HEAD"):
        # A run begins without what the one before it has read.
        pins = (target.pinned_target, target._pins_of)  # noqa: SLF001
        for remembered in (top_above, read_baseline, project_settings, problems_of, *pins):
            remembered.cache_clear()
        status = main(["check", "--changed-since", since, *arguments])
        out, err = capsys.readouterr()
        return out.splitlines(), err.splitlines(), status

    return run


@pytest.mark.usefixtures("words")
def test_what_the_revision_had_is_silent(commit, check, project):
    commit({"dags/a.py": A, "dags/b.py": A.replace("x", "z")})
    assert check() == ([], [], 0)
    project({"dags/a.py": "import os\n" * 30 + A + "new = BAD\n"})
    assert check() == (["./dags/a.py:34:1: DAG101 found"], [], 1)
    assert check("dags/b.py") == ([], [], 0)


@pytest.mark.usefixtures("words")
def test_a_revision_long_ago(commit, check, git):
    commit({"a.py": A})
    git("tag", "old")
    commit({"a.py": A + "z = BAD\n"})
    commit({"b.py": A})
    out, _, status = check(since="old")
    assert [line.split(" ")[0] for line in out] == ["./a.py:4:1:", "./b.py:2:1:", "./b.py:3:1:"]
    assert status == 1
    assert len(check(since="HEAD~1")[0]) == 2
    assert check(since=git("rev-parse", "--short", "HEAD"))[0] == []


@pytest.mark.usefixtures("words")
def test_of_equal_findings_the_later_is_new(commit, check, project):
    commit({"a.py": "import airflow\nx = BAD\nx = BAD\n"})
    project({"a.py": "import airflow\nx = BAD\nx = BAD\n\nx = BAD\n"})
    assert check()[0] == ["./a.py:5:1: DAG101 found"]


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("told", [True, False], ids=["git mv", "mv"])
def test_a_file_that_is_renamed_has_what_it_had(commit, check, git, tmp_path, told):
    commit({"dags/a.py": A + "# more\n" * 20})
    new = "other/é b\n.py"
    (tmp_path / "other").mkdir()
    if told:
        git("mv", "dags/a.py", new)
    else:
        (tmp_path / "dags/a.py").rename(tmp_path / new)
    text = (tmp_path / new).read_text()
    (tmp_path / new).write_text(text.replace("import", "import os\nimport", 1) + "new = BAD\n")
    out, _, status = check()
    assert (len(out), status) == (1, 1)
    assert out[0].endswith(":25:1: DAG101 found")


@pytest.mark.usefixtures("words")
def test_a_file_that_git_does_not_know_is_new(commit, check, project):
    commit({"a.py": A, ".gitignore": "c.py\n"})
    project({"b.py": A, "c.py": A})
    assert {line.split(":")[0] for line in check()[0]} == {"./b.py"}
    assert {line.split(":")[0] for line in check("c.py", "a.py")[0]} == {"c.py"}


@pytest.mark.usefixtures("words")
def test_a_copy_is_new(commit, check, project):
    commit({"a.py": A})
    commit({"b.py": A})
    assert len(check(since="HEAD~1")[0]) == 2


@pytest.mark.usefixtures("words")
def test_it_works_from_a_subfolder_and_for_any_name_of_a_file(commit, check, project, tmp_path, monkeypatch):
    commit({"team/dags/a.py": A})
    project({"team/dags/a.py": A + "z = BAD\n"})
    assert [len(check(path)[0]) for path in (".", "team/dags/a.py", str(tmp_path / "team"))] == [1, 1, 1]
    monkeypatch.chdir(tmp_path / "team")
    assert check()[0] == ["./dags/a.py:4:1: DAG101 found"]
    assert check("../team/dags/../dags/a.py")[0] == ["../team/dags/../dags/a.py:4:1: DAG101 found"]


@pytest.mark.usefixtures("words")
def test_a_comment_that_is_taken_away_brings_a_finding(commit, check, project):
    commit({"a.py": A.replace("x = BAD", "x = BAD  # noqa")})
    project({"a.py": A})
    assert check()[0] == ["./a.py:2:1: DAG101 found"]


@pytest.mark.usefixtures("words")
def test_where_a_branch_left_another(commit, check, git):
    commit({"a.py": A, "b.py": A})
    git("checkout", "-q", "-b", "mine")
    commit({"a.py": A + "z = BAD\n"})
    git("checkout", "-q", "main")
    commit({"b.py": "import airflow\n"})
    git("checkout", "-q", "mine")
    assert len(check(since="main")[0]) == 3
    assert check(since="main...")[0] == ["./a.py:4:1: DAG101 found"]


@pytest.mark.usefixtures("words")
def test_a_file_that_cannot_be_analysed_is_told_of_if_it_differs(commit, check, project):
    broken = "import airflow\nx = (\n"
    commit({"a.py": broken, "b.py": broken, "c.py": A})
    project({"b.py": broken + "y\n", "c.py": A + "z = BAD\n"})
    out, _, status = check()
    assert [line.split(" ")[:2] for line in out] == [["./b.py:2:5:", "DAG000"], ["./c.py:4:1:", "DAG101"]]
    assert status == 2


@pytest.mark.usefixtures("words")
def test_it_goes_with_a_baseline_and_with_every_form(commit, check, project, capsys):
    toml = f'[tool.dag-lint]\nbaseline = "{DEFAULT_NAME}"\n'
    commit({"pyproject.toml": toml, "a.py": A})
    project({"a.py": A + "z = BAD\n"})
    assert main(["check", "--write-baseline"]) == 0
    capsys.readouterr()
    project({"a.py": A + "z = BAD\nw = BAD\n"})
    assert check() == (["./a.py:5:1: DAG101 found"], [], 1)
    assert len(json.loads("\n".join(check("--output-format=json")[0]))) == 1
    project({"a.py": "import airflow\n"})
    assert check() == ([], [], 0)


DAG = """\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from common import SCHEDULE

with DAG("{}", schedule=SCHEDULE, start_date=pendulum.datetime(2024, 1, 1), catchup=False):
    EmptyOperator(task_id="a")
"""


def test_a_dag_id_that_makes_a_schedule_misleading_is_caught(commit, check, project):
    commit({"dags/common.py": 'SCHEDULE = "3 * * * *"\n', "dags/a.py": DAG.format("report")})
    project({"dags/a.py": DAG.format("every_3_hours")})
    out, _, status = check()
    assert (len(out), status) == (1, 1)
    assert "DAG101" in out[0]


def test_what_a_neighbour_brings_is_caught_in_a_file_that_is_unchanged(commit, check, project):
    commit({"dags/common.py": 'SCHEDULE = "0 */3 * * *"\n', "dags/a.py": DAG.format("every_3_hours")})
    assert check()[0] == []
    project({"dags/common.py": 'SCHEDULE = "3 * * * *"\n'})
    assert "DAG101" in check("dags/a.py")[0][0]


def test_what_a_neighbour_had_brought_is_old(commit, check, project):
    commit({"dags/common.py": 'SCHEDULE = "3 * * * *"\n', "dags/a.py": DAG.format("every_3_hours")})
    project(
        {
            "dags/common.py": 'SCHEDULE = "4 * * * *"\n',
            "dags/a.py": "import os\n" + DAG.format("every_3_hours"),
        }
    )
    assert check()[0] == []


def test_settings_pins_and_templates_are_those_of_the_revision(commit, check, project, tmp_path):
    dag = (
        "import pendulum\nfrom airflow import DAG\nfrom airflow.operators.bash import BashOperator\n"
        "with DAG('report', schedule='@daily', start_date=pendulum.datetime(2024, 1, 1)):\n"
        "    BashOperator(task_id='a', bash_command='run.sh')\n"
    )
    commit({"requirements.txt": "apache-airflow==3.0.1\n", "dags/a.py": dag, "dags/run.sh": "true\n"})
    assert check()[0] == []
    project({"requirements.txt": "apache-airflow==2.10.5\n"})
    assert [line.split()[1] for line in check()[0]] == ["DAG102"]
    commit({})
    (tmp_path / "dags/run.sh").unlink()
    assert [line.split()[1] for line in check()[0]] == ["DAG201"]
    commit({"pyproject.toml": "[tool.dag-lint]\nignore = ['DAG2']\n"})
    assert check()[0] == []
    project({"pyproject.toml": "[tool.dag-lint]\nignore = []\n"})
    assert [line.split()[1] for line in check()[0]] == ["DAG201"]


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("nope", 'there is no revision "nope" in '),
        ("feature", 'did you mean "origin/feature"?'),
        ("-x", '"-x" is no revision'),
        ("--output=x", '"--output=x" is no revision'),
        ("...", '"..." is no revision'),
        ("main:a.py", 'there is no revision "main:a.py" in '),
        ("$(touch x)", 'there is no revision "$(touch x)" in '),
    ],
)
def test_an_unknown_revision_is_told_of(commit, check, git, revision, told, tmp_path):
    commit({"a.py": A})
    git("update-ref", "refs/remotes/origin/feature", "HEAD")
    out, (line,), status = check(f"--changed-since={revision}")
    assert line.startswith(f"dag-lint: --changed-since {revision}: ")
    assert told in line
    assert (out, status) == ([], 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "a.py"]


def test_an_unknown_revision_is_told_of_where_there_is_no_file(commit, check):
    commit({"a.txt": ""})
    assert check() == ([], [], 0)
    assert check(since="nope")[2] == 2


@pytest.mark.usefixtures("words")
def test_a_text_from_stdin_is_compared_by_the_name_that_it_has(commit, check, monkeypatch):
    commit({"a.py": A})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{A}z = BAD\n".encode())))
    assert check("-", "--stdin-filename", "a.py") == (["a.py:4:1: DAG101 found"], [], 1)


def test_only_what_is_new_is_mended(commit, check, project, tmp_path):
    text = (
        DAG.replace("from common import SCHEDULE\n", "")
        .replace("SCHEDULE", "'@daily'")
        .replace(", catchup=False", "")
    )
    commit({"a.py": text.format("old")})
    project({"a.py": text.format("old") + text[text.index("with") :].format("new")})
    assert check("--diff", "--unsafe-fixes")[2] == 1
    assert check("--fix", "--unsafe-fixes")[::2] == ([], 0)
    assert [line for line in (tmp_path / "a.py").read_text().splitlines() if "catchup" in line] == [
        "with DAG(\"new\", schedule='@daily', start_date=pendulum.datetime(2024, 1, 1), catchup=False):"
    ]


def test_a_shallow_clone_is_told_what_to_do(commit, check, git, tmp_path, monkeypatch):
    commit({"a.py": A})
    commit({"a.py": A + "\n"})
    git("clone", "-q", "--depth=1", f"file://{tmp_path}", "clone")
    monkeypatch.chdir(tmp_path / "clone")
    _, (told,), status = check(since="HEAD~1")
    assert (
        "this is a shallow clone; fetch its history, in GitHub's actions/checkout with fetch-depth: 0" in told
    )
    assert status == 2


def test_branches_without_a_common_history(commit, check, git):
    commit({"a.py": A})
    git("checkout", "-q", "--orphan", "other")
    commit({"a.py": "import airflow\n"})
    assert 'HEAD and "main" have no common history' in check(since="main...")[1][0]


def test_a_folder_without_a_repository_is_told_of(check, tmp_path):
    (tmp_path / "a.py").write_text(A)
    _, (told,), status = check("a.py")
    assert told == f"dag-lint: --changed-since HEAD: {tmp_path} is in no git repository"
    assert status == 2


def test_without_git_it_says_so(commit, check, monkeypatch, tmp_path):
    commit({"a.py": A})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check()[1:] == (["dag-lint: --changed-since HEAD: it needs git, and there is none on the PATH"], 2)


@pytest.mark.usefixtures("words")
def test_nothing_is_left_behind_and_nothing_in_the_repository_changes(
    commit, check, project, git, tmp_path, monkeypatch
):
    commit({"a.py": A})
    project({"a.py": A + "z = BAD\n"})
    temporary = tmp_path.parent / f"{tmp_path.name}-temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert len(check()[0]) == 1
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert list(temporary.iterdir()) == []
