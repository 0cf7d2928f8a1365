"""One name for each thing of Airflow, whichever module and version it was imported from."""

from __future__ import annotations

from functools import lru_cache

_SDK = "airflow.sdk"
_DEFINITIONS = "airflow.sdk.definitions"
_GENERATED = "airflow.sdk.api.datamodels._generated"

_HOMES: dict[str, tuple[str, ...]] = {
    # what builds a DAG
    "DAG": ("airflow", "airflow.models", "airflow.models.dag", _SDK, f"{_DEFINITIONS}.dag"),
    "dag": (
        "airflow.decorators",
        "airflow.models.dag",
        _SDK,
        f"{_DEFINITIONS}.dag",
        f"{_DEFINITIONS}.decorators",
    ),
    "task": ("airflow.decorators", "airflow.operators.python", _SDK, f"{_DEFINITIONS}.decorators"),
    "task_group": (
        "airflow.decorators",
        "airflow.decorators.task_group",
        _SDK,
        f"{_DEFINITIONS}.decorators",
        f"{_DEFINITIONS}.decorators.task_group",
    ),
    "setup": ("airflow.decorators", _SDK, f"{_DEFINITIONS}.decorators"),
    "teardown": ("airflow.decorators", _SDK, f"{_DEFINITIONS}.decorators"),
    "asset": (_SDK, f"{_DEFINITIONS}.asset.decorators"),
    "result": (_SDK, f"{_DEFINITIONS}.decorators"),
    "TaskGroup": ("airflow.utils.task_group", _SDK, f"{_DEFINITIONS}.taskgroup"),
    "XComArg": ("airflow", "airflow.models.xcom_arg", _SDK, f"{_DEFINITIONS}.xcom_arg"),
    # what ties tasks together
    "chain": ("airflow.models.baseoperator", "airflow.utils.helpers", _SDK, "airflow.sdk.bases.operator"),
    "chain_linear": ("airflow.models.baseoperator", _SDK, "airflow.sdk.bases.operator"),
    "cross_downstream": (
        "airflow.models.baseoperator",
        "airflow.utils.helpers",
        _SDK,
        "airflow.sdk.bases.operator",
    ),
    "Label": ("airflow.utils.edgemodifier", _SDK, f"{_DEFINITIONS}.edges"),
    "EdgeModifier": ("airflow.utils.edgemodifier", _SDK, f"{_DEFINITIONS}.edges"),
    "TriggerRule": ("airflow.utils.trigger_rule", "airflow.task.trigger_rule", _SDK, _GENERATED),
    "WeightRule": ("airflow.utils.weight_rule", "airflow.task.weight_rule", _SDK, _GENERATED),
    # bases of operators
    "BaseOperator": (
        "airflow.models",
        "airflow.models.baseoperator",
        "airflow.models.operator",
        _SDK,
        "airflow.sdk.bases.operator",
    ),
    "BaseAsyncOperator": (_SDK, "airflow.sdk.bases.operator"),
    "BaseSensorOperator": (
        "airflow.sensors.base",
        "airflow.sensors.base_sensor_operator",
        "airflow.operators.sensors",
        _SDK,
        "airflow.sdk.bases.sensor",
    ),
    "BaseBranchOperator": (
        "airflow.operators.branch",
        "airflow.operators.branch_operator",
        "airflow.providers.standard.operators.branch",
        _SDK,
        "airflow.sdk.bases.branch",
    ),
    "BranchMixIn": (
        "airflow.operators.branch",
        "airflow.providers.standard.operators.branch",
        _SDK,
        "airflow.sdk.bases.branch",
    ),
    "SkipMixin": (
        "airflow.models",
        "airflow.models.skipmixin",
        "airflow.providers.standard.utils.skipmixin",
        _SDK,
        "airflow.sdk.bases.skipmixin",
    ),
    "BaseHook": ("airflow.hooks.base", "airflow.hooks.base_hook", _SDK, "airflow.sdk.bases.hook"),
    "BaseNotifier": ("airflow.notifications.basenotifier", _SDK, "airflow.sdk.bases.notifier"),
    "PokeReturnValue": ("airflow.sensors.base", _SDK, "airflow.sdk.bases.sensor"),
    "apply_defaults": ("airflow.utils.decorators",),
    # what holds values
    "Variable": ("airflow.models", "airflow.models.variable", _SDK, f"{_DEFINITIONS}.variable"),
    "Connection": ("airflow.models", "airflow.models.connection", _SDK, f"{_DEFINITIONS}.connection"),
    "Param": ("airflow.models", "airflow.models.param", _SDK, f"{_DEFINITIONS}.param"),
    "ParamsDict": ("airflow.models.param", _SDK, f"{_DEFINITIONS}.param"),
    "DagParam": ("airflow.models.param", f"{_DEFINITIONS}.param"),
    "XCom": ("airflow.models", "airflow.models.xcom", "airflow.sdk.execution_time.xcom"),
    "literal": ("airflow.utils.template", _SDK, f"{_DEFINITIONS}.template"),
    "conf": ("airflow.configuration", _SDK, "airflow.sdk.configuration"),
    "macros": ("airflow", _SDK, "airflow.sdk.execution_time"),
    "Context": ("airflow.utils.context", _SDK, f"{_DEFINITIONS}.context"),
    "get_current_context": (
        "airflow.operators.python",
        "airflow.providers.standard.operators.python",
        _SDK,
        f"{_DEFINITIONS}.context",
    ),
    "get_parsing_context": ("airflow.utils.dag_parsing_context", _SDK, f"{_DEFINITIONS}.context"),
    "ObjectStoragePath": ("airflow.io.path", _SDK, "airflow.sdk.io.path"),
    # dates and schedules
    "timezone": ("airflow.utils", _SDK, "airflow.sdk._shared.timezones", "airflow._shared.timezones"),
    "days_ago": ("airflow.utils.dates",),
    "cron_presets": ("airflow.utils.dates",),
    "Timetable": ("airflow.timetables.base",),
    "CronTriggerTimetable": ("airflow.timetables.trigger", _SDK, f"{_DEFINITIONS}.timetables.trigger"),
    "MultipleCronTriggerTimetable": (
        "airflow.timetables.trigger",
        _SDK,
        f"{_DEFINITIONS}.timetables.trigger",
    ),
    "DeltaTriggerTimetable": ("airflow.timetables.trigger", _SDK, f"{_DEFINITIONS}.timetables.trigger"),
    "CronPartitionTimetable": ("airflow.timetables.trigger", _SDK, f"{_DEFINITIONS}.timetables.trigger"),
    "CronDataIntervalTimetable": ("airflow.timetables.interval", _SDK, f"{_DEFINITIONS}.timetables.interval"),
    "DeltaDataIntervalTimetable": (
        "airflow.timetables.interval",
        _SDK,
        f"{_DEFINITIONS}.timetables.interval",
    ),
    "EventsTimetable": ("airflow.timetables.events", _SDK, f"{_DEFINITIONS}.timetables.events"),
    "NullTimetable": ("airflow.timetables.simple", f"{_DEFINITIONS}.timetables.simple"),
    "OnceTimetable": ("airflow.timetables.simple", f"{_DEFINITIONS}.timetables.simple"),
    "ContinuousTimetable": ("airflow.timetables.simple", f"{_DEFINITIONS}.timetables.simple"),
    "AssetOrTimeSchedule": ("airflow.timetables.assets", _SDK, f"{_DEFINITIONS}.timetables.assets"),
    "PartitionedAssetTimetable": ("airflow.timetables.simple", _SDK, f"{_DEFINITIONS}.timetables.assets"),
    "PartitionedAtRuntime": ("airflow.timetables.simple", _SDK, f"{_DEFINITIONS}.timetables.assets"),
    "Asset": ("airflow", _SDK, f"{_DEFINITIONS}.asset"),
    "AssetAlias": (_SDK, f"{_DEFINITIONS}.asset"),
    "AssetAll": (_SDK, f"{_DEFINITIONS}.asset"),
    "AssetAny": (_SDK, f"{_DEFINITIONS}.asset"),
    "AssetWatcher": (_SDK, f"{_DEFINITIONS}.asset"),
    "Metadata": ("airflow.datasets.metadata", _SDK, f"{_DEFINITIONS}.asset.metadata"),
    "DeadlineAlert": (_SDK, f"{_DEFINITIONS}.deadline"),
    # the metadata database and what lives in it
    "DagBag": ("airflow.models", "airflow.models.dagbag", "airflow.dag_processing.dagbag"),
    "DagRun": ("airflow.models", "airflow.models.dagrun"),
    "DagModel": ("airflow.models", "airflow.models.dag"),
    "TaskInstance": ("airflow.models", "airflow.models.taskinstance", _SDK, "airflow.sdk.types"),
    "Session": ("airflow.settings",),
    "provide_session": ("airflow.utils.session", "airflow.utils.db"),
    "create_session": ("airflow.utils.session", "airflow.utils.db"),
    "State": ("airflow.utils.state",),
    "DagRunState": ("airflow.utils.state", _SDK, _GENERATED),
    "TaskInstanceState": ("airflow.utils.state", _SDK, _GENERATED),
    "DagRunType": ("airflow.utils.types",),
    "send_email": ("airflow.utils.email",),
    # exceptions with a meaning for the state of a task
    "AirflowException": ("airflow", "airflow.exceptions", "airflow.sdk.exceptions"),
    "AirflowFailException": ("airflow.exceptions", "airflow.sdk.exceptions"),
    "AirflowSkipException": ("airflow.exceptions", "airflow.sdk.exceptions"),
    "AirflowSensorTimeout": ("airflow.exceptions", "airflow.sdk.exceptions"),
    "AirflowTaskTimeout": ("airflow.exceptions", "airflow.sdk.exceptions"),
    "AirflowRescheduleException": ("airflow.exceptions", "airflow.sdk.exceptions"),
    "TaskDeferred": ("airflow.exceptions", "airflow.sdk.exceptions"),
}
"""Canonical name -> the modules of 2.x and 3.x that have it under that very name."""

_RENAMED: dict[str, str] = {
    "airflow.Dataset": "Asset",
    "airflow.datasets.Dataset": "Asset",
    "airflow.models.dataset.Dataset": "Asset",
    "airflow.datasets.DatasetAlias": "AssetAlias",
    "airflow.datasets.DatasetAll": "AssetAll",
    "airflow.datasets.DatasetAny": "AssetAny",
    "airflow.timetables.datasets.DatasetOrTimeSchedule": "AssetOrTimeSchedule",
    "airflow.template.templater.LiteralValue": "literal",
    "airflow.utils.template.LiteralValue": "literal",
    f"{_DEFINITIONS}._internal.templater.LiteralValue": "literal",
    f"{_DEFINITIONS}.template.LiteralValue": "literal",
    "airflow.decorators.setup_teardown.setup_task": "setup",
    "airflow.decorators.setup_teardown.teardown_task": "teardown",
    f"{_DEFINITIONS}.decorators.setup_teardown.setup_task": "setup",
    f"{_DEFINITIONS}.decorators.setup_teardown.teardown_task": "teardown",
    "airflow.decorators.condition.run_if": "task.run_if",
    "airflow.decorators.condition.skip_if": "task.skip_if",
    f"{_DEFINITIONS}.decorators.condition.run_if": "task.run_if",
    f"{_DEFINITIONS}.decorators.condition.skip_if": "task.skip_if",
}
"""Things whose name, not only their home, changed between versions."""

_CANONICAL = {f"{home}.{name}": name for name, homes in _HOMES.items() for home in homes} | _RENAMED


@lru_cache(maxsize=4096)
def canonical(path: str) -> str:
    """The one name of what a dotted path leads to, with what follows it; `path` itself when it is not known.

    `airflow.models.dag.DAG` and `airflow.sdk.DAG` are `DAG`, `airflow.models.Variable.get` is
    `Variable.get`, `airflow.decorators.task.docker` is `task.docker`.
    """
    head, tail = path, ""
    while head:
        name = _CANONICAL.get(head)
        if name is not None:
            return name + tail
        head, dot, last = head.rpartition(".")
        tail = f"{dot}{last}{tail}"
    return path
