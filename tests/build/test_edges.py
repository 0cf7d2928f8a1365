"""Dependencies, as Airflow sets them."""

from __future__ import annotations

import pytest

SIMPLE = [
    ("a >> b", "a>b"),
    ("a << b", "b>a"),
    ("a >> b >> c", "a>b b>c"),
    ("a << b << c", "b>a c>b"),
    ("a >> b << c", "a>b c>b"),
    ("a >> [b, c] >> d", "a>b a>c b>d c>d"),
    ("[a, b] >> c", "a>c b>c"),
    ("[a, b] << c", "c>a c>b"),
    ("(a, b) >> c", "a>c b>c"),
    ("a >> (b, c)", "a>b a>c"),
    ("a >> [] >> b", ""),
    ("a >> [b, b]\na >> b", "a>b"),
    ("a >> b, c >> d", "a>b c>d"),
    ("a.set_downstream(b)", "a>b"),
    ("a.set_downstream([b, c])", "a>b a>c"),
    ("a.set_upstream(b)", "b>a"),
    ("a.set_upstream([b, c])", "b>a c>a"),
    ("a.set_upstream(task_or_task_list=b)", "b>a"),
    ("for one in (b, c):\n    a >> one", "a>b a>c"),
    ("last = a\nfor one in [b, c, d]:\n    last >> one\n    last = one", "a>b b>c c>d"),
]


@pytest.mark.parametrize(("text", "edges"), SIMPLE)
def test_tasks_are_tied_by_operators_and_methods(read_inside, text, edges):
    read = read_inside(text)
    assert read.edges == edges
    assert read.dag.complete
    assert not any(task.unknown for task in read.dag.tasks)


LABELS = [
    ('a >> Label("yes") >> b', "a>b"),
    ('b << Label("yes") << a', "a>b"),
    ('a >> Label("yes") >> [b, c]', "a>b a>c"),
    ('[a, b] >> Label("yes") >> c', "a>c b>c"),
    ('a >> [Label("x"), Label("y")]', ""),
    ('chain(a, [Label("x"), Label("y")], [b, c], d)', "a>b a>c b>d c>d"),
    ('chain(a, Label("x"), b)', "a>b"),
    ('label = Label("x")\nlabel >> b\na >> label', "a>b"),
]


@pytest.mark.parametrize(("text", "edges"), LABELS)
def test_a_label_hands_an_edge_through(read_inside, text, edges):
    assert read_inside(text).edges == edges


FUNCTIONS = [
    ("chain(a, b, c)", "a>b b>c"),
    ("chain(a, [b, c], d)", "a>b a>c b>d c>d"),
    ("chain([a, b], [c, d])", "a>c b>d"),
    ("chain(*[a, b, c])", "a>b b>c"),
    ("chain(a)", ""),
    ("chain_linear(a, [b, c], d)", "a>b a>c b>d c>d"),
    ("chain_linear([a, b], [c, d])", "a>c a>d b>c b>d"),
    ("chain_linear(a, [], b)", ""),
    ("cross_downstream([a, b], [c, d])", "a>c a>d b>c b>d"),
    ("cross_downstream(from_tasks=[a, b], to_tasks=c)", "a>c b>c"),
]


@pytest.mark.parametrize(("text", "edges"), FUNCTIONS)
def test_tasks_are_tied_by_functions(read_inside, text, edges):
    read = read_inside(text)
    assert read.edges == edges
    assert read.dag.complete


RESULTS = [
    ("y(x())", "x>y"),
    ("y(value=x())", "x>y"),
    ("y([x(), 1])", "x>y"),
    ('y({"deep": [{"er": x()}]})', "x>y"),
    ('y(x()["key"])', "x>y"),
    ("y(x().map(str))", "x>y"),
    ("y(x().zip(x()))", "x>y x__1>y"),
    ("y(x().concat(a.output))", "a>y x>y"),
    ("x() >> a", "x>a"),
    ("a >> x()", "a>x"),
    ("a >> [x(), b]", "a>b a>x"),
    ("x().set_downstream(b)", "x>b"),
    ("y(a.output)", "a>y"),
    ("a >> x().operator", "a>x"),
    ('BashOperator(task_id="e", bash_command=x())', "x>e"),
    ('BashOperator(task_id="e", bash_command="run", env={"V": x()})', "x>e"),
    ('BashOperator(task_id="e", bash_command="run", retries=x())', ""),
    (
        'PythonOperator(task_id="e", python_callable=print, op_args=[x()], op_kwargs={"k": a.output})',
        "a>e x>e",
    ),
    ('e = PythonOperator(task_id="e", python_callable=print)\ne.op_kwargs = {"k": a.output}', "a>e"),
    ('e = PythonOperator(task_id="e", python_callable=print)\ne.op_args = [e.output]', ""),
    ('BashOperator(task_id="e", bash_command=f"echo {x()}")', ""),
]


@pytest.mark.parametrize(("text", "edges"), RESULTS)
def test_results_of_tasks_make_edges_where_airflow_looks_for_them(read_inside, text, edges):
    assert read_inside(text).edges == edges


UNKNOWN = [
    ("a >> anything >> b", "", "b"),
    ("a >> anything()", "", ""),
    ("anything >> a", "", "a"),
    ("a >> [b, anything]", "a>b", "b"),
    ("[a, anything] >> b", "a>b", "b"),
    ("[a, *anything] >> b", "a>b", "b"),
    ("a.set_upstream(anything)", "", "a"),
    ("a.set_downstream(anything)", "", ""),
    ("chain(a, anything, b)", "", "b"),
    ("chain_linear(a, [anything, b])", "a>b", "b"),
    ("if os.environ.get('X'):\n    a >> b", "", "b"),
]


@pytest.mark.parametrize(("text", "edges", "unsure"), UNKNOWN)
def test_what_is_not_known_in_an_edge_makes_the_dag_incomplete(read_inside, text, edges, unsure):
    read = read_inside(text)
    assert read.edges == edges
    assert not read.dag.complete
    assert {task.task_id for task in read.dag.tasks if "upstream" in task.unknown} == set(unsure)


@pytest.mark.parametrize(
    "text",
    [
        "chain(*anything)",
        "chain(a, *anything, b)",
        "chain_linear(*anything)",
        "chain_linear(a, *anything, b)",
        "chain([*anything, a], [b, c])",
        "chain([a, b], [*anything, c])",
        "dag >> a",
        "with a:\n    pass",
        "with x():\n    pass",
    ],
)
def test_what_cannot_be_followed_claims_no_edge(read_inside, text):
    read = read_inside(text)
    assert read.edges == ""
    assert not read.dag.complete


@pytest.mark.parametrize("refused", ["None", '"b"', "3"])
def test_what_airflow_refuses_in_an_edge_ties_nothing(read_inside, refused):
    assert read_inside(f"a >> {refused}").edges == ""


BRANCHES = """
if os.environ.get("X"):
    e = EmptyOperator(task_id="e")
    f = EmptyOperator(task_id="f")
    e >> f
    a >> e
"""


def test_tasks_that_may_not_exist_are_tied_for_sure_among_themselves(read_inside):
    read = read_inside(BRANCHES)
    assert "e>f" in read.edges
    assert [read.task(name).certain for name in "aef"] == [True, False, False]


GROUP = """
with TaskGroup("g") as g:
    first, last, other = [EmptyOperator(task_id=name) for name in ("first", "last", "other")]
    first >> last
"""


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("a >> g", "a>g.first a>g.other g.first>g.last"),
        ("g >> a", "g.first>g.last g.last>a g.other>a"),
        ("a << g", "g.first>g.last g.last>a g.other>a"),
        ("a >> g >> b", "a>g.first a>g.other g.first>g.last g.last>b g.other>b"),
        ("[a, g] >> b", "a>b g.first>g.last g.last>b g.other>b"),
        ("g.set_upstream(a)", "a>g.first a>g.other g.first>g.last"),
        ("g.set_downstream(a)", "g.first>g.last g.last>a g.other>a"),
        ("chain(a, g)", "a>g.first a>g.other g.first>g.last"),
    ],
)
def test_an_edge_of_a_group_is_one_of_its_roots_or_leaves(read_inside, text, edges):
    assert read_inside(GROUP + text).edges == edges


def test_two_groups_are_tied_leaf_by_root(read_inside):
    read = read_inside(
        """
        with TaskGroup("g") as g:
            EmptyOperator(task_id="p") >> EmptyOperator(task_id="q")
        with TaskGroup("h") as h:
            EmptyOperator(task_id="r")
            EmptyOperator(task_id="s")
        g >> h
        """
    )
    assert read.edges == "g.p>g.q g.q>h.r g.q>h.s"


def test_a_group_that_is_not_finished_is_reached_by_the_members_it_has(read_inside):
    read = read_inside(
        """
        with TaskGroup("g") as g:
            EmptyOperator(task_id="p")
            a >> g
            EmptyOperator(task_id="q")
        """
    )
    assert read.edges == "a>g.p"


TEARDOWN = [
    ("up >> work >> down", "g.other>a g.work>a"),
    ("up >> work >> [other, down]", "g.other>a"),
    ("up >> work >> other >> down\nwork >> down", "g.other>a"),
    ("up >> work >> down >> last\nother >> last", "g.other>a g.work>a"),
    ("a >> down\nup >> work", "g.other>b g.work>b"),
    ("up >> down", "g.other>a g.work>a"),
]


@pytest.mark.parametrize(("text", "edges"), TEARDOWN)
def test_the_leaves_of_a_group_leave_its_teardowns_out(read_inside, text, edges):
    after = edges[-1]
    lines = "\n".join(f"    {line}" for line in text.splitlines())
    read = read_inside(
        f"""
with TaskGroup("g") as g:
    up = EmptyOperator(task_id="up").as_setup()
    work, other = EmptyOperator(task_id="work"), EmptyOperator(task_id="other")
    down = EmptyOperator(task_id="down").as_teardown()
{"    last = EmptyOperator(task_id='last').as_teardown()" if "last" in text else ""}
{lines}
g >> {after}
"""
    )
    assert " ".join(edge for edge in read.edges.split() if edge.endswith(f">{after}")) == edges


EMPTY = 'with TaskGroup("g") as g:\n    pass\n'


@pytest.mark.parametrize(
    ("version", "edges", "complete"), [("2", "", True), ("3", "a>b", True), (None, "", False)]
)
def test_an_empty_group_ties_its_neighbours_in_airflow_3_only(read_inside, version, edges, complete):
    read = read_inside(EMPTY + "a >> g >> b", version)
    assert (read.edges, read.dag.complete) == (edges, complete)
    assert ("upstream" in read.task("b").unknown) is not complete


@pytest.mark.parametrize("text", ["g >> b", "a >> g", "g >> g"])
def test_an_empty_group_alone_ties_nothing(read_inside, text):
    assert read_inside(EMPTY + text).edges == ""


ADOPTED = [
    ("a >> lone", "a>lone"),
    ("lone >> a", "lone>a"),
    ("a.set_downstream(lone)", "a>lone"),
    ("[lone, b] >> a", "b>a lone>a"),
]


@pytest.mark.parametrize(("text", "edges"), ADOPTED)
def test_a_task_without_a_dag_is_adopted_by_the_one_it_is_tied_to(read, text, edges):
    found = read(
        f"""
        lone = EmptyOperator(task_id="lone")
        with DAG("d", schedule=None):
            a, b = EmptyOperator(task_id="a"), EmptyOperator(task_id="b")
        {text}
        """
    )
    assert found.ids == ["a", "b", "lone"]
    assert found.edges == edges


def test_a_task_that_nobody_adopts_is_in_no_dag(read):
    found = read('with DAG("d", schedule=None):\n    pass\nEmptyOperator(task_id="lone")\n')
    assert found.ids == []
    assert found.task("lone").dag is None


def test_results_are_found_however_deep_they_lie(read_inside):
    assert read_inside(f"y({'[' * 12}x(){']' * 12})").edges == "x>y"
