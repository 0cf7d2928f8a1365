"""The files that are measured: generated ones, the same at every run, and Airflow's own examples."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CORE_EXAMPLES = (
    "apache-airflow==2.11.2",
    "apache-airflow-core==3.3.2",
    "apache-airflow-providers-standard==1.21.0",
)
PROVIDER_EXAMPLES = (
    "apache-airflow-providers-google==6.4.0",
    "apache-airflow-providers-amazon==3.0.0",
    "apache-airflow-providers-cncf-kubernetes==3.0.2",
)
"""Of the years in which providers shipped their examples."""

SEVEN = ("orders", "payments", "customers", "events", "stock", "prices", "returns")


def dag_file(number: int, tasks: int = 12) -> str:
    """A DAG file of a usual kind: a bit of Python, Bash and SQL, some of it not as it should be."""
    subject = SEVEN[number % 7]
    lines = [
        f'"""Load {subject} into the warehouse, part {number}."""',
        "",
        "from datetime import datetime, timedelta",
        "",
        "from airflow import DAG",
        "from airflow.operators.bash import BashOperator",
        "from airflow.operators.python import PythonOperator",
        "from airflow.providers.postgres.hooks.postgres import PostgresHook",
        "",
        'default_args = {"owner": "data", "retries": 2, "retry_delay": timedelta(minutes=5)}',
        "",
        "",
        f"def extract_{subject}(ds, **context):",
        '    hook = PostgresHook(postgres_conn_id="shop")',
        f'    rows = hook.get_records("SELECT id, amount FROM {subject} WHERE day = %s", parameters=[ds])',
        "    return [row[0] for row in rows if row[1] > 0]",
        "",
        "",
        "with DAG(",
        f'    "{subject}_daily_{number}",',
        f'    schedule="{number % 60} {number % 24} * * *",',
        f"    start_date=datetime(2024, {number % 12 + 1}, 1),",
        *(["    catchup=False,"] if number % 2 else []),
        "    default_args=default_args,",
        ") as dag:",
        "    extract = PythonOperator(",
        f'        task_id="extract", python_callable=extract_{subject}, op_kwargs={{"part": {number}}}',
        "    )",
    ]
    before = "extract"
    for index in range(tasks - 1):
        name = f"step_{index}"
        command = f"load --table {subject} --part {index} --day {{{{ ds }}}}"
        lines += [
            f"    {name} = BashOperator(",
            f'        task_id="{name}",',
            f'        bash_command="{command}",',
            '        env={"MODE": "batch"},',
            "        append_env=True,",
            "    )",
            f"    {before} >> {name}",
        ]
        before = name
    return "\n".join(lines) + "\n"


def plain_file(number: int, functions: int = 12) -> str:
    """A Python file that has nothing to do with DAGs."""
    subject = SEVEN[number % 7]
    lines = [
        f'"""Helpers for {subject}, part {number}."""',
        "",
        "from __future__ import annotations",
        "",
        "import json",
        "from dataclasses import dataclass",
        "",
        "",
        "@dataclass",
        f"class {subject.title()}:",
        "    name: str",
        "    amount: float = 0.0",
    ]
    for index in range(functions):
        lines += [
            "",
            "",
            f"def total_{subject}_{index}(items: list[{subject.title()}], limit: int = {index}) -> float:",
            f'    """The sum of the amounts of {subject} above a limit."""',
            "    total = 0.0",
            "    for item in items:",
            "        if item.amount > limit:",
            "            total += item.amount",
            '        elif item.name == "":',
            '            raise ValueError(json.dumps({"limit": limit}))',
            "    return total",
        ]
    return "\n".join(lines) + "\n"


def mixed_repository(folder: Path, files: int, every: int = 5) -> list[Path]:
    """A repository of so many files, one of `every` a DAG; the paths of its DAG files."""
    (folder / ".git").mkdir(parents=True)
    (folder / "requirements.txt").write_text("apache-airflow==2.11.2\n", encoding="utf-8")
    dags = []
    for number in range(files):
        is_dag = number % every == 0
        path = folder / ("dags" if is_dag else "src") / SEVEN[number % 7] / f"part_{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dag_file(number) if is_dag else plain_file(number), encoding="utf-8")
        dags += [path] if is_dag else []
    return dags


def download_examples(folder: Path, distributions: tuple[str, ...]) -> list[Path]:
    """Airflow's example DAGs, from the package index. Raises OSError or CalledProcessError without a network."""
    wheels = folder / "wheels"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(wheels), *distributions]
    subprocess.run(command, check=True, capture_output=True)
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if _is_example(name)]
            archive.extractall(folder / wheel.name.split("-")[0], names)
    return sorted(path for path in folder.rglob("*.py") if path.is_file())


def _is_example(name: str) -> bool:
    return "/example_dags/" in name and name.endswith(".py") and ".." not in name
