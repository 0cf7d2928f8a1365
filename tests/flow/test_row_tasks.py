"""DAG303 through the whole pipeline: which rows are meant."""

from __future__ import annotations

import pytest
from tasks import operator, said


def test_statements_that_change_rows_are_told_to_take_them_all():
    code = """
    def clean():
        hook = PostgresHook("x")
        for row in hook.get_records("SELECT * FROM a"):
            hook.run("DELETE FROM b WHERE id = %s", parameters=row)
    """
    (message,) = said(code + operator("clean"))
    assert message.endswith(
        "a round trip each; name all rows in one statement, or join it with a table that holds them"
    )


def test_rows_from_nowhere_need_a_statement_that_writes():
    code = """
    def load(rows):
        for row in rows:
            PostgresHook("x").run(QUERY, parameters=row)
            PostgresHook("x").run("SELECT f(%s)", parameters=row)
            PostgresHook("x").run("INSERT INTO a VALUES (%s)", parameters=row)
    """
    (message,) = said(code + operator("load"))
    assert message.startswith(
        'DAG303 "load" takes "rows" and inserts for each row, a round trip each; hand all'
    )


@pytest.mark.parametrize(
    "body",
    [
        'if not is_known(row):\n                hook.run("INSERT INTO b VALUES (%s)", parameters=row)',
        'if row not in known:\n                hook.run("INSERT INTO b VALUES (%s)", parameters=row)',
        'requests.get(row[0])\n            hook.run("DELETE FROM b WHERE id = %s", parameters=row)',
    ],
)
def test_rows_that_a_look_up_or_a_request_precedes_are_not_what_costs(body):
    code = f"""
    def load():
        hook = PostgresHook("x")
        for row in hook.get_records("SELECT * FROM a"):
            {body}
    """
    assert [message for message in said(code + operator("load")) if message.startswith("DAG303")] == []


@pytest.mark.parametrize(("name", "speaks"), [("rows", True), ("run_ids", False), ("tables", False)])
def test_what_a_task_is_handed_may_be_rows(name, speaks):
    code = f"""
    def load({name}):
        for one in {name}:
            PostgresHook("x").run("INSERT INTO b VALUES (%s)", parameters=one)
    """
    assert bool(said(code + operator("load"))) is speaks
