from airflow.providers.standard.operators.empty import EmptyOperator


def bookends(prefix="", rule="all_done"):
    first = EmptyOperator(task_id=f"{prefix}first")
    return first, EmptyOperator(task_id=f"{prefix}last", trigger_rule=rule)
