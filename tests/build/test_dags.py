"""DAGs: which ones Airflow registers, their ids and schedules, and factories that nobody calls."""

from __future__ import annotations

import pytest

OWN = "class Own(DAG):\n    def "
REGISTERED = [
    ('dag = DAG("d", schedule=None)', ["d"]),
    ('_dag = DAG("d", schedule=None)', ["d"]),
    ('with DAG("d", schedule=None):\n    pass', ["d"]),
    ('with DAG("d", schedule=None) as dag:\n    pass\ndel dag', ["d"]),
    ('dag = DAG(dag_id="d", schedule=None)', ["d"]),
    ('DAG("d", schedule=None)', []),
    ('dags = [DAG("d", schedule=None)]', []),
    ('with DAG("d", schedule=None) as dag:\n    pass\nwith DAG("e", schedule=None) as dag:\n    pass', ["d", "e"]),
    ('dag = DAG("d", schedule=None)\ndag = DAG("e", schedule=None)', ["e"]),
    ('def f():\n    with DAG("d", schedule=None):\n        pass\nf()', ["d"]),
    ('def f():\n    DAG("d", schedule=None)\nf()', []),
    ('def f():\n    return DAG("d", schedule=None)\ndag = f()', ["d"]),
    ('def f():\n    with DAG("d", schedule=None):\n        pass', []),
    ('if __name__ == "__main__":\n    dag = DAG("d", schedule=None)', []),
    ('globals()["x"] = DAG("d", schedule=None)', ["d"]),
    ('for n in "ab":\n    globals()[n] = DAG(n, schedule=None)', ["a", "b"]),
    ('for n in "ab":\n    with DAG(n, schedule=None):\n        pass', ["a", "b"]),
    ('@dag(schedule=None)\ndef d(): ...\nd()', ["d"]),
    ('@dag("e", schedule=None)\ndef d(): ...\nd()', ["e"]),
    ('@dag(dag_id="e", schedule=None)\ndef d(): ...\nx = d()', ["e"]),
    ('@dag(schedule=None)\ndef d(): ...', []),
    ('@dag\ndef d(): ...\nd()', ["d"]),
    ('def d(): ...\ndag(schedule=None)(d)()', ["d"]),
    ('with DAG("d", schedule=None, auto_register=False):\n    pass', []),
    ('with DAG("d", schedule=None, auto_register=False) as dag:\n    pass', ["d"]),
    ('with DAG(anything, schedule=None):\n    pass', [None]),
    ('@dag(schedule=None)\n@anything\ndef d(): ...\nd()', [None]),
    ('class Own(DAG): pass\nown = Own("d", schedule=None)', ["d"]),
    (OWN + '__init__(self, name, **kw):\n        super().__init__(dag_id=name, **kw)\nown = Own("d")', ["d"]),
    (OWN + '__init__(self, name):\n        DAG.__init__(self, name)\nown = Own("d")', ["d"]),
    (OWN + 'pair(self): return self.dag_id * 2\nown = Own("d")\nEmptyOperator(task_id=own.pair(), dag=own)', ["d"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ids"), REGISTERED)
def test_which_dags_airflow_registers(read, text, ids):
    read = read(text)
    assert read.dag_ids == ids
    assert read.file.complete or None in ids


@pytest.mark.parametrize(
    "text",
    [
        'with DAG("d", schedule=None):\n    EmptyOperator(task_id="t")',
        'dag = DAG("d", schedule=None)\nEmptyOperator(task_id="t", dag=dag)',
        '@dag(schedule=None)\ndef d():\n    EmptyOperator(task_id="t")\nd()',
        '@dag(schedule=None)\ndef d(x=1):\n    @task\n    def t(): ...\n    t()\nd()',
        'class Own(DAG): pass\nwith Own("d", schedule=None):\n    EmptyOperator(task_id="t")',
    ],
)  # fmt: skip
def test_a_dag_has_the_tasks_made_in_it(read, text):
    assert read(text).ids == ["t"]


PROBED = [
    '@dag(schedule=None)\ndef d():\n    EmptyOperator(task_id="t")',
    'def make(name):\n    with DAG("d", schedule=None):\n        EmptyOperator(task_id="t")',
    'def make(name):\n    import airflow\n    with airflow.DAG("d"):\n        EmptyOperator(task_id="t")',
    'def make():\n    EmptyOperator(task_id="t")',
    'class Own(EmptyOperator): pass\ndef make():\n    Own(task_id="t")',
    'def make():\n    @dag(schedule=None)\n    def d():\n        EmptyOperator(task_id="t")\n    d()',
]


@pytest.mark.parametrize("text", PROBED)
def test_a_factory_that_nobody_calls_is_read_but_registers_nothing(read, text):
    read = read(text)
    assert read.registered == []
    assert "t" in {task.task_id for task in read.file.tasks}
    assert not any(task.certain for task in read.file.tasks)


def test_a_function_that_builds_nothing_is_not_read(read):
    assert read('def helper():\n    print("x")').file.tasks == []


def test_what_a_factory_builds_in_a_test_is_not_read(read, tmp_path):
    text = 'def test_it():\n    with DAG("d"):\n        EmptyOperator(task_id="t")\n'
    assert read(text, path=tmp_path / "test_dags.py").file.tasks == []


def test_a_factory_without_end_is_given_up(read):
    read = read('def make():\n    EmptyOperator(task_id="t")\n    make()')
    assert read.registered == []


def test_a_dag_made_under_a_condition_is_not_certain(read):
    read = read('if os.environ.get("X"):\n    dag = DAG("d", schedule=None)')
    assert [dag.certain for dag in read.file.dags] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "anything()",
        "for n in anything:\n    with DAG(n):\n        pass",
        "from airflow.sdk import asset\n@asset(schedule=None)\ndef thing(): ...",
        'from airflow.operators.subdag import SubDagOperator\nSubDagOperator(task_id="t", subdag=anything)',
    ],
)
def test_what_may_make_other_dags_leaves_the_file_incomplete(read, text):
    assert not read(text).file.complete


def test_a_sub_dag_is_one(read):
    read = read(
        """
        from airflow.operators.subdag import SubDagOperator
        def child():
            dag = DAG("d.t", schedule=None)
            EmptyOperator(task_id="u", dag=dag)
            return dag
        with DAG("d", schedule=None):
            SubDagOperator(task_id="t", subdag=child())
        """,
        "2",
    )
    assert {dag.id_text(): dag.is_sub_dag for dag in read.registered} == {"d": False, "d.t": True}


@pytest.mark.parametrize(
    ("given", "two", "three"),
    [
        ("", "delta", "none"),
        ("schedule=None", "none", "none"),
        ('schedule="@daily"', "preset", "preset"),
        ('schedule_interval="3 * * * *"', "cron", "cron"),
        ("schedule=anything", "unknown", "unknown"),
        ("**anything", "unknown", "unknown"),
        ("schedule=[]", "assets", "assets"),
        ("schedule=[*anything]", "unknown", "unknown"),
        ("schedule=[anything]", "unknown", "unknown"),
    ],
)
def test_the_schedule_of_a_dag(read, given, two, three):
    text = f'dag = DAG("d", {given})'
    assert read(text, "2").dag.schedule.kind == two
    assert read(text, "3").dag.schedule.kind == three
    assert read(text, None).dag.schedule.kind == (two if two == three else "unknown")


@pytest.mark.parametrize(
    "schedule",
    [
        "[Asset('a')]",
        "Asset('a')",
        "Asset('a') | Asset('b')",
        "(Asset('a') & AssetAlias('b'))",
        "AssetAny(Asset('a'))",
    ],
)
def test_assets_are_a_schedule(read, schedule):
    read = read(f'from airflow.sdk import Asset, AssetAlias, AssetAny\ndag = DAG("d", schedule={schedule})')
    assert read.dag.schedule.kind == "assets"


@pytest.mark.parametrize("schedule", ['["a"]', '""', "5", '"60 * * * *"'])
def test_a_schedule_that_airflow_refuses(read, schedule):
    assert read(f'dag = DAG("d", schedule={schedule})').dag.schedule.reason


def test_a_timetable_of_the_project_is_a_timetable(read):
    text = "from airflow.timetables.base import Timetable\nclass Own(Timetable): pass\n"
    schedule = read(text + 'dag = DAG("d", schedule=Own())').dag.schedule
    assert (schedule.kind, schedule.expression) == ("timetable", "Own")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dag.catchup = False", False),
        ('if os.environ.get("X"):\n    dag.catchup = False', None),
    ],
)
def test_an_attribute_set_later_is_kept(read, text, value):
    read = read(f'dag = DAG("d", schedule=None)\n{text}')
    assert getattr(read.dag.assigned["catchup"].value, "value", None) is value


@pytest.mark.parametrize(
    ("text", "task_id"),
    [("dag.dag_id", "d"), ('dag.default_args["owner"]', "me"), ("dag.mine", "own"), ("dag.task", None)],
)
def test_attributes_of_a_dag(read, text, task_id):
    read = read(
        'with DAG("d", schedule=None, default_args={"owner": "me"}) as dag:\n'
        f'    dag.mine = "own"\n    EmptyOperator(task_id={text})'
    )
    assert read.ids == [task_id]


def test_default_args_are_copied_when_the_dag_is_made(read):
    read = read('args = {"a": 1}\ndag = DAG("d", schedule=None, default_args=args)\nargs["b"] = 2')
    assert list(read.dag.default_args.entries) == ["a"]


TIMETABLES = [
    ('CronTriggerTimetable("3 * * * *", timezone="Asia/Seoul")', ("3 * * * *",), "Asia/Seoul"),
    ('CronDataIntervalTimetable("@daily", "UTC")', ("0 0 * * *",), "UTC"),
    ('MultipleCronTriggerTimetable("1 * * * *", "2 * * * *", timezone="UTC")', ("1 * * * *", "2 * * * *"), "UTC"),
    ('MultipleCronTriggerTimetable("1 * * * *")', ("1 * * * *",), None),
    ("CronTriggerTimetable(anything, timezone=anything)", (), None),
    ('CronTriggerTimetable("3 * * * *", timezone=pendulum.timezone("Asia/Seoul"))', ("3 * * * *",), "Asia/Seoul"),
    ('CronTriggerTimetable("3 * * * *", interval=timedelta(hours=1), run_immediately=True)', ("3 * * * *",), None),
    ("DeltaTriggerTimetable(timedelta(hours=2))", (), None),
    ("DeltaDataIntervalTimetable(delta=timedelta(hours=2))", (), None),
    ("EventsTimetable(event_dates=[datetime(2024, 1, 1)])", (), None),
    ("EventsTimetable(event_dates=anything)", (), None),
    ("EventsTimetable()", (), None),
    ("CronPartitionTimetable()", (), None),
    ('AssetOrTimeSchedule(timetable=CronTriggerTimetable("3 * * * *", "UTC"), assets=[])', ("3 * * * *",), "UTC"),
    ("AssetOrTimeSchedule(timetable=anything)", (), None),
]  # fmt: skip
NAMES = (
    "import pendulum\nfrom datetime import datetime, timedelta\nfrom airflow.timetables.trigger import *\n"
    "from airflow.sdk import (CronTriggerTimetable, CronDataIntervalTimetable, MultipleCronTriggerTimetable,\n"
    "    DeltaTriggerTimetable, DeltaDataIntervalTimetable, EventsTimetable, AssetOrTimeSchedule,\n"
    "    CronPartitionTimetable)\nfrom airflow.timetables.simple import *\n"
    "from airflow.timetables.simple import NullTimetable, OnceTimetable, ContinuousTimetable\n"
)


@pytest.mark.parametrize(("written", "crons", "zone"), TIMETABLES)
def test_timetables(read, written, crons, zone):
    schedule = read(NAMES + f'dag = DAG("d", schedule={written})').dag.schedule
    assert (schedule.kind, schedule.expression) == ("timetable", written.partition("(")[0])
    assert (schedule.crons, schedule.timezone) == (crons, zone)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("NullTimetable", "none"), ("OnceTimetable", "once"), ("ContinuousTimetable", "continuous")],
)
def test_simple_timetables_are_the_schedules_they_stand_for(read, name, kind):
    assert read(NAMES + f'dag = DAG("d", schedule={name}())').dag.schedule.kind == kind


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("TriggerRule.ALL_DONE", "all_done"),
        ("TriggerRule.ALL_DONE.value", "all_done"),
        ('TriggerRule("always")', "always"),
    ],
)
def test_members_of_trigger_rule_are_their_texts(read, rule, value):
    read = read(
        "from airflow.utils.trigger_rule import TriggerRule\n"
        f'with DAG("d", schedule=None):\n    EmptyOperator(task_id="t", trigger_rule={rule})'
    )
    assert read.task("t").arguments.by_name["trigger_rule"].value.value == value


def test_a_dag_decorator_given_an_unknown_function_makes_an_incomplete_dag(read):
    read = read('wrapped = dag("d", schedule=None)(anything)\nwrapped()')
    assert read.dag_ids == ["d"]
    assert not read.dag.complete


def test_an_attribute_of_a_module_that_is_a_zone(read):
    read = read(
        "from airflow.utils import timezone\nfrom datetime import datetime\n"
        'dag = DAG("d", schedule=None, start_date=datetime(2024, 1, 1, tzinfo=timezone.utc))'
    )
    assert read.dag.arguments.by_name["start_date"].value.value.tzinfo is not None


def test_a_literal_is_no_text_that_airflow_renders(read):
    read = read(
        "from airflow.utils.template import literal\n"
        'with DAG("d", schedule=None):\n    BashOperator(task_id="t", bash_command=literal("x.sh"))',
        "2",
    )
    assert type(read.task("t").arguments.by_name["bash_command"].value).__name__ == "LiteralObject"


@pytest.mark.parametrize(
    "line", ["from airflow import *", "import airflow.models as m", "from airflow.models import *"]
)
def test_every_form_of_import_is_read(read, line):
    assert read(f'{line}\ndag = DAG("d", schedule=None)').dag_ids == ["d"]


def test_a_method_of_a_class_outside_that_is_handed_a_dag_leaves_it_incomplete(read):
    read = read('with DAG("d", schedule=None) as dag:\n    t = EmptyOperator(task_id="t")\nanything(t)')
    assert not read.dag.complete
