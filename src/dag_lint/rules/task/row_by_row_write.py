"""DAG303: rows that are written one statement at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dag_lint.flow import Grade, Kind
from dag_lint.flow.story import called, inside
from dag_lint.flow.verdict import grade
from dag_lint.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.flow import Evidence
    from dag_lint.model import DagFile, TaskCallable
    from dag_lint.rule import Finding

_LENGTH = 200
_FEW_THINGS = re.compile(
    r"(?:ids|names|tables|columns|schemas|databases|partitions|days|dates|files|paths|keys)\"?$"
)
_SETS = "name all rows in one statement, or join it with a table that holds them"
_WAYS = {
    "sql": "hand all rows to insert_rows() or executemany(), or use COPY",
    "documents": "hand all of them to insert_many() or a bulk request",
    "sheet": "hand all rows to append_rows() or one update()",
}


class RowByRowWrite(Rule):
    """A statement for each row in a loop over fetched rows.

    What happens
    ------------
    Each statement is a round trip to the database: a hundred thousand rows take hours instead of seconds,
    with a worker slot and a transaction held all along. When it fails half way, a retry meets the half that
    is written already.

    What to write
    -------------
    Collect the rows and hand them over at once: `hook.insert_rows()`, `cursor.executemany()`,
    psycopg2's `execute_values()`, COPY. Better still, leave them in the database: INSERT ... SELECT.

    Known limits
    ------------
    A loop over a literal list is no loop over rows, and statements that do their work in the database (DDL,
    CALL, COPY ...) are fine in any loop. Nothing is said of rows that are written only where a look-up did not
    find them, beside a request for each, or for each of some ids, names or dates that the task is handed.
    Whether the rows are few cannot be seen.
    """

    code = "DAG303"
    name = "row-by-row-write"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow.providers.postgres.hooks.postgres import PostgresHook
from airflow.sdk import dag, task


@dag(schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False)
def copy_orders():
    @task
    def load():
        rows = PostgresHook("shop").get_records("SELECT id, total FROM orders")
        warehouse = PostgresHook("warehouse").get_conn()
        with warehouse.cursor() as cursor:
            for row in rows:
                cursor.execute("INSERT INTO orders VALUES (%s, %s)", row)

    load()


copy_orders()
""",
        good="""\
import pendulum
from airflow.providers.common.sql.operators.generic_transfer import GenericTransfer
from airflow.sdk import dag


@dag(schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False)
def copy_orders():
    GenericTransfer(
        task_id="load",
        source_conn_id="shop",
        destination_conn_id="warehouse",
        sql="SELECT id, total FROM orders",
        destination_table="orders",
    )


copy_orders()
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        """See `Rule.check`."""
        for callable_ in file.callables:
            for rows in callable_.flow.of(Kind.ROWS):
                if rows.topic not in _WAYS:
                    continue  # requests and look-ups are no writes
                if rows.few:
                    continue  # only what a look-up did not find, or no more than the requests beside it
                if grade(rows.origins) is Grade.HANDED and not (rows.writes and _may_be_many(rows)):
                    continue  # nobody knows what it loops over, nor what it runs
                yield self.finding(rows.node, _message(callable_, rows), callable_.use)


def _may_be_many(rows: Evidence) -> bool:
    """Whether the name of what is handed over speaks of rows, not of the few things that tasks are told."""
    return not any(_FEW_THINGS.search(origin.words) for origin in rows.origins)


def _message(callable_: TaskCallable, rows: Evidence) -> str:
    name = called(callable_.name)
    helper = inside(rows)
    source = rows.origins[0].words
    way = _SETS if rows.topic == "sql" and "a " in rows.words else _WAYS[rows.topic]
    message = f"{name} {source} and {rows.words}{helper}, a round trip each; {way}"
    return message if len(message) <= _LENGTH else f"{name} {rows.words}{helper}, a round trip each; {way}"
