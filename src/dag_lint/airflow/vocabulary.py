"""Words that Airflow knows: trigger rules and the keys of a task's context, by version."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dag_lint.airflow.parameters import Major

_TRIGGER_RULES_BOTH = (
    "all_success all_failed all_done all_done_setup_success one_success one_failed one_done none_failed "
    "none_skipped always none_failed_min_one_success all_skipped"
)

_CONTEXT_BOTH = (
    "conn dag dag_run data_interval_end data_interval_start ds ds_nodash inlet_events inlets "
    "logical_date macros map_index_template outlet_events outlets params prev_data_interval_end_success "
    "prev_data_interval_start_success prev_end_date_success prev_start_date_success run_id task "
    "task_instance task_instance_key_str templates_dict ti ts ts_nodash ts_nodash_with_tz var"
)

_CONTEXT_ONLY_2 = (
    "conf execution_date expanded_ti_count next_ds next_ds_nodash next_execution_date prev_ds "
    "prev_ds_nodash prev_execution_date prev_execution_date_success test_mode tomorrow_ds "
    "tomorrow_ds_nodash triggering_dataset_events yesterday_ds yesterday_ds_nodash"
)

_CONTEXT_ONLY_3 = (
    "asset_state_store partition_date partition_key task_reschedule_count task_state_store "
    "triggering_asset_events"
)

CALLBACK_CONTEXT_KEYS = frozenset({"exception", "reason", "try_number"})
"""What a callback's context may hold besides, and a template never sees."""


def trigger_rules(major: Major) -> frozenset[str]:
    """The trigger rules that a task may name."""
    if major == 2:
        return frozenset(_TRIGGER_RULES_BOTH.split()) | {"dummy", "none_failed_or_skipped"}
    return frozenset(_TRIGGER_RULES_BOTH.split()) | {"all_done_min_one_success"}


def context_keys(major: Major) -> frozenset[str]:
    """The names that a template and a callable's parameters may use."""
    return frozenset(f"{_CONTEXT_BOTH} {_CONTEXT_ONLY_2 if major == 2 else _CONTEXT_ONLY_3}".split())
