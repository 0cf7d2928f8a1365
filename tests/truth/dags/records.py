"""dataclass, NamedTuple, namedtuple, Enum, SimpleNamespace as configurations."""
from collections import namedtuple
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import Enum, IntEnum, auto
from types import SimpleNamespace
from typing import NamedTuple, Optional

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator


class Rule(str, Enum):
    DONE = "all_done"
    ANY = "one_success"


class Level(IntEnum):
    LOW = auto()
    HIGH = auto()


class Colour(Enum):
    RED = "r"
    GREEN = "g"
    CRIMSON = "r"

    @property
    def task(self):
        return f"colour_{self.name.lower()}_{self.value}"


@dataclass
class Table:
    name: str
    rule: Rule = Rule.DONE
    columns: list = field(default_factory=list)
    schedule: Optional[str] = None

    def __post_init__(self):
        self.dag_id = f"records_{self.name}"


@dataclass
class Special(Table):
    level: Level = Level.HIGH

    def __post_init__(self):
        super().__post_init__()
        self.dag_id = self.dag_id.replace("records", f"special{self.level.value}")


class Step(NamedTuple):
    name: str
    command: str = "true"

    def operator(self):
        return BashOperator(task_id=self.name, bash_command=self.command)


Pair = namedtuple("Pair", "left right", defaults=["nothing"])

first = Table("first", columns=["a"])
second = Table("second", Rule.ANY, schedule="@hourly")
second.columns.append("b")
third = replace(first, name="third", schedule="0 0 * * 0")
fourth = Special("fourth", schedule="@yearly", level=Level.LOW)
options = SimpleNamespace(suffix="done", size=2)

for table in (first, second, third, fourth):
    with DAG(table.dag_id, start_date=datetime(2024, 1, 1), schedule=table.schedule, catchup=False) as dag:
        for column in table.columns:
            EmptyOperator(task_id=column, trigger_rule=table.rule.value)
        EmptyOperator(task_id=f"{asdict(table)['name']}_{options.suffix}")
    globals()[table.dag_id] = dag

with DAG("records_steps", start_date=datetime(2024, 1, 1), schedule=None):
    steps = [Step("one"), Step("two", "echo two"), Step("one")._replace(name="three")]
    operators = [step.operator() for step in steps]
    operators[0] >> operators[1:]
    name, command = steps[1]
    EmptyOperator(task_id=f"{name}_{len(command)}")
    pair = Pair("only")
    EmptyOperator(task_id=f"{pair.left}_{pair[1]}")
    for colour in Colour:
        EmptyOperator(task_id=colour.task)
    EmptyOperator(task_id=f"{Colour('r').name}_{Colour['GREEN'].value}_{len(Colour)}_{Colour.CRIMSON is Colour.RED}")
    EmptyOperator(task_id=f"level_{Level.HIGH.value}_{Level.LOW < Level.HIGH}")
    if Rule.ANY == "one_success" and Colour.RED != "r":
        EmptyOperator(task_id="compared")
