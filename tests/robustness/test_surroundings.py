"""Files beside a DAG file, and files that are none: hostile, huge, gone, or not to be read."""

from __future__ import annotations

import os

import pytest

from dag_lint.cli import main
from dag_lint.inspection import Request, inspect_file

DAG = (
    "from datetime import datetime\nfrom airflow import DAG\nfrom airflow.operators.bash import BashOperator\n"
    "with DAG('d', schedule='@daily', start_date=datetime(2024, 1, 1), catchup=False):\n"
    "    BashOperator(task_id='t', bash_command={command!r})\n"
)


def codes(path, command="/opt/airflow/dags/run.sh"):
    path.write_text(DAG.format(command=command), encoding="utf-8")
    return [one.code for one in inspect_file(str(path), Request({})).diagnostics]


ALIASES = "a: &a [x]\n" + "\n".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=False)
)
MERGES = "a: &a {x: 1}\n" + "\n".join(
    f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 9)}]}}" for a, b in zip("abcdefgh", "bcdefghi", strict=False)
)


@pytest.mark.parametrize(
    "compose",
    [
        ALIASES + "\nservices: *i\n",
        MERGES + "\nservices: {a: *i}\n",
        "services: " + "[" * 5_000,
        "services: " + "{a: " * 5_000,
        "services: &s\n  a: *s\n",
        "services:\n  a:\n    volumes: " + "[./dags:/opt/airflow/dags, " * 2_000,
        "!!python/object/apply:os.system [exit 1]",
        "services:\n  a:\n    volumes:\n" + "      - ../../..:/opt/airflow/dags\n" * 2_000,
        "\0" * 1000,
        "\ufeff\x85\u2028",
        "a: b: c",
        "services: 1\n--- \nservices: 2",
    ],
)
def test_no_compose_file_takes_anything_but_itself(project, compose):
    root = project({"docker-compose.yaml": compose, "dags/x": ""})
    assert codes(root / "dags/d.py") in (["DAG103", "DAG201"], ["DAG103"])


@pytest.mark.parametrize(
    "toml",
    [
        b"[tool.dag-lint]\nairflow-version = " + b"[" * 5_000,
        b"[tool.dag-lint]\nenable = [" + b'"DAG1", ' * 20_000 + b"]",
        b"\xff\xfe[\0t\0",
        b"\0",
        b"[tool]\ndag-lint = 1",
        b"tool = []",
        b"[tool.dag-lint]\nmin-sleep = 9" + b"9" * 5_000,
        b"a." * 5_000 + b"b = 1",
        b"a = " + b"{b = " * 5_000,
    ],
)
def test_no_pyproject_ends_a_run(project, toml, capsys, monkeypatch):
    monkeypatch.chdir(project({"pyproject.toml": toml, "d.py": DAG.format(command="true")}))
    assert main(["check", "."]) in (1, 2)
    out, err = capsys.readouterr()
    assert "could not be analysed" not in out + err
    assert out


@pytest.mark.parametrize(
    "command",
    [
        "../" * 9 + "etc/run.sh",
        "/etc/passwd.sh",
        "a\0b.sh",
        "a" * 5_000 + ".sh",
        "a/" * 40_000 + "x.sh",
        "link/run.sh",
        "loop/run.sh",
        "pipe.sh",
        "\ud800.sh",
        "//" * 500 + "run.sh",
    ],
)
def test_no_template_path_leads_out_or_waits(project, command):
    root = project({"dags/x": ""})
    (root / "dags/link").symlink_to("/")
    (root / "dags/loop").symlink_to(root / "dags/loop")
    os.mkfifo(root / "dags/pipe.sh")
    path = root / "dags/d.py"
    text = DAG.format(command=command).encode("utf-8", "surrogatepass")
    path.write_bytes(text)
    found = [one.code for one in inspect_file(str(path), Request({})).diagnostics]
    assert found in (["DAG103"], ["DAG103", "DAG201"], ["DAG000"])


def test_what_is_no_file_is_named_and_the_rest_goes_on(project, capsys, monkeypatch):
    root = project({"b.py": DAG.format(command="true")})
    monkeypatch.chdir(root)
    os.mkfifo(root / "pipe.py")
    (root / "self.py").symlink_to("self.py")
    (root / "gone.py").symlink_to("nowhere.py")
    (root / "loop").symlink_to(".")
    (root / os.fsdecode(b"\xff\n.py")).write_text(DAG.format(command="true"), encoding="utf-8")
    assert main(["check", ".", "pipe.py", "self.py", "missing.py"]) == 2
    out, err = capsys.readouterr()
    assert err == "" or "Traceback" not in err
    assert "./b.py:4:" in out
    assert all(name in out for name in ("pipe.py", "self.py", "missing.py"))


@pytest.mark.parametrize(
    "content",
    [
        b"# coding: rot13\nimport airflow\n",
        b"# coding: hex\nimport airflow\n",
        b"# coding: zlib\nimport airflow\n",
        b"# coding: undefined\nimport airflow\n",
        b"# coding: no-such\nimport airflow\n",
        b"# coding: utf-7\nimport airflow\n",
        b"# coding: idna\nimport airflow\n",
        b"# coding: unicode_escape\nimport airflow\n",
        b"# coding: latin-1\nimport airflow\nx = '\xe9'\n",
        b"# coding: cp1252\nimport airflow\nx = '\x80'\n",
        b"\xef\xbb\xbfimport airflow\n",
        b"\xef\xbb\xbf# coding: latin-1\nimport airflow\n",
        "import airflow\n".encode("utf-16"),
        "import airflow\n".encode("utf-32"),
        b"import airflow\nx = '\xff\xfe'\n",
        b"import airflow\0\n",
        b"import airflow\nx = '\0'\n",
        b"import airflow\rx = 1\r",
        b"import airflow\r\nx = 1\ry = 2\n",
        b"import airflow\n\x0c\nx = 1\n\x1a",
        b"import airflow\nprint 'two'\nexec 'x' in y\n",
        b"import airflow\n\tx\n        y\n",
        "import airflow\nx = '\u2028\x85\x1c'\n".encode(),
        "import airflow\nx = '\u202e\u2066'\n".encode(),
        b"import airflow\nx = '\\ud800'\n",
        b"import airflow",
        b"",
        b"airflow" * 200_000,
        b"import airflow\n" + b"#" * 4_000_001,
        b"# airflow\n" + b"\n" * 1_000_001,
    ],
)
def test_no_bytes_are_too_odd(project, content):
    path = project({"d.py": content}) / "d.py"
    found = inspect_file(str(path), Request({}, fixes=True)).diagnostics
    assert [one.code for one in found] in ([], ["DAG000"])
    assert not [one for one in found if "could not be analysed" in one.message]


STARS = "*a" * 30 + "z"


@pytest.mark.parametrize(
    "files",
    [
        {".gitignore": f"{STARS}\nold.py\n"},
        {"pyproject.toml": f"[tool.dag-lint]\nexclude = ['{STARS}', 'old.py']\n"},
        {
            "pyproject.toml": "[tool.dag-lint]\nexclude = ['old.py']\n"
            f"[tool.dag-lint.per-file-ignores]\n'{STARS}' = ['DAG1']\n"
        },
        {".gitignore": "/".join(["**/a"] * 30) + "\nold.py\n"},
    ],
)
def test_a_pattern_of_many_stars_is_not_tried(project, files, capsys, monkeypatch):
    name = "a" * 120 + ".py"
    monkeypatch.chdir(
        project({**files, name: DAG.format(command="true"), "old.py": DAG.format(command="true")})
    )
    assert main(["check", "."]) == 1
    assert {line.split(":")[0] for line in capsys.readouterr().out.splitlines() if ": DAG" in line} == {
        f"./{name}"
    }


LEVELS = 1_020
"""More than functions may call themselves in Python: no search in folders does."""


@pytest.fixture
def deep_folder(tmp_path, monkeypatch):
    """The present folder lies this deep; it is taken down again step by step, as shutil could not."""
    monkeypatch.chdir(tmp_path)
    for _ in range(LEVELS):
        os.mkdir("d")  # noqa: PTH102
        os.chdir("d")
    yield tmp_path
    for name in os.listdir("."):  # noqa: PTH208
        os.remove(name)  # noqa: PTH107
    for _ in range(LEVELS):
        os.chdir("..")
        os.rmdir("d")  # noqa: PTH106


@pytest.mark.parametrize(("top", "searched"), [("", "."), (".git", "."), ("pyproject.toml", "{top}")])
def test_no_folder_lies_too_deep(deep_folder, top, searched, capsys):
    if top:
        (deep_folder / top).touch()
    with open("dag.py", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(DAG.format(command="true"))
    assert main(["check", "--no-cache", searched.format(top=deep_folder)]) == 1
    out = capsys.readouterr().out
    assert "dag.py" in out
    assert "DAG103" in out
    assert "DAG000" not in out
