"""The parameters of DAG, TaskGroup and the base operators, as the signatures of 2.11 and 3.3 list them."""

from __future__ import annotations

from typing import Literal

Major = Literal[2, 3]

_DAG_2 = (
    "dag_id description schedule schedule_interval timetable start_date end_date full_filepath "
    "template_searchpath template_undefined user_defined_macros user_defined_filters default_args "
    "concurrency max_active_tasks max_active_runs max_consecutive_failed_dag_runs dagrun_timeout "
    "sla_miss_callback default_view orientation catchup on_success_callback on_failure_callback doc_md "
    "params access_control is_paused_upon_creation jinja_environment_kwargs "
    "render_template_as_native_obj tags owner_links auto_register fail_stop dag_display_name"
)

_DAG_3 = (
    "dag_id description default_args start_date end_date schedule template_searchpath "
    "template_undefined user_defined_macros user_defined_filters max_active_tasks max_active_runs "
    "max_consecutive_failed_dag_runs dagrun_timeout deadline sla_miss_callback catchup "
    "on_success_callback on_failure_callback doc_md params access_control is_paused_upon_creation "
    "jinja_environment_kwargs render_template_as_native_obj tags owner_links auto_register fail_fast "
    "allowed_run_types dag_display_name task_group disable_bundle_versioning rerun_with_latest_version"
)

_TASK_GROUP_2 = (
    "group_id prefix_group_id parent_group dag default_args tooltip ui_color ui_fgcolor "
    "add_suffix_on_collision"
)

_TASK_GROUP_3 = (
    "group_id group_display_name prefix_group_id parent_group dag default_args tooltip doc_md ui_color "
    "ui_fgcolor add_suffix_on_collision"
)

_OPERATOR_BOTH = (
    "task_id owner email email_on_retry email_on_failure retries retry_delay retry_exponential_backoff "
    "max_retry_delay start_date end_date depends_on_past ignore_first_depends_on_past "
    "wait_for_past_depends_before_skipping wait_for_downstream dag params default_args priority_weight "
    "weight_rule queue pool pool_slots sla execution_timeout on_execute_callback on_failure_callback "
    "on_success_callback on_retry_callback on_skipped_callback pre_execute post_execute trigger_rule "
    "resources run_as_user map_index_template max_active_tis_per_dag max_active_tis_per_dagrun executor "
    "executor_config do_xcom_push multiple_outputs inlets outlets task_group doc doc_md doc_json "
    "doc_yaml doc_rst task_display_name logger_name allow_nested_operators"
)

_OPERATOR_ONLY_2 = "task_concurrency"

_OPERATOR_ONLY_3 = "retry_policy render_template_as_native_obj"

_SENSOR = "poke_interval timeout soft_fail mode exponential_backoff max_wait silent_fail never_fail"


def dag_parameters(major: Major) -> tuple[str, ...]:
    """What `DAG()` takes, in the order of its signature. `self` left out."""
    return tuple((_DAG_2 if major == 2 else _DAG_3).split())


def positional_dag_parameters(major: Major) -> tuple[str, ...]:
    """What `DAG()` takes by position: everything in 2.x, the dag_id in 3.x."""
    return dag_parameters(major) if major == 2 else ("dag_id",)


def task_group_parameters(major: Major) -> tuple[str, ...]:
    """What `TaskGroup()` takes, by position too in both versions."""
    return tuple((_TASK_GROUP_2 if major == 2 else _TASK_GROUP_3).split())


def operator_parameters(major: Major) -> tuple[str, ...]:
    """What every operator takes since BaseOperator does."""
    return tuple(f"{_OPERATOR_BOTH} {_OPERATOR_ONLY_2 if major == 2 else _OPERATOR_ONLY_3}".split())


def sensor_parameters() -> tuple[str, ...]:
    """What every sensor takes besides."""
    return tuple(_SENSOR.split())
