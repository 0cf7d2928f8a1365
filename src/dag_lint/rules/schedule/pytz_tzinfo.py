"""DAG111."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dag_lint.dates import dates_in, in_pendulum
from dag_lint.known import Constant
from dag_lint.remedy import ReplacePytz
from dag_lint.rule import Example, Finding, Rule
from dag_lint.zones import PytzZone, has_settled_mean_time, true_offset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile


class PytzTzinfo(Rule):
    """A start_date or end_date with a pytz zone as tzinfo, which is local mean time.

    What happens
        A pytz zone begins with the mean time of the place before there were time zones, and that is what
        `tzinfo=` and `.replace(tzinfo=)` take: +08:28 for Seoul, -04:56 for New York. The start date lies
        half an hour or so beside midnight, and with it every run that is counted from it.

    What to write
        `pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")`, or `tzinfo=ZoneInfo("Asia/Seoul")`. With pytz
        itself: `pytz.timezone("Asia/Seoul").localize(datetime(2024, 1, 1))`.

    Known limits
        The minutes are not named for zones whose mean time differs between versions of pytz, and nothing
        is said of `EST`, `CET` and their like, which were plain offsets in older ones. `pytz.utc` and
        `.localize()` are right.
    """

    code = "DAG111"
    name = "pytz-tzinfo"
    default = "on"
    fix = "unsafe"
    since = "0.1.0"
    example = Example(
        bad="""\
from datetime import datetime

import pytz
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "report",
    schedule="0 9 * * *",
    start_date=datetime(2024, 1, 1, tzinfo=pytz.timezone("Asia/Seoul")),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "report",
    schedule="0 9 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="Asia/Seoul"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for date in dates_in(file):
            moment = date.value.value if isinstance(date.value, Constant) else None
            if not isinstance(moment, datetime) or not isinstance(moment.tzinfo, PytzZone):
                continue
            settled = has_settled_mean_time(moment.tzinfo.key)
            right = true_offset(moment)
            if settled is None or right is None or right == moment.utcoffset():
                # Zones without daylight saving and without a history, such as Etc/GMT-9.
                continue
            zone = moment.tzinfo
            remedy = self.remedy(
                f"Write a zone that is right at any date for pytz's {zone.key}",
                ReplacePytz(date.value.node, zone.key),
            )
            message = _message(date.name, moment, zone, right, settled)
            yield self.finding(date.value.node, message, *date.uses, remedy=remedy)


def _message(name: str, moment: datetime, zone: PytzZone, right: timedelta, settled: bool) -> str:
    fact = f"{name} has a pytz zone as tzinfo: local mean time"
    if settled:
        wrong = zone.utcoffset(moment)
        times = f"{_in_utc(moment, wrong)} UTC instead of {_in_utc(moment, right)}"
        fact += f", {_offset(wrong)} for {zone.key} instead of {_offset(right)}, {times}"
    else:
        fact += f" instead of {_offset(right)} for {zone.key}"
    return f"{fact}; write {in_pendulum(moment, zone.key)}"


def _in_utc(moment: datetime, offset: timedelta) -> str:
    minutes = moment.hour * 60 + moment.minute - _minutes(offset)
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _offset(delta: timedelta) -> str:
    hours, rest = divmod(abs(_minutes(delta)), 60)
    return f"{'-' if delta < timedelta(0) else '+'}{hours:02}:{rest:02}"


def _minutes(delta: timedelta) -> int:
    return round(delta.total_seconds() / 60)
