"""Dataclasses and enums."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from airflow.providers.standard.operators.empty import EmptyOperator


class Level(Enum):
    LOW = "low"
    HIGH = "high"


class Source(NamedTuple):
    name: str
    level: Level = Level.LOW


@dataclass
class Job:
    source: Source
    every: timedelta = timedelta(hours=6)
    parts: list = field(default_factory=lambda: ["p"])

    @property
    def dag_id(self):
        return f"{self.source.name}_{self.source.level.value}"


JOBS = [Job(Source("sales")), Job(Source("users", Level.HIGH), timedelta(days=1), parts=["x", "y"])]

for job in JOBS:
    with DAG(
        job.dag_id,
        schedule=job.every,
        start_date=datetime(2024, 1, 1),
        catchup=job.source.level is Level.HIGH,
    ):
        tasks = {part: EmptyOperator(task_id=f"{job.source.level.name.lower()}_{part}") for part in job.parts}
        for earlier, later in zip(job.parts, job.parts[1:]):
            tasks[earlier] >> tasks[later]
