"""Dates, zones and durations as values of schedules and starts."""
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from dateutil.relativedelta import relativedelta

SEOUL = ZoneInfo("Asia/Seoul")
STARTS = {
    "naive": datetime(2024, 1, 1),
    "utc": datetime(2024, 1, 1, tzinfo=timezone.utc),
    "zoned": datetime(2024, 6, 1, 9, 30, tzinfo=SEOUL),
    "pendulum": pendulum.datetime(2024, 1, 1, tz="Europe/Amsterdam"),
    "instance": pendulum.instance(datetime(2024, 1, 1, 12)),
    "parsed": pendulum.parse("2024-03-01T05:00:00+02:00"),
    "strptime": datetime.strptime("2024/05/06 07", "%Y/%m/%d %H"),
    "iso": datetime.fromisoformat("2024-02-29T00:00:00"),
    "combined": datetime.combine(date(2024, 4, 1), time(6, 0)),
    "moved": datetime(2024, 1, 31) + timedelta(days=1, hours=2),
    "months": datetime(2024, 1, 31) + relativedelta(months=1),
    "replaced": datetime(2024, 1, 1).replace(month=7, tzinfo=timezone(timedelta(hours=9))),
    "added": pendulum.datetime(2024, 1, 1).add(days=3).subtract(hours=1),
}
ENDS = {"naive": datetime(2024, 12, 31), "zoned": datetime(2025, 1, 1, tzinfo=SEOUL)}

for name, start in STARTS.items():
    with DAG(
        f"dates_{name}",
        start_date=start,
        end_date=ENDS.get(name),
        schedule=timedelta(days=1) * 2 if name == "naive" else "@daily",
        catchup=start.year == 2024 and name != "utc",
    ) as dag:
        EmptyOperator(task_id=f"month_{start.month}_{start.day:02d}")
    globals()[dag.dag_id] = dag
