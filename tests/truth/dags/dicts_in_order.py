"""Order of dicts, deletion, merging, setdefault, views that follow."""
from collections import OrderedDict, defaultdict
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

steps = {"b": 1, "a": 2, "c": 3}
del steps["b"]
steps["d"] = 4
steps["b"] = 5
steps.pop("c")
steps |= {"e": 6, "a": 7}
view = steps.keys()
steps["f"] = 8

groups = defaultdict(list)
for name, key in (("x1", "x"), ("y1", "y"), ("x2", "x")):
    groups[key].append(name)

with DAG("dicts_in_order", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    before = None
    for name, value in steps.items():
        task = EmptyOperator(task_id=f"{name}{value}")
        if before is not None:
            before.set_downstream(task)
        before = task
    EmptyOperator(task_id="keys_" + "".join(view))
    for key, names in groups.items():
        head, *tail = [EmptyOperator(task_id=name) for name in names]
        head >> tail
    ordered = OrderedDict(sorted(steps.items(), key=lambda item: -item[1]))
    EmptyOperator(task_id="order_" + "_".join(ordered))
    settings = dict.fromkeys(["p", "q"], "all_done")
    settings["q"] = "one_failed"
    for name, rule in settings.items():
        EmptyOperator(task_id=name, trigger_rule=rule)
    counts = {}
    for letter in "banana":
        counts.setdefault(letter, []).append(1)
    EmptyOperator(task_id="counts_" + "".join(f"{k}{len(v)}" for k, v in counts.items()))
