"""Imports that tell which major version of Airflow a file is written for.

A module stands for everything in it. What every 3.x still imports, be it with a warning, is no evidence and
is not here: `airflow.operators.bash`, `airflow.models.dag`, `airflow.utils.task_group` ...
"""

from __future__ import annotations

import re
from functools import lru_cache

ONLY_IN_3 = frozenset({"airflow.sdk"})

ONLY_IN_2 = frozenset(
    {
        "airflow.api.common.experimental",
        "airflow.contrib",
        "airflow.datasets",
        "airflow.executors.celery_executor",
        "airflow.executors.celery_kubernetes_executor",
        "airflow.executors.dask_executor",
        "airflow.executors.kubernetes_executor",
        "airflow.hooks.dbapi",
        "airflow.kubernetes",
        "airflow.lineage.entities",
        "airflow.operators.BashOperator",
        "airflow.operators.DummyOperator",
        "airflow.operators.PythonOperator",
        "airflow.operators.dummy",
        "airflow.operators.python.task",
        "airflow.operators.sql",
        "airflow.operators.subdag",
        "airflow.sensors.sql",
        "airflow.timetables.datasets",
        "airflow.utils.dates.date_range",
        "airflow.utils.dates.days_ago",
        "airflow.utils.dates.infer_time_unit",
        "airflow.utils.dates.parse_execution_date",
        "airflow.utils.dates.round_time",
        "airflow.utils.dates.scale_time_units",
        "airflow.utils.db.create_session",
        "airflow.utils.decorators.apply_defaults",
        "airflow.utils.file.TemporaryDirectory",
        "airflow.utils.helpers.chain",
        "airflow.utils.helpers.cross_downstream",
        "airflow.utils.weekday",
        "airflow.www",
    }
)

# The modules of Airflow 1, which 2.x kept as shims: bash_operator, base_hook, s3_key_sensor. time_sensor was
# never renamed, and 3.x has it.
_SHIM = re.compile(
    r"airflow\.(operators\.\w+_operator|hooks\.\w+_hook|sensors\.(?!time_sensor\b)\w+_sensor(_operator)?)(\.|$)"
)


@lru_cache(maxsize=4096)
def major_of(imported: str) -> int | None:
    """The major version that an imported dotted name belongs to, None when it tells nothing."""
    if not imported.startswith("airflow."):
        return None
    parts = imported.split(".")
    beginnings = {".".join(parts[:length]) for length in range(2, min(len(parts), 6) + 1)}
    if beginnings & ONLY_IN_3:
        return 3
    if beginnings & ONLY_IN_2 or _SHIM.match(imported):
        return 2
    return None
