import pytest

from dag_lint.airflow.parameters import (
    dag_parameters,
    operator_parameters,
    positional_dag_parameters,
    sensor_parameters,
    task_group_parameters,
)


def test_the_third_position_of_a_dag_is_its_schedule_in_2():
    assert positional_dag_parameters(2)[:3] == ("dag_id", "description", "schedule")
    assert positional_dag_parameters(3) == ("dag_id",)


def test_removed_parameters_are_gone_in_3():
    gone = set(dag_parameters(2)) - set(dag_parameters(3))
    assert {"schedule_interval", "timetable", "concurrency", "fail_stop", "default_view"} <= gone
    assert "fail_fast" in dag_parameters(3)
    assert set(operator_parameters(2)) - set(operator_parameters(3)) == {"task_concurrency"}


@pytest.mark.parametrize("major", [2, 3])
def test_no_parameter_stands_twice(major):
    for names in (dag_parameters(major), operator_parameters(major), task_group_parameters(major)):
        assert len(names) == len(set(names))


def test_sensors_take_more_than_operators():
    assert {"mode", "poke_interval", "timeout"} <= set(sensor_parameters()) - set(operator_parameters(2))


def test_task_groups_take_the_group_first():
    assert task_group_parameters(2)[0] == task_group_parameters(3)[0] == "group_id"
    assert "group_display_name" in task_group_parameters(3)
