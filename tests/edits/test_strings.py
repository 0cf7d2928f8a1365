"""Another text for a string, in the quotes that it has, where no other use of it would be wrong."""

from __future__ import annotations

import pytest
from mended import fixable, mended

DAG = (
    "import pendulum\nfrom airflow import DAG\nfrom airflow.operators.bash import BashOperator\n"
    "from airflow.timetables.trigger import CronTriggerTimetable\n{}"
    "with DAG('every_3_hours', schedule={}, start_date=pendulum.datetime(2024, 1, 1), catchup=False):\n"
    "    BashOperator(task_id='a', bash_command={})\n"
)


def dag(schedule: str = "None", command: str = "'true'", head: str = "") -> str:
    return DAG.format(head, schedule, command)


CRONS = {
    "quotes": ("'3 * * * *'", "'0 */3 * * *'"),
    "double quotes": ('"3 * * * *"', '"0 */3 * * *"'),
    "raw, three of them": ('r"""3 * * * *"""', 'r"""0 */3 * * *"""'),
    "parentheses": ("('3 * * * *')", "('0 */3 * * *')"),
    "a timetable": (
        "CronTriggerTimetable('3 * * * *', timezone='UTC')",
        "CronTriggerTimetable('0 */3 * * *', timezone='UTC')",
    ),
}


@pytest.mark.parametrize(("before", "after"), CRONS.values(), ids=CRONS)
def test_a_cron_expression_is_replaced_in_its_quotes(before: str, after: str) -> None:
    assert mended(dag(before), "DAG101") == dag(after)


def test_a_name_that_says_nothing_of_its_text_is_followed() -> None:
    assert mended(dag("SCHEDULE", head="SCHEDULE = '3 * * * *'\n"), "DAG101") == dag(
        "SCHEDULE", head="SCHEDULE = '0 */3 * * *'\n"
    )


LEFT_ALONE = {
    "a name that says what it is": dag("HOURLY", head="HOURLY = '3 * * * *'\n"),
    "others read it": dag("SCHEDULE", head="SCHEDULE = '3 * * * *'\nprint(SCHEDULE)\n"),
    "put together": dag("'3 * ' + '* * *'"),
    "a comment says another time": dag("'3 * * * *'").replace(
        "catchup=False):", "catchup=False):  # at 06:30"
    ),
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_a_text_that_may_be_meant_otherwise_is_left_alone(text: str) -> None:
    assert fixable(text, "DAG101") == []


def test_one_schedule_for_several_names_is_left_alone() -> None:
    text = (
        dag("'3 * * * *'")
        .replace("with DAG('every_3_hours'", "for n in (3, 4):\n  with DAG(f'every_{n}_hours'")
        .replace("    Bash", "      Bash")
    )
    assert fixable(text, "DAG101") == []


COMMANDS = {
    "a string": ("'/opt/a.sh'", "'/opt/a.sh '"),
    "three quotes": ('"""set -e\n/opt/a.sh"""', '"""set -e\n/opt/a.sh """'),
    "an f-string": ("f'/opt/{DAG}/a.sh'", "f'/opt/{DAG}/a.sh '"),
    "adjacent strings": ("('cd /opt; '\n      './a.sh')", "('cd /opt; '\n      './a.sh ')"),
    "a sum": ("'cd /opt; ' + './a.sh'", "'cd /opt; ' + './a.sh '"),
    "format": ("'/opt/{}/a.sh'.format(1)", "'/opt/{}/a.sh '.format(1)"),
    "percent": ("'/opt/%s/a.sh' % 1", "'/opt/%s/a.sh ' % 1"),
}


@pytest.mark.parametrize(("before", "after"), COMMANDS.values(), ids=COMMANDS)
def test_a_space_stands_before_the_closing_quote(before: str, after: str) -> None:
    assert mended(dag(command=before), "DAG201") == dag(command=after)


def test_a_command_behind_a_name_of_its_own_gets_its_space() -> None:
    after = dag(command="CLEAN", head="CLEAN = 'bash /opt/a.sh '\n")
    assert mended(dag(command="CLEAN", head="CLEAN = 'bash /opt/a.sh'\n"), "DAG201") == after


NO_SPACE = {
    "others read it": dag(command="CLEAN", head="CLEAN = 'bash /opt/a.sh'\nprint(CLEAN)\n"),
    "made by a function": dag(command="str('/opt/a.sh')"),
    "a path that leads nowhere from Airflow's folder": dag(command="'../a.sh'"),
}


@pytest.mark.parametrize("text", NO_SPACE.values(), ids=NO_SPACE)
def test_a_text_whose_end_is_elsewhere_is_left_alone(text: str) -> None:
    assert fixable(text, "DAG201") == []
