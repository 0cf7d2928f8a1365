"""@task in its forms: what calling a decorated function makes."""

from __future__ import annotations

import pytest

FORMS = [
    ("@task\ndef f(): ...\nf()", ["f"], "_PythonDecoratedOperator"),
    ("@task()\ndef f(): ...\nf()", ["f"], "_PythonDecoratedOperator"),
    ('@task(task_id="g")\ndef f(): ...\nf()', ["g"], "_PythonDecoratedOperator"),
    ("@task.python\ndef f(): ...\nf()", ["f"], "_PythonDecoratedOperator"),
    ("@task.bash\ndef f(): ...\nf()", ["f"], "_BashDecoratedOperator"),
    ("@task.branch\ndef f(): ...\nf()", ["f"], "_BranchPythonDecoratedOperator"),
    ("@task.short_circuit()\ndef f(): ...\nf()", ["f"], "_ShortCircuitDecoratedOperator"),
    ('@task.virtualenv(requirements=["x"])\ndef f(): ...\nf()', ["f"], "_PythonVirtualenvDecoratedOperator"),
    ("@task.sensor\ndef f(): ...\nf()", ["f"], "DecoratedSensorOperator"),
    ("def f(): ...\ntask(f)()", ["f"], "_PythonDecoratedOperator"),
    ("def f(): ...\ntask(python_callable=f)()", ["f"], "_PythonDecoratedOperator"),
    ('def f(): ...\ntask(task_id="g")(f)()', ["g"], "_PythonDecoratedOperator"),
    ("@task\ndef f(): ...", [], None),
    ("@task\ndef f(): ...\nf()\nf()\nf()", ["f", "f__1", "f__2"], "_PythonDecoratedOperator"),
    ('EmptyOperator(task_id="f")\n@task\ndef f(): ...\nf()', ["f", "f__1"], "_PythonDecoratedOperator"),
    ('@task\ndef f(): ...\nf()\n@task(task_id="f")\ndef g(): ...\ng()', ["f", "f__1"], "_PythonDecoratedOperator"),
    ('@task(task_id="f__4")\ndef f(): ...\nf()\nf()', ["f__4", "f__5"], "_PythonDecoratedOperator"),
    ('@task\ndef f(): ...\nf.override(task_id="g")()', ["g"], "_PythonDecoratedOperator"),
    ('@task\ndef f(): ...\nf.override(retries=1)()', ["f"], "_PythonDecoratedOperator"),
    ('@task\ndef f(): ...\nf.override(task_id="g").override(retries=1)()', ["g"], "_PythonDecoratedOperator"),
    ("@task\ndef f(v): ...\nf.expand(v=[1, 2])", ["f"], "_PythonDecoratedOperator"),
    ("@task\ndef f(v): ...\nf.partial(w=1).expand(v=[1, 2])", ["f"], "_PythonDecoratedOperator"),
    ("@task\ndef f(v): ...\nf.expand_kwargs([{'v': 1}])", ["f"], "_PythonDecoratedOperator"),
    ('@task\ndef f(v): ...\nf.override(task_id="g").expand(v=[1])', ["g"], "_PythonDecoratedOperator"),
    ("@setup\ndef f(): ...\nf()", ["f"], "_PythonDecoratedOperator"),
    ("@teardown\n@task\ndef f(): ...\nf()", ["f"], "_PythonDecoratedOperator"),
    ('@task(**anything)\ndef f(): ...\nf()', [None], "_PythonDecoratedOperator"),
    ("@task(task_id=anything)\ndef f(): ...\nf()", [None], "_PythonDecoratedOperator"),
    ("@task(task_id=anything)\ndef f(): ...\nf()\n@task\ndef g(): ...\ng()", [None, None], "_PythonDecoratedOperator"),
]  # fmt: skip


@pytest.mark.parametrize("version", ["2", "3"])
@pytest.mark.parametrize(("text", "ids", "operator"), FORMS)
def test_each_call_makes_a_task(read_inside, text, ids, operator, version):
    read = read_inside(text, version)
    assert read.ids[4:] == ids
    assert not ids or read.dag.tasks[-1].operator_name == operator
    assert read.dag.complete


@pytest.mark.parametrize(
    ("call", "mapped"),
    [
        ("x()", False),
        ("x.expand(v=[1])", True),
        ("x.expand_kwargs(a.output)", True),
        ("x.partial(v=1)()", False),
    ],
)
def test_only_what_is_expanded_is_mapped(read_inside, call, mapped):
    assert read_inside(call).task("x").mapped is mapped


@pytest.mark.parametrize(
    ("call", "edges"),
    [
        ("x.expand(v=a.output)", "a>x"),
        ("x.expand(v=y())", "y>x"),
        ("x.expand_kwargs(y())", "y>x"),
        ("x.partial(w=a.output).expand(v=y())", "a>x y>x"),
        ("x.override(retries=1)(a.output)", "a>x"),
    ],
)
def test_results_given_to_a_mapped_task_are_upstream(read_inside, call, edges):
    assert read_inside(call).edges == edges


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("@setup\ndef f(): ...\nf()", (True, False)),
        ("@teardown\ndef f(): ...\nf()", (False, True)),
        ("@teardown(on_failure_fail_dagrun=True)\ndef f(): ...\nf()", (False, True)),
        ("@setup\n@task\ndef f(): ...\nf()", (True, False)),
        ("@task\ndef f(): ...\nf().as_setup()", (True, False)),
        ("@task\ndef f(): ...\nf().as_teardown()", (False, True)),
        ('EmptyOperator(task_id="f").as_setup()', (True, False)),
        ("@task\ndef f(): ...\nf()", (False, False)),
    ],
)
def test_setups_and_teardowns(read_inside, text, roles):
    task = read_inside(text).task("f")
    assert (task.is_setup, task.is_teardown) == roles


@pytest.mark.parametrize(
    ("setups", "edges"),
    [
        ("a", "a>d b>d"),
        ("[a, c]", "a>d b>d c>d"),
        ("x()", "b>d x>d"),
        ("None", "b>d"),
        ("setups=a", "a>d b>d"),
    ],
)
def test_a_teardown_follows_its_setups(read_inside, setups, edges):
    read = read_inside(f"b >> d.as_teardown({setups})")
    assert read.edges == edges
    assert "upstream" not in read.task("d").unknown


def test_a_teardown_of_something_unknown_does_not_know_what_it_follows(read_inside):
    assert "upstream" in read_inside("d.as_teardown(setups=anything)").task("d").unknown


def test_a_decorator_of_a_provider_that_is_not_known_makes_a_task_of_an_unknown_operator(read_inside):
    read = read_inside("@task.starship\ndef f(): ...\nf()")
    assert read.ids[4:] == ["f"]
    assert "operator" in read.task("f").unknown


@pytest.mark.parametrize("attribute", ["function", "__wrapped__"])
def test_the_function_under_a_decorator_can_be_called_without_making_a_task(read_inside, attribute):
    read = read_inside(f'@task\ndef f():\n    return "n"\nEmptyOperator(task_id=f.{attribute}())')
    assert read.ids[4:] == ["n"]


@pytest.mark.parametrize("text", ["EmptyOperator(task_id=x.doc)", "EmptyOperator(task_id=x().doc)"])
def test_other_attributes_of_a_decorated_function_are_not_known(read_inside, text):
    assert read_inside(text).ids[-1] is None


def test_a_decorator_given_something_else_gives_nothing_known(read_inside):
    read = read_inside("task(anything)()")
    assert read.ids == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("call", "path"), [("f()", "lone"), ("f(); f()", "lone")])
def test_a_call_outside_of_a_dag_makes_a_task_that_no_dag_has(read, call, path):
    read = read(f'@task(task_id="lone")\ndef f(): ...\n{call}\nwith DAG("d", schedule=None):\n    pass\n')
    assert read.ids == []
    assert {task.task_id for task in read.file.tasks} == {path}


def test_a_stacked_decorator_of_the_same_module_is_seen_through(read_inside):
    read = read_inside(
        """
        def log(function):
            return function
        @task
        @log
        def f(): ...
        f()
        """
    )
    assert read.ids[4:] == ["f"]


def test_a_decorator_that_nobody_knows_hides_the_name_of_the_function(read_inside):
    assert read_inside("@task\n@anything\ndef f(): ...\nf()").ids[4:] == [None]
