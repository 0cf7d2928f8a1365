"""Task groups: their ids, the ids of their members, and what calling a function under @task_group makes."""

from __future__ import annotations

import pytest

NESTED = """
with TaskGroup("g"{outer}):
    EmptyOperator(task_id="t")
    with TaskGroup("h"{inner}):
        EmptyOperator(task_id="u")
"""


@pytest.mark.parametrize(
    ("outer", "inner", "tasks", "groups"),
    [
        ("", "", ["g.t", "g.h.u"], ["g", "g.h"]),
        (", prefix_group_id=True", "", ["g.t", "g.h.u"], ["g", "g.h"]),
        (", prefix_group_id=False", "", ["t", "h.u"], ["g", "h"]),
        ("", ", prefix_group_id=False", ["g.t", "u"], ["g", "g.h"]),
        (", prefix_group_id=False", ", prefix_group_id=False", ["t", "u"], ["g", "h"]),
        (", prefix_group_id=anything", "", [None, None], ["g", None]),
    ],
)
def test_members_carry_the_names_of_their_groups(read_inside, outer, inner, tasks, groups):
    read = read_inside(NESTED.format(outer=outer, inner=inner))
    assert read.ids[4:] == tasks
    assert read.groups == groups


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('g = TaskGroup("g")\nEmptyOperator(task_id="t", task_group=g)', ["g.t"]),
        ('with TaskGroup("g") as g: pass\nwith g:\n    EmptyOperator(task_id="t")', ["g.t"]),
        (
            'g = TaskGroup("g")\nwith TaskGroup("h", parent_group=g):\n    EmptyOperator(task_id="t")',
            ["g.h.t"],
        ),
        ('with TaskGroup(group_id="g", dag=dag):\n    EmptyOperator(task_id="t")', ["g.t"]),
        ('with TaskGroup(anything):\n    EmptyOperator(task_id="t")', [None]),
        ('with TaskGroup("g"):\n    EmptyOperator(task_id=anything)', [None]),
        ('with TaskGroup("g"):\n    EmptyOperator(task_id="t", task_group=None)', ["t"]),
        ('with TaskGroup("g"):\n    x()\n    x()', ["g.x", "g.x__1"]),
        (
            'for name in ("g", "h"):\n    with TaskGroup(name):\n        EmptyOperator(task_id="t")',
            ["g.t", "h.t"],
        ),
        ('with TaskGroup("g") as g:\n    EmptyOperator(task_id=g.group_id + "-t")', ["g.g-t"]),
        (
            'with TaskGroup("g"):\n    with TaskGroup("h") as h:\n        EmptyOperator(task_id=h.label)',
            ["g.h.h"],
        ),
    ],
)
def test_a_task_joins_the_group_that_is_open_or_given(read_inside, text, ids):
    read = read_inside(text)
    assert read.ids[4:] == ids
    assert read.dag.complete


def test_a_task_given_a_group_that_is_not_known_leaves_the_dag_unsure(read_inside):
    read = read_inside('EmptyOperator(task_id="t", task_group=anything)')
    assert not read.dag.complete


def test_a_group_of_another_dag_is_not_nested_in_the_open_one(read):
    read = read(
        """
        other = DAG("other", schedule=None)
        with DAG("d", schedule=None):
            with TaskGroup("g"):
                TaskGroup("h", dag=other)
        """
    )
    other = next(dag for dag in read.registered if dag.id_text() == "other")
    assert [group.group_id for group in other.groups] == ["h"]


def test_default_args_reach_a_task_from_the_nearest_group_outwards(read):
    read = read(
        """
        with DAG("d", schedule=None, default_args={"owner": "dag", "retries": 1}):
            with TaskGroup("g", default_args={"owner": "g"}):
                with TaskGroup("h", default_args={"pool": "h"}):
                    EmptyOperator(task_id="t")
        """
    )
    (task,) = read.dag.tasks
    assert [sorted(mapping.entries) for mapping in task.default_args()] == [
        ["pool"],
        ["owner"],
        ["owner", "retries"],
    ]


BLOCK = """
@task_group{decorator}
def block(value=None):
    "What it does."
    EmptyOperator(task_id="t") >> x()
"""


@pytest.mark.parametrize(
    ("decorator", "call", "groups", "ids"),
    [
        ("", "block()", ["block"], ["block.t", "block.x"]),
        ("()", "block()", ["block"], ["block.t", "block.x"]),
        ('(group_id="named")', "block()", ["named"], ["named.t", "named.x"]),
        ("(prefix_group_id=False)", "block()", ["block"], ["t", "x"]),
        ("", "block()\nblock()", ["block", "block__1"], ["block.t", "block.x", "block__1.t", "block__1.x"]),
        ("", 'block.override(group_id="o")()', ["o"], ["o.t", "o.x"]),
        ("", "block.override(prefix_group_id=False)(1)", ["block"], ["t", "x"]),
        ("", "block.partial(other=1).expand(value=[1, 2])", ["block"], ["block.t", "block.x"]),
        ("", "block.expand(value=[1, 2])", ["block"], ["block.t", "block.x"]),
        ("", "block.expand_kwargs([{}])", ["block"], ["block.t", "block.x"]),
        ("", "pass", [], []),
    ],
)
def test_each_call_of_a_function_under_task_group_makes_a_group(read_inside, decorator, call, groups, ids):
    read = read_inside(BLOCK.format(decorator=decorator) + call)
    assert read.groups == groups
    assert read.ids[4:] == ids
    assert read.dag.complete


@pytest.mark.parametrize(
    ("call", "edges"),
    [
        ("a >> block() >> b", "a>block.t block.t>block.x block.x>b"),
        ("block(a.output)", "block.t>block.x"),
        ("block.expand(value=a.output)", "a>block.t block.t>block.x"),
        ("block.expand_kwargs(a.output)", "a>block.t block.t>block.x"),
        ("block.partial(other=b.output).expand(value=a.output)", "a>block.t block.t>block.x"),
    ],
)
def test_edges_of_a_called_group(read_inside, call, edges):
    assert read_inside(BLOCK.format(decorator="") + call).edges == edges


def test_a_group_that_returns_a_result_stands_for_that_result(read_inside):
    read = read_inside(
        """
        @task_group
        def block(value):
            return y(x(value))
        block(a.output) >> b
        """
    )
    assert read.edges == "a>block.x block.x>block.y block.y>b"


def test_an_argument_of_a_group_reaches_the_tasks_inside(read_inside):
    read = read_inside(
        """
        @task_group
        def block(name):
            EmptyOperator(task_id=name)
        block("one")
        """
    )
    assert read.ids[4:] == ["block.one"]


COLLISIONS = [
    # The same name at the top.
    ('TaskGroup("g")\nTaskGroup("g", add_suffix_on_collision=True)', ["g", "g__1"], ["g", "g__1"]),
    (
        'TaskGroup("g")\nfor _ in range(2):\n    TaskGroup("g", add_suffix_on_collision=True)',
        ["g", "g__1", "g__2"],
        ["g", "g__1", "g__2"],
    ),
    # A task of that name.
    ('TaskGroup("a", add_suffix_on_collision=True)', ["a__1"], ["a__1"]),
    # 2.x looks for the name as written, 3.x for the whole id.
    (
        'TaskGroup("g")\nwith TaskGroup("h"):\n    TaskGroup("g", add_suffix_on_collision=True)',
        ["g", "h", "h.g__1"],
        ["g", "h", "h.g"],
    ),
    (
        '@task_group\ndef g(): x()\ng()\nwith TaskGroup("h"):\n    g()',
        ["g", "h", "h.g__1"],
        ["g", "h", "h.g"],
    ),
]


@pytest.mark.parametrize(("text", "two", "three"), COLLISIONS)
def test_a_group_whose_name_is_taken_gets_a_number(read_inside, text, two, three):
    assert read_inside(text, "2").groups == two
    assert read_inside(text, "3").groups == three
    unsure = [old if old == new else None for old, new in zip(two, three, strict=True)]
    assert read_inside(text, None).groups == unsure


def test_in_airflow_3_a_nested_block_called_again_gets_a_number(read_inside):
    text = '@task_group\ndef block(): x()\nwith TaskGroup("h"):\n    block()\n    block()\n'
    assert read_inside(text, "3").groups == ["h", "h.block", "h.block__1"]


@pytest.mark.parametrize(
    "text",
    [
        'TaskGroup("g")\nTaskGroup("g", add_suffix_on_collision=anything)',
        'TaskGroup(anything)\nTaskGroup("g", add_suffix_on_collision=True)',
        'EmptyOperator(task_id=anything)\nTaskGroup("g", add_suffix_on_collision=True)',
    ],
)
def test_a_name_that_may_be_taken_is_not_known(read_inside, text):
    assert read_inside(text).groups[-1] is None


def test_a_task_group_that_wraps_something_else_makes_nothing(read_inside):
    read = read_inside("block = task_group(anything)\nblock()")
    assert read.groups == []
    assert not read.dag.complete


def test_a_decorated_function_may_be_wrapped_in_a_decorator_that_nobody_knows(read_inside):
    read = read_inside('@task_group(group_id="g")\n@anything\ndef block():\n    x()\nblock()\n')
    assert read.groups == ["g"]


def test_other_attributes_of_a_group_function_are_not_known(read_inside):
    read = read_inside(BLOCK.format(decorator="") + "EmptyOperator(task_id=block.name)")
    assert read.ids[4:] == [None]
