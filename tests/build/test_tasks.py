"""Operators: the tasks that calling them makes, those of the project's classes, and mapped ones."""

from __future__ import annotations

import pytest

A_DAG = 'with DAG("d", schedule=None) as dag:\n    '
PLACES = [
    ('with DAG("d", schedule=None):\n    EmptyOperator(task_id="t")', ["t"]),
    ('dag = DAG("d", schedule=None)\nEmptyOperator(task_id="t", dag=dag)', ["t"]),
    ('dag = DAG("d", schedule=None)\nEmptyOperator(task_id="t").dag = dag', ["t"]),
    ('dag = DAG("d", schedule=None)\nt = EmptyOperator(task_id="t")\nt.dag = dag', ["t"]),
    ('dag = DAG("d", schedule=None)\ndag.add_task(EmptyOperator(task_id="t"))', ["t"]),
    (
        'dag = DAG("d", schedule=None)\ndag.add_tasks([EmptyOperator(task_id="t"), EmptyOperator(task_id="u")])',
        ["t", "u"],
    ),
    ('with DAG("d", schedule=None) as dag:\n    dag.add_task(EmptyOperator(task_id="t"))', ["t"]),
    ('dag = DAG("d", schedule=None)\nEmptyOperator(task_id="t")', []),
    (A_DAG + 't = EmptyOperator(task_id="t")\n    t.task_id = "u"', ["u"]),
    ('with DAG("d", schedule=None):\n    [EmptyOperator(task_id=f"t{n}") for n in range(3)]', ["t0", "t1", "t2"]),
    (A_DAG + 'EmptyOperator(task_id="t")\n    dag.get_task("t") >> dag.get_task("x")', ["t"]),
    (A_DAG + 't = EmptyOperator(task_id="t")\n    EmptyOperator(task_id=t.task_id * 2)', ["t", "tt"]),
    (A_DAG + 't = BashOperator(task_id="t", bash_command="u")\n    EmptyOperator(task_id=t.bash_command)', ["t", "u"]),
    (A_DAG + 't = EmptyOperator(task_id="t")\n    t.mine = "u"\n    EmptyOperator(task_id=t.mine)', ["t", "u"]),
    (A_DAG + 't = EmptyOperator(task_id="t")\n    EmptyOperator(task_id=t.nothing)', ["t", None]),
    ('with DAG("d", schedule=None):\n    import vendor\n    vendor.Thing(task_id="t")', ["t"]),
    ('with DAG("d", schedule=None):\n    import vendor\n    vendor.RunSensor(task_id="t")', ["t"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ids"), PLACES)
def test_a_task_is_in_the_dag_that_is_open_or_given(read, text, ids):
    assert read(text).ids == ids


@pytest.mark.parametrize(
    "text",
    [
        'dag = DAG("d", schedule=None)\nEmptyOperator(task_id="t", dag=anything)',
        'dag = DAG("d", schedule=None)\nEmptyOperator(task_id="t", **anything)',
        'dag = DAG("d", schedule=None)\ndag.add_task(anything)',
        'dag = DAG("d", schedule=None)\ndag.some_new_method()',
        'with DAG("d", schedule=None) as dag:\n    anything(dag)',
        'with DAG("d", schedule=None) as dag:\n    anything()',
        'with DAG("d", schedule=None) as dag:\n    anything([EmptyOperator(task_id="t")])',
        'with DAG("d", schedule=None) as dag:\n    pass\nanything({"k": dag})',
        'with DAG("d", schedule=None):\n    for name in anything:\n        EmptyOperator(task_id=name)',
        'with DAG("d", schedule=None):\n    while anything():\n        EmptyOperator(task_id="t")',
    ],
)
def test_what_may_add_tasks_leaves_the_dag_incomplete(read, text):
    assert not read(text).dag.complete


@pytest.mark.parametrize(
    "text",
    [
        "dag.test()",
        "dag.cli()",
        "print(anything)",
        'import requests\nrequests.get("x").json()',
        'os.environ.get("X").split(",")',
    ],
)
def test_what_makes_no_tasks_leaves_the_dag_complete(read_inside, text):
    assert read_inside(text).dag.complete


def test_a_task_under_a_condition_on_the_environment_is_not_certain(read_inside):
    read = read_inside('if os.environ.get("X"):\n    EmptyOperator(task_id="t")\nEmptyOperator(task_id="u")')
    assert not read.task("t").certain
    assert read.task("u").certain


def test_an_attribute_set_under_a_condition_is_not_known(read_inside):
    read = read_inside('if os.environ.get("X"):\n    a.trigger_rule = "all_done"')
    assert getattr(read.task("a").arguments.by_name["trigger_rule"].value, "value", None) is None


def test_edges_of_an_operator_whose_template_fields_are_not_known(read_inside):
    read = read_inside('import vendor\nvendor.Thing(task_id="t", what=a.output)')
    assert "upstream" in read.task("t").unknown
    assert read.edges == ""


MAPPED = [
    ('BashOperator.partial(task_id="t").expand(bash_command=["x", "y"])', ""),
    ('BashOperator.partial(task_id="t").expand(bash_command=a.output)', "a>t"),
    ('BashOperator.partial(task_id="t").expand_kwargs(a.output)', "a>t"),
    ('BashOperator.partial(task_id="t", env={"E": b.output}).expand(bash_command=a.output)', "a>t b>t"),
    ('import airflow.operators.bash as m\nm.BashOperator.partial(task_id="t").expand(bash_command=[""])', ""),
    ('p = BashOperator.partial(task_id="t")\np.expand(bash_command=a.output)', "a>t"),
]


@pytest.mark.parametrize(("text", "edges"), MAPPED)
def test_a_partial_operator_makes_a_mapped_task_when_it_is_expanded(read_inside, text, edges):
    read = read_inside(text)
    assert read.ids[4:] == ["t"]
    assert read.task("t").mapped
    assert read.task("t").operator_name == "BashOperator"
    assert read.edges == edges


@pytest.mark.parametrize(
    "text", ['BashOperator.partial(task_id="t")', 'BashOperator.partial(task_id="t").other']
)
def test_a_partial_operator_that_is_not_expanded_is_no_task(read_inside, text):
    assert read_inside(text).ids[4:] == []


OWN = """
class Own(BashOperator):
    {attributes}
    def __init__(self, table, owner_team="nobody", **kwargs):
        {before}
        super().__init__(bash_command="run", **kwargs)
        self.table = table
        self.team = owner_team
"""


def own(attributes="pass", before="pass"):
    return OWN.format(attributes=attributes, before=before)


def test_a_class_of_the_project_is_the_operator_it_derives_from(read):
    read = read(own() + 'with DAG("d", schedule=None):\n    Own(task_id="t", table="x")\n')
    (task,) = read.dag.tasks
    assert task.operator == "airflow.operators.bash.BashOperator"
    assert task.operator_name == "Own"
    assert task.task_id == "t"
    assert set(task.arguments.by_name) == {"bash_command", "table", "task_id"}


@pytest.mark.parametrize(
    ("call", "ids"),
    [
        ('Own("x", task_id="t")', ["t"]),
        ('t = Own("x", task_id="t")\n    EmptyOperator(task_id=t.table)', ["t", "x"]),
        ('t = Own("x", task_id="t")\n    EmptyOperator(task_id=t.team)', ["t", "given"]),
        ('t = Own("x", owner_team="own", task_id="t")\n    EmptyOperator(task_id=t.team)', ["t", "own"]),
        ('t = Own("x", task_id="t")\n    EmptyOperator(task_id=t.shout())', ["t", "xx"]),
    ],
)
def test_what_a_class_of_the_project_does_with_its_arguments(read, call, ids):
    text = own("def shout(self): return self.table * 2")
    text += f'with DAG("d", schedule=None, default_args={{"owner_team": "given", 3: 4}}):\n    {call}\n'
    assert read(text).ids == ids


@pytest.mark.parametrize(
    ("attributes", "edges"),
    [
        ('template_fields = ("table",)', "x>t"),
        ('template_fields = ["table", "other"]', "x>t"),
        ('template_fields = ("other",)', ""),
        ("template_fields = ()", ""),
    ],
)
def test_template_fields_of_a_class_say_which_arguments_make_edges(read_inside, attributes, edges):
    assert read_inside(own(attributes) + 'Own(task_id="t", table=x())').edges == edges


@pytest.mark.parametrize("attributes", ["template_fields = anything", "template_fields = (anything,)"])
def test_template_fields_that_are_not_known_leave_edges_unsure(read_inside, attributes):
    task = read_inside(own(attributes) + 'Own(task_id="t", table=x())').task("t")
    assert "upstream" in task.unknown


@pytest.mark.parametrize(("value", "name"), [('"Fine"', "Fine"), ("anything", "Own")])
def test_a_class_may_show_another_name(read_inside, value, name):
    read = read_inside(own(f"custom_operator_name = {value}") + 'Own(task_id="t", table=1)')
    assert read.task("t").operator_name == name


def test_an_init_that_never_reaches_airflow_makes_no_task(read_inside):
    read = read_inside(
        "class Own(BashOperator):\n    def __init__(self, **kwargs):\n        pass\nOwn(task_id='t')"
    )
    assert read.ids[4:] == []


@pytest.mark.parametrize(
    "text",
    [
        "class Own(EmptyOperator):\n    pass",
        "class Middle(EmptyOperator):\n    pass\nclass Own(Middle):\n    def execute(self, context): ...",
        "class Own(BaseOperator):\n    def __init__(self, *args, **kwargs):\n        super().__init__(*args, **kwargs)",
        "class Own(BaseOperator):\n    def __init__(self, **kwargs):\n        super(Own, self).__init__(**kwargs)",
        "class Own(BaseOperator):\n    def __init__(self, **kwargs):\n        BaseOperator.__init__(self, **kwargs)",
    ],
)
def test_classes_that_reach_airflow_in_one_way_or_another(read_inside, text):
    assert read_inside(text + '\nOwn(task_id="t")').ids[4:] == ["t"]


def test_a_mapped_class_of_the_project_does_not_run_its_init(read_inside):
    read = read_inside(own('custom_operator_name = "Mine"') + 'Own.partial(task_id="t").expand(table=["a"])')
    task = read.task("t")
    assert (task.operator_name, task.mapped, read.dag.complete) == ("Mine", True, True)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("airflow.operators.dummy.DummyOperator", "EmptyOperator"),
        ("airflow.operators.empty.EmptyOperator", "EmptyOperator"),
    ],
)
def test_an_old_name_is_shown_as_the_class_it_stands_for(read_inside, path, shown):
    module, _, name = path.rpartition(".")
    read = read_inside(f'from {module} import {name} as Old\nOld(task_id="t")', "2")
    assert read.task("t").operator_name == shown


@pytest.mark.parametrize(
    "text",
    [
        "from airflow.models import BaseOperatorLink\nBaseOperatorLink()",
        "from vendor import MyOperatorLink\nMyOperatorLink()",
        "from airflow.models.param import Param\nParam(task_id=1)",
        "from vendor import make\nmake(task_id='t')",
    ],
)
def test_what_is_no_operator_makes_no_task(read_inside, text):
    assert read_inside(text).ids[4:] == []


def test_default_args_of_the_groups_reach_the_arguments_of_a_project_class(read_inside):
    text = own() + 'with TaskGroup("o", default_args={"owner_team": "out", "table": "T"}):\n'
    text += '    with TaskGroup("g", default_args={"owner_team": "in"}):\n        t = Own(task_id="t")\n'
    assert read_inside(text + "EmptyOperator(task_id=t.team + t.table)").ids[4:] == ["o.g.t", "inT"]


def test_a_task_of_an_unknown_dag_is_in_none(read_inside):
    read = read_inside('EmptyOperator(task_id="t", dag=anything)')
    assert read.task("t").dag is None
    assert not read.dag.complete
