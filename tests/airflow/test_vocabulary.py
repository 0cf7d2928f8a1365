from dag_lint.airflow.vocabulary import CALLBACK_CONTEXT_KEYS, context_keys, trigger_rules


def test_trigger_rules_by_version():
    assert trigger_rules(2) - trigger_rules(3) == {"dummy", "none_failed_or_skipped"}
    assert trigger_rules(3) - trigger_rules(2) == {"all_done_min_one_success"}
    assert "none_failed_min_one_success" in trigger_rules(2) & trigger_rules(3)


def test_context_keys_by_version():
    assert {"execution_date", "next_ds", "conf"} <= context_keys(2) - context_keys(3)
    assert {"triggering_asset_events", "task_reschedule_count"} <= context_keys(3) - context_keys(2)
    assert {"ds", "ti", "params", "logical_date"} <= context_keys(2) & context_keys(3)


def test_templates_do_not_see_what_callbacks_see():
    assert not CALLBACK_CONTEXT_KEYS & (context_keys(2) | context_keys(3))
