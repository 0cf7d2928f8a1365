"""`dag-lint schedule`: what it says of files, what it refuses, how it ends."""

from __future__ import annotations

import json
import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dag_lint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[..., Path]

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "dags" / "fruit.py")
AT = ("--at", "2024-06-15T10:30:20")
IMPORTS = "import pendulum\nfrom datetime import datetime, timedelta\nfrom airflow import DAG\n"
START = "start_date=pendulum.datetime(2024, 1, 1)"


def dag(arguments: str, before: str = "") -> str:
    return f'{IMPORTS}{before}\nwith DAG("fruit", {arguments}):\n    pass\n'


@pytest.fixture
def shown(project: Write, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """The text about one DAG; it ends with 0 and says nothing beside it."""
    # What stands beside a DAG is read once: each text comes from a folder of its own.
    numbers = count()

    def show(arguments: str, *options: str, before: str = "", files: dict[str, str] | None = None) -> str:
        texts = {"dags/fruit.py": dag(arguments, before), **(files or {})}
        folder = str(next(numbers))
        root = project({f"{folder}/{name}": text for name, text in texts.items()})
        status = main(["schedule", str(root / folder / "dags" / "fruit.py"), *AT, *options])
        captured = capsys.readouterr()
        assert (status, captured.err) == (0, "")
        return " ".join(captured.out.split())

    return show


def as_data(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main(["schedule", *arguments, "--output-format", "json"])
    return json.loads(capsys.readouterr().out)


def test_the_learners_dag_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", EXAMPLE, *AT, "--count", "1"]) == 0
    text = capsys.readouterr().out
    second, third = text.split("Airflow 3.3:")
    assert "once an hour, at minute 3" in second
    assert "\n* 2024-06-15 09:03  2024-06-15 09:03  2024-06-15 10:03  2024-06-15 10:03\n" in second
    assert "\n* 2024-06-15 10:03  2024-06-15 10:03  2024-06-15 10:03  2024-06-15 10:03\n" in third
    assert second.count("starts one run at once") == third.count("starts one run at once") == 1
    assert all(len(line) <= 80 for line in text.splitlines()[1:])


def test_the_learners_dag_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    def version(airflow: str, timetable: str, start: str) -> dict[str, Any]:
        return {
            "airflow": airflow,
            "timetable": timetable,
            "catchup": False,
            "at": "2024-06-15T10:30:20+00:00",
            "on_unpause": {"kind": "one", "count": 1},
            "runs": [
                {
                    "logical_date": f"2024-06-15T{start}:00+00:00",
                    "data_interval_start": f"2024-06-15T{start}:00+00:00",
                    "data_interval_end": "2024-06-15T10:03:00+00:00",
                    "run_after": "2024-06-15T10:03:00+00:00",
                }
            ],
        }

    assert as_data(capsys, EXAMPLE, *AT, "--count", "1") == [
        {
            "file": EXAMPLE,
            "dag_id": "shedule_3_hour",
            "line": 8,
            "schedule": {"kind": "cron", "expression": "3 * * * *", "words": "once an hour, at minute 3"},
            "timezone": "UTC",
            "versions": [
                version("2.11", "CronDataIntervalTimetable", "09:03"),
                version("3.3", "CronTriggerTimetable", "10:03"),
            ],
            "unknown": [],
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (f'schedule="0 0 31 2 *", {START}', "It never runs: at 00:00 on 31 February, which never comes."),
        (f'schedule="@dailly", {START}', 'Airflow refuses its schedule: "@dailly" is no preset of Airflow.'),
        (f"schedule=None, {START}", "It has no schedule: it runs only when it is triggered."),
        (f'schedule="@once", {START}', "starts one run at once, that of 2024-01-01 00:00."),
        (
            f'schedule="@continuous", {START}, max_active_runs=1',
            "The next run begins as soon as this one has",
        ),
        (f"schedule=[Asset('a')], {START}", "It runs when its assets are updated; no clock decides that."),
        (f"schedule=Mine(), {START}", "The file does not tell: schedule. So its runs are not known."),
        ('schedule="@daily", start_date=begin()', "The file does not tell: start_date, timezone."),
        ('schedule="@once", start_date=begin()', "The file does not tell: start_date. So its runs"),
        ("**ARGS", "The file does not tell: schedule."),
        ('schedule="@daily", **ARGS', "The file does not tell: catchup, end_date, start_date, timezone."),
        ('schedule="@daily", default_args=ARGS', "The file does not tell: start_date, timezone."),
        (f'schedule="@daily", {START}, catchup=CATCHUP', "The file does not tell: catchup."),
        (f'schedule="@daily", {START}, end_date=begin()', "The file does not tell: end_date."),
        ('schedule="@daily"', "Airflow 2 refuses a DAG that has a schedule and no start_date."),
        (f'schedule_interval="@daily", {START}', "Airflow 3 refuses the argument schedule_interval: write"),
        (START, "No schedule is given, which means different things to the versions of Airflow"),
        (START, "No schedule is given: Airflow 2 takes timedelta(days=1)."),
        (
            'schedule="@daily", start_date=pendulum.datetime(2030, 1, 1)',
            "It begins in the future: start_date is 2030-01-01 00:00 UTC.",
        ),
        (
            'schedule="@daily", start_date=pendulum.datetime(2024, 6, 15)',
            "No interval that began after start_date is over yet.",
        ),
        (
            f'schedule="@daily", {START}, end_date=pendulum.datetime(2024, 2, 1), catchup=False',
            "No run is left before its end_date, 2024-02-01 00:00 UTC.",
        ),
    ],
)
def test_whatever_a_file_holds_there_is_a_sentence(
    shown: Callable[..., str], arguments: str, sentence: str
) -> None:
    before = "from airflow.sdk import Asset\n" if "Asset" in arguments else ""
    names = "from elsewhere import ARGS, CATCHUP, Mine, begin\n"
    assert sentence in shown(arguments, before=before + names)


def test_a_date_that_moves_is_never_reached_by_intervals(shown: Callable[..., str]) -> None:
    arguments = 'schedule="@daily", start_date=pendulum.now("Asia/Seoul"), catchup=False'
    second, third = shown(arguments).split("Airflow 3.3:")
    assert "It never runs: start_date moves on with pendulum.now(), so no whole interval" in second
    assert "start_date moves with every parse; here it is taken as of" in third
    assert "2024-06-16 00:00" in third
    assert "It never runs" in shown(
        arguments, "--airflow-version", "3.3", "--create-cron-data-intervals", "true"
    )


def test_versions_are_shown_together_when_they_do_the_same(shown: Callable[..., str]) -> None:
    assert "Airflow 2.11 and 3.3" in shown(f'schedule="@once", {START}')
    given = shown(f'schedule="@daily", {START}', "--airflow-version", "2.10.5")
    assert "Airflow 2.10.5: CronDataIntervalTimetable, with catchup" in given
    assert "3.3" not in given


def test_a_pin_is_the_version(shown: Callable[..., str]) -> None:
    text = shown(f'schedule="@daily", {START}', files={"requirements.txt": "apache-airflow==2.9.3\n"})
    assert "Airflow 2.9.3: CronDataIntervalTimetable" in text
    assert "3.3" not in text


def test_settings_of_the_project_lose_against_options_and_win_over_files(
    shown: Callable[..., str],
) -> None:
    daily = f'schedule="@daily", {START}'
    compose = {
        "docker-compose.yaml": 'x:\n  environment:\n    AIRFLOW__SCHEDULER__CATCHUP_BY_DEFAULT: "false"\n'
    }
    assert ", with catchup" in shown(daily, "--airflow-version", "2.11")
    assert ", without catchup" in shown(daily, "--airflow-version", "2.11", files=compose)
    both = {**compose, "pyproject.toml": "[tool.dag-lint]\ncatchup-by-default = true\n"}
    assert ", with catchup" in shown(daily, "--airflow-version", "2.11", files=both)
    assert ", without catchup" in shown(
        daily, "--airflow-version", "2.11", "--catchup-by-default", "false", files=both
    )


def test_the_settings_that_choose_a_timetable(shown: Callable[..., str]) -> None:
    cron = f'schedule="@daily", {START}, catchup=False'
    assert "3.3: CronDataIntervalTimetable" in shown(
        cron, "--airflow-version", "3.3", "--create-cron-data-intervals", "true"
    )
    assert "2.11: CronTriggerTimetable" in shown(
        cron, "--airflow-version", "2.11", "--create-cron-data-intervals", "false"
    )
    naive = 'schedule="0 9 * * *", start_date=datetime(2024, 1, 1), catchup=False'
    assert "(time zone Asia/Seoul)" in shown(naive, "--default-timezone", "Asia/Seoul")


def test_files_without_a_dag_are_named(project: Write, capsys: pytest.CaptureFixture[str]) -> None:
    root = project(
        {"a.py": "x = 1\n", "b.py": f'{IMPORTS}DAG("a")\nDAG("b")\n', "c.py": f'{IMPORTS}DAG("a")\n'}
    )
    names = [str(root / name) for name in ("a.py", "b.py", "c.py")]
    assert main(["schedule", *names, "--explain"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert f"No DAG is to be seen in {names[0]}." in text
    assert f"Airflow does not see any of the 2 DAGs of {names[1]}: no name at module level" in text
    assert f"Airflow does not see the DAG of {names[2]}:" in text
    assert as_data(capsys, *names) == []


def test_files_that_cannot_be_read_are_named_and_hide_no_other(
    project: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = f"from airflow import DAG\nx = {'-' * 5000}1\n"
    root = project(
        {"bad.py": "def\n", "nul.py": b"\0", "deep.py": deep, "ok.py": dag(f'schedule="@daily", {START}')}
    )
    os.mkfifo(root / "pipe.py")
    names = [
        str(root / name) for name in ("bad.py", "nul.py", "deep.py", "pipe.py", "none.py", "dags", "ok.py")
    ]
    (root / "dags").mkdir()
    assert main(["schedule", *names, *AT]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("fruit (")
    errors = captured.err.splitlines()
    assert len(errors) == 6
    assert all(error.startswith(name) for error, name in zip(errors, names, strict=False))
    assert errors[0].endswith("Python cannot read the file: invalid syntax (line 1)")
    assert errors[4].endswith("the file could not be read: No such file or directory")


def test_a_file_that_we_do_not_survive_is_named(
    project: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("dag_lint.outlook.outlooks", fail)
    path = str(project({"a.py": "x = 1\n"}) / "a.py")
    assert main(["schedule", path]) == 2
    assert capsys.readouterr().err == f"{path}: it could not be analysed: ZeroDivisionError\n"


def test_wrong_settings_are_told_once(project: Write, capsys: pytest.CaptureFixture[str]) -> None:
    good = dag(f'schedule="@daily", {START}')
    root = project({"a.py": good, "b.py": good, "pyproject.toml": "[tool.dag-lint]\nnonsense = 1\n"})
    assert main(["schedule", str(root / "a.py"), str(root / "b.py"), *AT]) == 0
    assert capsys.readouterr().err == f'{root}/pyproject.toml:2: there is no setting "nonsense"\n'


def test_several_files_in_the_order_given(project: Write, capsys: pytest.CaptureFixture[str]) -> None:
    root = project({f"{name}.py": dag(f'schedule="@daily", {START}') for name in "ba"})
    names = [str(root / "b.py"), str(root / "a.py")]
    assert [one["file"] for one in as_data(capsys, *names, *AT)] == names


def test_the_columns_are_explained_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["schedule", EXAMPLE, *AT])
    assert "interval start, interval end:" not in capsys.readouterr().out
    main(["schedule", EXAMPLE, *AT, "--explain"])
    assert "interval start, interval end:" in capsys.readouterr().out


@pytest.mark.parametrize("number", [1, 1000])
def test_as_many_runs_as_asked_for(capsys: pytest.CaptureFixture[str], number: int) -> None:
    (one,) = as_data(capsys, EXAMPLE, *AT, "--count", str(number))
    assert [len(version["runs"]) for version in one["versions"]] == [number, number]


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2024-06-15", "2024-06-15T00:00:00+00:00"),
        ("2024-06-15T10:30", "2024-06-15T10:30:00+00:00"),
        ("2024-06-15 10:30:20", "2024-06-15T10:30:20+00:00"),
        ("2024-06-15T10:30:20Z", "2024-06-15T10:30:20+00:00"),
        ("2024-06-15T19:30:20+09:00", "2024-06-15T10:30:20+00:00"),
    ],
)
def test_the_moment(capsys: pytest.CaptureFixture[str], given: str, moment: str) -> None:
    (one,) = as_data(capsys, EXAMPLE, "--at", given)
    assert {version["at"] for version in one["versions"]} == {moment}


def test_without_a_moment_it_is_now(capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = as_data(capsys, EXAMPLE)
    assert all(version["runs"] for version in one["versions"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--count", "0"), "write a number from 1 to 1000"),
        (("--count", "1001"), "write a number from 1 to 1000"),
        (("--count", "9" * 5000), "write a number from 1 to 1000"),
        (("--count", "x"), "write a number from 1 to 1000"),
        (("--at", "noon"), '"noon" is no time; write it like 2024-06-15T10:30:00+00:00'),
        (("--at", "0001-01-01"), "write a year from 1970 to 2199"),
        (("--default-timezone", "Mars"), "Mars"),
        (("--create-cron-data-intervals", "maybe"), 'write "true" or "false"'),
    ],
)
def test_what_is_refused_is_said(
    capsys: pytest.CaptureFixture[str], options: tuple[str, str], message: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["schedule", EXAMPLE, *options])
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert message in error
    assert "Traceback" not in error
